import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const CASES: string = join(import.meta.dirname, 'cases')

/** The releases of TypeScript whose words are compared. They are run as commands: 7 has no other interface. */
export const COMPILERS: readonly { readonly version: string; readonly folder: string }[] = [
  { version: '5.9', folder: 'typescript-5.9' },
  { version: '6.0', folder: 'typescript-6.0' },
  { version: '7.0', folder: 'typescript' },
]

const MODULES = join(import.meta.dirname, '..', '..', 'node_modules')

/** Compiles a project of test/types, and gives what the compiler prints. */
export function compile(folder: string, project: string, ...options: readonly string[]): string {
  const command = join(MODULES, folder, 'bin', 'tsc')
  const { stdout, stderr, error } = spawnSync(
    process.execPath,
    [command, '-p', project, '--pretty', 'false', ...options],
    {
      cwd: CASES,
      encoding: 'utf8',
      // Every refused case prints the whole type of a policy.
      maxBuffer: 64 * 1024 * 1024,
    },
  )
  if (error !== undefined) throw error
  return stdout + stderr
}

/** Tells the version of a compiler. */
export function versionOf(folder: string): string {
  return JSON.parse(readFileSync(join(MODULES, folder, 'package.json'), 'utf8')).version
}

/** The cases of a file, to be run. They are no part of the project that is type-checked as a whole. */
export async function loadCases(file: string): Promise<readonly (() => unknown)[]> {
  const module: Record<string, readonly (() => unknown)[]> = await import(join(CASES, file))
  return Object.values(module)[0] ?? []
}

/** The lines of a file of cases on which a case stands, in their order. */
export function linesOfCases(file: string): number[] {
  const lines = readFileSync(join(CASES, file), 'utf8').split('\n')
  return lines.flatMap((line, index) => (line.startsWith('  () => ') ? [index + 1] : []))
}

/** What the compiler says about each line of a file: its sentences, without the mark and as they read. */
export function sentencesByLine(output: string, file: string): Map<number, string[]> {
  const found = new Map<number, string[]>()
  for (const line of output.split('\n')) {
    const [, name, number, message] = /^(\S+)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line) ?? []
    if (name !== file || number === undefined || message === undefined) continue
    const sentences = Array.from(
      message.matchAll(/"✖ ((?:\\.|[^"\\])*)"/g),
      ([, text]) => JSON.parse(`"${text}"`) as string,
    )
    found.set(Number(number), [...(found.get(Number(number)) ?? []), ...sentences])
  }
  return found
}

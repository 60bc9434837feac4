// A copy of the repository in which every mutant of some sources stands ready, switched off.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Mutant as Planted } from '@stryker-mutator/api/core'
import { Instrumenter } from '@stryker-mutator/instrumenter'

export type { Planted }

const LINKED = ['node_modules', 'test/node_modules', 'docs/node_modules']

/** Copies what git knows of the repository, and plants the mutants. */
export async function instrument(folder: string, sources: readonly string[]): Promise<readonly Planted[]> {
  rmSync(folder, { recursive: true, force: true })
  for (const file of listed()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(file, join(folder, file))
  }
  for (const modules of LINKED) if (existsSync(modules)) symlinkSync(resolve(modules), join(folder, modules))
  // It logs what it does; only its answer counts here.
  const silent = new Proxy({}, { get: (_, name) => () => String(name).startsWith('is') && false })
  const { files, mutants } = await new Instrumenter(silent as ConstructorParameters<typeof Instrumenter>[0]).instrument(
    sources.map((name) => ({ name, content: readFileSync(name, 'utf8'), mutate: true })),
    { plugins: null, excludedMutations: [], ignorers: [] },
  )
  for (const { name, content } of files) writeFileSync(join(folder, name), content)
  return mutants
}

/** Every file that is committed or will be. */
export function listed(): readonly string[] {
  const text = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { encoding: 'utf8' })
  return text.split('\0').filter((name) => name !== '' && existsSync(name))
}

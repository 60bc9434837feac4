// Where a suite runs: each runtime that is installed, with the suite bundled once.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { startWorker } from '../support/edge.ts'
import { cpuTime } from './cpu.ts'
import { type Effort, measure } from './driver.ts'
import type { Result } from './in-process.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const BIN = fileURLToPath(new URL('../../node_modules/.bin/', import.meta.url))

/** How each runtime is started. Node 26 comes with the peers of the bench. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  node24: [process.execPath],
  node26: [join(HERE, 'node_modules/node26/bin/node')],
  bun: [join(BIN, 'bun')],
  deno: [join(BIN, 'deno'), 'run', '--allow-all', '--no-config'],
}

export const RUNTIMES: readonly string[] = [...Object.keys(COMMANDS), 'workerd'].filter(
  (name) => name === 'workerd' || existsSync(COMMANDS[name]?.[0] ?? ''),
)

/** The command that runs a file in a runtime. */
export function commandOf(runtime: string): readonly string[] {
  return COMMANDS[runtime] ?? []
}

/** The version of a runtime, in its own words. */
export function versionOf(runtime: string): string {
  const [command = '', ...args] = COMMANDS[runtime]?.slice(0, 1) ?? [join(BIN, 'workerd')]
  return (
    spawnSync(command, [...args, '--version'], { encoding: 'utf8' })
      .stdout.split('\n', 1)[0]
      ?.trim() ?? ''
  )
}

/** Bundles an entry, so that every runtime loads the same code. */
export async function bundleEntry(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: HERE, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'default'],
    external: [...builtinModules, 'node:*', 'bun', 'bun:*', 'cloudflare:*'],
    target: 'es2023',
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** Runs a suite in a runtime. */
export function runIn(runtime: string, suite: string, only: string, effort: Effort): Promise<readonly Result[]> {
  return runtime === 'workerd' ? runInWorkerd(suite, only, effort) : runInProcess(runtime, suite, only, effort)
}

async function runInProcess(runtime: string, suite: string, only: string, effort: Effort): Promise<readonly Result[]> {
  const code = await bundleEntry(
    `import { rows } from './${suite}.ts'\nimport { runSuite } from './in-process.ts'\n` +
      `await runSuite(rows, ${JSON.stringify(effort)}, ${JSON.stringify(only)})`,
  )
  const { stdout } = runCode(runtime, code)
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]')
}

/** Runs bundled code to its end. */
export function runCode(runtime: string, code: string): { readonly stdout: string } {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-bench-'))
  try {
    const file = join(folder, 'bench.mjs')
    writeFileSync(file, code)
    const [command = '', ...args] = COMMANDS[runtime] ?? []
    const { status, stdout, stderr } = spawnSync(command, [...args, file], { encoding: 'utf8', maxBuffer: 1 << 26 })
    if (status !== 0) throw new Error(`${runtime}: ${stderr}`)
    return { stdout }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runInWorkerd(suite: string, only: string, effort: Effort): Promise<readonly Result[]> {
  const code = await bundleEntry(
    `import { rows } from './${suite}.ts'\nimport { createWorker } from './in-worker.ts'\nexport default createWorker(rows)`,
  )
  await using worker = await startWorker(code, {})
  const ask = async (query: Record<string, string>) =>
    (await fetch(`${worker.origin}/?${new URLSearchParams(query)}`)).text()
  const rows: { id: string; title: string }[] = JSON.parse(await ask({}))
  const results: Result[] = []
  for (const { id, title } of rows) {
    if (!id.startsWith(only)) continue
    const answer = await ask({ row: id })
    if (!answer.startsWith('[')) continue
    const names: string[] = JSON.parse(answer)
    const batch = async (name: string, count: number) => {
      const start = cpuTime(worker.pids)
      await ask({ row: id, case: name, count: String(count) })
      return cpuTime(worker.pids) - start
    }
    // A batch carries one exchange with the client: it is made long enough for that not to count.
    const measured = await measure(names, batch, { ...effort, batch: effort.batch * 6 })
    results.push({ id, title, ...measured })
  }
  return results
}

// Where a suite runs: each runtime that is installed, with the suite bundled once.
import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { startWorker } from '../support/edge.ts'
import { builtRuntime } from './compiled.ts'
import { cpuTimeOf } from './cpu.ts'
import { type Effort, sample } from './driver.ts'
import { type Choice, isChosen, type Timed } from './in-process.ts'
import { startUpstream } from './upstream.ts'

const execute = promisify(execFile)
const HERE = fileURLToPath(new URL('.', import.meta.url))
const BIN = fileURLToPath(new URL('../../node_modules/.bin/', import.meta.url))

/** How each runtime is started. Node 26 comes with the peers of the bench. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  node24: [process.execPath],
  node26: [join(HERE, 'node_modules/node26/bin/node')],
  bun: [join(BIN, 'bun')],
  deno: [join(BIN, 'deno'), 'run', '--allow-all', '--no-config'],
}

/** Every runtime that the bench knows. */
export const KNOWN: readonly string[] = [...Object.keys(COMMANDS), 'workerd']

/** Those of them that are installed. */
export function runtimesPresent(): readonly string[] {
  return KNOWN.filter((name) => existsSync(COMMANDS[name]?.[0] ?? join(BIN, name)))
}

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
    plugins: [builtRuntime],
    write: false,
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/**
 * Batches are long enough to hold some collections of garbage, or none in nearly all of them: what falls into every second batch
 * makes a median a toss of a coin. Bun collects seldom and much, workerd once in about 12,000 answers, for as long as 6,000 take.
 */
function fitting(runtime: string, { batch, rounds, ...rest }: Effort): Effort {
  if (runtime === 'bun') return { ...rest, rounds, batch: batch * 2 }
  if (runtime === 'workerd') return { ...rest, rounds: Math.ceil(rounds * 0.75), batch: batch * 6 }
  return { ...rest, rounds, batch }
}

/** Runs the chosen rows of a suite in a fresh process of a runtime. */
export function runIn(runtime: string, suite: string, choice: Choice, effort: Effort): Promise<readonly Timed[]> {
  return (runtime === 'workerd' ? runInWorkerd : runInProcess)(runtime, suite, choice, fitting(runtime, effort))
}

async function runInProcess(runtime: string, suite: string, choice: Choice, effort: Effort): Promise<readonly Timed[]> {
  const code = await bundleEntry(
    `import { rows } from './${suite}.ts'\nimport { runSuite } from './in-process.ts'\n` +
      `await runSuite(rows, ${JSON.stringify(effort)}, ${JSON.stringify(choice)})`,
  )
  // Fastify is CommonJS, and asks for modules of Node in its own way.
  const requiring = "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)\n"
  const printed = await runCode(runtime, runtime.startsWith('node') ? requiring + code : code)
  return JSON.parse(printed.split('\n').at(-1) ?? '[]')
}

/** Runs bundled code to its end, and gives back what it printed. Other work of this process goes on meanwhile. */
export async function runCode(runtime: string, code: string, flags: readonly string[] = []): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-bench-'))
  try {
    const file = join(folder, 'bench.mjs')
    writeFileSync(file, code)
    const [command = '', ...args] = commandOf(runtime)
    const { stdout } = await execute(command, [...args, ...flags, file], { maxBuffer: 1 << 27 })
    return stdout.trim()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runInWorkerd(_: string, suite: string, choice: Choice, effort: Effort): Promise<readonly Timed[]> {
  const code = await bundleEntry(
    `import { rows } from './${suite}.ts'\nimport { createWorker } from './in-worker.ts'\nexport default createWorker(rows)`,
  )
  await using upstream = await startUpstream()
  await using worker = await startWorker(`globalThis.benchUpstream = '${upstream.address}'\n${code}`, {})
  const ask = async (query: Record<string, string>) =>
    (await fetch(`${worker.origin}/?${new URLSearchParams(query)}`)).text()
  const rows: Omit<Timed, 'samples'>[] = JSON.parse(await ask({}))
  const timed: Timed[] = []
  for (const row of rows.filter(({ id }) => isChosen(id, choice))) {
    const answer = await ask({ row: row.id })
    if (!answer.startsWith('[')) continue
    const batch = (name: string, count: number) =>
      cpuTimeOf(worker.pids, async () => {
        const said = await ask({ row: row.id, case: name, count: String(count) })
        if (said !== 'done') throw new Error(`workerd, ${row.id}, ${name}: ${said.slice(0, 200)}`)
      })
    try {
      timed.push({ ...row, samples: await sample(JSON.parse(answer), batch, effort) })
    } catch (error) {
      // Elysia makes code from texts, which workerd forbids. The other rows are none the worse for it.
      console.error(String(error).split('\n', 1)[0])
    }
  }
  return timed
}

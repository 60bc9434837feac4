/**
 * `npm run bench:startup`: what importing corsmith and compiling a policy of ten origins adds to a process, the median of fifteen
 * fresh ones, beside an empty module; and what compiling 100,000 origins takes.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { median } from './driver.ts'
import { bundleEntry, commandOf, RUNTIMES } from './runtimes.ts'

const PROCESSES = 15
const folder = mkdtempSync(join(tmpdir(), 'corsmith-bench-'))
const policy = `{ origins: ${JSON.stringify(Array.from({ length: 10 }, (_, i) => `https://tenant-${i}.example.com`))} }`

const files = {
  empty: 'export const createCors = () => undefined',
  corsmith: await bundleEntry("export { createCors } from '../../src/index.ts'"),
  'hono/cors': (await bundleEntry("export { cors as createCors } from 'hono/cors'")) || '',
}
const lines = [
  '| | empty | corsmith | hono/cors | Set and scan of 100,000 | createCors of 100,000 | bytes per origin |',
  '|---|---:|---:|---:|---:|---:|---:|',
]
try {
  for (const [name, code] of Object.entries(files)) {
    const file = `${name.replace('/', '-')}.mjs`
    writeFileSync(join(folder, file), code)
    writeFileSync(
      join(folder, `run-${file}`),
      `const start = performance.now()\nconst { createCors } = await import('./${file}')\ncreateCors(${policy})\nconsole.log(performance.now() - start)`,
    )
  }
  const compiling = await bundleEntry(
    "import { measureCompiling } from './suites/startup.ts'\nconsole.log(JSON.stringify(measureCompiling()))",
  )
  writeFileSync(join(folder, 'compiling.mjs'), compiling)
  for (const runtime of RUNTIMES.filter((name) => name !== 'workerd')) {
    const times: Record<string, number[]> = {}
    for (let i = 0; i < PROCESSES; i++) {
      for (const name of Object.keys(files)) {
        times[name] ??= []
        times[name].push(Number(print(runtime, `run-${name.replace('/', '-')}.mjs`)))
      }
    }
    const compiled: Record<string, number | null> = JSON.parse(print(runtime, 'compiling.mjs'))
    const cells = [
      ...Object.keys(files).map((name) => median(times[name] ?? []).toFixed(2)),
      ...Object.values(compiled).map((value) => value?.toFixed(0) ?? ''),
    ]
    lines.push(`| ${runtime} | ${cells.join(' | ')} |`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(lines.join('\n'))

function print(runtime: string, file: string): string {
  const [command = '', ...args] = commandOf(runtime)
  const flags = runtime.startsWith('node') ? ['--expose-gc'] : []
  return spawnSync(command, [...args, ...flags, join(folder, file)], { encoding: 'utf8' }).stdout.trim()
}

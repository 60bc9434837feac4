/**
 * Prints what the import of a compiled policy of ten origins costs, as a quotient of processor times in one run: beside an empty module
 * of the same size that imports the same runtime, and beside one file of the whole size with functions that are never called.
 *
 *   npm run bench:startup
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { emitModule } from '../../src/build/emit.ts'

const TEN = Array.from({ length: 10 }, (_, i) => `https://app-${i}.example.com`)
const ROUNDS = 15

/** Imports a module in a fresh process, and prints its processor time in microseconds. */
const PROBE =
  'const a = process.cpuUsage(); await import(process.argv[1]); const b = process.cpuUsage(a); console.log(b.user + b.system)'

const timeOf = (file: string) =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', PROBE, file], { encoding: 'utf8' }))

/** Functions that are never called, as many as make a module of this size. */
function empty(bytes: number): string {
  const row = (i: number) =>
    `export function f${i}(a, b) {\n\tif (a === b) return "${'x'.repeat(40)}";\n\treturn [a, b];\n}\n`
  let text = ''
  for (let i = 0; text.length < bytes; i++) text += row(i)
  return text
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const folder = mkdtempSync(join(tmpdir(), 'corsmith-'))
// The runtime as the package has it: one file without types.
await build({
  entryPoints: [join(import.meta.dirname, '../../src/runtime.ts')],
  bundle: true,
  format: 'esm',
  target: 'es2023',
  outfile: join(folder, 'runtime.mjs'),
})
const { code } = emitModule({ origins: TEN }, { runtime: './runtime.mjs' })
const files = {
  compiled: code,
  'an empty module with the runtime': `import './runtime.mjs'\n${empty(code.length)}`,
  'an empty module of the whole size': empty(code.length + statSync(join(folder, 'runtime.mjs')).size),
}
const paths = Object.entries(files).map(([name, text], i) => {
  const path = join(folder, `${i}.mjs`)
  writeFileSync(path, text)
  return [name, path] as const
})
const rounds = Array.from({ length: ROUNDS }, () => paths.map(([, path]) => timeOf(path)))
const times = paths.map((_, i) => middle(rounds.map((round) => round[i] ?? 0)))
for (const [i, [name]] of paths.entries())
  console.log(
    `${name}: ${((times[i] ?? 0) / 1000).toFixed(2)} ms; compiled takes ${((times[0] ?? 0) / (times[i] ?? 1)).toFixed(2)} times as long`,
  )
rmSync(folder, { recursive: true })

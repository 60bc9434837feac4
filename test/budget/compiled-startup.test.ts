// What a compiled policy costs at start, beside an empty module of the same size: processor time of one import, in fresh processes.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { emitModule } from '../../src/build/emit.ts'
import { evaluate } from '../support/compiled.ts'
import { countMembersOf } from '../support/counting.ts'

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

describe('a compiled policy of ten origins', () => {
  it('is imported and ready in at most 1.2 times the time of an empty module of its size', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'corsmith-'))
    const runtime = join(import.meta.dirname, '../../src/runtime.ts')
    // The runtime as the package has it: one file without types. The control imports it too, and does nothing.
    await build({
      entryPoints: [runtime],
      bundle: true,
      format: 'esm',
      target: 'es2023',
      outfile: join(folder, 'runtime.mjs'),
    })
    const { code } = emitModule({ origins: TEN }, { runtime: './runtime.mjs' })
    const [compiled, control] = [join(folder, 'cors.mjs'), join(folder, 'empty.mjs')]
    writeFileSync(compiled, code)
    writeFileSync(control, `import './runtime.mjs'\n${empty(code.length)}`)
    try {
      const rounds = Array.from({ length: ROUNDS }, () => [timeOf(compiled), timeOf(control)] as const)
      const [ours, theirs] = [middle(rounds.map(([time]) => time)), middle(rounds.map(([, time]) => time))]
      if (process.env.VERBOSE) console.log(ours, theirs, ours / theirs)
      expect(ours / theirs).toBeLessThanOrEqual(1.2)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a compiled policy of 100,000 origins', () => {
  it('is one text, which is split once and not checked', () => {
    const splits = (count: number) => {
      const origins = Array.from({ length: count }, (_, i) => `https://tenant-${i}.example.com`)
      const module = emitModule({ origins })
      return countMembersOf(
        ['String.split', 'String.charCodeAt', 'String.startsWith', 'RegExp.exec', 'Array.push'],
        () => {
          const { cors } = evaluate(module)
          const head = { method: 'GET', headers: new Map([['origin', `https://tenant-${count - 1}.example.com`]]) }
          expect(cors.decide(head).shared).toBe(true)
          expect(cors.policy.origins.length).toBe(count)
        },
      )
    }
    expect(splits(100_000)).toEqual(splits(100))
    const origins = Array.from({ length: 100_000 }, (_, i) => `https://tenant-${i}.example.com`)
    expect(emitModule({ origins }).code.match(/\.split\(/g)).toHaveLength(1)
  })
})

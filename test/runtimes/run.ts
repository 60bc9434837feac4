/**
 * Runs the conformance table against every adapter on its real runtime, over real sockets, with the package as it would be published.
 *
 * `npm run test:runtimes` runs all; `npm run test:runtimes -- bun deno` the targets whose names hold one of the words.
 * A runtime that is missing is skipped loudly, and is a failure where `CI` is set.
 */
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { styleText } from 'node:util'
import type { Reply, RowRequest } from '../conformance/row.ts'
import { judge } from '../conformance/row.ts'
import { ROWS } from '../conformance/rows.ts'
import { ask, askH2 } from './client.ts'
import { TARGETS } from './launch/targets.ts'
import { limitOf } from './limits.ts'
import { type Cell, hasFailed, type Matrix, print, toMarkdown } from './matrix.ts'
import { prepare } from './pack.ts'
import { PROBES } from './probes.ts'
import { freePort } from './process.ts'
import type { Target } from './target.ts'

const ROOT: string = join(import.meta.dirname, '..', '..')
const words = process.argv.slice(2)
const targets = TARGETS.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.toLowerCase().includes(word.toLowerCase())),
)

const work = await prepare()
const cells: Cell[] = []
const missing: string[] = []
for (const target of targets) {
  const lacks = target.needs.filter((needed) => !existsSync(join(ROOT, 'node_modules', needed)))
  if (lacks.length > 0) {
    missing.push(target.name)
    console.log(styleText(['bold', 'yellow'], `SKIPPED ${target.name}: node_modules has no ${lacks.join(', ')}`))
    continue
  }
  const started = performance.now()
  const done = await test(target).catch((error: Error) => all(target.name, [`did not start: ${error.message}`]))
  cells.push(...done)
  const failed = done.filter(hasFailed)
  console.log(
    `${target.name.padEnd(20)} ${done.length - failed.length} of ${done.length} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  )
  for (const { row, differences, limit } of failed) {
    const text = limit ? `the limit is gone: ${limit.reason}` : differences.join('\n            ')
    console.log(styleText('red', `  ${row.padEnd(7)} ${text}`))
  }
}

const matrix: Matrix = {
  rows: [...ROWS, ...PROBES],
  targets: targets.map(({ name }) => name).filter((name) => !missing.includes(name)),
  cells,
}
console.log(`\n${print(matrix)}\n`)
if (words.length === 0 && missing.length === 0) await publish(matrix)

const failed = cells.filter(hasFailed).length
const limits = cells.filter(({ limit }) => limit !== undefined).length
console.log(
  `${cells.length} cells, ${limits} of them limits (${((100 * limits) / Math.max(cells.length, 1)).toFixed(1)} %)`,
)
const isIncomplete = process.env.CI !== undefined && missing.length > 0
const isTooLimited = words.length === 0 && limits > cells.length * 0.05
if (isTooLimited) console.log(styleText('red', 'more than 5 % of the cells are limits'))
console.log(
  `${cells.length - failed} passed, ${failed + (isIncomplete ? missing.length : 0) + (isTooLimited ? 1 : 0)} failed`,
)
process.exitCode = failed > 0 || isIncomplete || isTooLimited ? 1 : 0

async function test({ name, start, base = '', http2 = false }: Target): Promise<readonly Cell[]> {
  const port = await freePort()
  const { pid, stop } = await start(port, work)
  const send = (path: string, request: RowRequest): Promise<Reply> => (http2 ? askH2 : ask)(port, base + path, request)
  const cell = (row: string, differences: readonly string[]): Cell => ({
    target: name,
    row,
    differences,
    limit: limitOf(name, row),
  })
  const found: Cell[] = []
  try {
    for (const row of ROWS) {
      const reply = await send(`/${row.policy}${row.request.path}`, row.request).catch((error: Error) => error)
      found.push(cell(row.id, reply instanceof Error ? [reply.message] : judge(row, reply)))
    }
    for (const probe of PROBES) {
      const differences = await probe
        .run({ port, base, pid, http2, ask: send })
        .catch((error: Error) => [error.message])
      found.push(cell(probe.id, differences))
    }
  } finally {
    await stop()
  }
  return found
}

function all(target: string, differences: readonly string[]): readonly Cell[] {
  return [...ROWS, ...PROBES].map(({ id }) => ({ target, row: id, differences, limit: undefined }))
}

/** Puts the table into docs/conformance.md, between its markers. In CI it must stand there already. */
async function publish(done: Matrix): Promise<void> {
  const file = join(ROOT, 'docs', 'conformance.md')
  const text = await readFile(file, 'utf8').catch(() => '')
  const [before, after] = [text.indexOf('<!-- matrix -->'), text.indexOf('<!-- /matrix -->')]
  if (before < 0 || after < 0) return
  await writeFile(file, `${text.slice(0, before)}<!-- matrix -->\n\n${toMarkdown(done)}\n${text.slice(after)}`)
}

// Runs rows and probes against a list of servers, one after the other, and says how each did.
import { styleText } from 'node:util'
import { chosen, judge, type Reply, type Row, type RowRequest } from '../conformance/row.ts'
import { ask, askH2 } from './client.ts'
import { limitOf } from './limits.ts'
import { type Cell, hasFailed } from './matrix.ts'
import { installed } from './paths.ts'
import type { Probe } from './probes.ts'
import { freePort } from './process.ts'
import type { Target } from './target.ts'

export interface Suite {
  readonly rows: readonly Row[]
  readonly probes: readonly Probe[]
  /** Where a row's path stands on a server. */
  pathOf(row: Row): string
}

export interface Results {
  readonly targets: readonly string[]
  readonly cells: readonly Cell[]
  /** Servers whose runtime is not installed. */
  readonly missing: readonly string[]
}

export async function runAll(targets: readonly Target[], suite: Suite, work: string): Promise<Results> {
  const cells: Cell[] = []
  const missing: string[] = []
  for (const target of targets) {
    const lacks = target.needs.filter((needed) => installed(needed) === undefined)
    if (lacks.length > 0) {
      missing.push(target.name)
      console.log(styleText(['bold', 'yellow'], `SKIPPED ${target.name}: node_modules has no ${lacks.join(', ')}`))
      continue
    }
    const started = performance.now()
    const done = await runOne(target, suite, work).catch((error: Error) => none(target, suite, error))
    cells.push(...done)
    report(target.name, done, (performance.now() - started) / 1000)
  }
  return { targets: targets.map(({ name }) => name).filter((name) => !missing.includes(name)), cells, missing }
}

async function runOne(
  { name, start, base = '', http2 = false, chooses = false }: Target,
  suite: Suite,
  work: string,
): Promise<Cell[]> {
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
    for (const row of suite.rows) {
      const reply = await send(suite.pathOf(row), row.request).catch((error: Error) => error)
      found.push(cell(row.id, reply instanceof Error ? [reply.message] : judge(chooses ? chosen(row) : row, reply)))
    }
    for (const probe of suite.probes) {
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

/** A server that does not start fails every cell, limits included. */
function none({ name }: Target, { rows, probes }: Suite, { message }: Error): Cell[] {
  const differences = [`did not start: ${message}`]
  return [...rows, ...probes].map(({ id }) => ({ target: name, row: id, differences, limit: undefined }))
}

function report(name: string, cells: readonly Cell[], seconds: number): void {
  const failed = cells.filter(hasFailed)
  console.log(`${name.padEnd(20)} ${cells.length - failed.length} of ${cells.length} in ${seconds.toFixed(1)} s`)
  for (const { row, differences, limit } of failed.slice(0, 12)) {
    const text = limit ? `the limit is gone: ${limit.reason}` : differences.join('\n            ')
    console.log(styleText('red', `  ${row.padEnd(7)} ${text}`))
  }
}

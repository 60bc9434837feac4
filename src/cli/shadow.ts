/// <reference types="node" />

import { parseArgs } from 'node:util'
import { jsonText, printable } from '../diagnose/report/printable.ts'
import { COMMAND_OPTIONS } from './command-options.ts'
import { readText } from './files.ts'
import { EXIT, type Io, UsageError } from './io.ts'
import { createPaint, type Paint } from './paint.ts'
import { didYouMean } from './suggest.ts'
import { VERSION } from './version.ts'

const CHANGES = ['allowed', 'stopped', 'other'] as const

type Change = (typeof CHANGES)[number]

/** The disagreements of one kind from one origin. */
interface Row {
  readonly change: Change
  readonly origin: string
  readonly live: string | null
  readonly candidate: string | null
  count: number
  /** One of the requests, such as `PUT /items`. */
  readonly example: string
}

/** The most kinds that are told apart. Strangers choose their origins. */
const MAX_ROWS = 1000

/** How many kinds of each change are printed as text. */
const MAX_PRINTED = 20

/**
 * Runs `corsmith shadow report`: counts what a candidate would change. The exit code is 1 if a
 * browser would allow or block a request that it does not today.
 */
export function shadowCommand(argv: readonly string[], io: Io): number {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: COMMAND_OPTIONS.shadow,
    allowPositionals: true,
  })
  const [verb, ...paths] = positionals
  const hint = 'corsmith shadow report shadow.log'
  if (verb !== 'report')
    throw new UsageError(
      verb === undefined ? `no command: ${hint}` : `${JSON.stringify(verb)}${didYouMean(verb, ['report'])}: ${hint}`,
    )
  if (paths.length === 0) throw new UsageError(`no file: ${hint}`)
  const rows = new Map<string, Row>()
  let skipped = 0
  for (const path of paths) {
    const entries = entriesOf(readText(path))
    const read = entries.map(rowOf)
    for (const row of read) if (row !== null) add(rows, row)
    skipped += read.filter((row) => row === null).length
    if (entries.length > 0 && !read.some((row) => row !== null))
      throw new UsageError(`${path}: no line is a disagreement of shadow: write each one as a line of JSON`)
  }
  const sorted = [...rows.values()].sort((a, b) => b.count - a.count)
  const counts = Object.fromEntries(CHANGES.map((change) => [change, countOf(sorted, change)]))
  if (values.json)
    io.print(jsonText({ schema: 1, tool: { name: 'corsmith', version: VERSION }, counts, skipped, rows: sorted }))
  else io.print(textOf(sorted, skipped, createPaint(io)))
  return sorted.some(({ change }) => change !== 'other') ? EXIT.blocked : EXIT.ok
}

/** Reads lines of JSON, or the list that `summary()` gives. A line that is not JSON is undefined. */
function entriesOf(text: string): readonly unknown[] {
  const whole = parsed(text)
  if (Array.isArray(whole)) return whole
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(parsed)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Reads a disagreement, or an entry of `summary()`; null for anything else that a log holds. */
function rowOf(value: unknown): Row | null {
  if (typeof value !== 'object' || value === null) return null
  const { change, origin, live, code, candidate, count, example } = value as { readonly [name in string]?: unknown }
  const known = CHANGES.find((one) => one === change)
  const isSummary = count !== undefined
  const [now, next] = [isSummary ? live : code, candidate]
  if (known === undefined || typeof origin !== 'string' || !isCode(now) || !isCode(next)) return null
  if (isSummary && !(Number.isSafeInteger(count) && Number(count) > 0)) return null
  return {
    change: known,
    origin,
    live: now,
    candidate: next,
    count: isSummary ? Number(count) : 1,
    example: exampleOf(isSummary ? example : value),
  }
}

function isCode(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function exampleOf(value: unknown): string {
  const { method, path } = (value ?? {}) as { readonly method?: unknown; readonly path?: unknown }
  return [method, path].filter((part) => typeof part === 'string').join(' ')
}

function add(rows: Map<string, Row>, row: Row): void {
  const keyOf = (origin: string) => JSON.stringify([row.change, origin, row.live, row.candidate])
  const own = keyOf(row.origin)
  const origin = rows.has(own) || rows.size < MAX_ROWS ? row.origin : '(others)'
  const known = rows.get(keyOf(origin))
  if (known === undefined) rows.set(keyOf(origin), { ...row, origin })
  else known.count += row.count
}

function countOf(rows: readonly Row[], change: Change): number {
  return rows.reduce((sum, row) => sum + (row.change === change ? row.count : 0), 0)
}

const TITLES: Readonly<Record<Change, string>> = {
  stopped: 'allowed today, and the candidate blocks it (narrower)',
  allowed: 'blocked today, and the candidate allows it (wider)',
  other: 'blocked by both, for two reasons',
}

const STYLES = { stopped: 'yellow', allowed: 'red', other: 'dim' } as const

function textOf(rows: readonly Row[], skipped: number, paint: Paint): string {
  const lines = (['stopped', 'allowed', 'other'] as const).flatMap((change) => {
    const own = rows.filter((row) => row.change === change)
    if (own.length === 0) return []
    const width = String(own[0]?.count).length
    const shown = own.slice(0, MAX_PRINTED).map(({ count, origin, live, candidate, example }) => {
      const why = [live, candidate].filter((code) => code !== null).join(' → ')
      return `  ${String(count).padStart(width)} × ${printable(origin)}  ${printable(why)}  such as ${printable(example)}`
    })
    const more = own.length > MAX_PRINTED ? [`  and ${own.length - MAX_PRINTED} more; --json lists them`] : []
    return [`${paint(STYLES[change], String(countOf(own, change)))} ${TITLES[change]}`, ...shown, ...more, '']
  })
  const isWider = rows.some(({ change }) => change === 'allowed')
  const isNarrower = rows.some(({ change }) => change === 'stopped')
  const which = isWider && isNarrower ? 'wider and narrower' : isWider ? 'wider' : isNarrower ? 'narrower' : null
  return [
    ...lines,
    ...(skipped === 0 ? [] : [`${skipped} other lines were skipped`]),
    which === null ? 'for these requests, the candidate changes nothing in a browser' : `the candidate is ${which}`,
  ].join('\n')
}

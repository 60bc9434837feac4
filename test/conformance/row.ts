// What a row of the table is, and how one is judged: by the lines of the answer as they came over the socket.
import type { PolicyName } from './policies.ts'

export type Line = readonly [name: string, value: string]

export interface RowRequest {
  readonly method: string
  /** Below the policy's own path. */
  readonly path: string
  readonly headers?: readonly Line[]
  readonly body?: string
  readonly version?: '1.0'
}

export interface Expectation {
  /** One of these. Without it: any. */
  readonly status?: number | readonly number[]
  /** The value of `Access-Control-Allow-Origin`, on one line; null: no `Access-Control-*` at all. */
  readonly origin: string | null
  readonly credentials?: boolean
  /** Lists are compared as sets of names without case; null: no such header. Without it: none, unless the answer is a preflight's. */
  readonly expose?: readonly string[] | null
  readonly methods?: readonly string[] | null
  readonly requestHeaders?: readonly string[] | null
  readonly maxAge?: string | null
  readonly timing?: string | null
  /** Names that `Vary` must list. */
  readonly vary?: readonly string[]
  /** `Vary` lists nothing of these. */
  readonly noVary?: readonly string[]
  /** Lines that must be there. */
  readonly lines?: readonly Line[]
  readonly body?: string
  /** A server may refuse such a request by itself, before any handler: 400, 413 or 431 then, or the connection is closed. */
  readonly orServerRefuses?: boolean
}

export interface Row {
  readonly id: string
  readonly title: string
  readonly policy: PolicyName
  readonly request: RowRequest
  readonly expect: Expectation
}

export interface Reply {
  readonly status: number
  readonly lines: readonly Line[]
  readonly body: string
}

/** The same row where a function chose the policy: what depends on nothing else depends on the choice. */
export function chosen(row: Row): Row {
  const { noVary, ...expect } = row.expect
  return noVary === undefined ? row : { ...row, expect: { ...expect, vary: noVary } }
}

/** Compares an answer with what a row expects. Returns every difference; none means that the row holds. */
export function judge({ expect }: Pick<Row, 'expect'>, reply: Reply): readonly string[] {
  if (expect.orServerRefuses && [0, 400, 413, 431].includes(reply.status)) return []
  const differences: string[] = []
  const say = (what: string, expected: unknown, got: unknown) =>
    differences.push(`${what}: expected ${show(expected)}, got ${show(got)}`)
  const values = (name: string) =>
    reply.lines.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value)

  const { status } = expect
  if (status !== undefined && ![status].flat().includes(reply.status)) say('status', status, reply.status)
  const single = (name: string, expected: string | null) => {
    const got = values(name)
    if (got.length !== (expected === null ? 0 : 1) || (expected !== null && got[0] !== expected))
      say(name, expected, got)
  }
  const list = (name: string, expected: readonly string[] | null) => {
    const got = values(name)
    const names = got
      .join(',')
      .split(',')
      .map((element) => element.trim().toLowerCase())
      .sort()
    const wanted = expected === null ? [''] : expected.map((element) => element.toLowerCase()).sort()
    if (got.length > 1 || names.join() !== wanted.join()) say(name, expected, got)
  }
  single('access-control-allow-origin', expect.origin)
  single('access-control-allow-credentials', expect.credentials ? 'true' : null)
  list('access-control-expose-headers', expect.expose ?? null)
  list('access-control-allow-methods', expect.methods ?? null)
  list('access-control-allow-headers', expect.requestHeaders ?? null)
  single('access-control-max-age', expect.maxAge ?? null)
  single('access-control-allow-private-network', null)
  single('timing-allow-origin', expect.timing ?? null)
  const others = [...new Set(reply.lines.map(([name]) => name.toLowerCase()))].filter(isUnknown)
  if (others.length > 0) say('Access-Control-*', 'no others', others)

  const vary = values('vary')
    .join(',')
    .split(',')
    .map((element) => element.trim().toLowerCase())
    .filter((element) => element !== '')
  const missing = (expect.vary ?? []).filter((name) => !vary.includes(name.toLowerCase()) && !vary.includes('*'))
  if (missing.length > 0) say('vary', expect.vary, values('vary'))
  if ((expect.noVary ?? []).some((name) => vary.includes(name.toLowerCase())))
    say('vary', `without ${expect.noVary}`, values('vary'))
  if (new Set(vary).size !== vary.length) say('vary', 'each name once', values('vary'))

  for (const [name, value] of expect.lines ?? []) {
    if (!values(name.toLowerCase()).includes(value)) say(name, value, values(name.toLowerCase()))
  }
  if (expect.body !== undefined && reply.body !== expect.body) say('body', expect.body, reply.body.slice(0, 80))
  return differences
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Headers of the protocol that the table knows by name, and judges one by one. */
const KNOWN: readonly string[] = [
  'allow-origin',
  'allow-credentials',
  'expose-headers',
  'allow-methods',
  'allow-headers',
  'max-age',
  'allow-private-network',
]

function isUnknown(name: string): boolean {
  return name.startsWith('access-control-') && !KNOWN.includes(name.slice('access-control-'.length))
}

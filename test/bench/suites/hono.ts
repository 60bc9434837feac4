/** Against hono/cors: as middleware, and around the app. */

import { cors as compiledCors } from 'corsmith/runtime/hono'
import { cors } from '../../../adapters/hono.ts'
import { type CorsPolicy, createCors } from '../../../src/index.ts'
import { answers as compiled, wrap as compiledWrap } from '../compiled/cors.js'
import {
  after,
  app,
  emptyAnswer,
  type Fetch,
  fourWrites,
  type Handler,
  json,
  noop,
  oneWrite,
  peer,
  run,
  text,
} from '../hono-apps.ts'
import { get, origins, patterns, preflight, STRANGER } from '../inputs.ts'
import { policyOf } from '../policies.ts'
import type { Case, Row } from '../row.ts'

const LAST = 'https://tenant-9.example.com'
const SUBDOMAIN = 'https://app.tenant-000000.com'

interface Line {
  readonly ours: () => CorsPolicy
  readonly theirs: () => Parameters<typeof peer>
  readonly handler?: Handler
  /** What a policy comes to here, written by hand: nothing is below it. Goals stand on the rows that have one. */
  readonly byHand?: (fetch: Fetch, request: Request) => Case
  /** Whether the policy stands beside itself as a compiled one. Only that of ten origins is compiled. */
  readonly isCompiledToo?: boolean
}

function row(id: string, title: string, make: () => Request, line: Line): Row {
  const { ours, theirs, handler = json, byHand, isCompiledToo = false } = line
  return {
    id,
    title,
    cases() {
      const policy = ours()
      const request = make()
      const bare = app(handler)
      return {
        bare: run(bare, request),
        'no-op middleware': run(app(handler, noop), request),
        ...(byHand === undefined ? {} : { 'by hand': byHand(bare, request) }),
        'hono/cors': run(app(handler, peer(...theirs())), request),
        middleware: run(app(handler, cors(policy as never)), request),
        wrap: run(createCors(policy as never).wrap(bare), request),
        ...(isCompiledToo && {
          'middleware, compiled': run(app(handler, compiledCors(compiled)), request),
          'wrap, compiled': run(compiledWrap(bare), request),
        }),
      }
    },
  }
}

/** hono/cors knows no patterns: its users write a function, here the cheapest one that is right. */
const endsIn = (tails: readonly string[]) => (origin: string) =>
  tails.some((tail) => origin.startsWith('https://') && origin.endsWith(tail)) ? origin : null

const listed = (count: number): Line => ({
  ours: () => policyOf(origins(count)),
  theirs: () => [origins(count)],
})
const ten: Line = { ...listed(10), isCompiledToo: true }
const anyone: Line = { ours: () => policyOf('*'), theirs: () => ['*'] }
const below = (count: number): Line => ({
  ours: () => policyOf(patterns(count)),
  // Reversed, as the one that matches would otherwise be the first.
  theirs: () => [
    endsIn(
      patterns(count)
        .map((pattern) => pattern.slice('https://*'.length))
        .toReversed(),
    ),
  ],
})
/** Names are compared with a pattern and echoed, one by one; hono/cors echoes whatever was asked for. */
const strict: Line = {
  ours: () => ({ ...policyOf(origins(10)), requestHeaders: ['content-type', 'authorization', 'x-*'] }),
  theirs: () => [origins(10), { allowHeaders: [] }],
}
const answer = (_fetch: Fetch, request: Request) => () => emptyAnswer(request)

export const rows: readonly Row[] = [
  row('get-10', 'GET allowed, 10 origins', () => get(LAST), { ...ten, byHand: after(fourWrites) }),
  row('refused-10', 'GET refused, 10 origins', () => get(STRANGER), { ...ten, byHand: after(oneWrite) }),
  row('no-origin', 'GET without Origin', () => get(null), { ...ten, byHand: after(oneWrite) }),
  row('preflight', 'preflight allowed, three headers', () => preflight(LAST), { ...ten, byHand: answer }),
  row('get-1', 'GET allowed, 1 origin', () => get('https://tenant-0.example.com'), listed(1)),
  row('get-1000', 'GET allowed, 1,000 origins', () => get('https://tenant-999.example.com'), listed(1000)),
  row('get-100000', 'GET allowed, 100,000 origins', () => get('https://tenant-99999.example.com'), listed(100_000)),
  row('text-10', 'GET allowed, 10 origins, a text', () => get(LAST), { ...listed(10), handler: text }),
  row('refused-100000', 'GET refused, 100,000 origins', () => get(STRANGER), listed(100_000)),
  row('public', 'GET, any origin', () => get(LAST), anyone),
  row('subdomain-1', 'GET subdomain, 1 pattern', () => get(SUBDOMAIN), below(1)),
  row('subdomain-10000', 'GET subdomain, 10,000 patterns', () => get(SUBDOMAIN), below(10_000)),
  row('preflight-refused', 'preflight refused', () => preflight(STRANGER), listed(10)),
  row('preflight-public', 'preflight, any origin', () => preflight(LAST), anyone),
  row('preflight-echoed', 'preflight, names compared and echoed', () => preflight(LAST), strict),
]

/** Against hono/cors: as middleware, and around the app. */
import { Hono } from 'hono'
import { cors as honoCors } from 'hono/cors'
import { cors } from '../../../adapters/hono.ts'
import type { CorsPolicy } from '../../../src/index.ts'
import { EXPOSED, get, MAX_AGE, METHODS, origins, patterns, preflight, REQUEST_HEADERS, STRANGER } from '../inputs.ts'
import { corsOf, policyOf } from '../policies.ts'
import type { Case, Row } from '../row.ts'

const LAST = 'https://tenant-9.example.com'
const SUBDOMAIN = 'https://app.tenant-000000.com'

/** hono/cors knows no patterns: its users write a function, here the cheapest one that is right. */
const endsIn = (tails: readonly string[]) => (origin: string) =>
  tails.some((tail) => origin.startsWith('https://') && origin.endsWith(tail)) ? origin : null

function row(
  id: string,
  title: string,
  ours: () => CorsPolicy['origins'],
  theirs: () => '*' | string[] | ((origin: string) => string | null),
  make: () => Request,
  text = false,
): Row {
  return {
    id,
    title,
    cases() {
      const app = (...middleware: Parameters<Hono['use']>[1][]) => {
        const made = new Hono()
        for (const one of middleware) made.use('*', one)
        return made.get('/items', (c) => (text ? c.text('ok') : c.json({ ok: true })))
      }
      const peer = honoCors({
        origin: theirs(),
        credentials: ours() !== '*',
        allowMethods: METHODS,
        allowHeaders: REQUEST_HEADERS,
        exposeHeaders: EXPOSED,
        maxAge: MAX_AGE,
      })
      const policy = ours()
      const bare = app()
      const withPeer = app(peer)
      const withOurs = app(cors(policyOf(policy)))
      const wrapped = corsOf(policy).wrap(bare.fetch as (request: Request) => Response | Promise<Response>)
      const request = make()
      return {
        bare: () => bare.fetch(request),
        'no-op middleware': run(
          app((_c, next) => next()),
          request,
        ),
        'hono/cors': () => withPeer.fetch(request),
        middleware: () => withOurs.fetch(request),
        wrap: () => wrapped(request),
      }
    },
  }
}

const run =
  (app: Hono, request: Request): Case =>
  () =>
    app.fetch(request)
const same = (count: number) => [() => origins(count), () => origins(count)] as const

export const rows: readonly Row[] = [
  row('get-1', 'GET allowed, 1 origin', ...same(1), () => get('https://tenant-0.example.com')),
  row('get-10', 'GET allowed, 10 origins', ...same(10), () => get(LAST)),
  row('get-1000', 'GET allowed, 1,000 origins', ...same(1000), () => get('https://tenant-999.example.com')),
  row('get-100000', 'GET allowed, 100,000 origins', ...same(100_000), () => get('https://tenant-99999.example.com')),
  row('text-10', 'GET allowed, 10 origins, a text', ...same(10), () => get(LAST), true),
  row('refused-10', 'GET refused, 10 origins', ...same(10), () => get(STRANGER)),
  row('refused-100000', 'GET refused, 100,000 origins', ...same(100_000), () => get(STRANGER)),
  row('no-origin', 'GET without Origin', ...same(10), () => get(null)),
  row(
    'public',
    'GET, any origin',
    () => '*',
    () => '*',
    () => get(LAST),
  ),
  row(
    'subdomain-1',
    'GET subdomain, 1 pattern',
    () => patterns(1),
    () => endsIn(['.tenant-000000.com']),
    () => get(SUBDOMAIN),
  ),
  row(
    'subdomain-10000',
    'GET subdomain, 10,000 patterns',
    () => patterns(10_000),
    () =>
      endsIn(
        patterns(10_000)
          .map((pattern) => pattern.slice('https://*'.length))
          .toReversed(),
      ),
    () => get(SUBDOMAIN),
  ),
  row('preflight', 'preflight allowed', ...same(10), () => preflight(LAST)),
  row('preflight-refused', 'preflight refused', ...same(10), () => preflight(STRANGER)),
  row(
    'preflight-public',
    'preflight, any origin',
    () => '*',
    () => '*',
    () => preflight(LAST),
  ),
]

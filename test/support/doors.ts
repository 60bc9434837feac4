// Every way into the package by a Fetch adapter: a source and a handler go in, and out comes what a server would call.
import { Elysia } from 'elysia'
import { H3 } from 'h3'
import { Hono } from 'hono'
import * as astro from '../../adapters/astro.ts'
import * as bun from '../../adapters/bun.ts'
import * as deno from '../../adapters/deno.ts'
import * as elysia from '../../adapters/elysia.ts'
import * as h3 from '../../adapters/h3.ts'
import * as hono from '../../adapters/hono.ts'
import * as next from '../../adapters/next.ts'
import * as router from '../../adapters/react-router.ts'
import * as kit from '../../adapters/sveltekit.ts'
import * as workers from '../../adapters/workers.ts'
import { type AnyCors, createWrapper } from '../../src/adapter.ts'

/** What every adapter takes: a policy stands for all that is no function, for the compiler has nothing to check here. */
export type Source = AnyCors | (() => AnyCors)
export type Handler = (request: Request) => Response | Promise<Response>
type Fetch = (request: Request) => Promise<Response>

const SERVER = { upgrade: () => false }
const CONTEXT: workers.WorkerContext = { waitUntil() {}, passThroughOnException() {}, props: {} }
const METHODS = ['GET', 'POST', 'OPTIONS'] as const

type Called = (request: Request, ...rest: unknown[]) => Response | Promise<Response>
const call =
  (fetch: unknown, ...rest: unknown[]): Fetch =>
  async (request) =>
    (fetch as Called)(request, ...rest)

/** The answer of Next's own router to a method that a `route.ts` does not export is not asked for here. */
function routed(handlers: object): Fetch {
  const table = handlers as Record<string, Called>
  return async (request) => (table[request.method] as Called)(request, {})
}

export const DOORS: Readonly<Record<string, (source: Source, handler: Handler) => Fetch>> = {
  wrapper: (source, handler) => call(createWrapper<Request>(source)(handler)),
  hono: (source, handler) => call(new Hono().use(hono.cors(source)).all('*', (c) => handler(c.req.raw)).fetch),
  'workers object': (source, handler) => call(workers.withCors(source, { fetch: handler }).fetch, {}, CONTEXT),
  'workers function': (source, handler) => call(workers.withCors(source, handler), {}, CONTEXT),
  'workers class': (source, handler) => {
    const Made = workers.withCors(
      source,
      class {
        env = {}
        ctx = CONTEXT
        fetch(request: Request) {
          return handler(request)
        }
      },
    )
    const made = new Made()
    return async (request) => made.fetch(request)
  },
  'deno handler': (source, handler) => call(deno.withCors(source, handler), {}),
  'deno options': (source, handler) => call(deno.withCors(source, { fetch: handler }).fetch, {}),
  'bun fetch': (source, handler) => call(bun.withCors(source, { fetch: handler }).fetch, SERVER),
  'bun route': (source, handler) => call(bun.withCors(source, { routes: { '/': handler } }).routes['/'], SERVER),
  'bun methods': (source, handler) => {
    const { routes } = bun.withCors(source, { routes: { '/': { GET: handler, POST: handler } }, fetch: handler })
    return routed(routes['/'])
  },
  'next proxy': (source, handler) => call(next.proxy(source, handler), {}),
  'next route': (source, handler) =>
    routed(next.withCors(source, Object.fromEntries(METHODS.map((method) => [method, handler])))),
  h3: (source, handler) => {
    const app = new H3({ silent: true }).register(h3.cors(source)).all('/**', ({ req }) => handler(req as Request))
    return call(app.fetch)
  },
  elysia: (source, handler) => {
    const app = new Elysia().use(elysia.cors(source)).all('/*', ({ request }) => handler(request))
    return call(app.fetch)
  },
  sveltekit: (source, handler) => {
    const handle = kit.cors(source)
    return (request) => handle({ event: { request }, resolve: ({ request: given }) => handler(given) })
  },
  'astro fetch': (source, handler) => call(astro.withCors(source, { fetch: handler }).fetch),
  'astro middleware': (source, handler) => {
    const onRequest = astro.cors(source)
    return (request) => onRequest({ request }, async () => handler(request))
  },
  'react-router handler': (source, handler) => call(router.withCors(source, async (request) => handler(request))),
  'react-router middleware': (source, handler) => {
    const middleware = router.cors(source)
    return (request) => middleware({ request }, async () => handler(request))
  },
}

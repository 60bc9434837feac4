/**
 * CORS for Hono: `app.use('/api/*', cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import type { Context, Env, MiddlewareHandler, Next } from 'hono'
import {
  type Cors,
  createResolver,
  intercept,
  isSync,
  type PolicyInput,
  type PolicySource,
  resolvePolicy,
} from '../src/adapter.ts'

/**
 * Makes a Hono middleware out of a policy. Put it before the routes: Hono runs what was registered first.
 *
 * Every answer below its path carries the header set: 404s, errors that `app.onError` renders, thrown Responses, streams,
 * proxied responses. Of two such middlewares on one path the outer one's headers stand; to choose a policy by path, give a
 * function.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/hono'
 * import { Hono } from 'hono'
 *
 * const app = new Hono()
 * app.use('/api/*', cors({ origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] }))
 * app.put('/api/users/:id', (c) => c.json({ id: c.req.param('id') }))
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: as in Hono's MiddlewareHandler, so that `c.env` can be used without saying what it is.
export function cors<const P extends PolicyInput, E extends Env = any>(
  source: PolicySource<P, Context<E>>,
): MiddlewareHandler<E> {
  const corsFor = createResolver<Context<E>>(source)
  return (c, next) => {
    const ready = corsFor(c)
    return isSync(ready)
      ? handle(ready, c, next)
      : resolvePolicy(ready, c.req.raw, c).then((chosen) => handle(chosen, c, next))
  }
}

function handle(ready: Cors, c: Context, next: Next): Promise<Response | undefined> {
  const request = c.req.raw
  const answer = intercept(ready, request)
  if (answer !== null) return Promise.resolve(answer)
  return next().then(
    () =>
      c.finalized ? replace(c, applied(ready, request, c.res)) : prepare(c, ready.headers(request, c.res.headers)),
    (thrown) => {
      // Hono renders what is an Error. Whatever else was thrown would reject the whole app.
      if (!isUnrendered(thrown, c)) return replace(c, ready.wrap<Request, [], Response>(() => raise(thrown))(request))
      prepare(c, ready.headers(request, c.res.headers))
      throw thrown
    },
  )
}

/** A response whose body is in use cannot be sent; one that was sent before has one. It carries the headers of another request. */
function applied(ready: Cors, request: Request, response: Response): Response {
  try {
    return ready.apply(request, response)
  } catch (unusable) {
    return ready.wrap<Request, [], Response>(() => raise(unusable))(request)
  }
}

/**
 * Lays the headers ready for an answer that Hono makes of an Error: after a handler that returned nothing, and further out where `every()`
 * or `some()` of hono/combine run this middleware by themselves. What stands in `c.res` also goes onto a Response that `app.onError` makes.
 */
function prepare(c: Context, headers: Headers): undefined {
  for (const name of [...c.res.headers.keys()]) if (!headers.has(name)) c.header(name)
  for (const [name, value] of headers) if (name !== 'set-cookie') c.header(name, value)
}

/** Tells whether Hono has yet to render this. `c.error` is set before `app.onError` runs, so it is there when that itself throws. */
function isUnrendered(thrown: unknown, c: Context): thrown is Error {
  return thrown instanceof Error && c.error === undefined
}

/** Assigning to `c.res` merges the headers of the response that stood there back in, those just removed included. */
function replace(c: Context, response: Response): undefined {
  if (c.finalized && c.res === response) return
  c.res = undefined
  c.res = response
}

function raise(thrown: unknown): never {
  throw thrown
}

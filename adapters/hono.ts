/**
 * CORS for Hono: `app.use('/api/*', cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import type { Context, Env, MiddlewareHandler, Next } from 'hono'
import {
  type Cors,
  createNestingNotice,
  createResolver,
  intercept,
  isSync,
  type PolicyInput,
  type PolicySource,
  resolvePolicy,
} from '../src/adapter.ts'

/**
 * Makes a Hono middleware from a policy. Register it before the routes: Hono runs handlers in the
 * order of registration.
 *
 * Every answer below its path carries the header set: 404s, errors that `app.onError` renders,
 * thrown Responses, streams, proxied responses. If two such middlewares cover one path, the headers
 * of the outer one win, and in development a line on the console says so. To choose a policy by
 * path, pass a function or `corsRoutes`.
 *
 * @param source a policy, a `Cors`, or a function of Hono's context that gives either
 * @returns the middleware
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/hono'
 * import { Hono } from 'hono'
 *
 * const app = new Hono()
 * app.use('/api/*', cors({ origins: ['https://app.example.com'], methods: ['PUT'] }))
 * app.put('/api/users/:id', (c) => c.json({ id: c.req.param('id') }))
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: as in Hono's MiddlewareHandler, so that `c.env` needs no type argument.
export function cors<const P extends PolicyInput, E extends Env = any>(
  source: PolicySource<P, Context<E>>,
): MiddlewareHandler<E> {
  const corsFor = createResolver<Context<E>>(source, cors)
  const notice = createNestingNotice()
  const answer = (ready: Cors, c: Context<E>, next: Next) => {
    notice?.(c, ready, `${c.req.method} ${c.req.path}`)
    return handle(ready, c, next)
  }
  return (c, next) => {
    const ready = corsFor(c)
    return isSync(ready)
      ? answer(ready, c, next)
      : resolvePolicy(ready, c.req.raw, c).then((chosen) => answer(chosen, c, next))
  }
}

/**
 * Answers a request, or puts the header set on the answer of the routes. These are the steps of
 * `wrap`, one by one: between them Hono renders errors, which `wrap` would answer itself.
 *
 * A GET, step by step: `intercept` gives null, because only preflights and forbidden origins are
 * answered here. `next` runs the routes, and their response is in `c.res`. `ready.apply` puts the
 * header set on it (`src/server/apply.ts`).
 */
function handle(ready: Cors, c: Context, next: Next): Promise<Response | undefined> {
  const request = c.req.raw
  const answer = intercept(ready, request)
  if (answer !== null) return Promise.resolve(answer)
  return next().then(
    () =>
      c.finalized
        ? replace(c, applyOrFail(ready, request, c.res))
        : setHeaders(c, ready.headers(request, c.res.headers)),
    (thrown) => {
      // Hono renders an Error, later. A thrown value of another type would reject the whole app, so
      // it becomes a response here.
      if (!isUnrendered(thrown, c)) return replace(c, ready.wrap<Request, [], Response>(() => rethrow(thrown))(request))
      setHeaders(c, ready.headers(request, c.res.headers))
      throw thrown
    },
  )
}

/**
 * Applies the policy to a response. If that fails, the answer is an empty 500: the response was
 * sent before, so its body is in use and its headers belong to another request.
 */
function applyOrFail(ready: Cors, request: Request, response: Response): Response {
  try {
    return ready.apply(request, response)
  } catch (unusable) {
    return ready.wrap<Request, [], Response>(() => rethrow(unusable))(request)
  }
}

/**
 * Sets the headers for an answer that Hono makes later: after a handler that returned nothing, or
 * from an Error, also where `every()` or `some()` of hono/combine run this middleware. Hono copies
 * the headers of `c.res` onto a Response that `app.onError` makes.
 */
function setHeaders(c: Context, headers: Headers): undefined {
  // `c.header` without a value deletes the header.
  for (const name of [...c.res.headers.keys()]) if (!headers.has(name)) c.header(name)
  for (const [name, value] of headers) if (name !== 'set-cookie') c.header(name, value)
}

/**
 * Tells whether Hono will still render this error. Hono sets `c.error` before it calls
 * `app.onError`. So where `c.error` is set, `app.onError` itself threw.
 */
function isUnrendered(thrown: unknown, c: Context): thrown is Error {
  return thrown instanceof Error && c.error === undefined
}

/**
 * Replaces `c.res`. It is set to undefined first, because an assignment merges the headers of the
 * old response into the new one, and so would bring back those that the policy removed.
 */
function replace(c: Context, response: Response): undefined {
  c.res = undefined
  c.res = response
}

function rethrow(thrown: unknown): never {
  throw thrown
}

/**
 * CORS for Hono with a compiled policy: `app.use('/api/*', cors(answers))`.
 *
 * @module
 */

import type { Context, Env, MiddlewareHandler, Next } from 'hono'
import {
  type Answering,
  createReadyResolver,
  intercept,
  isSync,
  type PolicyResolver,
  RESOLVE,
  type ReadySource,
} from '../../src/runtime-adapter.ts'

/**
 * Makes a Hono middleware from a compiled policy. It behaves like `cors` of `corsmith/hono`, whose
 * checks it does not load.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @returns the middleware
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Answering } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/hono'
 * import { Hono } from 'hono'
 *
 * declare const answers: Answering // import { answers } from './cors.js'
 * const app = new Hono()
 * app.use('/api/*', cors(answers))
 * ```
 */
// biome-ignore lint/suspicious/noExplicitAny: as in Hono's MiddlewareHandler, so that `c.env` needs no type argument.
export function cors<E extends Env = any>(source: ReadySource<Context<E>>): MiddlewareHandler<E> {
  const corsFor = createReadyResolver<Context<E>>(source)
  return (c, next) => {
    const ready = corsFor(c)
    if (isSync(ready)) return handle(ready, c, next)
    const chosen = (ready as unknown as PolicyResolver)[RESOLVE](c.req.raw, [c])
    return chosen instanceof Promise ? chosen.then((cors) => handle(cors, c, next)) : handle(chosen, c, next)
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
function handle(ready: Answering, c: Context, next: Next): Promise<Response | undefined> {
  const request = c.req.raw
  const answer = intercept(ready, request)
  if (answer) return Promise.resolve(answer)
  return next().then(
    () => (c.finalized ? replace(c, applyOrFail(ready, request, c.res)) : setHeaders(c, ready)),
    (thrown) => {
      // Hono renders an Error, later. A thrown value of another type would reject the whole app, so
      // it becomes a response here. Hono sets `c.error` before it calls `app.onError`: where it is
      // set, `app.onError` itself threw.
      if (!(thrown instanceof Error) || c.error) return replace(c, fail(ready, request, thrown))
      setHeaders(c, ready)
      throw thrown
    },
  )
}

/**
 * Applies the policy to a response. If that fails, the answer is an empty 500: the response was
 * sent before, so its body is in use and its headers belong to another request.
 */
function applyOrFail(ready: Answering, request: Request, response: Response): Response {
  try {
    return ready.apply(request, response)
  } catch (unusable) {
    return fail(ready, request, unusable)
  }
}

/**
 * Sets the headers for an answer that Hono makes later: after a handler that returned nothing, or
 * from an Error, also where `every()` or `some()` of hono/combine run this middleware. Hono copies
 * the headers of `c.res` onto a Response that `app.onError` makes.
 */
function setHeaders(c: Context, ready: Answering): undefined {
  const { headers } = ready.apply(c.req.raw, new Response(null, { headers: c.res.headers }))
  // `c.header` without a value deletes the header.
  for (const name of [...c.res.headers.keys()]) if (!headers.has(name)) c.header(name)
  for (const [name, value] of headers) if (name !== 'set-cookie') c.header(name, value)
}

/**
 * Replaces `c.res`. It is set to undefined first, because an assignment merges the headers of the
 * old response into the new one, and so would bring back those that the policy removed.
 */
function replace(c: Context, response: Response): undefined {
  c.res = undefined
  c.res = response
}

/** Makes the response of `wrap` to an error. */
function fail(ready: Answering, request: Request, thrown: unknown): Response {
  return ready.wrap<Request, [], Response>(() => {
    throw thrown
  })(request)
}

/**
 * CORS for Hono: `app.use('/api/*', cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import type { Context, Env, MiddlewareHandler } from 'hono'
import { checkSource, createNestingNotice, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { cors as middleware } from './runtime/hono.ts'

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
  const ready = checkSource<Context<E>>(source, cors)
  const answer = middleware<E>(ready)
  const notice = createNestingNotice()
  if (notice === null) return answer
  return (c, next) => {
    notice(c, ready, `${c.req.method} ${c.req.path}`)
    return answer(c, next)
  }
}

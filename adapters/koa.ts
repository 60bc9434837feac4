/**
 * CORS for Koa 2 and 3: `app.use(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { checkSource, createNestingNotice, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type KoaContext, type KoaMiddleware, koaMiddleware } from './koa-middleware.ts'
import { createNodeHandle } from './node-handle.ts'

export type { KoaContext, KoaMiddleware } from './koa-middleware.ts'

/**
 * Makes a Koa middleware from a policy. Put it before everything else: sessions, body parsers,
 * authentication, the router.
 *
 * Every answer carries the header set: 404s too, and errors, for which Koa removes all headers
 * that a handler has set. A preflight is answered at once.
 *
 * @param source a policy, a `Cors`, or a function of Koa's context that gives either
 * @returns the middleware
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/koa'
 * import Koa from 'koa'
 *
 * const app = new Koa()
 * app.use(cors({ origins: ['https://app.example.com'], methods: ['PUT'] }))
 * app.use((ctx) => {
 *   ctx.body = { hello: 'world' }
 * })
 * app.listen(3000)
 * ```
 */
export function cors<const P extends PolicyInput, C extends KoaContext = KoaContext>(
  source: PolicySource<P, C>,
): KoaMiddleware<C> {
  return koaMiddleware(createNodeHandle<C>(checkSource<C>(source, cors), createNestingNotice()))
}

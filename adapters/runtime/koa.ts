/**
 * CORS for Koa 2 and 3 with a compiled policy: `app.use(middleware(cors))`.
 *
 * @module
 */

import type { AnyCors, ChoosingSource } from '../../src/runtime-adapter.ts'
import { type KoaContext, type KoaMiddleware, koaMiddleware } from '../koa-middleware.ts'
import { createNodeHandle } from '../node-handle.ts'

export type { KoaContext, KoaMiddleware } from '../koa-middleware.ts'

/**
 * Makes a Koa middleware from a compiled policy. Put it before everything else: sessions, body parsers,
 * authentication, the router.
 *
 * Every answer carries the header set: 404s too, and errors, for which Koa removes all headers
 * that a handler has set. A preflight is answered at once.
 *
 * @param source `cors` of a module that `corsmith compile js` wrote, or what `perRequest` and
 *   `choose` made
 * @returns the middleware
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Cors } from 'corsmith/runtime'
 * import { cors as middleware } from 'corsmith/runtime/koa'
 * import Koa from 'koa'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * const app = new Koa()
 * app.use(middleware(cors))
 * app.use((ctx) => {
 *   ctx.body = { hello: 'world' }
 * })
 * app.listen(3000)
 * ```
 */
export function cors<C extends KoaContext = KoaContext>(source: AnyCors | ChoosingSource<C>): KoaMiddleware<C> {
  return koaMiddleware(createNodeHandle<C>(source, null))
}

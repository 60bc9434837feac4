/**
 * CORS for Node with a compiled policy: Express 4 and 5, Connect, Fastify, Koa, NestJS, `node:http`.
 *
 * @module
 */

import type { AnyCors, ChoosingSource } from '../../src/runtime-adapter.ts'
import type { NodeMiddleware } from '../node.ts'
import { createNodeHandle } from '../node-handle.ts'
import type { NodeRequest } from '../node-request.ts'

export type { NodeMiddleware } from '../node.ts'
export { type NodeRequest, requestHead } from '../node-request.ts'
export type { NodeResponse } from '../node-response.ts'

/**
 * Makes a middleware from a policy. Put it before everything else: sessions, body parsers,
 * authentication.
 *
 * The header set is written at the moment when the headers of a response are sent. So a handler's
 * `res.set('Vary', …)`, its `writeHead`, an error page and a 404 keep it. A preflight is answered
 * at once and never reaches `next`.
 *
 * With `node:http` alone, pass the rest of the listener as `next`. The middleware leaves a
 * connection that becomes a WebSocket alone, unless the policy has `refused: 'forbid'` and does not
 * allow the origin.
 *
 * If `source` is a function that throws or gives something else than a policy, every origin is
 * refused and each cause is printed once. Nothing is thrown into the server.
 *
 * @param source `cors` of a module that `corsmith compile js` wrote, or what `perRequest` and
 *   `choose` made
 * @returns the middleware. It takes `(req, res, next)`.
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Cors } from 'corsmith/runtime'
 * import { cors as middleware } from 'corsmith/runtime/node'
 * import { createServer } from 'node:http'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * const handle = middleware(cors)
 *
 * createServer((req, res) => handle(req, res, () => res.end('hello'))).listen(8080)
 * ```
 *
 * @example
 * ```ts
 * import type { Cors } from 'corsmith/runtime'
 * import { cors as middleware } from 'corsmith/runtime/node'
 * import express from 'express'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * const app = express()
 * app.use(middleware(cors))
 * ```
 */
export function cors<Q extends NodeRequest = NodeRequest>(source: AnyCors | ChoosingSource<Q>): NodeMiddleware<Q> {
  const handle = createNodeHandle<Q>(source, null)
  return (req, res, next) => handle(req, req, res, next)
}

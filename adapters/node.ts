/**
 * CORS for Node: Express 4 and 5, Connect, NestJS, Socket.IO, `node:http` and the compatibility
 * layer of `node:http2`.
 *
 * @module
 */

import { checkSource, createNestingNotice, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { createNodeHandle } from './node-handle.ts'
import type { NodeRequest } from './node-request.ts'
import type { NodeResponse } from './node-response.ts'

export { type CorsPackageOptions, fromCorsOptions } from './cors-options.ts'
export { explainMiddleware, type NodeExplainOptions } from './node-explain.ts'
export { type NodeRequest, requestHead } from './node-request.ts'
export type { NodeResponse } from './node-response.ts'

/**
 * A middleware of Express, Connect, NestJS or Socket.IO. In a listener of `node:http`, call it
 * first.
 */
export type NodeMiddleware<Q extends NodeRequest = NodeRequest> = (req: Q, res: NodeResponse, next?: () => void) => void

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
 * If two of them cover one request, the outer one decides, and in development a line on the console
 * says so. `corsRoutes` of `corsmith/routes` chooses a policy by path.
 *
 * If `source` is a function that throws or gives something else than a policy, every origin is
 * refused and each cause is printed once. Nothing is thrown into the server.
 *
 * @param source a policy, a {@link Cors}, or a function of the request that gives either
 * @returns the middleware. It takes `(req, res, next)`.
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/node'
 * import { createServer } from 'node:http'
 *
 * const handle = cors({ origins: ['https://app.example.com'], methods: ['PUT'] })
 *
 * createServer((req, res) => handle(req, res, () => res.end('hello'))).listen(8080)
 * ```
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/node'
 * import express from 'express'
 *
 * const app = express()
 * app.use(cors({ origins: ['https://app.example.com'], credentials: true }))
 * ```
 */
export function cors<const P extends PolicyInput, Q extends NodeRequest = NodeRequest>(
  source: PolicySource<P, Q>,
): NodeMiddleware<Q> {
  const handle = createNodeHandle<Q>(checkSource<Q>(source, cors), createNestingNotice())
  return (req, res, next) => handle(req, req, res, next)
}

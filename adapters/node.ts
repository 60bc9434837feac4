/**
 * CORS for Node: Express 4 and 5, Connect, `node:http` and the compatibility layer of `node:http2`.
 *
 * @module
 */

import {
  type AnyCors,
  type Checked,
  type Cors,
  type CorsPolicy,
  choose,
  createResolver,
  type Documented,
  intercept,
  isSync,
  type PolicyInput,
} from '../src/adapter.ts'

import { fetchRequest, type NodeRequest, requestHead } from './node-request.ts'
import { type NodeResponse, stampWhenSent } from './node-response.ts'

export { type CorsPackageOptions, fromCorsOptions } from './cors-options.ts'
export { type NodeRequest, requestHead } from './node-request.ts'
export type { NodeResponse } from './node-response.ts'

/** A middleware of Express and Connect, and a function to call first in a listener of `node:http`. */
export type NodeMiddleware<Q extends NodeRequest = NodeRequest> = (
  req: Q,
  res: NodeResponse,
  next?: (error?: unknown) => void,
) => void

/**
 * Makes a middleware out of a policy. Put it before everything else: sessions, body parsers, authentication.
 *
 * The header set is written when the headers of a response are sent, whoever sends them. So a handler's `res.set('Vary', …)`, its
 * `writeHead`, an error page and a 404 cannot lose it. A preflight is answered at once and never reaches `next`.
 *
 * With `node:http` alone, pass the rest of the listener as `next`.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/node'
 * import { createServer } from 'node:http'
 *
 * const handle = cors({ origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] })
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
  source: (Checked<P> & Documented) | AnyCors | ((req: Q) => CorsPolicy | AnyCors),
): NodeMiddleware<Q> {
  const corsFor = createResolver<Q>(source)
  const stamped = new WeakSet<NodeResponse>()

  function handle(ready: Cors, req: Q, res: NodeResponse, next: (() => void) | undefined): void {
    const head = requestHead(req)
    if (!stamped.has(res)) {
      stamped.add(res)
      stampWhenSent(ready, head, res)
    }
    const answer = intercept(ready, head)
    if (answer === null) {
      next?.()
      return
    }
    res.statusCode = answer.status
    // A 204 has no content by itself. Of any other answer a client must be told that nothing follows.
    if (answer.status !== 204) res.setHeader('Content-Length', '0')
    res.end()
  }

  return (req, res, next) => {
    const ready = corsFor(req)
    if (isSync(ready)) return handle(ready, req, res, next)
    if (next === undefined)
      throw new TypeError('cors: a policy that is chosen per request needs next: write "cors(req, res, next)"')
    // It never rejects. What `next` throws is thrown on, as it is where nothing was waited for.
    void choose(ready, fetchRequest(req), req).then((chosen) => handle(chosen, req, res, next))
  }
}

/**
 * CORS for Node: Express 4 and 5, Connect, Fastify, Koa, NestJS, Socket.IO, `node:http` and the compatibility layer of `node:http2`.
 *
 * @module
 */

import {
  type Cors,
  isSync,
  type PolicyInput,
  type PolicySource,
  preflightAnswer,
  type RequestHead,
} from '../src/adapter.ts'
import { stampDouble } from './node-double.ts'
import { type NodeRequest, requestHead } from './node-request.ts'
import { answerAtOnce, isNodesOwn, type NodeResponse, stampWhenSent } from './node-response.ts'
import { createSafeSource } from './node-source.ts'

export { type CorsPackageOptions, fromCorsOptions } from './cors-options.ts'
export { type NodeRequest, requestHead } from './node-request.ts'
export type { NodeResponse } from './node-response.ts'

/** A middleware of Express, Connect, NestJS and Socket.IO, and a function to call first in a listener of `node:http`. */
export type NodeMiddleware<Q extends NodeRequest = NodeRequest> = (req: Q, res: NodeResponse, next?: () => void) => void

/**
 * Makes a middleware out of a policy. Put it before everything else: sessions, body parsers, authentication.
 *
 * The header set is written when the headers of a response are sent, whoever sends them. So a handler's `res.set('Vary', …)`, its
 * `writeHead`, an error page and a 404 cannot lose it. A preflight is answered at once and never reaches `next`.
 *
 * With `node:http` alone, pass the rest of the listener as `next`. A connection that is handed over to a WebSocket is left alone, unless the
 * policy forbids its origin.
 *
 * What a function cannot give, or gives wrong, is refused and printed once per cause. Nothing is thrown into the server.
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
  source: PolicySource<P, Q>,
): NodeMiddleware<Q> {
  const safe = createSafeSource<Q>(source)
  // Of a response this middleware has seen already. A WeakSet would say the same, at a tenth of what a request costs.
  const seen = Symbol('corsmith')

  function handle(cors: Cors, req: Q, res: NodeResponse & { [seen]?: true }, next: (() => void) | undefined): void {
    const head = requestHead(req)
    const preflight = preflightAnswer(cors, head)
    const status = preflight?.status ?? refusal(cors, head)
    // Whatever is called a response here may have less than its name says. That is no reason to end the application.
    try {
      if (!isUpgrade(req, res) && res[seen] === undefined) {
        if (!isNodesOwn(res)) stampDouble(cors, head, res)
        else if (preflight !== null && answerAtOnce(preflight, res)) return
        else stampWhenSent(cors, head, res, safe.close)
        res[seen] = true
      }
    } catch (error) {
      safe.close(error)
    }
    try {
      // Somebody may have answered while the policy was chosen: a time-out, a client that left.
      if (status !== null && !res.headersSent) answer(status, res, safe.close)
    } catch (error) {
      safe.close(error)
    }
    if (status === null) next?.()
  }

  return (req, res, next) => {
    const ready = safe.policyFor(req)
    if (isSync(ready)) return handle(ready, req, res, next)
    if (next === undefined) {
      const missing = 'cors: a policy that is chosen per request needs next: write "cors(req, res, next)"'
      return handle(safe.close(new TypeError(missing)), req, res, next)
    }
    // It never rejects. What `next` throws is thrown on, as it is where nothing was waited for.
    void safe.choose(ready, req).then((chosen) => handle(chosen, req, res, next))
  }
}

/**
 * Tells a request whose connection is handed over. An `Upgrade` that no listener takes is none: Node answers such a request like any
 * other, and a cache may keep the answer.
 */
function isUpgrade(req: NodeRequest, res: NodeResponse): boolean {
  return req.upgrade === true || (!isNodesOwn(res) && req.headers?.upgrade !== undefined)
}

/** The status for a stranger where the policy forbids them; null lets the request through. */
function refusal(cors: Cors, head: RequestHead): number | null {
  return cors.policy.refused === 'forbid' ? (cors.guard(head)?.status ?? null) : null
}

function answer(status: number, res: NodeResponse, report: (error: unknown) => unknown): void {
  try {
    // A 204 has no content by itself. Of any other answer a client must be told that nothing follows.
    if (status !== 204) res.setHeader?.('Content-Length', '0')
    // Only of a response of Node's own it is known that the status is sent whichever way it is given.
    if (isNodesOwn(res) || res.writeHead === undefined) res.statusCode = status
    else res.writeHead(status)
  } finally {
    if (isNodesOwn(res)) res.end()
    else queueMicrotask(() => endDouble(res, report))
  }
}

/**
 * Ends a response that is not Node's own. Some say `close` within `end()`, and a framework may listen for it only after the middleware
 * has returned (h3 1 on Workers). So it ends a moment later, where nothing else would catch an error.
 */
function endDouble(res: NodeResponse, report: (error: unknown) => unknown): void {
  try {
    res.end()
  } catch (error) {
    report(error)
  }
}

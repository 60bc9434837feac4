/**
 * CORS for Node with a compiled policy: Express 4 and 5, Connect, Fastify, Koa, NestJS, `node:http`.
 *
 * @module
 */

import {
  type AnyCors,
  type Chosen,
  type Cors,
  isSync,
  preflightAnswer,
  type RequestHead,
} from '../../src/runtime-adapter.ts'
import { stampDouble } from '../node-double.ts'
import { createSafeSource, type NodeRequest, requestHead } from '../node-request.ts'
import { answerAtOnce, isNodesOwn, type NodeResponse, stampWhenSent } from '../node-response.ts'

export { type NodeRequest, requestHead } from '../node-request.ts'
export type { NodeResponse } from '../node-response.ts'

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
export function cors<Q extends NodeRequest = NodeRequest>(source: AnyCors | Chosen<Q>): NodeMiddleware<Q> {
  const safe = createSafeSource<Q>(source)
  // Marks responses that were handled already. A WeakSet would add about 10 % to the cost of a
  // request.
  const seen = Symbol('corsmith')

  function handle(cors: Cors, req: Q, res: NodeResponse & { [seen]?: true }, next: (() => void) | undefined): void {
    const head = requestHead(req)
    const preflight = preflightAnswer(cors, head)
    const status = preflight?.status ?? refusalStatus(cors, head)
    // A double may lack methods that are used here. An error must not end the application.
    try {
      if (!isUpgrade(req, res) && res[seen] === undefined) {
        if (!isNodesOwn(res)) stampDouble(cors, head, res)
        else if (preflight !== null && answerAtOnce(preflight, res)) return
        else stampWhenSent(cors, head, res, safe.refuse)
        res[seen] = true
      }
    } catch (error) {
      safe.refuse(error)
    }
    try {
      // While the policy was chosen, a time-out may have sent an answer.
      if (status !== null && !res.headersSent) answer(status, res, safe.refuse)
    } catch (error) {
      safe.refuse(error)
    }
    if (status === null) next?.()
  }

  return (req, res, next) => {
    const ready = safe.policyFor(req)
    if (isSync(ready)) return handle(ready, req, res, next)
    if (next === undefined) {
      const missing = 'cors: a policy that is chosen per request needs next: write "cors(req, res, next)"'
      return handle(safe.refuse(new TypeError(missing)), req, res, next)
    }
    // `resolve` never rejects. An error of `next` becomes an unhandled rejection, just as it is an
    // uncaught exception for a policy that was chosen once.
    void safe.resolve(ready, req).then((chosen) => handle(chosen, req, res, next))
  }
}

/**
 * Tells whether the connection of a request is handed over. An `Upgrade` without a listener does
 * not count: Node answers such a request like any other, and a cache may keep the answer.
 */
function isUpgrade(req: NodeRequest, res: NodeResponse): boolean {
  return req.upgrade === true || (!isNodesOwn(res) && req.headers?.upgrade !== undefined)
}

/**
 * Gives the status for a refused origin with `refused: 'forbid'`; null lets the request through.
 */
function refusalStatus(cors: Cors, head: RequestHead): number | null {
  return cors.policy.refused === 'forbid' ? (cors.guard(head)?.status ?? null) : null
}

function answer(status: number, res: NodeResponse, report: (error: unknown) => unknown): void {
  try {
    // A 204 never has content. Any other status needs the length, so that the client does not wait.
    if (status !== 204) res.setHeader?.('Content-Length', '0')
    // A response of Node's own sends `statusCode`. A double may only send a status that writeHead
    // got.
    if (isNodesOwn(res) || res.writeHead === undefined) res.statusCode = status
    else res.writeHead(status)
  } finally {
    if (isNodesOwn(res)) res.end()
    else queueMicrotask(() => endDouble(res, report))
  }
}

/**
 * Ends a double, one microtask later. Some doubles emit `close` within `end()`, and a framework may
 * listen for it only after the middleware has returned (h3 1 on Workers). Nothing else would catch
 * an error here.
 */
function endDouble(res: NodeResponse, report: (error: unknown) => unknown): void {
  try {
    res.end()
  } catch (error) {
    report(error)
  }
}

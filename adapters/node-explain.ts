import {
  type AnyCors,
  CACHE_CONTROL,
  CDN_CACHING,
  isSync,
  preflightOrigin,
  SERVER_TIMING,
  timingFor,
  withArguments,
} from '../src/explain-adapter.ts'
import { fetchRequest, type NodeRequest, requestHead } from './node-request.ts'
import { isNodesOwn, type NodeResponse, type OwnResponse, setAll } from './node-response.ts'

/** Options of {@link explainMiddleware}. */
export interface NodeExplainOptions<Q extends NodeRequest> {
  /**
   * Tells whether the sender of a request is a developer whom you know. Only `true`, or a Promise of
   * it, says so. Check a credential here, not something that every client can send. What it throws
   * means no.
   */
  readonly isDeveloper: (req: Q) => boolean | Promise<boolean>
}

/**
 * Tells developers in the answer itself what the policy decided about their request, and which edit
 * would allow it. Other clients get no explanation. This function serves `node:http`, Express,
 * Fastify and Koa; `explainTo` of `corsmith/log` serves Fetch handlers. Both leave the same answers
 * alone.
 *
 * ```
 * Server-Timing: corsmith;desc="add \"https://new.example.com\" to origins"
 * ```
 *
 * @param cors the policy that answers
 * @param options who is a developer
 * @returns a middleware. Put it before everything else: an answer that was sent earlier has no word.
 * @throws {TypeError} when `isDeveloper` is no function
 * @see https://www.w3.org/TR/server-timing/
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { cors, explainMiddleware } from 'corsmith/node'
 * import express from 'express'
 *
 * const policy = createCors({ origins: ['https://app.example.com'] })
 * const isDeveloper = (req: express.Request) => isKnownToken(req.get('X-Debug-Token'))
 * declare function isKnownToken(token: string | undefined): Promise<boolean>
 *
 * const app = express()
 * app.use(explainMiddleware(policy, { isDeveloper }))
 * app.use(cors(policy))
 * ```
 */
export function explainMiddleware<Q extends NodeRequest = NodeRequest>(
  cors: AnyCors,
  options: NodeExplainOptions<Q>,
): (req: Q, res: NodeResponse, next: () => void) => void {
  const { isDeveloper } = options
  if (typeof isDeveloper !== 'function') throw new TypeError('explainMiddleware: isDeveloper is a function')

  /** Gives null for a stranger, and where nothing was decided. */
  async function explain(req: Q): Promise<string | null> {
    if ((await isDeveloper(req)) !== true) return null
    const decision = isSync(cors)
      ? cors.decide(requestHead(req))
      : await withArguments<unknown[]>(cors).decide(fetchRequest(req), req)
    return timingFor(requestHead(req), decision)
  }

  return (req, res, next) => {
    if (!isNodesOwn(res) || req.method === 'HEAD' || preflightOrigin(requestHead(req)) !== null) return next()
    // An explanation never costs the answer. An error of `next` itself must not be lost.
    void explain(req)
      .catch(() => null)
      .then((timing) => {
        if (timing !== null) addWhenSent(res, timing)
        next()
      })
  }
}

type WriteHead = (status: number, reason?: unknown, headers?: unknown) => unknown

/** Adds the field at the last moment: a handler may set `Cache-Control` until then. */
function addWhenSent(res: OwnResponse, timing: string): void {
  const writeHead = res.writeHead as WriteHead
  res.writeHead = (status: number, reason?: unknown, headers?: unknown) => {
    const hasReason = typeof reason === 'string'
    const isFixed = res.headersSent || status < 200 || status === 304
    if (isFixed || !setAll(res, hasReason ? headers : (reason ?? headers)))
      return writeHead.call(res, status, reason, headers)
    const others = res.getHeader(SERVER_TIMING) ?? []
    res.setHeader(SERVER_TIMING, [others, timing].flat().map(String))
    res.setHeader(CACHE_CONTROL, 'no-store')
    for (const name of CDN_CACHING) res.removeHeader(name)
    return hasReason ? writeHead.call(res, status, reason) : writeHead.call(res, status)
  }
}

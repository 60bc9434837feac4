import {
  type AnyCors,
  type ChoosingSource,
  type Cors,
  isSync,
  preflightAnswer,
  type RequestHead,
} from '../src/runtime-adapter.ts'
import { stampDouble } from './node-double.ts'
import { createSafeSource, type NodeRequest, requestHead } from './node-request.ts'
import { answerAtOnce, isNodesOwn, type NodeResponse, stampWhenSent } from './node-response.ts'

/**
 * Answers a preflight or a forbidden request, or calls `next`. `context` is what a framework passes
 * to its handlers: a function that chooses the policy gets it.
 */
export type NodeHandle<C> = (context: C, req: NodeRequest, res: NodeResponse, next?: () => void) => void

/**
 * Makes the steps that all adapters of Node's frameworks share.
 *
 * @param notice notices two policies for one request, in development
 */
export function createNodeHandle<C>(
  source: AnyCors | ChoosingSource<C>,
  notice: ((carrier: object, cors: Cors, request: string) => void) | null,
): NodeHandle<C> {
  const safe = createSafeSource<C>(source)
  // Marks responses that were handled already. A WeakSet would add about 10 % to the cost of a
  // request.
  const seen = Symbol('corsmith')

  function handle(
    cors: Cors,
    head: RequestHead,
    req: NodeRequest,
    res: NodeResponse & { [seen]?: true },
    next: (() => void) | undefined,
  ): void {
    notice?.(res, cors, `${head.method} ${req.originalUrl ?? req.url}`)
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

  return (context, req, res, next) => {
    const ready = safe.policyFor(context)
    const head = requestHead(req)
    if (isSync(ready)) return handle(ready, head, req, res, next)
    if (next === undefined) {
      const missing = 'cors: a policy that is chosen per request needs next: write "cors(req, res, next)"'
      return handle(safe.refuse(new TypeError(missing)), head, req, res, next)
    }
    const kept = safe.kept(ready, head, req)
    if (kept !== null) return handle(kept, head, req, res, next)
    // `resolve` never rejects. An error of `next` becomes an unhandled rejection, just as it is an
    // uncaught exception for a policy that was chosen once.
    void safe.resolve(ready, req, context).then((chosen) => handle(chosen, head, req, res, next))
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
    // Node's own response sends `statusCode`. Some doubles send only the status that `writeHead`
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

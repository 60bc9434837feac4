import { ALLOW_ORIGIN, ALLOW_PRIVATE_NETWORK, VARY } from '../spec/fields.ts'
import * as READ from '../spec/read.ts'
import { allowOriginOf, preflightOrigin } from './decide.ts'
import { preflightEntries } from './entries.ts'
import { type Reading, readResponse, stamp } from './stamp.ts'
import type { Tables } from './tables.ts'
import type { Cors, RequestHead } from './types.ts'
import { listsName, mergeVary } from './vary.ts'

/**
 * Returns a response with the header set: the same object where that is safe, otherwise a copy.
 * `method` is the request's.
 */
export type Apply = (request: RequestHead, response: Response, method: string) => Response

/** Like {@link allowOriginOf}, but null for a preflight, whose CORS headers are then removed. */
type DecideOrigin = (tables: Tables, request: RequestHead, method: string) => string | null | undefined

/** Writes the header set, as {@link stamp} does. */
type WriteHeaders = (...args: [...stamped: Parameters<typeof stamp>, request: RequestHead]) => void

/** The two steps of `apply` that treat preflights differently. */
export type ApplySteps = readonly [decideOrigin: DecideOrigin, writeHeaders: WriteHeaders]

/**
 * The steps for an `apply` that can receive a preflight which the handler answered. The policy's
 * headers replace the handler's CORS headers. Two things of the handler stay: its names in `Vary`,
 * and `Access-Control-Allow-Private-Network`, for which a policy has no option.
 */
export const WITH_PREFLIGHTS: ApplySteps = [
  (tables, request, method) =>
    method === 'OPTIONS' && preflightOrigin(request) !== null ? null : allowOriginOf(tables, request),
  (tables, headers, allowOrigin, status, reading, request) => {
    const origin = allowOrigin === null ? preflightOrigin(request) : null
    const answer = origin === null ? [] : preflightEntries(tables, request, origin)
    const consent = answer[0]?.[0] === ALLOW_ORIGIN ? headers.get(ALLOW_PRIVATE_NETWORK) : null
    stamp(tables, headers, allowOrigin, status, reading)
    for (const [name, value] of answer) headers.set(name, name === VARY ? mergeVary(reading.vary, value) : value)
    if (consent !== null) headers.set(ALLOW_PRIVATE_NETWORK, consent)
  },
]

/**
 * Prepares the application of a policy to responses.
 *
 * A GET from an allowed origin, step by step: `decideOrigin` gives the origin; `readResponse` takes three
 * looks at the response; the response has a body that was not read, so it can be sent only once and
 * is changed in place; `stamp` sets the headers and merges `Vary`.
 */
export function createApply(
  tables: Tables,
  decideOrigin: DecideOrigin = allowOriginOf,
  writeHeaders: WriteHeaders = stamp,
): Apply {
  return (request, response, method) => {
    const { status, headers } = response
    // Neither can be rebuilt: 101 hands a connection over, and 0 is `Response.error()`. A WebSocket
    // that was declined has another status, and gets its headers like any response.
    if (status < 200) return response
    const allowOrigin = decideOrigin(tables, request, method)
    const reading = readResponse(headers, allowOrigin === null)
    if (isSentOnce(method, response, status, reading)) {
      try {
        // `response.headers` is read again: a server's lighter Response class may have built the
        // real one since, with another Headers object.
        writeHeaders(tables, response.headers, allowOrigin, status, reading, request)
        return response
      } catch {
        // The headers are immutable and nothing shows it: a cached response, or a service
        // binding's.
      }
    }
    if (isSignal(response)) return response
    const copied = copy(method, response)
    writeHeaders(tables, copied.headers, allowOrigin, status, reading, request)
    return copied
  }
}

/** Prepares the application of a policy to header lists. */
export function createHeaders(tables: Tables, decideOrigin: DecideOrigin, writeHeaders: WriteHeaders): Cors['headers'] {
  return (request, init) => {
    const headers = new Headers(init)
    const allowOrigin = decideOrigin(tables, request, request.method)
    writeHeaders(tables, headers, allowOrigin, 200, readResponse(headers, allowOrigin === null), request)
    return headers
  }
}

/**
 * Tells whether a response is only a signal to `@hono/node-server`: this header and no body say
 * that the handler writes to Node's own response. The server does not recognize a copy of it: it
 * would send an empty 200, and the handler's own `writeHead` would throw.
 */
function isSignal(response: Response): boolean {
  return response.headers.has('x-hono-already-sent') && response.body === null
}

/**
 * Tells whether a response can be sent only once, so that its headers may change in place.
 *
 * A copy costs more than all the rest, because it turns the body into a stream in every runtime. A
 * body can be sent once, so a response with one is safe to change. A response without a body may be
 * a constant of the module, on its way to another origin at this moment: it is copied. So is every
 * answer to HEAD, which leaves the body unread.
 */
function isSentOnce(method: string, response: Response, status: number, reading: Reading): boolean {
  const { vary, listed, typed } = reading
  // Either may be our own: then the response is being sent a second time, perhaps at once with the
  // first.
  const isStamped = listed?.includes(READ.allowOrigin) || (vary !== null && listsName(vary, READ.origin))
  if (isStamped || method === 'HEAD' || isImmutable(response)) return false
  // A 200 with a `Content-Type` is taken to have a body without a look at it: on Node that look
  // costs more than everything else (ARCHITECTURE.md, decision 6).
  return (typed && status === 200) || (response.body !== null && !response.bodyUsed)
}

/**
 * Tells whether the headers of a response are immutable, without trying: a throw costs more than
 * the copy that follows it. A response that `fetch()` returned has a `url`. (`Response.redirect()`
 * has no body, so it is copied anyway.)
 *
 * Servers may replace the global Response by a lighter class, whose `url` getter builds the real
 * one. Such a class extends the real Response, so its prototype chain is one longer; the handler
 * made it, so it is mutable.
 */
function isImmutable(response: Response): boolean {
  const isRuntimesOwn = Object.getPrototypeOf(Object.getPrototypeOf(response)) === Object.prototype
  return isRuntimesOwn && response.url !== ''
}

/**
 * Rebuilds a response. The constructor is given the response itself: so the copy keeps what only
 * the runtime knows (`webSocket`, `cf`, `encodeBody`, each `Set-Cookie` line).
 *
 * Frameworks hang properties of their own on a response, under a name or a registered symbol: Astro
 * the cookies that it writes later, h3 the hooks of a WebSocket. They are copied too. A symbol that
 * is not registered belongs to one object, as in undici, and is not copied.
 */
function copy(method: string, response: Response): Response {
  // A constant whose body went to a GET still answers HEAD.
  const isSpent = method === 'HEAD' && response.bodyUsed
  const copied = new Response(isSpent ? null : response.body, response)
  for (const key of Reflect.ownKeys(response)) {
    const isRegistered = typeof key === 'string' || Symbol.keyFor(key) !== undefined
    if (isRegistered && !Object.hasOwn(copied, key)) Reflect.set(copied, key, Reflect.get(response, key))
  }
  return copied
}

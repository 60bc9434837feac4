import type { CompiledPolicy } from '../policy/compile.ts'
import { ALLOW_ORIGIN, ALLOW_PRIVATE_NETWORK, READ, VARY } from '../spec/fields.ts'
import { type Situation, situationOf } from './decide.ts'
import type { Preflight } from './preflight.ts'
import { type Reading, readResponse, type Stamp, surveyResponse } from './stamp.ts'
import type { RequestHead } from './types.ts'
import { listsName, mergeVary } from './vary.ts'

/** Puts the header set on responses and on header lists. */
export interface Applier {
  /**
   * Returns the response with the header set: the same object where that is safe, otherwise a copy.
   */
  toResponse(request: RequestHead, response: Response, method: string): Response
  /** Writes the header set over what a header list says of CORS. */
  toHeaders(request: RequestHead, headers: Headers): void
}

/**
 * Prepares the application of a policy to responses.
 *
 * A GET from an allowed origin, step by step: `situationOf` says `shared`; `readResponse` takes
 * three looks at the response; the response has a body that was not read, so it can be sent only
 * once and is changed in place; `stamp.write` sets the headers and merges `Vary`.
 */
export function createApplier(compiled: CompiledPolicy, answers: Preflight, stamp: Stamp): Applier {
  function write(headers: Headers, request: RequestHead, situation: Situation, status: number, reading: Reading): void {
    if (situation.kind !== 'preflight') {
      stamp.write(headers, situation.allowOrigin, status, reading)
      return
    }
    // The application answered a preflight itself: it gets the policy's answer, and may add consent
    // to private network access, which is no part of a policy.
    const entries = answers.entries(request, situation.origin)
    const isAllowed = entries[0]?.[0] === ALLOW_ORIGIN
    const consent = isAllowed ? headers.get(ALLOW_PRIVATE_NETWORK) : null
    stamp.write(headers, null, status, reading)
    for (const [name, value] of entries) headers.set(name, name === VARY ? mergeVary(reading.vary, value) : value)
    if (consent !== null) headers.set(ALLOW_PRIVATE_NETWORK, consent)
  }

  return {
    toResponse(request, response, method) {
      const { status } = response
      if (isUntouchable(status)) return response
      const situation = situationOf(compiled, request, method)
      const reading = read(response.headers, situation)
      if (isSentOnce(method, response, status, reading)) {
        try {
          // `response.headers` is read again: a server's lighter Response class may have built the
          // real one since, with another Headers object.
          write(response.headers, request, situation, status, reading)
          return response
        } catch {
          // The headers are immutable and nothing shows it: a cached response, or a service
          // binding's.
        }
      }
      if (isSignal(response)) return response
      const copied = copy(method, response)
      write(copied.headers, request, situation, status, reading)
      return copied
    },
    toHeaders(request, headers) {
      const situation = situationOf(compiled, request, request.method)
      write(headers, request, situation, 200, read(headers, situation))
    },
  }
}

/**
 * Reads what `stamp.write` needs of a response, by the situation. A refused origin's answer, and an
 * answer of the application to a preflight, lose every CORS header of the handler: so those are
 * listed by name. A shared response and one without `Origin` lose known names only, and three
 * look-ups are enough.
 */
function read(headers: Headers, { kind }: Situation): Reading {
  return kind === 'refused' || kind === 'preflight' ? surveyResponse(headers) : readResponse(headers)
}

/**
 * Tells whether a response must stay as it is: 101, which hands a connection over, and
 * `Response.error()` (status 0). Neither can be rebuilt. A WebSocket that was declined has another
 * status, and gets its headers like any response.
 *
 * @see https://fetch.spec.whatwg.org/#concept-network-error
 */
function isUntouchable(status: number): boolean {
  return status === 101 || status === 0
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
  const { vary, hasAllowOrigin, hasContentType } = reading
  // Either may be our own: then the response is being sent a second time, perhaps at once with the
  // first.
  const isStamped = hasAllowOrigin || (vary !== null && listsName(vary, READ.origin))
  return !isStamped && !isImmutable(response) && hasUnreadBody(method, response, status, hasContentType)
}

/**
 * Tells whether sending a response uses up its body. A 200 with a `Content-Type` is taken to have a
 * body without a look at it: on Node that look costs more than everything else (ARCHITECTURE.md,
 * decision 6).
 */
function hasUnreadBody(method: string, response: Response, status: number, hasContentType: boolean): boolean {
  if (method === 'HEAD') return false
  if (hasContentType && status === 200) return true
  return response.body !== null && !response.bodyUsed
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

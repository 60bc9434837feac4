import { ALLOW_ORIGIN, READ } from '../spec/fields.ts'
import type { RequestHead } from './types.ts'
import { listsName } from './vary.ts'

/**
 * Returns a response whose headers may be changed: the same object where it cannot be sent again, otherwise a copy.
 *
 * Copying costs: it reads the body, which turns a text into a stream in every runtime. Changing in place is safe for a response
 * that can be sent only once, and that is what a body makes of it. A response without a body may be a constant of the module,
 * on its way to another origin at this moment, or in use by a route outside the policy; it is copied.
 */
export function ownResponse(request: RequestHead, response: Response, vary: string | null): Response {
  const { headers } = response
  // Either may be our own stamp: the response is being sent a second time, and the first may not have left yet.
  const isStamped = headers.has(ALLOW_ORIGIN) || (vary !== null && listsName(vary, READ.origin))
  if (isStamped || isImmutable(response)) return copy(response)
  if (!hasUnreadBody(request, response)) return copy(response)
  return response
}

/** Rebuilds a response. Passing the response itself keeps what only its runtime knows: `webSocket`, `cf`, `encodeBody`, two cookies. */
export function copy(response: Response): Response {
  return new Response(response.body, response)
}

/**
 * Tells whether a response is untouchable: 101 (it carries a connection) and `Response.error()`, which cannot be rebuilt either.
 *
 * @see https://fetch.spec.whatwg.org/#concept-network-error
 */
export function isUntouchable(response: Response): boolean {
  const { status } = response
  return status === 101 || status === 0
}

/**
 * Tells whether a response has a body that is still to be sent.
 *
 * A 200 with a `Content-Type`, to anything but HEAD, is believed to have one without looking: looking costs more than all the
 * rest (ARCHITECTURE.md, decision 6). Everywhere else `body` says so.
 */
function hasUnreadBody(request: RequestHead, response: Response): boolean {
  if (response.status === 200 && request.method !== 'HEAD' && response.headers.has('Content-Type')) return true
  return response.body !== null && !response.bodyUsed
}

/**
 * Tells whether the headers of a response are immutable, without trying: a throw costs more than the copy that follows it.
 * What `fetch()` returned has a `url`. `Response.redirect()` has neither `url` nor body, and is copied for that.
 *
 * A server may have put a lighter class in the place of the global Response, whose `url` builds the real one first. What is no
 * instance of it came from the runtime.
 */
function isImmutable(response: Response): boolean {
  const isGlobalReplaced = Object.getPrototypeOf(Response.prototype) !== Object.prototype
  return isGlobalReplaced ? !(response instanceof Response) : response.url !== ''
}

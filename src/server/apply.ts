import { READ } from '../spec/fields.ts'
import { listsName } from './vary.ts'

/** What is read of a response before anything is written. Every look at a header costs, so each is taken once. */
export interface Reading {
  readonly vary: string | null
  /** Whether somebody has put `Access-Control-Allow-Origin` there before us. */
  readonly isMarked: boolean
  readonly hasContentType: boolean
  /** Every `Access-Control-*` header and the `Timing-Allow-Origin` of the response, where they were looked for; otherwise null. */
  readonly granted: readonly string[] | null
}

/** Reads a response's headers by three look-ups, whatever their number. */
export function readResponse(headers: Headers): Reading {
  return {
    vary: headers.get(READ.vary),
    isMarked: headers.has(READ.allowOrigin),
    hasContentType: headers.has(READ.contentType),
    granted: null,
  }
}

/**
 * Reads a response that a stranger will get, from which every `Access-Control-*` header has to go, whether its name is known or not, and
 * `Timing-Allow-Origin` with them. One walk over what is there costs less than looking for each of them.
 */
export function surveyResponse(headers: Headers): Reading {
  const survey = { vary: null, isMarked: false, hasContentType: false, granted: [] }
  // Headers that a framework brings along may take no `this` for the callback, and give names in the case in which they were set.
  headers.forEach((value, name) => {
    note.call(survey, value, name.toLowerCase())
  })
  return survey
}

/** Called with a lower-case name. */
function note(
  this: { -readonly [K in keyof Reading]: Reading[K] } & { granted: string[] },
  value: string,
  name: string,
): void {
  if (name === READ.contentType) this.hasContentType = true
  else if (name === READ.vary) this.vary = value
  else if (name.startsWith(READ.prefix) || name === READ.timing) {
    this.granted.push(name)
    this.isMarked ||= name === READ.allowOrigin
  }
}

/**
 * Tells whether a response is to be left alone: 101, which carries a connection, and `Response.error()`, which cannot be rebuilt either.
 * Every runtime says 101 of a WebSocket that was opened; one that was declined is an answer like any other, and a cache may keep it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-network-error
 */
export function isUntouchable(status: number): boolean {
  return status === 101 || status === 0
}

/**
 * Tells whether the headers of a response may be changed in place, because it cannot be sent again.
 *
 * Copying costs: it reads the body, which turns a text into a stream in every runtime. Changing in place is safe for a response
 * that can be sent only once, and that is what a body makes of it. A response without a body may be a constant of the module,
 * on its way to another origin at this moment, or in use by a route outside the policy; it is copied. So is every answer to HEAD,
 * which leaves the body unread.
 */
export function isOurs(
  method: string,
  response: Response,
  status: number,
  { vary, isMarked, hasContentType }: Reading,
): boolean {
  // Either may be our own stamp: the response is being sent a second time, and the first may not have left yet.
  const isStamped = isMarked || (vary !== null && listsName(vary, READ.origin))
  return !isStamped && !isImmutable(response) && hasUnreadBody(method, response, status, hasContentType)
}

/**
 * Tells whether a response is no answer but a signal: `@hono/node-server` is told by this header, next to no body, that the handler writes
 * to Node's own response. A copy is no longer recognized: an empty 200 goes out, and the handler's own `writeHead` throws.
 */
export function isSignal(response: Response): boolean {
  return response.headers.has('x-hono-already-sent') && response.body === null
}

/**
 * Rebuilds a response. Passing the response itself keeps what only its runtime knows: `webSocket`, `cf`, `encodeBody`, two cookies.
 *
 * Frameworks hang things of their own on a response, under a name or a registered symbol: Astro the cookies that are still to be
 * written, h3 the hooks of a WebSocket. They go along. A symbol that is not registered is a part of one object, as in undici.
 */
export function copy(method: string, response: Response): Response {
  // A constant whose body went to a GET still answers HEAD.
  const isSpent = method === 'HEAD' && response.bodyUsed
  const made = new Response(isSpent ? null : response.body, response)
  for (const key of Reflect.ownKeys(response)) {
    const isShared = typeof key === 'string' || Symbol.keyFor(key) !== undefined
    if (isShared && !Object.hasOwn(made, key)) Reflect.set(made, key, Reflect.get(response, key))
  }
  return made
}

/**
 * Tells whether a response has a body that sending it uses up.
 *
 * A 200 with a `Content-Type`, to anything but HEAD, is believed to have one without looking: looking costs more than all the
 * rest (ARCHITECTURE.md, decision 6). Everywhere else `body` says so.
 */
function hasUnreadBody(method: string, response: Response, status: number, hasContentType: boolean): boolean {
  if (method === 'HEAD') return false
  if (hasContentType && status === 200) return true
  return response.body !== null && !response.bodyUsed
}

/**
 * Tells whether the headers of a response are immutable, without trying: a throw costs more than the copy that follows it.
 * What `fetch()` returned has a `url`. `Response.redirect()` has neither `url` nor body, and is copied for that.
 *
 * A server may have put a lighter class in the place of the global Response, whose `url` builds the real one first. It stands one
 * step further from Object than the runtime's own, as any class that extends it does, and was made by whoever handed it over.
 */
function isImmutable(response: Response): boolean {
  const isRuntimesOwn = Object.getPrototypeOf(Object.getPrototypeOf(response)) === Object.prototype
  return isRuntimesOwn && response.url !== ''
}

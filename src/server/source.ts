import type { Documented } from '../policy/compile-time/checked.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { ALLOW_ORIGIN } from '../spec/fields.ts'
import { createVarying } from './chosen.ts'
import { createCorsOf } from './create.ts'
import { preflightOrigin } from './decide.ts'
import { createRefusal } from './refusal.ts'
import type { AsyncCors, Cors, HandlerResult, HeaderEntry, RequestHead, WrapOptions } from './types.ts'
import { isResponse, isThenable } from './wrap.ts'

/** A policy that is chosen per request, whatever its `resolve` wants to know. `wrap` would ask the compiler to know that too. */
export type AnyAsyncCors = Omit<AsyncCors<Request, never[]>, 'wrap'>

/**
 * A policy that is ready, whether it was chosen once or is chosen per request. The usual `AsyncCors` stands here by name as well, so
 * that the compiler does not take it for a policy that is still to be checked.
 */
export type AnyCors = Cors | AsyncCors | AnyAsyncCors

/** What adapters take: a policy, a `Cors`, an `AsyncCors`, or a function of the framework's context that gives one. */
export type CorsSource<C> = CorsPolicy | AnyCors | ((context: C) => CorsPolicy | AnyCors)

/** Tells a policy that is ready from one that is still to be checked. */
export function isCors(value: unknown): value is AnyCors {
  return typeof value === 'object' && value !== null && typeof (value as Cors).decide === 'function'
}

/** Tells whether a policy was chosen once, and so answers at once. */
export function isSync(cors: AnyCors): cors is Cors {
  return 'policy' in cors
}

/** Says what an adapter passes on to the `resolve` of a policy that is chosen per request. */
export function withArguments<A extends unknown[]>(cors: AnyAsyncCors): AsyncCors<Request, A> {
  return cors as unknown as AsyncCors<Request, A>
}

/**
 * Makes a look-up from a framework's context to the policy that is ready for it.
 *
 * A policy that was given as it is, is checked here and now. What a function gives is checked when it is first seen: once per
 * object, so a function should give the same object for the same policy. It may have looked at `Origin`, so every answer varies by it,
 * `'*'` included. Where it throws, gives nothing or a policy with a defect, nobody is allowed, and each cause is printed once: the look-up
 * never throws.
 *
 * @throws {CorsPolicyError} when a policy that was given as it is has a defect.
 */
export function createResolver<C>(source: CorsSource<C> | Documented): (context: C) => AnyCors {
  if (typeof source !== 'function') {
    const cors = isCors(source) ? source : createCorsOf(source)
    return () => cors
  }
  const ready = memoizeByObject(createCorsOf)
  const varying = createVarying()
  const refuse = createRefusal()
  return (context) => {
    try {
      const given = atOnce(source(context))
      const cors = isCors(given) ? given : ready(given)
      return isSync(cors) ? varying(cors) : cors
    } catch (error) {
      return refuse(error)
    }
  }
}

/** Nobody waits for a promise here, and in Node a rejection that nobody handles ends the process. */
function atOnce<T>(given: T): T {
  if (!isThenable(given)) return given
  given.then(undefined, () => {})
  throw new TypeError('the function gave a promise of a policy: write "perRequest(…)"')
}

/** Makes a value once per object. For what is no object it is made anew, and so is a value that could not be had. */
export function memoizeByObject<K, T extends object>(make: (key: K) => T): (key: K) => T {
  const made = new WeakMap<object, T>()
  return (key) => {
    if (typeof key !== 'object' || key === null) return make(key)
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    if (value !== null && value !== undefined) made.set(key, value)
    return value
  }
}

/** Answers what never reaches a handler: a preflight, and a refused origin where the policy forbids. Null lets a request through. */
export function intercept(cors: Cors, request: RequestHead): Response | null {
  const answer = request.method === 'OPTIONS' ? cors.preflight(request) : null
  return answer ?? (cors.policy.refused === 'forbid' ? cors.guard(request) : null)
}

/** What a preflight is answered with, as data, for servers whose responses are no Response; null where a request is none. */
export function preflightAnswer(
  cors: Cors,
  request: RequestHead,
): { readonly status: number; readonly entries: readonly HeaderEntry[] } | null {
  if (preflightOrigin(request) === null) return null
  const entries = cors.entries(request)
  const isShared = entries[0]?.[0] === ALLOW_ORIGIN
  return { status: isShared ? (cors.policy.preflightStatus ?? 204) : 403, entries }
}

/** Under this key a policy that is chosen per request hands out what it chose. Registered, so that two copies of this package agree. */
export const RESOLVE: unique symbol = Symbol.for('corsmith.resolve')

/** What {@link perRequest} makes, as the adapters see it. */
export interface PolicyResolver {
  [RESOLVE](request: Request, args: readonly unknown[]): Promise<Cors>
}

/**
 * Gives the policy chosen for a request, for adapters that must answer at once later: Node asks for headers when they are sent.
 * Resolved at most once per request object, and never rejects: what cannot be had is closed.
 */
export function resolvePolicy(cors: AnyCors, request: Request, ...args: readonly unknown[]): Promise<Cors> {
  return isSync(cors) ? Promise.resolve(cors) : (cors as unknown as PolicyResolver)[RESOLVE](request, args)
}

/**
 * Makes a function that wraps Fetch handlers with a policy, or with the one a function gives for each request.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 */
export function createWrapper<Q extends Request>(source: CorsSource<Q> | Documented): Wrapper<Q> {
  const corsFor = createResolver(source)
  return (handler, options) =>
    typeof source === 'function'
      ? (request, ...args) => wrapWith(corsFor(request), handler, options)(request, ...args)
      : wrapWith(corsFor(undefined as never), handler, options)
}

/** Wraps a Fetch handler. Whatever else the handler is called with goes to `resolve` of a policy that is chosen per request. */
export type Wrapper<Q extends Request> = <A extends unknown[], R extends HandlerResult>(
  handler: (request: Q, ...args: A) => R,
  options?: WrapOptions<Q, A>,
) => (request: Q, ...args: A) => R | Promise<Awaited<R>>

/** Wraps a Fetch handler with a policy that is ready, whichever kind it is. */
export function wrapWith<Q extends Request, A extends unknown[], R extends HandlerResult>(
  cors: AnyCors,
  handler: (request: Q, ...args: A) => R,
  options?: WrapOptions<Q, A>,
): (request: Q, ...args: A) => R | Promise<Awaited<R>> {
  return isSync(cors)
    ? cors.wrap<Q, A, R>(handler, options)
    : (cors as unknown as AsyncCors<Q, A>).wrap<R>(handler, options)
}

/**
 * Puts a policy around what comes next in a framework that renders errors itself: what `next` throws is thrown on, untouched.
 * A response that cannot be sent, because its body is in use, is an error that nobody has rendered yet: an empty 500.
 */
export async function wrapNext<A extends unknown[]>(
  cors: AnyCors,
  next: () => Response | Promise<Response>,
  request: Request,
  ...args: A
): Promise<Response> {
  let isAnswered = false
  const answer = async (): Promise<Response> => {
    const response = await next()
    isAnswered = true
    return response
  }
  try {
    return await wrapWith<Request, A, Promise<Response>>(cors, answer, { onError: 'rethrow' })(request, ...args)
  } catch (error) {
    if (!isAnswered) throw error
    return wrapWith<Request, A, Promise<Response>>(cors, () => Promise.reject(error))(request, ...args)
  }
}

/**
 * Makes a handler that gives no Response throw, where the runtime would answer with an error page of its own, without headers, or take
 * it for an error that nobody handles.
 */
export function requireResponse<A extends unknown[]>(
  handler: (...args: A) => Response | Promise<Response>,
): (...args: A) => Response | Promise<Response> {
  const check = (response: Response): Response => {
    if (!isResponse(response)) throw new TypeError('withCors: the handler returned no Response')
    return response
  }
  return (...args) => {
    const response = handler(...args)
    return response instanceof Promise ? response.then(check) : check(response)
  }
}

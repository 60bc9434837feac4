import { ALLOW_ORIGIN } from '../spec/fields.ts'
import { preflightOrigin } from './decide.ts'
import type { Answering } from './engine.ts'
import type { AsyncCors, Cors, HandlerResult, HeaderEntry, RequestHead, WrapOptions } from './types.ts'
import { isResponse } from './wrap.ts'

/**
 * A policy that is chosen per request, with any arguments of `resolve`. `wrap` is left out, because
 * its type names these arguments, and TypeScript would then compare them.
 */
export type AnyAsyncCors = Omit<AsyncCors<Request, never[]>, 'wrap'>

/**
 * A policy that is ready: chosen once (`Cors`) or per request (`AsyncCors`). `AsyncCors` is listed
 * on its own. Without it, TypeScript would check an `AsyncCors` as a policy.
 */
export type AnyCors = Cors | AsyncCors | AnyAsyncCors

/** A policy as adapters use it: at least the methods by which they answer. */
export type Ready = Answering | AnyAsyncCors

/** A policy that a function of the framework's context gives. `choose` makes it. */
export interface ChoosingSource<C> {
  /**
   * Makes the function that adapters call. It never throws.
   *
   * @param keep an adapter's way to call the user's function less often
   */
  choose(keep?: Keep<C>): (context: C) => AnyCors
}

/** Wraps a function that chooses a policy. */
export type Keep<C> = (chooser: (context: C) => AnyCors) => (context: C) => AnyCors

/** Tells whether `choose` made a value. */
export function isChoice<C>(value: unknown): value is ChoosingSource<C> {
  return typeof (value as Partial<ChoosingSource<C>> | null | undefined)?.choose === 'function'
}

/**
 * What the adapters of `corsmith/runtime` take: `answers` of a compiled module, a `Cors`, or what
 * `perRequest` and `choose` made.
 */
export type ReadySource<C> = Answering | AnyCors | ChoosingSource<C>

/** Tells a ready policy from one that is still to be checked. */
export function isCors(value: unknown): value is AnyCors {
  return typeof value === 'object' && value !== null && typeof (value as Cors).decide === 'function'
}

/** Tells whether a policy was chosen once, so that it answers without waiting. */
export function isSync<R extends Ready>(cors: R): cors is Extract<R, Answering> {
  return 'policy' in cors
}

/**
 * Types the arguments that an adapter passes on to `resolve` of a policy chosen per request. Which
 * ones `resolve` takes is known to the user's code alone.
 */
export function withArguments<A extends unknown[]>(cors: AnyAsyncCors): AsyncCors<Request, A> {
  return cors as unknown as AsyncCors<Request, A>
}

/**
 * Gives a policy back that is ready to answer.
 *
 * @throws {TypeError} for anything else, such as a policy that was not compiled
 */
export function requireReady<R extends Ready>(policy: R): R {
  if (!('guard' in policy)) throw new TypeError('this policy is not compiled')
  return policy
}

/** Makes a function from a framework's context to the policy for it. It never throws. */
export function createReadyResolver<C>(source: ReadySource<C>, keep?: Keep<C>): (context: C) => Ready {
  if ('choose' in source) return source.choose(keep)
  const ready = requireReady(source)
  return () => ready
}

/**
 * Memoizes a function by the identity of its argument. Primitives, null and undefined results are
 * not kept.
 */
export function memoizeByObject<K, T extends object>(make: (key: K) => T): (key: K) => T {
  const made = new WeakMap<object, T>()
  return (key) => {
    if (typeof key !== 'object' || key === null) return make(key)
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(key)
    if (value !== null) made.set(key, value)
    return value
  }
}

/**
 * Answers a request before any handler: a preflight, and with `refused: 'forbid'` a refused origin.
 *
 * @returns the answer; null where the handler is next
 */
export function intercept(cors: Answering, request: RequestHead): Response | null {
  return cors.preflight(request) ?? (cors.policy.refused === 'forbid' ? cors.guard(request) : null)
}

/**
 * Gives a preflight's answer as data, for servers that do not use `Response`; null for other
 * requests.
 */
export function preflightAnswer(
  cors: Cors,
  request: RequestHead,
): { readonly status: number; readonly entries: readonly HeaderEntry[] } | null {
  if (preflightOrigin(request) === null) return null
  const entries = cors.entries(request)
  const isShared = entries[0]?.[0] === ALLOW_ORIGIN
  return { status: isShared ? (cors.policy.preflightStatus ?? 204) : 403, entries }
}

/**
 * The key under which an `AsyncCors` resolves a request to a `Cors`. It is a text, so that the ES
 * module and the CommonJS copy of this package understand each other.
 */
export const RESOLVE = 'corsmith.resolve'

/**
 * The key under which an `AsyncCors` answers from what it has at hand, without a Request. Making
 * one costs Node more than the rest of an answer.
 */
export const KEPT = 'corsmith.kept'

/** A request whose URL needs no parser. */
export interface PlainHead extends RequestHead {
  /** The host as the URL parser would write it, without the port. Its last label has no digit in front. */
  readonly host: string
  /** The path as the URL parser would write it, with the query. */
  readonly path: string
}

/** The side of an `AsyncCors` that adapters see. */
export interface PolicyResolver {
  /** Gives a Promise only where it has to wait. It never throws or rejects. */
  [RESOLVE](request: Request, args: readonly unknown[]): Cors | Promise<Cors>
  /** Gives what {@link RESOLVE} would give; null where it needs the Request, or has to wait. */
  [KEPT]?(head: PlainHead): Cors | null
}

/** Gives the policy for a request that has no Request yet; null where one has to be made. */
export function keptPolicy(cors: AnyAsyncCors, head: PlainHead): Cors | null {
  return (cors as unknown as PolicyResolver)[KEPT]?.(head) ?? null
}

/**
 * Resolves the policy for a request, before the handler runs. Adapters need it where they cannot
 * wait later: Node asks for headers at the moment it sends them. `resolve` is called at most once
 * per request object.
 *
 * @returns the policy, or a Promise of it that never rejects: where no policy can be had, it is the
 *   closed one
 */
export function resolvePolicy<R extends Ready>(
  cors: R,
  request: Request,
  ...args: readonly unknown[]
): Extract<R, Answering> | Cors | Promise<Cors> {
  return isSync(cors) ? cors : (cors as unknown as PolicyResolver)[RESOLVE](request, args)
}

/**
 * {@link createReadyResolver} for adapters that need all of a `Cors`.
 *
 * @throws {TypeError} for `answers`
 */
export function createCorsResolver<C>(source: AnyCors | ChoosingSource<C>): (context: C) => AnyCors {
  if (!('choose' in source || 'decide' in source))
    throw new TypeError('this adapter needs more than answers: write "cors" of the same module')
  return createReadyResolver<C>(source) as (context: C) => AnyCors
}

/** Makes a function that wraps Fetch handlers with a policy. */
export function createReadyWrapper<Q extends Request>(source: ReadySource<Q>): Wrapper<Q> {
  const corsFor = createReadyResolver(source)
  return (handler, options) =>
    'choose' in source
      ? (request, ...args) => wrapWith(corsFor(request), handler, options)(request, ...args)
      : wrapWith(corsFor(undefined as never), handler, options)
}

/**
 * Wraps a Fetch handler. Further arguments of the handler are passed on to `resolve` of
 * `perRequest`.
 */
export type Wrapper<Q extends Request> = <A extends unknown[], R extends HandlerResult>(
  handler: (request: Q, ...args: A) => R,
  options?: WrapOptions<Q, A>,
) => (request: Q, ...args: A) => R | Promise<Awaited<R>>

/** Wraps a Fetch handler with a ready policy of either kind. */
export function wrapWith<Q extends Request, A extends unknown[], R extends HandlerResult>(
  cors: Ready,
  handler: (request: Q, ...args: A) => R,
  options?: WrapOptions<Q, A>,
): (request: Q, ...args: A) => R | Promise<Awaited<R>> {
  return isSync(cors)
    ? cors.wrap<Q, A, R>(handler, options)
    : (cors as unknown as AsyncCors<Q, A>).wrap<R>(handler, options)
}

/**
 * Applies a policy to the rest of a middleware chain, in a framework that renders errors itself:
 * what `next` throws is thrown on. A response that cannot be used, because its body was read,
 * becomes an empty 500: the framework does not see that error.
 */
export async function wrapNext<A extends unknown[]>(
  cors: Ready,
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
 * Makes a handler throw where it returns no Response. The runtime would otherwise send its own
 * error page, without CORS headers.
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

import type { Answering } from './engine.ts'
import type { AsyncCors, Cors, RequestHead } from './types.ts'

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

/** Tells a ready policy from one that is still to be checked. */
export function isCors(value: unknown): value is AnyCors {
  return typeof (value as Partial<Cors> | null | undefined)?.decide === 'function'
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

/**
 * What the adapters of `corsmith/runtime` take: `answers` of a compiled module, a `Cors`, or what
 * `perRequest` and `choose` made.
 */
export type ReadySource<C> = Answering | AnyCors | ChoosingSource<C>

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

/** Makes a function from a framework's context to the policy for it. It never throws. */
export function createReadyResolver<C>(source: ReadySource<C>, keep?: Keep<C>): (context: C) => Ready {
  if ('choose' in source) return source.choose(keep)
  const ready = requireReady(source)
  return () => ready
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

/**
 * Memoizes a function by the identity of its argument. For a primitive argument nothing is kept,
 * and neither is a result of null or undefined.
 */
export function memoizeByObject<K, T extends object>(make: (key: K) => T): (key: K) => T {
  const made = new WeakMap<object, T>()
  return (key) => {
    const known = made.get(key as object)
    if (known !== undefined) return known
    const value = make(key)
    if (value && Object(key) === key) made.set(key as object, value)
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

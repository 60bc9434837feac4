import type { Documented } from '../policy/checked.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { createCorsOf } from './create.ts'
import type { AsyncCors, Cors, RequestHead } from './types.ts'

/** A policy that is chosen per request, whatever its `resolve` wants to know. `wrap` would ask the compiler to know that too. */
export type AnyAsyncCors = Omit<AsyncCors<Request, never[]>, 'wrap'>

/** A policy that is ready, whether it was chosen once or is chosen per request. */
export type AnyCors = Cors | AnyAsyncCors

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
export function taking<A extends unknown[]>(cors: AnyAsyncCors): AsyncCors<Request, A> {
  return cors as unknown as AsyncCors<Request, A>
}

/**
 * Makes a look-up from a framework's context to the policy that is ready for it.
 *
 * A policy that was given as it is, is checked here and now. What a function gives is checked when it is first seen: once per
 * object, so a function should give the same object for the same policy.
 *
 * @throws {CorsPolicyError} when the policy has a defect; the look-up throws it for what a function gave.
 */
export function createResolver<C>(source: CorsSource<C> | Documented): (context: C) => AnyCors {
  if (typeof source !== 'function') {
    const cors = isCors(source) ? source : createCorsOf(source)
    return () => cors
  }
  const ready = new WeakMap<CorsPolicy, Cors>()
  return (context) => {
    const given = source(context)
    if (isCors(given)) return given
    const known = typeof given === 'object' && given !== null ? ready.get(given) : undefined
    if (known !== undefined) return known
    const cors = createCorsOf(given)
    ready.set(given, cors)
    return cors
  }
}

/** Answers what never reaches a handler: a preflight, and a refused origin where the policy forbids. Null lets a request through. */
export function intercept(cors: Cors, request: RequestHead): Response | null {
  const answer = request.method === 'OPTIONS' ? cors.preflight(request) : null
  return answer ?? (cors.policy.refused === 'forbid' ? cors.guard(request) : null)
}

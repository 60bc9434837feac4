import type { Checked, Documented, PolicyInput, WithOrigins } from '../policy/compile-time/checked.ts'
import { isThenable } from '../policy/thenable.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { ALLOW_ORIGIN } from '../spec/fields.ts'
import { createRefusal, createVarying } from './chosen.ts'
import { createCorsOf } from './create.ts'
import { preflightOrigin } from './decide.ts'
import type { AsyncCors, Cors, HandlerResult, HeaderEntry, RequestHead, WrapOptions } from './types.ts'
import { isResponse } from './wrap.ts'

/**
 * A policy that is chosen per request, with any arguments of `resolve`. `wrap` is left out, because
 * with it the compiler would compare those arguments too.
 */
export type AnyAsyncCors = Omit<AsyncCors<Request, never[]>, 'wrap'>

/**
 * A policy that is ready: chosen once (`Cors`) or per request (`AsyncCors`). `AsyncCors` is named
 * too, or the compiler would check it as if it were a policy.
 */
export type AnyCors = Cors | AsyncCors | AnyAsyncCors

/**
 * What adapters take at run time: a policy, a ready one, or a function of the framework's context
 * that gives either.
 */
export type CorsSource<C> = CorsPolicy | AnyCors | Chooser<C>

/**
 * The parameter of every adapter: {@link CorsSource} with a literal policy checked by the compiler.
 *
 * @typeParam P the policy, as written
 * @typeParam C what the framework passes to a function that chooses the policy
 */
export type PolicySource<P extends PolicyInput, C> =
  | (WithOrigins<P> & Checked<P> & Documented)
  | ReadyOf<P>
  | ChooserOf<P, C>

/**
 * A ready policy, where `P` is one or is a function. For a literal it is never: an editor completes
 * the members of every object type in the union, and would offer `apply` and `decide` as options.
 */
type ReadyOf<P> = P extends AnyCors ? P | AnyCors : P extends Callable ? AnyCors : never

/**
 * A function that chooses, except where `P` is `{}`. The parameter's type is then one object type,
 * and the compiler says what it lacks.
 */
type ChooserOf<P, C> = [P, keyof P] extends [object, never] ? (P extends Callable ? Chooser<C> : never) : Chooser<C>

type Chooser<C> = (context: C) => CorsPolicy | AnyCors

type Callable = (...args: never[]) => unknown

/** Tells a ready policy from one that is still to be checked. */
export function isCors(value: unknown): value is AnyCors {
  return typeof value === 'object' && value !== null && typeof (value as Cors).decide === 'function'
}

/** Tells whether a policy was chosen once, so that it answers without waiting. */
export function isSync(cors: AnyCors): cors is Cors {
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
 * Makes a function from a framework's context to the policy for it.
 *
 * A policy that is passed directly is checked here, once. A policy that a function gives is checked
 * when it first appears, once per object: so the function should return the same object for the
 * same policy. The function may have looked at `Origin`, so every answer says `Vary: Origin`, also
 * for `'*'`. Where it throws, returns nothing, a Promise or a policy with a defect, every origin is
 * refused and each cause is printed once.
 *
 * @returns a function that never throws
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
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
      const given = refusePromise(source(context))
      const cors = isCors(given) ? given : ready(given)
      return isSync(cors) ? varying(cors) : cors
    } catch (error) {
      return refuse(error)
    }
  }
}

/**
 * Throws for a Promise. Its rejection is handled, because in Node an unhandled one ends the
 * process.
 */
function refusePromise<T>(given: T): T {
  if (!isThenable(given)) return given
  given.then(undefined, () => {})
  throw new TypeError('the function gave a promise of a policy: write "perRequest(…)"')
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
export function intercept(cors: Cors, request: RequestHead): Response | null {
  const answer = request.method === 'OPTIONS' ? cors.preflight(request) : null
  return answer ?? (cors.policy.refused === 'forbid' ? cors.guard(request) : null)
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
 * The key under which an `AsyncCors` resolves a request to a `Cors`. The symbol is registered, so
 * that the ES module and the CommonJS copy of this package understand each other.
 */
export const RESOLVE: unique symbol = Symbol.for('corsmith.resolve')

/** The side of an `AsyncCors` that adapters see. */
export interface PolicyResolver {
  [RESOLVE](request: Request, args: readonly unknown[]): Promise<Cors>
}

/**
 * Resolves the policy for a request, before the handler runs. Adapters need it where they cannot
 * wait later: Node asks for headers at the moment it sends them. `resolve` is called at most once
 * per request object.
 *
 * @returns a Promise that never rejects: where no policy can be had, it gives the closed one
 */
export function resolvePolicy(cors: AnyCors, request: Request, ...args: readonly unknown[]): Promise<Cors> {
  return isSync(cors) ? Promise.resolve(cors) : (cors as unknown as PolicyResolver)[RESOLVE](request, args)
}

/**
 * Makes a function that wraps Fetch handlers with a policy, or with the policy that a function
 * gives for each request.
 *
 * @throws {CorsPolicyError} when the policy has a defect
 */
export function createWrapper<Q extends Request>(source: CorsSource<Q> | Documented): Wrapper<Q> {
  const corsFor = createResolver(source)
  return (handler, options) =>
    typeof source === 'function'
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
  cors: AnyCors,
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

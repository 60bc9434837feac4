import type { Checked, Documented, PolicyInput, WithOrigins } from '../policy/compile-time/checked.ts'
import { blamingCaller } from '../policy/error.ts'
import { isThenable } from '../policy/thenable.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { choose } from './choose.ts'
import { createCorsOf } from './create.ts'
import { createReadyWrapper, type Wrapper } from './handlers.ts'
import { type AnyCors, type ChoosingSource, createReadyResolver, isChoice, isCors, memoizeByObject } from './ready.ts'

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
 * A ready policy. For the literal of a policy this type is `never`. Otherwise an editor would offer
 * `apply` and `decide` as options.
 */
type ReadyOf<P> = P extends AnyCors ? P | AnyCors : P extends Callable ? AnyCors : never

/**
 * A function that chooses a policy. For `{}` it is `never`, so that the compiler reports the missing
 * `origins`.
 */
type ChooserOf<P, C> = [P, keyof P] extends [object, never] ? (P extends Callable ? Chooser<C> : never) : Chooser<C>

type Chooser<C> = (context: C) => CorsPolicy | AnyCors

type Callable = (...args: never[]) => unknown

/**
 * Checks what an adapter was given, and makes of it what the adapters of `corsmith/runtime` take.
 *
 * A policy that is passed directly is checked here, once. A policy that a function gives is checked
 * when it first appears, once per object: so the function should return the same object for the
 * same policy. The function may have looked at `Origin`, so every answer says `Vary: Origin`, also
 * for `'*'`. Where it throws, returns nothing, a Promise or a policy with a defect, every origin is
 * refused and each cause is printed once.
 *
 * @param caller the public function of the adapter: an error begins where it was called
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 */
export function checkSource<C>(source: CorsSource<C> | Documented, caller?: object): AnyCors | ChoosingSource<C> {
  if (typeof source !== 'function')
    return isCors(source) || isChoice<C>(source) ? source : blamingCaller(caller, () => createCorsOf(source))
  const ready = memoizeByObject(createCorsOf)
  return choose<C>((context) => {
    const given = source(context)
    if (isThenable(given)) {
      // In Node an unhandled rejection ends the process.
      given.then(undefined, () => {})
      throw new TypeError('the function gave a promise of a policy: write "perRequest(…)"')
    }
    return isCors(given) ? given : ready(given)
  })
}

/**
 * Makes a function from a framework's context to the policy for it. {@link checkSource} tells what
 * happens to each kind of source.
 *
 * @returns a function that never throws
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 */
export function createResolver<C>(source: CorsSource<C> | Documented, caller?: object): (context: C) => AnyCors {
  // `checkSource` never returns the tables of a compiled policy, so the result is a whole `Cors`.
  return createReadyResolver<C>(checkSource(source, caller)) as (context: C) => AnyCors
}

/**
 * Makes a function that wraps Fetch handlers with a policy, or with the policy that a function
 * gives for each request.
 *
 * @throws {CorsPolicyError} when the policy has a defect
 */
export function createWrapper<Q extends Request>(source: CorsSource<Q> | Documented, caller?: object): Wrapper<Q> {
  return createReadyWrapper(checkSource(source, caller))
}

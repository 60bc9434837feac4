import { createRefusal, createVarying } from './derived.ts'
import { type AnyCors, type ChoosingSource, isSync, requireReady } from './ready.ts'

/**
 * Chooses a policy by the framework's context: by path, host or bindings. Adapters of
 * `corsmith/runtime` take the result like a policy.
 *
 * The function may have looked at `Origin`, so every answer says `Vary: Origin`, also for `'*'`.
 * Where it throws or gives something else, every origin is refused and each cause is printed once.
 *
 * @param chooser gives a policy that is ready: `cors` of a compiled module, or what `perRequest`
 *   made
 * @returns a policy for the adapters of `corsmith/runtime`
 *
 * @example
 * ```ts
 * import { choose, perRequest } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/hono'
 *
 * const closed = perRequest(() => null)
 * const middleware = cors(choose(() => closed))
 * ```
 */
export function choose<C>(chooser: (context: C) => AnyCors): ChoosingSource<C> {
  const varying = createVarying()
  const refuse = createRefusal()
  return {
    choose(keep) {
      const kept = keep?.(chooser) ?? chooser
      return (context) => {
        try {
          const given = requireReady(kept(context))
          return isSync(given) ? varying(given) : given
        } catch (error) {
          return refuse(error)
        }
      }
    },
  }
}

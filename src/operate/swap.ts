import type { Checked, Documented, PolicyInput, WithOrigins } from '../policy/compile-time/checked.ts'
import { diffPolicies, type PolicyDiff } from '../policy/data/diff.ts'
import { hash } from '../policy/data/json.ts'
import { blamingCaller } from '../policy/error.ts'
import { createCorsOf } from '../server/create.ts'
import { VIA, type WrappedCors } from '../server/derived.ts'
import type { Cors, RequestHead } from '../server/types.ts'
import { ENGINE_FOR, type Exchanged } from './exchanged.ts'

/** A policy that can be exchanged while the server runs. {@link createSwappable} makes it. */
export interface SwappableCors extends Cors {
  /** The hash of the policy that answers the next request. */
  readonly version: string
  /**
   * Exchanges the policy. The new one is checked and compiled first: with a defect, nothing
   * changes. A request that has begun is answered by the policy that it began with.
   *
   * @param policy the new policy
   * @returns what the new policy allows and stops
   * @throws {CorsPolicyError} when the policy has a defect; the old one stays
   */
  swap<const P extends PolicyInput>(policy: WithOrigins<P> & Checked<P> & Documented): PolicyDiff
}

/**
 * Makes a policy that can be exchanged while the server runs. Every adapter takes it.
 *
 * @param policy the first policy
 * @returns a `Cors` with the method `swap`
 * @throws {CorsPolicyError} when the policy has a defect
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/hono'
 * import { createSwappable } from 'corsmith/swap'
 * import { Hono } from 'hono'
 *
 * const policy = createSwappable({ origins: ['https://app.example.com'] })
 * const app = new Hono()
 * app.use(cors(policy))
 *
 * policy.swap({ origins: ['https://app.example.com', 'https://new.example.com'] })
 * ```
 */
export function createSwappable<const P extends PolicyInput>(
  policy: WithOrigins<P> & Checked<P> & Documented,
): SwappableCors {
  let current = blamingCaller(createSwappable, () => createCorsOf(policy))
  const begun = new WeakMap<RequestHead, Cors>()

  function engineFor(request: RequestHead): Cors {
    const known = begun.get(request)
    if (known !== undefined) return known
    begun.set(request, current)
    return current
  }

  const swappable: SwappableCors & WrappedCors & Exchanged = {
    get policy() {
      return current.policy
    },
    get version() {
      return hash(current.policy)
    },
    swap(next) {
      const made = blamingCaller(swappable.swap, () => createCorsOf(next))
      const diff = diffPolicies(current.policy, made.policy)
      current = made
      return diff
    },
    decide: (request) => engineFor(request).decide(request),
    entries: (request, names) => engineFor(request).entries(request, names),
    headers: (request, init) => engineFor(request).headers(request, init),
    preflight: (request) => engineFor(request).preflight(request),
    guard: (request) => engineFor(request).guard(request),
    apply: (request, response) => engineFor(request).apply(request, response),
    wrap(handler, options) {
      let [engine, wrapped] = [current, current.wrap(handler, options)]
      return (request, ...args) => {
        const chosen = engineFor(request)
        if (chosen !== engine) [engine, wrapped] = [chosen, chosen.wrap(handler, options)]
        return wrapped(request, ...args)
      }
    },
    [VIA]: (derive) => derive(current),
    [ENGINE_FOR]: engineFor,
  }
  return swappable
}

import { validatePolicy } from '../policy/check.ts'
import { compilePolicy } from '../policy/compile.ts'
import type { Checked, Documented, PolicyInput, WithOrigins } from '../policy/compile-time/checked.ts'
import { blamingCaller } from '../policy/error.ts'
import { freezePolicy } from '../policy/freeze.ts'
import { createEngine } from './engine.ts'
import { prepare } from './prepare.ts'
import type { Cors } from './types.ts'

/**
 * Checks a policy and makes it ready to answer requests. Call it once, at start: a defect then
 * stops the start, and not a request.
 *
 * @param policy the policy. It is copied, so later changes of the object have no effect.
 * @returns the engine of this policy
 * @throws {CorsPolicyError} with every defect of the policy, each with its place and the corrected
 *   value
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 *
 * const cors = createCors({ origins: ['https://app.example.com'], methods: ['PUT'] })
 *
 * export default { fetch: cors.wrap(async (request) => Response.json({ url: request.url })) }
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function createCors<const P extends PolicyInput>(policy: WithOrigins<P> & Checked<P> & Documented): Cors {
  return blamingCaller(createCors, () => createCorsOf(policy))
}

/**
 * {@link createCors} for a value of unknown shape, as adapters get it. Their parameter's type has
 * checked literals.
 */
export function createCorsOf(policy: unknown, isPublicSuffix?: (host: string) => boolean): Cors {
  const checked = validatePolicy(policy, isPublicSuffix)
  return createEngine(freezePolicy(checked), prepare(compilePolicy(checked, isPublicSuffix)))
}

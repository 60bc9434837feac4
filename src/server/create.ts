import { validatePolicy } from '../policy/check.ts'
import { compilePolicy } from '../policy/compile.ts'
import type { Checked, Documented, PolicyInput } from '../policy/compile-time/checked.ts'
import { createEngine } from './engine.ts'
import type { Cors } from './types.ts'

/**
 * Makes a policy ready to answer requests.
 *
 * @throws {CorsPolicyError} with every defect of the policy, each with its place and the corrected value.
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 *
 * const cors = createCors({ origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] })
 *
 * export default { fetch: cors.wrap(async (request) => Response.json({ path: new URL(request.url).pathname })) }
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function createCors<const P extends PolicyInput>(policy: Checked<P> & Documented): Cors {
  return createCorsOf(policy)
}

/** Makes a policy of unknown shape ready: what an adapter was given, whose parameter the compiler has checked already. */
export function createCorsOf(policy: unknown, isPublicSuffix?: (host: string) => boolean): Cors {
  return createEngine(compilePolicy(validatePolicy(policy, isPublicSuffix), isPublicSuffix))
}

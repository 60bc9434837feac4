import { checkSnapshot } from '../policy/check.ts'
import { type CompiledPolicy, compilePolicy } from '../policy/compile.ts'
import { CorsPolicyError } from '../policy/error.ts'
import { readPolicy } from '../policy/snapshot.ts'
import type { CorsPolicy, PolicyIssue } from '../policy/types.ts'
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
export function createCors<const P extends CorsPolicy>(policy: P): Cors {
  return createEngine(compileChecked(policy))
}

/** Reads, checks and compiles a policy. The snapshot that was checked is the one that is compiled. */
function compileChecked(policy: unknown): CompiledPolicy {
  const snapshot = readPolicy(policy)
  const defects = checkSnapshot(snapshot).filter(({ severity }) => severity === 'error')
  const [first, ...rest] = defects
  if (first !== undefined) throw new CorsPolicyError([first, ...rest] satisfies [PolicyIssue, ...PolicyIssue[]])
  // A policy without issues of severity error has the shape of a CorsPolicy: that is what the check establishes.
  return compilePolicy(Object.freeze(Object.fromEntries(snapshot.values)) as unknown as CorsPolicy)
}

import { checkSnapshot } from './check.ts'
import { CorsPolicyError } from './error.ts'
import { readPolicy } from './snapshot.ts'
import type { CorsPolicy } from './types.ts'

/**
 * Reads and checks a policy, and gives the frozen snapshot that was checked.
 *
 * @throws {CorsPolicyError} with every defect of the policy.
 */
export function takePolicy(policy: unknown, isPublicSuffix?: (host: string) => boolean): CorsPolicy {
  const snapshot = readPolicy(policy)
  const [first, ...rest] = checkSnapshot(snapshot, isPublicSuffix).filter(({ severity }) => severity === 'error')
  if (first !== undefined) throw new CorsPolicyError([first, ...rest])
  // A policy without issues of severity error has the shape of a CorsPolicy: that is what the check establishes.
  return Object.freeze(Object.fromEntries(snapshot.values)) as unknown as CorsPolicy
}

import { CorsPolicyError } from './error.ts'
import { findDefects } from './find-defects.ts'
import { readPolicy } from './snapshot.ts'
import type { CorsPolicy } from './types.ts'

/**
 * Reads and checks a policy, and gives what was checked: nobody else's object, and not to be handed out but through {@link showPolicy}.
 *
 * @throws {CorsPolicyError} with every defect of the policy.
 */
export function takePolicy(policy: unknown, isPublicSuffix?: (host: string) => boolean): CorsPolicy {
  const snapshot = readPolicy(policy)
  const [first, ...rest] = findDefects(snapshot, isPublicSuffix)
  if (first !== undefined) throw new CorsPolicyError([first, ...rest])
  // Without a prototype, for what is absent here must stay absent when somebody pollutes Object.prototype.
  // A policy without defects has the shape of a CorsPolicy: that is what the check establishes.
  return Object.assign(Object.create(null), Object.fromEntries(snapshot.values ?? []))
}

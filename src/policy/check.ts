import { findDefects } from './find-defects.ts'
import { findWarnings } from './find-warnings.ts'
import { readPolicy, type Snapshot } from './snapshot.ts'
import { POLICY_KEYS, type PolicyIssue } from './types.ts'

/**
 * Checks a policy, or anything else, and names everything that is wrong with it. Never throws.
 *
 * `createCors` constructs exactly when no issue has the severity `error`.
 *
 * @example
 * ```ts
 * import { checkPolicy } from 'corsmith'
 *
 * for (const { path, message } of checkPolicy({ origins: ['https://app.example.com/'] })) {
 *   console.log(path, message) // ['origins', 0] 'an origin has no trailing slash: write "https://app.example.com"'
 * }
 * ```
 */
export function checkPolicy(policy: unknown): readonly PolicyIssue[] {
  return checkSnapshot(readPolicy(policy))
}

/** Checks what was read of a policy. Whoever has the whole list of public suffixes passes a test of their own. */
export function checkSnapshot(snapshot: Snapshot, isPublicSuffix?: (host: string) => boolean): readonly PolicyIssue[] {
  const defects = findDefects(snapshot, isPublicSuffix)
  return inOrder([...defects, ...findWarnings(snapshot, defects)])
}

/** By the documented order of the options, and within a list by its order: as a reader goes through a policy. */
function inOrder(issues: readonly PolicyIssue[]): readonly PolicyIssue[] {
  const rank = new Map<unknown, number>(POLICY_KEYS.map((key, index) => [key, index]))
  const indexOf = ({ path }: PolicyIssue) => (typeof path[1] === 'number' ? path[1] : -1)
  const rankOf = ({ path }: PolicyIssue) => rank.get(path[0]) ?? POLICY_KEYS.length
  return issues.toSorted((a, b) => rankOf(a) - rankOf(b) || indexOf(a) - indexOf(b))
}

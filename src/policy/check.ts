import { checkExposedHeaders, checkMethods, checkRequestHeaders } from './check-names.ts'
import { checkOrigins } from './check-origins.ts'
import { checkBoolean, checkMaxAge, checkPreflightStatus, checkRefused } from './check-values.ts'
import { placeOf } from './error.ts'
import { checkKeys } from './keys.ts'
import type { OriginContext } from './origin-meaning.ts'
import { readPolicy, type Snapshot } from './snapshot.ts'
import { isKnownPublicSuffix } from './suffixes.ts'
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
export function checkSnapshot(
  { values, unknown, issues }: Snapshot,
  isPublicSuffix: (host: string) => boolean = isKnownPublicSuffix,
): readonly PolicyIssue[] {
  if (issues.some(({ code }) => code === 'policy-not-an-object')) return issues
  // What could not be read is not absent, and gets no second issue.
  const unread = new Set(issues.filter(({ severity }) => severity === 'error').map(({ path }) => placeOf(path)))
  const credentials = values.get('credentials') === true
  const context: OriginContext = {
    credentials,
    forbid: values.get('refused') === 'forbid',
    allowInsecure: values.get('dangerouslyAllowInsecureOrigins') === true,
    allowPublicSuffixes: values.get('dangerouslyAllowPublicSuffixes') === true,
    isPublicSuffix,
  }
  const found = [
    ...checkOrigins(values.get('origins'), context),
    ...checkBoolean('credentials', values),
    ...checkMethods(values.get('methods')),
    ...checkRequestHeaders(values.get('requestHeaders')),
    ...checkExposedHeaders(values.get('exposedHeaders'), credentials),
    ...checkMaxAge(values.get('maxAge')),
    ...checkPreflightStatus(values.get('preflightStatus')),
    ...checkRefused(values.get('refused')),
    ...checkBoolean('timingAllowOrigin', values),
    ...checkBoolean('dangerouslyAllowInsecureOrigins', values),
    ...checkBoolean('dangerouslyAllowPublicSuffixes', values),
    ...checkKeys(unknown, new Set([...values.keys(), ...unread])),
  ]
  return inOrder([...issues, ...(unread.size === 0 ? found : found.filter(({ path }) => !unread.has(placeOf(path))))])
}

/** By the documented order of the options, and within a list by its order: as a reader goes through a policy. */
function inOrder(issues: readonly PolicyIssue[]): readonly PolicyIssue[] {
  const rank = new Map<unknown, number>(POLICY_KEYS.map((key, index) => [key, index]))
  const last = POLICY_KEYS.length
  const indexOf = ({ path }: PolicyIssue) => (typeof path[1] === 'number' ? path[1] : -1)
  return issues.toSorted((a, b) => {
    const byKey = (rank.get(a.path[0]) ?? last) - (rank.get(b.path[0]) ?? last)
    return byKey === 0 ? indexOf(a) - indexOf(b) : byKey
  })
}

import { isKnownPublicSuffix } from '../spec/suffixes.ts'
import { checkKeys } from './check/keys.ts'
import type { OriginContext } from './check/origin-entry.ts'
import { readPolicy, type Snapshot } from './check/snapshot.ts'
import { nameWarnings, originWarnings } from './check/warnings.ts'
import { CorsPolicyError } from './error.ts'
import { issue, warning } from './issue.ts'
import { OPTIONS, POLICY_KEYS } from './options.ts'
import type { CorsPolicy, PolicyIssue } from './types.ts'

/**
 * Finds every defect of what was read of a policy, in the documented order of the options, and within a list in its order.
 * Whoever has the whole list of public suffixes passes a test of their own.
 */
export function findDefects(
  { input, values, unread, unknown }: Snapshot,
  isPublicSuffix: (host: string) => boolean = isKnownPublicSuffix,
): PolicyIssue[] {
  if (values === null) return [issue([], input, 'policy-not-an-object')]
  const context: OriginContext = { has: (option, value = true) => values.get(option) === value, isPublicSuffix }
  const found = POLICY_KEYS.flatMap((option) => {
    const value = values.get(option)
    const refused = unread.get(option)
    if (refused !== undefined) return [refused]
    return value === undefined && option !== 'origins' ? [] : OPTIONS[option].check(value, context, option)
  })
  return [...found, ...checkKeys(unknown, [...values.keys(), ...unread.keys()])]
}

/**
 * Reads and checks a policy, and gives what was checked: nobody else's object, and not to be handed out but through {@link freezePolicy}.
 *
 * @throws {CorsPolicyError} with every defect of the policy.
 */
export function validatePolicy(policy: unknown, isPublicSuffix?: (host: string) => boolean): CorsPolicy {
  const snapshot = readPolicy(policy)
  const [first, ...rest] = findDefects(snapshot, isPublicSuffix)
  if (first !== undefined) throw new CorsPolicyError([first, ...rest])
  // Without a prototype, for what is absent here must stay absent when somebody pollutes Object.prototype.
  // A policy without defects has the shape of a CorsPolicy: that is what the check establishes.
  return Object.assign(Object.create(null), Object.fromEntries(snapshot.values ?? []))
}

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

/** Chromium keeps a preflight answer for longer, WebKit does not. */
const WEBKIT_CAP = 600

/**
 * Finds what is worth knowing about a policy and no defect. `createCors` says none of it, and does without these checks and their
 * sentences: they are here for those who ask, `checkPolicy` and `corsmith lint`.
 */
export function findWarnings({ values, inherited }: Snapshot, defects: readonly PolicyIssue[]): PolicyIssue[] {
  if (values === null) return []
  const credentials = values.get('credentials') === true
  const mayBeStrangers = values.get('dangerouslyAllowPublicSuffixes') === true
  const maxAge = values.get('maxAge')
  const inLists = ['origins', 'methods', 'requestHeaders', 'exposedHeaders'].flatMap((option) => {
    const list = values.get(option)
    if (!Array.isArray(list)) return []
    const broken = new Set(defects.filter(({ path }) => path[0] === option).map(({ path }) => path[1]))
    const isSound = (index: number): boolean => !broken.has(index)
    return option === 'origins'
      ? originWarnings(list, isSound, credentials, mayBeStrangers)
      : nameWarnings(option, list, isSound)
  })
  return [
    ...inherited.filter((key) => key !== 'origins').map((key) => warning([key], undefined, 'inherited-key')),
    ...inLists,
    ...(typeof maxAge === 'number' && maxAge > WEBKIT_CAP && !defects.some(({ path }) => path[0] === 'maxAge')
      ? [warning(['maxAge'], maxAge, 'max-age-above-caps')]
      : []),
  ]
}

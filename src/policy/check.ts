import { isKnownPublicSuffix } from '../spec/suffixes.ts'
import { checkKeys } from './check/keys.ts'
import { readPolicy, type Snapshot } from './check/snapshot.ts'
import { nameWarnings, originWarnings } from './check/warnings.ts'
import { CorsPolicyError } from './error.ts'
import { issue, type PolicyContext, warning } from './issue.ts'
import { OPTIONS, POLICY_KEYS } from './options.ts'
import type { CorsPolicy, PolicyIssue } from './types.ts'

/**
 * Finds every defect of a policy, in the documented order of the options. Pass `isPublicSuffix` to
 * use the full Public Suffix List.
 */
export function findDefects(
  { input, values, unread, unknown }: Snapshot,
  isPublicSuffix: (host: string) => boolean = isKnownPublicSuffix,
): PolicyIssue[] {
  if (values === null) return [issue([], input, 'policy-not-an-object')]
  const context: PolicyContext = { has: (option, value = true) => values.get(option) === value, isPublicSuffix }
  const found = POLICY_KEYS.flatMap((option) => {
    const value = values.get(option)
    const readDefect = unread.get(option)
    if (readDefect !== undefined) return [readDefect]
    return value === undefined && option !== 'origins' ? [] : OPTIONS[option].check(value, context, option)
  })
  return [...found, ...checkKeys(unknown, [...values.keys(), ...unread.keys()])]
}

/**
 * Checks a policy and returns a checked copy of it. The copy shares no list with the caller's
 * object. Freeze it with {@link freezePolicy} before you hand it out.
 *
 * @throws {CorsPolicyError} with every defect of the policy.
 */
export function validatePolicy(policy: unknown, isPublicSuffix?: (host: string) => boolean): CorsPolicy {
  const snapshot = readPolicy(policy)
  const defects = findDefects(snapshot, isPublicSuffix)
  if (defects.length > 0) throw new CorsPolicyError(defects as [PolicyIssue, ...PolicyIssue[]])
  // Without a prototype, an absent option stays absent when `Object.prototype` is polluted. The
  // check has established that the values have the types of a CorsPolicy.
  return { __proto__: null, ...Object.fromEntries(snapshot.values ?? []) } as unknown as CorsPolicy
}

/**
 * Checks a policy, or any other value, and returns everything that is wrong with it. Never throws.
 *
 * `createCors` accepts a policy exactly if no issue has the severity `error`.
 *
 * @param policy The value to check. Its type is `unknown`, so that you can pass parsed JSON.
 * @returns The defects and warnings, in the order in which the options are documented. Empty for a
 * policy without any.
 *
 * @example
 * ```ts
 * import { checkPolicy } from 'corsmith'
 *
 * for (const { path, message } of checkPolicy({ origins: ['https://app.example.com/'] })) {
 *   console.log(path, message)
 *   // ['origins', 0] 'an origin has no trailing slash: write "https://app.example.com"'
 * }
 * ```
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function checkPolicy(policy: unknown): readonly PolicyIssue[] {
  return checkSnapshot(readPolicy(policy))
}

/** Checks the snapshot of a policy. Pass `isPublicSuffix` to use the full Public Suffix List. */
export function checkSnapshot(snapshot: Snapshot, isPublicSuffix?: (host: string) => boolean): readonly PolicyIssue[] {
  const defects = findDefects(snapshot, isPublicSuffix)
  return inOrder([...defects, ...findWarnings(snapshot, defects)])
}

/** Sorts issues by the documented order of the options, and within a list by their index. */
function inOrder(issues: readonly PolicyIssue[]): readonly PolicyIssue[] {
  const rank = new Map<unknown, number>(POLICY_KEYS.map((key, index) => [key, index]))
  const indexOf = ({ path }: PolicyIssue) => (typeof path[1] === 'number' ? path[1] : -1)
  const rankOf = ({ path }: PolicyIssue) => rank.get(path[0]) ?? POLICY_KEYS.length
  return issues.toSorted((a, b) => rankOf(a) - rankOf(b) || indexOf(a) - indexOf(b))
}

/** WebKit keeps a preflight's answer for 600 seconds at most. Chromium keeps it for longer. */
const WEBKIT_CAP = 600

/**
 * Finds the warnings of a policy. Only `checkPolicy` and `corsmith lint` report them. `createCors`
 * calls neither this function nor its checks, so its bundle holds neither.
 */
function findWarnings({ values, inherited }: Snapshot, defects: readonly PolicyIssue[]): PolicyIssue[] {
  if (values === null) return []
  const credentials = values.get('credentials') === true
  const allowsPublicSuffixes = values.get('dangerouslyAllowPublicSuffixes') === true
  const maxAge = values.get('maxAge')
  const inLists = ['origins', 'methods', 'requestHeaders', 'exposedHeaders'].flatMap((option) => {
    const list = values.get(option)
    if (!Array.isArray(list)) return []
    const broken = new Set(defects.filter(({ path }) => path[0] === option).map(({ path }) => path[1]))
    const isSound = (index: number): boolean => !broken.has(index)
    return option === 'origins'
      ? originWarnings(list, isSound, credentials, allowsPublicSuffixes)
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

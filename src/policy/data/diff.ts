import { validatePolicy } from '../check.ts'
import { blamingCaller } from '../error.ts'
import { DIFFS, POLICY_KEYS, withDefaults } from '../options.ts'
import type { CompletePolicy, CorsPolicy } from '../types.ts'
import type { May, OptionChange, OptionDiff } from './changes.ts'

/** One difference between two policies. */
export interface PolicyChange {
  /** The option that makes the difference. */
  readonly option: keyof CorsPolicy
  /** The origin, pattern, method, header name or value that makes the difference. */
  readonly value: string | number | boolean | null
  /** The difference in words. */
  readonly sentence: string
  /** False where only a predicate knows, so that there may be no difference. */
  readonly isCertain: boolean
}

/** The differences between two policies. */
export interface PolicyDiff {
  /** What becomes allowed. Empty only if the second policy allows nothing beyond the first. */
  readonly allowed: readonly PolicyChange[]
  /** What stops being allowed. Empty only if the first policy allows nothing beyond the second. */
  readonly stopped: readonly PolicyChange[]
  /** What changes without allowing or stopping anything. */
  readonly other: readonly PolicyChange[]
}

/**
 * Compares two policies: what becomes allowed, and what stops being allowed, when the second
 * replaces the first.
 *
 * A widening is never missed: a request that the second policy permits and the first does not has
 * its cause in `allowed`. Entries are compared by what they allow, not as text, so an origin that a
 * pattern covered before is not a change. Every difference on the wire is named; one that allows and
 * stops nothing is in `other`. Only the order of a list, the case of header names and duplicates
 * make no difference.
 *
 * @param before The policy in use.
 * @param after The policy that replaces it.
 * @returns The changes, in the order in which the options are documented.
 * @throws {CorsPolicyError} if a policy has a defect.
 *
 * @example
 * ```ts
 * import { diffPolicies } from 'corsmith/policy'
 *
 * const before = { origins: ['https://a.com'] }
 * const { allowed } = diffPolicies(before, { origins: ['https://a.com', 'https://*.b.com'] })
 * allowed.map(({ sentence }) => sentence)
 * // ['origins that match "https://*.b.com" may read answers']
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function diffPolicies(before: CorsPolicy, after: CorsPolicy): PolicyDiff {
  const valid = (policy: CorsPolicy) => blamingCaller(diffPolicies, () => withDefaults(validatePolicy(policy)))
  const a = valid(before)
  const b = valid(after)
  const beyond = (inner: CompletePolicy, outer: CompletePolicy, may: May) =>
    eachOption(({ beyond }) => beyond?.(inner, outer, may))
  const allowed = beyond(b, a, 'may')
  const stopped = beyond(a, b, 'may no longer')
  const named = new Set([...allowed, ...stopped].map(({ option }) => option))
  const other = eachOption(({ other }) => other?.(a, b)).filter(({ option }) => !named.has(option))
  return { allowed, stopped, other }
}

function eachOption(changes: (row: OptionDiff) => readonly OptionChange[] | undefined): PolicyChange[] {
  return POLICY_KEYS.flatMap((option) =>
    (changes(DIFFS[option]) ?? []).map(({ value, sentence, isCertain = true }) => ({
      option,
      value,
      sentence,
      isCertain,
    })),
  )
}

import { ORIGIN } from '../spec/fields.ts'
import { isKnownPublicSuffix } from '../spec/suffixes.ts'
import type { OptionLines } from './lines.ts'
import { matching } from './match.ts'
import { OPTIONS, POLICY_KEYS, withDefaults } from './options.ts'
import { askPredicate } from './predicate.ts'
import type { CorsPolicy } from './types.ts'
import { isWildcard } from './values.ts'

/**
 * A policy in the form that requests need: what its options put into answers, joined, and a look-up of
 * origins.
 */
export interface CompiledPolicy extends Required<OptionLines> {
  /**
   * Returns the entry that allows an origin; null if none does, undefined if the predicate failed.
   * Both refuse; only `decide` uses the difference, to name the reason. A text is the one origin that
   * is allowed. The field itself is null if every origin is allowed; then no credentials are.
   */
  readonly match: ((origin: string) => string | null | undefined) | string | null
  /** What every response varies by: `Origin`, or null. */
  readonly vary: string | null
  /** The status of an accepted preflight. */
  readonly status: 200 | 204
  /** Whether requests from refused origins are kept from the handler. */
  readonly forbid: boolean
}

/**
 * Compiles a policy without defects. `isPublicSuffix` is the test that the policy was checked with.
 * List entries are already checked. Only a predicate needs it at run time: its look-alikes change the
 * part of a host that the owner registered, and the public suffix tells where that part begins.
 *
 * What an option puts into answers stands in its row of `OPTIONS`. Three options are compiled here,
 * because they decide which answer is given: `origins`, `preflightStatus` and `refused`.
 */
export function compilePolicy(
  checked: CorsPolicy,
  isPublicSuffix: (host: string) => boolean = isKnownPublicSuffix,
): CompiledPolicy {
  const policy = withDefaults(checked)
  const { origins } = policy
  const asked = typeof origins === 'function' ? askPredicate(origins, policy, isPublicSuffix) : null
  const match = isWildcard(origins) ? null : (asked ?? matching(origins as readonly string[]))
  const lines = { preflight: [], shared: [], widening: [], parts: [], echo: [] }
  // In the documented order of the options, which is the order of the lines in an answer.
  for (const option of POLICY_KEYS) {
    const given = OPTIONS[option].lines?.(policy[option] as never, policy) ?? {}
    for (const [kind, list] of Object.entries(given)) lines[kind as keyof OptionLines].push(...(list as []))
  }
  return {
    match,
    vary: match && ORIGIN,
    status: policy.preflightStatus,
    forbid: policy.refused === 'forbid',
    ...lines,
  }
}

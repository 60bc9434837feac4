import type { CorsPolicyJson } from '../policy/data/json.ts'
import { isWildcard } from '../policy/values.ts'
import { createCorsOf } from '../server/create.ts'
import type { Cors, RequestHead } from '../server/types.ts'
import { READ } from '../spec/fields.ts'

/**
 * Chooses what answers a preflight that several tenants could mean: the union of those that allow
 * its origin. An origin that none of them allows is refused.
 *
 * @returns null where no tenant has a policy
 */
export function unionFor(candidates: readonly Cors[], request: RequestHead): Cors | null {
  const allowing = candidates.filter((cors) => cors.decide(request).shared)
  const [first, ...others] = allowing
  if (first === undefined) return candidates[0] ?? null
  const origin = request.headers.get(READ.origin) ?? ''
  return others.length === 0 ? first : createCorsOf(unite(allowing.map(jsonOf), [origin]))
}

/** Only documents are united, and JSON holds no predicate. */
function jsonOf({ policy }: Cors): CorsPolicyJson {
  return policy as CorsPolicyJson
}

/**
 * Unites policies for the preflights of a host where only a key tells the tenants apart: it allows
 * what any of them allows. Give it to `createTenants` as a tenant of its own, by `preflight`, where
 * the tenants are too many to be read for one preflight.
 *
 * It is an answer for preflights and for nothing else: an actual request has the policy of its
 * tenant. The shortest `maxAge` counts, and a policy without one counts as 5 seconds, as in
 * browsers.
 *
 * @param policies policies without defects, at least one
 * @returns their union
 * @throws {TypeError} for an empty list, and for `origins: '*'` next to credentials
 *
 * @example
 * ```ts
 * import { unionOf } from 'corsmith/tenants'
 *
 * unionOf([{ origins: ['https://a.example'] }, { origins: ['https://b.example'], methods: ['PUT'] }])
 * // { origins: ['https://a.example', 'https://b.example'], methods: ['PUT'], … }
 * ```
 */
export function unionOf(policies: readonly CorsPolicyJson[]): CorsPolicyJson {
  if (policies.length === 0) throw new TypeError('unionOf: the list is empty: write one policy or more')
  if (!policies.some(({ origins }) => isWildcard(origins)))
    return unite(policies, [...new Set(policies.flatMap(({ origins }) => Array.from(origins)))])
  if (policies.some(({ credentials }) => credentials === true))
    throw new TypeError('unionOf: a policy has origins "*" and another has credentials: no policy allows both')
  return unite(policies, '*')
}

function unite(policies: readonly CorsPolicyJson[], origins: '*' | readonly string[]): CorsPolicyJson {
  const flags = FLAGS.filter((key) => policies.some((policy) => policy[key] === true))
  return {
    origins,
    ...namesOf('methods', policies),
    ...namesOf('requestHeaders', policies),
    maxAge: Math.min(...policies.map(({ maxAge }) => maxAge ?? DEFAULT_MAX_AGE)),
    ...Object.fromEntries(flags.map((key) => [key, true])),
  }
}

/** How long browsers remember a preflight whose answer does not say, in seconds. */
const DEFAULT_MAX_AGE = 5

const FLAGS = ['credentials', 'dangerouslyAllowInsecureOrigins', 'dangerouslyAllowPublicSuffixes'] as const

function namesOf(key: 'methods' | 'requestHeaders', policies: readonly CorsPolicyJson[]): Partial<CorsPolicyJson> {
  const names = new Map<string, string>()
  for (const policy of policies)
    for (const name of Array.from(policy[key] ?? [])) names.set(key === 'methods' ? name : name.toLowerCase(), name)
  if (names.size === 0) return {}
  if (!names.has('*')) return { [key]: [...names.values()] }
  return { [key]: key === 'requestHeaders' && names.has('authorization') ? ['*', 'Authorization'] : '*' }
}

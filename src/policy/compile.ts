import { isForbiddenResponseHeaderName, isNonWildcardRequestHeaderName } from '../spec/names.ts'
import { isKnownPublicSuffix } from '../spec/suffixes.ts'
import { entriesOf } from './check/origin-entry.ts'
import { freezePolicy } from './check/snapshot.ts'
import { createMatcher } from './matcher.ts'
import { withDefaults } from './options.ts'
import { askPredicate } from './predicate.ts'
import type { CorsPolicy } from './types.ts'
import { isWildcard } from './values.ts'

export { isWildcard } from './values.ts'

/** Tells whether a lower-case header name is one of those that a policy names. */
export type NameTest = (name: string) => boolean

/** A policy made ready for requests: each list joined into its field value once, nothing left to decide but the origin. */
export interface CompiledPolicy {
  /** The frozen snapshot that this was made of. */
  readonly policy: CorsPolicy
  /** Implies that `match` is never called, and that `credentials` is false. */
  readonly anyOrigin: boolean
  /** Whether responses carry `Vary: Origin`. Implied by !anyOrigin. */
  readonly varyByOrigin: boolean
  /** The entry that allows an origin; null where none does, undefined where the predicate failed to answer. */
  readonly match: (origin: string) => string | null | undefined
  readonly credentials: boolean
  /** The value of `Access-Control-Allow-Methods`, or null. */
  readonly methods: string | null
  /** Whether the requested method is answered with itself, because `*` would be read literally. */
  readonly echoMethod: boolean
  /** The value of `Access-Control-Allow-Headers` that every preflight gets, or null. */
  readonly requestHeaders: string | null
  /** Which requested names are answered with themselves; null where none has to be read. */
  readonly echoHeaders: NameTest | null
  /** The value of `Access-Control-Expose-Headers` that every response gets, or null. */
  readonly exposedHeaders: string | null
  /** Which of a response's own names are exposed beyond that; null where the list holds no pattern. */
  readonly exposePattern: NameTest | null
  readonly maxAge: string | null
  readonly preflightStatus: 200 | 204
  readonly forbid: boolean
  readonly timing: boolean
}

/** Compiles a policy that was found to have no defect, with the test for public suffixes that it was checked with. */
export function compilePolicy(
  snapshot: CorsPolicy,
  isPublicSuffix: (host: string) => boolean = isKnownPublicSuffix,
): CompiledPolicy {
  const policy = withDefaults(snapshot)
  const { credentials } = policy
  const anyOrigin = isWildcard(policy.origins)
  const request = compileRequestHeaders(compileNames(policy.requestHeaders), credentials)
  const exposed = compileNames(policy.exposedHeaders)
  const anyMethod = isWildcard(policy.methods)
  return {
    policy: freezePolicy(snapshot),
    anyOrigin,
    varyByOrigin: !anyOrigin,
    match: anyOrigin ? () => '*' : compileOrigins(policy, isPublicSuffix),
    credentials,
    methods: anyMethod && credentials ? null : joined(Array.from(policy.methods)),
    echoMethod: anyMethod && credentials,
    requestHeaders: request.value,
    echoHeaders: request.echo,
    exposedHeaders: joined(exposed.exact),
    exposePattern: exposed.pattern && isExposable(exposed.pattern),
    maxAge: policy.maxAge === undefined ? null : String(policy.maxAge),
    preflightStatus: policy.preflightStatus,
    forbid: policy.refused === 'forbid',
    timing: policy.timingAllowOrigin,
  }
}

function compileOrigins(policy: CorsPolicy, isPublicSuffix: (host: string) => boolean): CompiledPolicy['match'] {
  const { origins } = policy
  if (typeof origins === 'function') return askPredicate(origins, policy, isPublicSuffix)
  // What was checked and holds no "*" is exact: taking it apart a second time would be half the cost of a long list.
  const patterns = new Set((origins as readonly string[]).filter((text) => text.includes('*')))
  const exact = new Set(origins as readonly string[])
  for (const text of patterns) exact.delete(text)
  return createMatcher(exact, entriesOf(patterns)).match
}

function joined(names: readonly string[]): string | null {
  return [...new Set(names)].join(',') || null
}

interface Names {
  /** The names of a list in the case in which HTTP/2 and browsers send them, `*` among them, without the patterns. */
  readonly exact: readonly string[]
  readonly pattern: NameTest | null
}

/** Names are compared without case. */
function compileNames(names: '*' | readonly string[]): Names {
  const lower = Array.from(names, (name) => name.toLowerCase())
  const heads = lower.filter((name) => name !== '*' && name.endsWith('*')).map((name) => name.slice(0, -1))
  return {
    exact: lower.filter((name) => name === '*' || !name.endsWith('*')),
    pattern:
      heads.length === 0 ? null : (name) => heads.some((head) => name.startsWith(head) && name.length > head.length),
  }
}

function compileRequestHeaders(
  { exact, pattern }: Names,
  credentials: boolean,
): { readonly value: string | null; readonly echo: NameTest | null } {
  if (!exact.includes('*') || !credentials) return { value: joined(exact), echo: pattern }
  // With credentials a "*" is a header named "*": what is asked for is answered with its own names, Authorization if listed.
  return {
    value: joined(exact.filter((name) => name !== '*')),
    echo: (name) => !isNonWildcardRequestHeaderName(name),
  }
}

/** A pattern never names what no page may read, nor the headers of the protocol itself. */
function isExposable(pattern: NameTest): NameTest {
  return (name) => pattern(name) && !isForbiddenResponseHeaderName(name) && !name.startsWith('access-control-')
}

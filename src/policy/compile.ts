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

/** Tells whether a lower-case header name is one that a policy lists. */
export type NameTest = (name: string) => boolean

/**
 * A policy in the form that requests need: each list is joined into its field value, and only the
 * origin is left to decide.
 */
export interface CompiledPolicy {
  /** The frozen snapshot of the policy. */
  readonly policy: CorsPolicy
  /** Whether every origin is allowed. Then `match` is not called, and `credentials` is false. */
  readonly anyOrigin: boolean
  /** Whether responses carry `Vary: Origin`. Always true where `anyOrigin` is false. */
  readonly varyByOrigin: boolean
  /**
   * Whether answers to preflights depend on the method that was asked for, because another method
   * of the same URL has another policy.
   */
  readonly varyByMethod?: boolean
  /**
   * Returns the entry that allows an origin; null if none does, undefined if the predicate failed.
   * Only `decide` tells null from undefined, to name the reason. For the headers both refuse.
   */
  readonly match: (origin: string) => string | null | undefined
  readonly credentials: boolean
  /** The value of `Access-Control-Allow-Methods`, or null. */
  readonly methods: string | null
  /**
   * Whether a preflight is answered with the method it asked for. Next to credentials, browsers
   * read `*` as a method named `*`.
   */
  readonly echoMethod: boolean
  /** The value of `Access-Control-Allow-Headers` on every preflight, or null. */
  readonly requestHeaders: string | null
  /**
   * Which of the requested names a preflight is answered with; null where they need not be read.
   */
  readonly echoHeaders: NameTest | null
  /** The value of `Access-Control-Expose-Headers` on every response, or null. */
  readonly exposedHeaders: string | null
  /** Which of a response's own header names are exposed as well; null without a name pattern. */
  readonly exposePattern: NameTest | null
  readonly maxAge: string | null
  readonly preflightStatus: 200 | 204
  readonly forbid: boolean
  readonly timing: boolean
}

/**
 * Compiles a policy without defects. `isPublicSuffix` is the test that the policy was checked with.
 * The entries are checked, and need it no more. A predicate needs it at run time: its look-alikes
 * change the part of a host that the owner registered, and the public suffix tells where that part
 * begins.
 */
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
  // A checked entry without `*` is exact. Parsing it again would double the cost of a long list.
  const patterns = new Set((origins as readonly string[]).filter((text) => text.includes('*')))
  const exact = new Set(origins as readonly string[])
  for (const text of patterns) exact.delete(text)
  return createMatcher(exact, entriesOf(patterns)).match
}

function joined(names: readonly string[]): string | null {
  return [...new Set(names)].join(',') || null
}

interface Names {
  /**
   * The names of a list in lower case, as HTTP/2 and browsers send them, with `*` and without
   * patterns.
   */
  readonly exact: readonly string[]
  readonly pattern: NameTest | null
}

/** Splits a list into names and patterns. Header names are compared without case. */
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
  // Next to credentials, browsers read `*` as a header named `*`. So a preflight is answered with
  // the names that it asked for, and with `Authorization` if it is listed.
  return {
    value: joined(exact.filter((name) => name !== '*')),
    echo: (name) => !isNonWildcardRequestHeaderName(name),
  }
}

/** A pattern never exposes a header that no page may read, nor a header of the CORS protocol. */
function isExposable(pattern: NameTest): NameTest {
  return (name) => pattern(name) && !isForbiddenResponseHeaderName(name) && !name.startsWith('access-control-')
}

import { isKnownPublicSuffix } from '../spec/suffixes.ts'
import { matching } from './match.ts'
import { withDefaults } from './options.ts'
import { askPredicate } from './predicate.ts'
import type { CorsPolicy } from './types.ts'
import { isWildcard } from './values.ts'

/**
 * A policy in the form that requests need: each list is joined into its field value, and only the
 * origin is left to decide.
 */
export interface CompiledPolicy {
  /**
   * Returns the entry that allows an origin; null if none does, undefined if the predicate failed.
   * Both refuse; only `decide` uses the difference, to name the reason. A text is the one origin that
   * is allowed. The field itself is null if every origin is allowed; then `credentials` is false.
   */
  readonly match: ((origin: string) => string | null | undefined) | string | null
  readonly credentials: boolean
  /** The value of `Access-Control-Allow-Methods`, or null. */
  readonly methods: string | null
  /**
   * Whether a preflight is answered with the method it asked for. Next to credentials, browsers
   * read `*` as a method named `*`.
   */
  readonly echoMethod: boolean
  /** The explicit names of `Access-Control-Allow-Headers`, in lower case. */
  readonly requestHeaders: readonly string[]
  /**
   * The beginnings of the requested names that a preflight is answered with, `'*'` for every name
   * but `Authorization`; null where the requested names need not be read.
   */
  readonly echoHeaders: readonly string[] | '*' | null
  /** The explicit names of `Access-Control-Expose-Headers`, in lower case. */
  readonly exposedHeaders: readonly string[]
  /** The beginnings of a response's own header names that are exposed as well, or null. */
  readonly exposePattern: readonly string[] | null
  readonly maxAge: string | null
  readonly preflightStatus: 200 | 204
  readonly forbid: boolean
  readonly timing: boolean
}

/**
 * Compiles a policy without defects. `isPublicSuffix` is the test that the policy was checked with.
 * List entries are already checked. Only a predicate needs it at run time: its look-alikes change the
 * part of a host that the owner registered, and the public suffix tells where that part begins.
 */
export function compilePolicy(
  checked: CorsPolicy,
  isPublicSuffix: (host: string) => boolean = isKnownPublicSuffix,
): CompiledPolicy {
  const policy = withDefaults(checked)
  const { credentials } = policy
  const request = compileNames(policy.requestHeaders)
  const exposed = compileNames(policy.exposedHeaders)
  const echoMethod = isWildcard(policy.methods) && credentials
  // Next to credentials, browsers read `*` as a header named `*`. So a preflight is answered with
  // the names that it asked for, and with `Authorization` if it is listed.
  const anyHeader = request.exact.includes('*') && credentials
  return {
    match: isWildcard(policy.origins) ? null : compileOrigins(policy, isPublicSuffix),
    credentials,
    methods: echoMethod ? null : joined(Array.from(policy.methods)),
    echoMethod,
    requestHeaders: anyHeader ? request.exact.filter((name) => name !== '*') : request.exact,
    echoHeaders: anyHeader ? '*' : request.heads,
    exposedHeaders: exposed.exact,
    exposePattern: exposed.heads,
    maxAge: policy.maxAge === undefined ? null : String(policy.maxAge),
    preflightStatus: policy.preflightStatus,
    forbid: policy.refused === 'forbid',
    timing: policy.timingAllowOrigin,
  }
}

function compileOrigins(policy: CorsPolicy, isPublicSuffix: (host: string) => boolean): CompiledPolicy['match'] {
  const { origins } = policy
  return typeof origins === 'function'
    ? askPredicate(origins, policy, isPublicSuffix)
    : matching(origins as readonly string[])
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
  /** The patterns without their `*`; null if there is none. */
  readonly heads: readonly string[] | null
}

/** Splits a list into names and patterns. Header names are compared without case. */
function compileNames(names: '*' | readonly string[]): Names {
  const lower = [...new Set(Array.from(names, (name) => name.toLowerCase()))]
  const heads = lower.filter((name) => name !== '*' && name.endsWith('*')).map((name) => name.slice(0, -1))
  return {
    exact: lower.filter((name) => name === '*' || !name.endsWith('*')),
    heads: heads.length === 0 ? null : heads,
  }
}

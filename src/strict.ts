/**
 * The checks of `corsmith` with the full Public Suffix List. The list has about ten thousand rules,
 * so use it in a server, a build or a test. Install `tldts` next to corsmith; only this module
 * needs it.
 *
 * @module
 */

import { getDomain, getPublicSuffix } from 'tldts'
import { readPolicy } from './policy/check/snapshot.ts'
import { checkSnapshot } from './policy/check.ts'
import type { Checked, Documented, PolicyInput, WithOrigins } from './policy/compile-time/checked.ts'
import { blamingCaller } from './policy/error.ts'
import type { PolicyIssue } from './policy/types.ts'
import { createCorsOf } from './server/create.ts'
import type { Cors } from './server/types.ts'
import { isKnownPublicSuffix } from './spec/suffixes.ts'

/**
 * Makes a policy ready to answer requests, as `createCors` does, and refuses patterns below every
 * public suffix.
 *
 * @param policy The policy. The compiler checks its literals.
 * @returns The policy, ready to answer requests.
 * @throws {CorsPolicyError} with every defect of the policy.
 *
 * @example
 * ```ts
 * import { createStrictCors } from 'corsmith/strict'
 *
 * const cors = createStrictCors({ origins: ['https://*.example.com'] })
 * ```
 *
 * @see https://publicsuffix.org/
 */
export function createStrictCors<const P extends PolicyInput>(policy: WithOrigins<P> & Checked<P> & Documented): Cors {
  return blamingCaller(createStrictCors, () => createCorsOf(policy, isPublicSuffix))
}

/**
 * Checks a policy, or any other value, as `checkPolicy` does, with the full Public Suffix List.
 * Never throws.
 *
 * @param policy The value to check.
 * @returns The defects and warnings, in the order in which the options are documented.
 *
 * @example
 * ```ts
 * import { checkPolicyStrict } from 'corsmith/strict'
 *
 * checkPolicyStrict({ origins: ['https://*.kobe.jp'] })[0]?.code // 'origin-public-suffix'
 * ```
 *
 * @see https://publicsuffix.org/
 */
export function checkPolicyStrict(policy: unknown): readonly PolicyIssue[] {
  return checkSnapshot(readPolicy(policy), isPublicSuffix)
}

/**
 * Tells whether anyone can register a name directly below a host, or below each name below it.
 *
 * @param host A lower-case host name in Punycode, without a port.
 * @returns True for a public suffix of the full list.
 *
 * @example
 * ```ts
 * import { isPublicSuffix } from 'corsmith/strict'
 *
 * isPublicSuffix('s3.eu-west-1.amazonaws.com') // true
 * isPublicSuffix('example.com') // false
 * ```
 *
 * @see https://publicsuffix.org/list/
 */
export function isPublicSuffix(host: string): boolean {
  // A rule such as "*.compute.amazonaws.com" makes every name one label below a suffix.
  return isKnownPublicSuffix(host) || isListed(host) || isListed(`a.${host}`)
}

function isListed(host: string): boolean {
  return getPublicSuffix(host, { allowPrivateDomains: true }) === host
}

/**
 * Returns the registrable domain of a host: the longest public suffix and one label more. Pass this
 * function to `createBrowser`, which tells sites apart by it.
 *
 * @param host A lower-case host name in Punycode, without a port.
 * @returns The registrable domain; null for an address, a name of one label, and a public suffix.
 *
 * @example
 * ```ts
 * import { registrableDomain } from 'corsmith/strict'
 * import { createBrowser } from 'corsmith/testing'
 *
 * registrableDomain('www.example.co.uk') // 'example.co.uk'
 * const browser = createBrowser({ fetch: () => new Response(), registrableDomain })
 * ```
 *
 * @see https://url.spec.whatwg.org/#host-registrable-domain
 */
export function registrableDomain(host: string): string | null {
  return getDomain(host, { allowPrivateDomains: true, validateHostname: false })
}

/**
 * The checks of `corsmith` with the whole list of public suffixes, for where ten thousand names more are no burden: a server, a
 * build, a test. Needs the package `tldts` beside corsmith; nothing else of corsmith does.
 *
 * @module
 */

import { getDomain, getPublicSuffix } from 'tldts'
import { readPolicy } from './policy/check/snapshot.ts'
import { checkSnapshot } from './policy/check.ts'
import type { Checked, Documented, PolicyInput } from './policy/compile-time/checked.ts'
import type { PolicyIssue } from './policy/types.ts'
import { createCorsOf } from './server/create.ts'
import type { Cors } from './server/types.ts'
import { isKnownPublicSuffix } from './spec/suffixes.ts'

/**
 * Makes a policy ready to answer requests, as `createCors` does, and refuses patterns below any public suffix there is.
 *
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
export function createStrictCors<const P extends PolicyInput>(policy: Checked<P> & Documented): Cors {
  return createCorsOf(policy, isPublicSuffix)
}

/**
 * Checks a policy, or anything else, as `checkPolicy` does, with the whole list of public suffixes. Never throws.
 *
 * @example
 * ```ts
 * import { checkPolicyStrict } from 'corsmith/strict'
 *
 * checkPolicyStrict({ origins: ['https://*.kobe.jp'] })[0]?.code // 'origin-public-suffix'
 * ```
 */
export function checkPolicyStrict(policy: unknown): readonly PolicyIssue[] {
  return checkSnapshot(readPolicy(policy), isPublicSuffix)
}

/**
 * Tells whether strangers can register names directly below a host, or below any name below it.
 *
 * @example
 * ```ts
 * import { isPublicSuffix } from 'corsmith/strict'
 *
 * isPublicSuffix('s3.eu-west-1.amazonaws.com') // true
 * isPublicSuffix('example.com') // false
 * ```
 */
export function isPublicSuffix(host: string): boolean {
  // A rule such as "*.compute.amazonaws.com" is seen from one label below: there, every name is a suffix of its own.
  return isKnownPublicSuffix(host) || isListed(host) || isListed(`a.${host}`)
}

function isListed(host: string): boolean {
  return getPublicSuffix(host, { allowPrivateDomains: true }) === host
}

/**
 * Gives the registrable domain of a host by the whole list of public suffixes: the suffix and one label more. Null for a host
 * that has none: an address, a name of one label, a suffix itself. It is what `createBrowser` takes to tell sites apart.
 *
 * @example
 * ```ts
 * import { registrableDomain } from 'corsmith/strict'
 * import { createBrowser } from 'corsmith/testing'
 *
 * registrableDomain('www.example.co.uk') // 'example.co.uk'
 * const browser = createBrowser({ fetch: () => new Response(), registrableDomain })
 * ```
 */
export function registrableDomain(host: string): string | null {
  return getDomain(host, { allowPrivateDomains: true, validateHostname: false })
}

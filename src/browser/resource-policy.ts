import { isIpv4 } from '../spec/origins.ts'
import { isSchemelesslySameSite } from '../spec/sites.ts'
import type { FetchParams } from './fetch-params.ts'
import { isSameOrigin, OPAQUE } from './origin.ts'
import { currentUrl } from './request.ts'
import { fieldLines, type WireResponse } from './wire.ts'

/** Where browsers read the policy differently. */
export interface ResourcePolicyRules {
  /** Whether two ports of one IP address are two sites. */
  readonly addressesAreNoSite: boolean
  /** Whether a page whose host has no registrable domain counts every host below its own as its site. */
  readonly suffixesAreSites: boolean
}

/**
 * Finds the `Cross-Origin-Resource-Policy` that keeps an opaque response from a page; null where none does. CORS-approved responses
 * are never asked.
 *
 * @see https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
 */
export function blockingPolicy(fetchParams: FetchParams, response: WireResponse): string | null {
  const { origin } = fetchParams.request
  const url = currentUrl(fetchParams.request)
  // 2. Let policy be the value of the field. 3. A value that is none of the three counts as absent.
  const policy = fieldLines(response.headers, 'cross-origin-resource-policy').join(', ')
  // 5. Switch on policy. "same-origin": allowed when origin is same origin with response's URL's origin.
  if (isSameOrigin(origin, url)) return null
  if (policy === 'same-origin') return policy
  if (policy !== 'same-site') return null
  // "same-site": allowed when both are true:
  // – origin is schemelessly same site with response's URL's origin
  const page = origin === OPAQUE ? null : URL.parse(origin)
  if (page === null || !isOneSite(fetchParams, page.hostname, url.hostname)) return policy
  // – origin's scheme is "https" or response's URL's scheme is not "https"
  return url.protocol === 'https:' && page.protocol !== 'https:' ? policy : null
}

function isOneSite({ rules, domainOf }: FetchParams, page: string, host: string): boolean {
  if (rules.addressesAreNoSite && isAddress(host)) return false
  if (rules.suffixesAreSites && domainOf(page) === null && host.endsWith(`.${page}`)) return true
  return isSchemelesslySameSite(page, host, domainOf)
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || isIpv4(host)
}

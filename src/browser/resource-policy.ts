import { isIpv4 } from '../spec/origins.ts'
import { isSameOrigin, OPAQUE } from './origin.ts'
import { fieldLines, type WireResponse } from './wire.ts'

/** Where engines read the policy differently. */
export interface ResourcePolicyRules {
  /** Whether two ports of one IP address are two sites. */
  readonly addressesAreNoSite: boolean
}

/**
 * Tells whether `Cross-Origin-Resource-Policy` keeps an opaque response from a page. CORS-approved responses are never asked.
 *
 * @see https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
 */
export function isBlockedByResourcePolicy(
  origin: string,
  url: URL,
  response: WireResponse,
  rules: ResourcePolicyRules,
): boolean {
  if (isSameOrigin(origin, url)) return false
  // 3. Let policy be the value of the field; 4. whatever is not one of the three values counts as absent.
  const policy = fieldLines(response.headers, 'cross-origin-resource-policy').join(', ')
  if (policy === 'same-origin') return true
  if (policy !== 'same-site') return false
  const page = origin === OPAQUE ? null : URL.parse(origin)
  if (page === null || page.hostname !== url.hostname) return !isSubdomain(page?.hostname ?? '', url.hostname)
  if (rules.addressesAreNoSite && isAddress(url.hostname)) return true
  // "same-site": blocked too when an https resource is loaded by an http origin.
  return url.protocol === 'https:' && page.protocol !== 'https:'
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || isIpv4(host)
}

/** Without the public-suffix list, a host and its subdomains count as one site. */
function isSubdomain(a: string, b: string): boolean {
  return a !== '' && (a.endsWith(`.${b}`) || b.endsWith(`.${a}`))
}

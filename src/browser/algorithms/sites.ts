/**
 * What depends on where a page and its target are: Fetch metadata, the cross-origin resource
 * policy, and local network access.
 */
import { isIpv4, isLoopbackHost } from '../../spec/origins.ts'
import { isSchemelesslySameSite } from '../../spec/sites.ts'
import type { FetchParams, Note } from '../fetch-params.ts'
import { fieldLines, type HeaderLine, type WireResponse } from '../wire.ts'
import { currentUrl, type FetchRequest } from './fetch-request.ts'
import { isSameOrigin, OPAQUE, serializeRequestOrigin } from './origin.ts'

const DESTINATIONS: Readonly<Record<FetchRequest['initiator'], string>> = {
  fetch: 'empty',
  xhr: 'empty',
  beacon: 'empty',
  eventsource: 'empty',
  script: 'script',
  style: 'style',
  image: 'image',
  font: 'font',
}

/**
 * Lists the Fetch metadata headers of a request. Browsers send them to potentially trustworthy URLs
 * only.
 *
 * @see https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration
 */
export function fetchMetadata(fetchParams: FetchParams, isPreflight: boolean): HeaderLine[] {
  const { request, rules } = fetchParams
  const url = currentUrl(request)
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) return []
  if (rules.siteAfterRedirect === 'absent' && !isPreflight && request.mode === 'cors' && request.leftOrigin) return []
  return [
    ['Sec-Fetch-Site', site(fetchParams, isPreflight)],
    ['Sec-Fetch-Mode', request.mode],
    ['Sec-Fetch-Dest', DESTINATIONS[request.initiator]],
  ]
}

/** The farthest relation of the page to any URL on the way. */
function site({ request, rules, domainOf }: FetchParams, isPreflight: boolean): string {
  const carries = isPreflight && rules.siteAfterRedirect === 'absent'
  const origin = carries ? serializeRequestOrigin(request.origin, request.urlList) : request.origin
  const isOwn = isPreflight && rules.preflightSiteIsOwn
  const urlList = isOwn ? [currentUrl(request)] : request.urlList
  if (urlList.every((url) => isSameOrigin(origin, url))) return 'same-origin'
  const crossed = urlList.slice(0, -1).some((url) => url.protocol !== 'https:')
  if (rules.siteAfterRedirect === 'http-crosses' && crossed) return 'cross-site'
  const page = origin === OPAQUE ? null : URL.parse(origin)
  const isNear = (url: URL): boolean =>
    page !== null &&
    (rules.siteIgnoresScheme || page.protocol === url.protocol) &&
    isSchemelesslySameSite(page.hostname, url.hostname, domainOf)
  return urlList.every(isNear) ? 'same-site' : 'cross-site'
}

/**
 * Finds the `Cross-Origin-Resource-Policy` that keeps an opaque response from a page; null where
 * nothing does. Responses that passed the CORS check are not subject to it.
 *
 * @see https://fetch.spec.whatwg.org/#cross-origin-resource-policy-internal-check
 */
export function blockingPolicy(fetchParams: FetchParams, response: WireResponse): string | null {
  const { origin } = fetchParams.request
  const url = currentUrl(fetchParams.request)
  // 2. Let policy be the value of the field. 3. Any other value counts as absent.
  const policy = fieldLines(response.headers, 'cross-origin-resource-policy').join(', ')
  // 5. Switch on policy. "same-origin": allowed when origin is same origin with response's URL's
  //    origin.
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

/**
 * Notes that a page of the public internet requests a URL on the user's own computer or network.
 * Chromium and Firefox ask the user first. No response header changes that.
 *
 * @see https://wicg.github.io/local-network-access/
 */
export function localNetworkNote(origin: string, target: URL): Note[] {
  const page = origin === OPAQUE ? null : URL.parse(origin)
  if (page === null || isSameOrigin(origin, target)) return []
  const space = addressSpace(target.hostname)
  if (space === 'public' || addressSpace(page.hostname) !== 'public') return []
  const secure = page.protocol === 'https:'
  const message = secure
    ? `Chromium and Firefox ask the user for permission before a public page reaches the ${space} address space`
    : `Chromium and Firefox block a page without https from reaching the ${space} address space`
  return [{ code: 'local-network', message }]
}

/** Tells how private a host is, from its name or address. It resolves no names. */
function addressSpace(host: string): 'loopback' | 'local' | 'public' {
  if (isLoopbackHost(host) || host === '0.0.0.0') return 'loopback'
  if (host.endsWith('.local')) return 'local'
  if (host.startsWith('['))
    return ['fc', 'fd', 'fe8', 'fe9', 'fea', 'feb'].some((p) => host.startsWith(`[${p}`)) ? 'local' : 'public'
  // A name may look like numbers too: "10.0.0.1e3".
  if (!isIpv4(host)) return 'public'
  const [a = 0, b = 0] = host.split('.').map(Number)
  const isPrivate = a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168)
  return isPrivate || (a === 169 && b === 254) || (a === 100 && b >= 64 && b <= 127) ? 'local' : 'public'
}

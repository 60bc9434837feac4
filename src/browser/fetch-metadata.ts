import { isLoopbackHost } from '../spec/origins.ts'
import { isSchemelesslySameSite } from '../spec/sites.ts'
import type { FetchParams } from './fetch-params.ts'
import { isSameOrigin, OPAQUE, serializeRequestOrigin } from './origin.ts'
import { currentUrl, type FetchRequest } from './request.ts'
import type { HeaderLine } from './wire.ts'

/** Where browsers name the site differently. */
export interface FetchMetadataRules {
  /** Whether `Sec-Fetch-Site` calls `http:` and `https:` of one registrable domain the same site. */
  readonly siteIgnoresScheme: boolean
  /**
   * What `Sec-Fetch-Site` is after a redirect: the farthest relation of all hops; the same, but "cross-site" where a URL of the scheme
   * `http` redirected and not all are same-origin; or absent, with everything else of Fetch metadata, where a request of the mode
   * "cors" was just led to another origin. Preflights go there by the origin that they carry.
   */
  readonly siteAfterRedirect: 'farthest' | 'http-crosses' | 'absent'
  /** Whether `Sec-Fetch-Site` of a preflight goes by its own URL alone. */
  readonly preflightSiteIsOwn: boolean
}

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
 * Lists the Fetch metadata headers of a request. Browsers send them to potentially trustworthy URLs only.
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

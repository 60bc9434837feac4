import { isLoopbackHost } from '../spec/origins.ts'
import { isSameOrigin, OPAQUE } from './origin.ts'
import { currentUrl, type PageRequest } from './request.ts'
import type { HeaderLine } from './wire.ts'

const DESTINATIONS: Readonly<Record<PageRequest['initiator'], string>> = {
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
export function fetchMetadata(request: PageRequest): HeaderLine[] {
  const url = currentUrl(request)
  if (url.protocol !== 'https:' && !isLoopbackHost(url.hostname)) return []
  return [
    ['Sec-Fetch-Site', site(request)],
    ['Sec-Fetch-Mode', request.mode],
    ['Sec-Fetch-Dest', DESTINATIONS[request.initiator]],
  ]
}

/** The farthest relation of the page to any URL on the way. */
function site(request: PageRequest): string {
  if (request.urlList.every((url) => isSameOrigin(request.origin, url))) return 'same-origin'
  return request.urlList.every((url) => isSameSite(request.origin, url)) ? 'same-site' : 'cross-site'
}

/**
 * Tells whether two hosts belong to one site. Without the public-suffix list, hosts count as one site when they are equal, or when
 * one is a subdomain of the other; siblings such as `a.example.com` and `b.example.com` are told apart from strangers only by a
 * shared parent of two labels or more. Deliberately lenient: no CORS decision depends on it.
 */
function isSameSite(origin: string, url: URL): boolean {
  const page = origin === OPAQUE ? null : URL.parse(origin)
  if (page === null || page.protocol !== url.protocol) return false
  if (page.hostname === url.hostname) return true
  const shared = sharedLabels(page.hostname, url.hostname)
  return shared >= 2 && !url.hostname.startsWith('[') && !isLastLabelNumber(url.hostname)
}

function sharedLabels(a: string, b: string): number {
  const left = a.split('.').reverse()
  const right = b.split('.').reverse()
  let count = 0
  while (count < left.length && left[count] === right[count]) count++
  return count
}

function isLastLabelNumber(host: string): boolean {
  return !Number.isNaN(Number(host.slice(host.lastIndexOf('.') + 1)))
}

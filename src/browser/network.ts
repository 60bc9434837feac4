import { ORIGIN } from '../spec/fields.ts'
import { fetchMetadata } from './fetch-metadata.ts'
import type { Fault, Fetching } from './fetching.ts'
import { isSameOrigin, OPAQUE, originOf, serializeRequestOrigin, withoutCredentials } from './origin.ts'
import { currentUrl, type PageRequest, sendsCredentials } from './request.ts'
import type { Exchange, HeaderLine, WireRequest, WireResponse } from './wire.ts'

/**
 * Sends what the page asked for, to where the request is now. There is no HTTP cache: every request reaches the server.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
 */
export async function networkFetch(fetching: Fetching): Promise<WireResponse | null> {
  const { request } = fetching
  const url = currentUrl(request)
  // 8.12. Append a request `Origin` header. 8.13. Append the Fetch metadata headers.
  const headers = [...request.headers, ...originHeader(fetching), ...fetchMetadata(fetching, false)]
  const body = request.body?.bytes ?? null
  const wire = { method: request.method, url: withoutCredentials(url).href, headers, body }
  return exchange(fetching, 'request', wire, sendsCredentials(request))
}

/** Sends one request and writes it down with its answer. Whatever the server does wrong is a connection that broke. */
export async function exchange(
  fetching: Fetching,
  kind: Exchange['kind'],
  request: WireRequest,
  credentials: boolean,
): Promise<WireResponse | null> {
  let response: WireResponse | null = null
  try {
    response = await fetching.send(request)
  } catch {
    // A server that throws answers nothing: the page sees a network error.
  }
  if (response !== null && (response.status < 200 || response.status > 999)) response = null
  fetching.exchanges.push({ kind, request, response, credentials })
  return response
}

/** The fault of a request that no answer came to. */
export function networkFault(fetching: Fetching, isPreflight: boolean): Fault {
  const { request } = fetching
  return {
    defect: { code: 'network-error', step: 'HTTP-network fetch', value: '' },
    isPreflight,
    url: currentUrl(request).href,
    origin: serializeRequestOrigin(request.origin, request.urlList),
    isSameOrigin: request.tainting === 'basic',
    status: null,
    judgedBy: null,
  }
}

/** @see https://fetch.spec.whatwg.org/#append-a-request-origin-header */
function originHeader(fetching: Fetching): HeaderLine[] {
  const { request } = fetching
  // 1. Let serializedOrigin be the result of byte-serializing a request origin with request.
  let origin = serializeRequestOrigin(request.origin, request.urlList)
  // 2. If request's response tainting is "cors", then append.
  if (request.tainting === 'cors') return [[ORIGIN, origin]]
  // 3. Otherwise, if request's method is neither `GET` nor `HEAD`:
  if ((request.method === 'GET' || request.method === 'HEAD') && !request.keptOrigin) return []
  // 3.1. If request's mode is not "cors", then the referrer policy may hide the origin.
  const { referrerHidesOrigin } = fetching.rules
  const isAsked = referrerHidesOrigin === 'always' || (referrerHidesOrigin === 'first' && request.redirectCount === 0)
  if (request.mode !== 'cors' && isAsked && hidesOrigin(request)) origin = OPAQUE
  if (fetching.rules.taintsNoCorsRedirects && request.mode === 'no-cors' && hasMoved(request)) origin = OPAQUE
  return [[ORIGIN, origin]]
}

function hasMoved({ urlList }: PageRequest): boolean {
  return urlList.some((url) => originOf(url) !== originOf(urlList[0] as URL))
}

function hidesOrigin(request: PageRequest): boolean {
  const url = currentUrl(request)
  switch (request.referrerPolicy) {
    case 'no-referrer':
      return true
    case 'no-referrer-when-downgrade':
    case 'strict-origin':
    case 'strict-origin-when-cross-origin':
      return request.origin.startsWith('https://') && url.protocol !== 'https:'
    case 'same-origin':
      return !isSameOrigin(request.origin, url)
    default:
      return false
  }
}

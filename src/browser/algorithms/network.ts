import { ORIGIN } from '../../spec/fields.ts'
import { type FetchParams, type NetworkError, networkError } from '../fetch-params.ts'
import type { Exchange, HeaderLine, WireRequest, WireResponse } from '../wire.ts'
import { currentUrl, type FetchRequest, sendsCredentials } from './fetch-request.ts'
import { isSameOrigin, OPAQUE, originOf, serializeRequestOrigin, withoutCredentials } from './origin.ts'
import { fetchMetadata } from './sites.ts'

/**
 * Sends the request to its current URL. There is no HTTP cache: every request reaches the server.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
 */
export async function networkFetch(fetchParams: FetchParams): Promise<WireResponse | null> {
  const { request, cookies } = fetchParams
  const url = currentUrl(request)
  const credentials = sendsCredentials(request)
  const context = { url, pageOrigin: request.origin }
  const cookie = credentials ? (cookies?.valueFor(context) ?? null) : null
  // 8.12. Append a request `Origin` header. 8.13. Append the Fetch metadata headers. 8.21. If
  //       includeCredentials is true, append `Cookie`.
  const headers = [
    ...request.headers,
    ...originHeader(fetchParams),
    ...fetchMetadata(fetchParams, false),
    ...(cookie === null ? [] : [['Cookie', cookie] as const]),
  ]
  const body = request.body?.bytes ?? null
  const wire = { method: request.method, url: withoutCredentials(url).href, headers, body }
  const response = await exchange(fetchParams, 'request', wire, credentials)
  // HTTP-network fetch: if includeCredentials is true, parse and store response `Set-Cookie`
  // headers, also where the CORS check fails.
  if (credentials && response !== null) cookies?.store(context, response.headers)
  return response
}

/**
 * Sends one request and records it with its response. An error of the server function is a
 * connection that broke.
 */
export async function exchange(
  fetchParams: FetchParams,
  kind: Exchange['kind'],
  request: WireRequest,
  credentials: boolean,
): Promise<WireResponse | null> {
  let response: WireResponse | null = null
  try {
    response = await fetchParams.send(request)
  } catch {
    // A server function that throws gives no response, so the page gets a network error.
  }
  if (response !== null && (response.status < 200 || response.status > 999)) response = null
  fetchParams.exchanges.push({ kind, request, response, credentials })
  return response
}

/** Makes the network error of a request that got no response. */
export function connectionError(fetchParams: FetchParams, isPreflight: boolean): NetworkError {
  return networkError(fetchParams, { code: 'network-error', step: 'HTTP-network fetch', value: '' }, { isPreflight })
}

/** @see https://fetch.spec.whatwg.org/#append-a-request-origin-header */
function originHeader(fetchParams: FetchParams): HeaderLine[] {
  const { request } = fetchParams
  // 1. Let serializedOrigin be the result of byte-serializing a request origin with request.
  let origin = serializeRequestOrigin(request.origin, request.urlList)
  // 2. If request's response tainting is "cors", then append.
  if (request.tainting === 'cors') return [[ORIGIN, origin]]
  // 3. Otherwise, if request's method is neither `GET` nor `HEAD`:
  if ((request.method === 'GET' || request.method === 'HEAD') && !request.keptOrigin) return []
  // 3.1. If request's mode is not "cors", then the referrer policy may hide the origin.
  const { referrerHidesOrigin } = fetchParams.rules
  const isAsked = referrerHidesOrigin === 'always' || (referrerHidesOrigin === 'first' && request.redirectCount === 0)
  if (request.mode !== 'cors' && isAsked && hidesOrigin(request)) origin = OPAQUE
  if (fetchParams.rules.taintsNoCorsRedirects && request.mode === 'no-cors' && hasMoved(request)) origin = OPAQUE
  return [[ORIGIN, origin]]
}

function hasMoved({ urlList }: FetchRequest): boolean {
  return urlList.some((url) => originOf(url) !== originOf(urlList[0] as URL))
}

function hidesOrigin(request: FetchRequest): boolean {
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

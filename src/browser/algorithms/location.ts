import type { FailureCode } from '../failures.ts'
import { type FetchParams, type NetworkError, networkError } from '../fetch-params.ts'
import type { BrowserRules } from '../rules.ts'
import { fieldLines, type WireResponse } from '../wire.ts'
import { currentUrl } from './fetch-request.ts'
import { includesCredentials, isHttpScheme, isSameOrigin } from './origin.ts'

/**
 * Tells whether a status asks for another URL.
 *
 * @see https://fetch.spec.whatwg.org/#redirect-status
 */
export function isRedirectStatus(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

/**
 * Tells whether the network stack of a browser drops a response because of its `Location`, before
 * any check.
 */
export function isBrokenByLocation(response: WireResponse, url: URL, rules: BrowserRules): boolean {
  const lines = fieldLines(response.headers, 'location')
  if (rules.repeatedLocation === 'equal' && new Set(lines).size > 1) return true
  if (!isRedirectStatus(response.status)) return false
  const location = locationUrl(response, url, rules)
  if (location === 'failure') return rules.malformedLocationBreaks
  return location !== null && rules.schemesThatBreak.includes(location.protocol)
}

/** Tells whether a response has a `Location` that is not empty. */
export function hasLocation(response: WireResponse): boolean {
  return fieldLines(response.headers, 'location').some((line) => line !== '')
}

/** Tells whether a `Location` is refused before the CORS check. */
export function isRefusedFirst({ failure }: NetworkError, rules: BrowserRules): boolean {
  if (failure.code === 'redirect-location') return rules.locationsRefusedFirst.includes('malformed')
  return rules.locationsRefusedFirst.some((scheme) => failure.value.startsWith(scheme))
}

/**
 * Makes the network error of a `Location` that no browser follows; null for one that may be
 * followed.
 */
export function locationError(fetchParams: FetchParams, response: WireResponse): NetworkError | null {
  const location = locationUrl(response, currentUrl(fetchParams.request), fetchParams.rules)
  // 5. If locationURL is failure, then return a network error.
  if (location === 'failure') {
    return redirectError(fetchParams, 'redirect-location', 5, fieldLines(response.headers, 'location').join(', '))
  }
  // 6. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
  if (location !== null && !isHttpScheme(location))
    return redirectError(fetchParams, 'redirect-scheme', 6, location.href)
  return null
}

/** Finds why a `Location` with a user or a password is refused; null where it is not. */
export function credentialsFailure(
  { request, rules }: FetchParams,
  location: URL,
): { code: FailureCode; step: number } | null {
  if (!includesCredentials(location)) return null
  const isForeign = !isSameOrigin(request.origin, location)
  const isOwn = request.tainting === 'basic' && !isForeign
  const isExempt = request.initiator === 'xhr'
  if (rules.refusesUserinfo && !isExempt && (request.mode === 'no-cors' || isOwn))
    return { code: 'embedded-credentials', step: 9 }
  // 9. If request's mode is "cors", locationURL includes credentials, and request's origin is not
  //    same origin with locationURL's origin, then return a network error.
  if (request.mode === 'cors' && isForeign) return { code: 'redirect-credentials', step: 9 }
  // 10. If request's response tainting is "cors" and locationURL includes credentials, then return
  //     a network error.
  return request.tainting === 'cors' ? { code: 'redirect-credentials', step: 10 } : null
}

/**
 * Reads the URL that a response redirects to; null where it has no `Location`.
 *
 * @see https://fetch.spec.whatwg.org/#concept-response-location-url
 */
export function locationUrl(response: WireResponse, base: URL, rules: BrowserRules): URL | null | 'failure' {
  const lines = fieldLines(response.headers, 'location')
  const [first] = lines
  if (first === undefined) return null
  const isEmpty = lines.every((line) => line === '')
  if (isEmpty && rules.emptyLocation !== 'itself') return rules.emptyLocation === 'absent' ? null : 'failure'
  // 2. Extracting header list values fails for two lines: the field has one value.
  const isOne = rules.repeatedLocation === 'equal' && lines.every((line) => line === first)
  if (lines.length > 1 && !isOne && rules.repeatedLocation !== 'joined') return 'failure'
  const value = isOne ? first : lines.join(', ')
  // 3. If location is a header value, then set location to the result of parsing location with
  //    response's URL.
  const url = URL.parse(isBytes(value) ? readBytes(value, rules) : value, base)
  if (url === null) return 'failure'
  // 4. If location is a URL whose fragment is null, then set its fragment to requestFragment.
  if (url.hash === '') url.hash = base.hash
  return url
}

/**
 * Tells whether every code unit of a value is a byte. A value that a test wrote may hold other
 * characters.
 */
function isBytes(value: string): boolean {
  return /^[\0-\xff]*$/.test(value)
}

function readBytes(value: string, rules: BrowserRules): string {
  return rules.locationAsCharacters ? asValidUtf8(value) : percentEncodeBytes(value)
}

/**
 * Percent-encodes the bytes of a field value that are not ASCII. A value is a byte sequence with
 * one code unit per byte. The URL parser would take the code units for characters, and encode each
 * as UTF-8 a second time.
 */
function percentEncodeBytes(value: string): string {
  return value.replace(/[\x80-\xff]/g, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * Replaces bytes that are not UTF-8 by U+FFFD, as the network library of a browser does. Each byte
 * stays one code unit.
 */
function asValidUtf8(value: string): string {
  const bytes = Uint8Array.from(value, (unit) => unit.charCodeAt(0))
  const valid = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  return Array.from(valid, (byte) => String.fromCharCode(byte)).join('')
}

/** Makes the network error of a redirect that is not followed. */
export function redirectError(fetchParams: FetchParams, code: FailureCode, step: number, value: string): NetworkError {
  return networkError(fetchParams, { code, step: `HTTP-redirect fetch, step ${step}`, value })
}

import { isClientHint } from './client-hints.ts'
import type { Defect } from './failures.ts'
import type { Arrival, Fault, Fetching } from './fetching.ts'
import { mainFetch } from './main-fetch.ts'
import { includesCredentials, isHttpScheme, isSameOrigin, originOf, serializeRequestOrigin } from './origin.ts'
import { currentUrl, type PageRequest } from './request.ts'
import { fieldLines, type WireResponse, withoutField } from './wire.ts'

/** Where engines follow redirects differently. */
export interface RedirectRules {
  /** What an empty `Location` is: the URL itself, no `Location`, or one that cannot be followed. */
  readonly emptyLocation: 'itself' | 'absent' | 'failure'
  /** Whether a request that needed a preflight once needs one at every further hop. */
  readonly preflightsAfterPreflight: boolean
  /** Whether a redirect to another origin turns DELETE into GET. */
  readonly redirectsDeleteAsGet: boolean
  /** Whether a redirect to another origin restores the headers of the first request. */
  readonly keepsFirstHeaders: boolean
  /** Whether a request that becomes GET keeps the `Origin` header it had, as long as it stays with one origin. */
  readonly keepsOriginHeader: boolean
  /**
   * Whether a redirect is checked a second time, as if credentials were included, when the first URL was same-origin and got them.
   * It happens once the preflight for the next hop, if any, is through.
   */
  readonly checksRedirectsAsFirst: boolean
  /** What two `Location` lines are: a failure; one when they are equal, and a broken answer when not; or one joined text. */
  readonly repeatedLocation: 'failure' | 'equal' | 'joined'
  /** Whether a `Location` that is no URL breaks the answer, followed or not. */
  readonly malformedLocationBreaks: boolean
  /** Whether the redirect mode "error" minds only answers that have a `Location`. */
  readonly errorNeedsLocation: boolean
  /** Whether a redirect drops client hints that the page set. */
  readonly dropsClientHints: boolean
  /** Whether a user or password in a `Location` is refused even at home. */
  readonly refusesUserinfo: boolean
  /** Whether `Origin` becomes `null` as soon as a request of the mode `no-cors` is redirected to another origin. */
  readonly taintsNoCorsRedirects: boolean
  /** Which locations are refused before the CORS check: those that are no URL, or have a scheme. */
  readonly locationsRefusedFirst: readonly string[]
  /**
   * Whether preflights after a redirect go by the headers of the first request: without `Authorization` once another origin was
   * seen, and without the headers of the body for the hop at which it is dropped.
   */
  readonly preflightsByFirstHeaders: boolean
}

/** How many redirects are followed. */
const REDIRECT_LIMIT = 20

/** Tells whether a status asks for another URL. @see https://fetch.spec.whatwg.org/#redirect-status */
export function isRedirectStatus(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308
}

/**
 * Follows a redirect.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export async function redirectFetch(fetching: Fetching, response: WireResponse): Promise<Arrival | Fault> {
  const { request, rules } = fetching
  const from = currentUrl(request)
  // 3. Let locationURL be internalResponse's location URL given request's current URL's fragment.
  const location = locationUrl(response, from, rules)
  // 4. If locationURL is null, then return response.
  if (location === null) return { response, isOpaqueRedirect: false }
  // 5. and 6. Locations that cannot be followed.
  const unfollowable = locationFault(fetching, response)
  if (unfollowable !== null || location === 'failure') return unfollowable as Fault
  // 7. If request's redirect count is 20, then return a network error. 8. Increase request's redirect count by 1.
  if (request.redirectCount === REDIRECT_LIMIT) return fault(fetching, 'redirect-limit', 7, location.href)
  request.redirectCount++
  if (
    rules.refusesUserinfo &&
    includesCredentials(location) &&
    (request.mode === 'no-cors' || isHome(request, location))
  ) {
    return fault(fetching, 'embedded-credentials', 9, location.href)
  }
  const isStranger = !isSameOrigin(request.origin, location)
  // 9. If request's mode is "cors", locationURL includes credentials, and request's origin is not same origin with
  //    locationURL's origin, then return a network error.
  if (request.mode === 'cors' && includesCredentials(location) && isStranger) {
    const found = fault(fetching, 'redirect-credentials', 9, location.href)
    if (!rules.checksRedirectsAsFirst || request.tainting !== 'basic') return found
    request.pendingFault = found
  }
  // 10. If request's response tainting is "cors" and locationURL includes credentials, then return a network error.
  if (request.tainting === 'cors' && includesCredentials(location)) {
    return fault(fetching, 'redirect-credentials', 10, location.href)
  }
  // 11. If status is not 303, request's body is non-null, and its source is null, then return a network error.
  if (response.status !== 303 && request.body?.isStream === true) {
    return fault(fetching, 'redirect-body', 11, location.href)
  }
  // 12. 301 and 302 turn POST into GET; 303 turns everything but GET and HEAD into GET.
  const { status } = response
  const losesPost = (status === 301 || status === 302) && request.method === 'POST'
  const leavesOrigin = originOf(from) !== originOf(location)
  request.droppedBody = false
  const losesDelete = rules.redirectsDeleteAsGet && leavesOrigin && request.method === 'DELETE'
  if (losesPost || losesDelete || (status === 303 && request.method !== 'GET' && request.method !== 'HEAD')) {
    request.droppedBody = true
    request.keptOrigin = rules.keepsOriginHeader
    request.method = 'GET'
    request.body = null
    for (const name of REQUEST_BODY_HEADERS) request.headers = withoutField(request.headers, name)
  }
  if (leavesOrigin) request.keptOrigin = false
  // 13. If request's current URL's origin is not same origin with locationURL's origin, then delete `Authorization`.
  if (leavesOrigin) request.headers = withoutField(request.headers, 'authorization')
  if (rules.dropsClientHints) request.headers = request.headers.filter(([name]) => !isClientHint(name))
  if (rules.keepsFirstHeaders && !isSameOrigin(request.origin, location) && request.mode === 'cors') {
    request.headers = leavesOrigin ? withoutField(request.firstHeaders, 'authorization') : request.firstHeaders
  }
  // 18. Append locationURL to request's URL list.
  request.urlList.push(location)
  // 22. Return the result of running main fetch given fetchParams and recursive.
  return mainFetch(fetching)
}

function isHome(request: PageRequest, location: URL): boolean {
  return request.tainting === 'basic' && isSameOrigin(request.origin, location)
}

/** @see https://fetch.spec.whatwg.org/#request-body-header-name */
export const REQUEST_BODY_HEADERS: readonly string[] = [
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]

/** Tells whether an engine's network stack gives an answer up because of its `Location`, before anyone looks at the rest. */
export function isBrokenByLocation(response: WireResponse, url: URL, rules: RedirectRules): boolean {
  const lines = fieldLines(response.headers, 'location')
  if (rules.repeatedLocation === 'equal' && new Set(lines).size > 1) return true
  const isRedirect = rules.malformedLocationBreaks && isRedirectStatus(response.status)
  return isRedirect && locationUrl(response, url, rules) === 'failure'
}

/** Tells whether an answer has a `Location` that says something. */
export function hasLocation(response: WireResponse): boolean {
  return fieldLines(response.headers, 'location').some((line) => line !== '')
}

/** Tells whether a `Location` is refused before the CORS check. */
export function isRefusedFirst({ defect }: Fault, rules: RedirectRules): boolean {
  if (defect.code === 'redirect-location') return rules.locationsRefusedFirst.includes('malformed')
  return rules.locationsRefusedFirst.some((scheme) => defect.value.startsWith(scheme))
}

/** Finds the fault of a `Location` that no engine follows; null for one that may be followed. */
export function locationFault(fetching: Fetching, response: WireResponse): Fault | null {
  const location = locationUrl(response, currentUrl(fetching.request), fetching.rules)
  // 5. If locationURL is failure, then return a network error.
  if (location === 'failure') {
    return fault(fetching, 'redirect-location', 5, fieldLines(response.headers, 'location').join(', '))
  }
  // 6. If locationURL's scheme is not an HTTP(S) scheme, then return a network error.
  if (location !== null && !isHttpScheme(location)) return fault(fetching, 'redirect-scheme', 6, location.href)
  return null
}

/** @see https://fetch.spec.whatwg.org/#concept-response-location-url */
function locationUrl(response: WireResponse, base: URL, rules: RedirectRules): URL | null | 'failure' {
  const lines = fieldLines(response.headers, 'location')
  const [first] = lines
  if (first === undefined) return null
  const isEmpty = lines.every((line) => line === '')
  if (isEmpty && rules.emptyLocation !== 'itself') return rules.emptyLocation === 'absent' ? null : 'failure'
  // 2. Extracting header list values fails for two lines: the field has one value.
  const isOne = rules.repeatedLocation === 'equal' && lines.every((line) => line === first)
  if (lines.length > 1 && !isOne && rules.repeatedLocation !== 'joined') return 'failure'
  const value = isOne ? first : lines.join(', ')
  // 3. If location is a header value, then set location to the result of parsing location with response's URL.
  const url = URL.parse(value, base)
  if (url === null) return 'failure'
  // 4. If location is a URL whose fragment is null, then set its fragment to requestFragment.
  if (url.hash === '') url.hash = base.hash
  return url
}

function fault(fetching: Fetching, code: Defect['code'], step: number, value: string): Fault {
  const { request } = fetching
  return {
    defect: { code, step: `HTTP-redirect fetch, step ${step}`, value },
    isPreflight: false,
    url: currentUrl(request).href,
    origin: serializeRequestOrigin(request.origin, request.urlList),
    isSameOrigin: request.tainting === 'basic',
    status: null,
    judgedBy: null,
  }
}

import { corsCheck } from './cors-check.ts'
import type { BrowserRules } from './engines.ts'
import type { FailureDetail } from './failures.ts'
import type { FetchedResponse, FetchParams, NetworkError } from './fetch-params.ts'
import {
  credentialsFault,
  hasLocation,
  isBrokenByLocation,
  isRedirectStatus,
  isRefusedFirst,
  locationFault,
  locationUrl,
  redirectFault,
} from './location.ts'
import { networkFault, networkFetch } from './network.ts'
import { isSameOrigin, serializeRequestOrigin } from './origin.ts'
import { ensurePreflight } from './preflight-fetch.ts'
import { redirectFetch } from './redirect.ts'
import { currentUrl, type FetchRequest } from './request.ts'
import { blockingPolicy } from './resource-policy.ts'
import { fieldLines, type WireResponse } from './wire.ts'

/**
 * Fetches over HTTP: preflight, request, CORS check, redirects.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
export async function httpFetch(
  fetchParams: FetchParams,
  makeCorsPreflight: boolean,
): Promise<FetchedResponse | NetworkError> {
  const { request, rules } = fetchParams
  // 5.1. If makeCORSPreflight is true and the CORS-preflight cache has no suitable entries, then preflight.
  if (makeCorsPreflight) {
    const preflight = await ensurePreflight(fetchParams)
    // 5.1.2. If preflightResponse is a network error, then return preflightResponse.
    if (preflight !== null) return preflight
  }
  if (request.pendingError !== null) return request.pendingError
  // 5.3. Set response to the result of running HTTP-network-or-cache fetch.
  const needsHttp2 = request.body?.isStream === true && rules.uploadStreams === 'http2'
  if (needsHttp2 && currentUrl(request).protocol === 'http:') return networkFault(fetchParams, false)
  const response = await networkFetch(fetchParams)
  if (response === null || isBrokenByLocation(response, currentUrl(request), rules))
    return networkFault(fetchParams, false)
  // 5.4. If request's response tainting is "cors" and a CORS check for request and response returns failure, then return a
  //      network error.
  if (request.tainting === 'cors') {
    const unfollowable = isRedirectStatus(response.status) ? locationFault(fetchParams, response) : null
    if (unfollowable !== null && request.redirect === 'follow' && isRefusedFirst(unfollowable, rules))
      return unfollowable
    const origin = serializeRequestOrigin(request.origin, request.urlList)
    const check = (of: BrowserRules): FailureDetail | null =>
      corsCheck({ origin, credentials: request.credentials }, response, of)
    const defect = check(rules)
    if (defect !== null) return fault(fetchParams, defect, response, check)
    if (rules.checksRedirectsAsFirst && isRedirectFromHome(request, response)) {
      const second = corsCheck({ origin, credentials: 'include' }, response, rules)
      if (second !== null) request.pendingError = fault(fetchParams, second, response, null)
    }
  }
  // 6. If response tainting is "opaque" and the cross-origin resource policy check returns blocked, then network error.
  const policy = request.tainting === 'opaque' ? blockingPolicy(fetchParams, response) : null
  if (policy !== null) {
    const defect: FailureDetail = { code: 'resource-policy', step: 'HTTP fetch, step 6', value: policy }
    return fault(fetchParams, defect, response, null)
  }
  // 7. If internalResponse's status is a redirect status:
  if (!isRedirectStatus(response.status)) return { response, isOpaqueRedirect: false }
  // 7.2. Switch on request's redirect mode.
  if (request.redirect === 'error') {
    if (rules.errorNeedsLocation && !hasLocation(response)) return { response, isOpaqueRedirect: false }
    const location = locationUrl(response, currentUrl(request), rules)
    const isUrl = location !== null && location !== 'failure'
    const secret = isUrl && rules.refusesUserinfo ? credentialsFault(fetchParams, location) : null
    if (isUrl && secret !== null) return redirectFault(fetchParams, secret.code, secret.step, location.href)
    const defect: FailureDetail = { code: 'redirect-mode', step: 'HTTP fetch, step 7.2 ("error")', value: '' }
    return fault(fetchParams, defect, response, null)
  }
  if (request.redirect === 'manual') return { response, isOpaqueRedirect: true }
  return redirectFetch(fetchParams, response)
}

/** Tells whether a redirect is judged that began at the page's own origin, with credentials. */
function isRedirectFromHome(request: FetchRequest, response: WireResponse): boolean {
  const beganAtHome = isSameOrigin(request.origin, request.urlList[0] as URL) && request.credentials === 'same-origin'
  return beganAtHome && isRedirectStatus(response.status) && fieldLines(response.headers, 'location').length > 0
}

function fault(
  fetchParams: FetchParams,
  defect: FailureDetail,
  response: WireResponse,
  judgedBy: NetworkError['judgedBy'],
): NetworkError {
  const { request } = fetchParams
  return {
    defect,
    isPreflight: false,
    url: currentUrl(request).href,
    origin: serializeRequestOrigin(request.origin, request.urlList),
    isSameOrigin: request.tainting === 'basic',
    status: response.status,
    judgedBy,
  }
}

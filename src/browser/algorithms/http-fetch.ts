import type { FailureDetail } from '../failures.ts'
import { type FetchedResponse, type FetchParams, type NetworkError, networkError } from '../fetch-params.ts'
import type { BrowserRules } from '../rules.ts'
import { fieldLines, type WireResponse } from '../wire.ts'
import { corsCheck } from './cors-check.ts'
import { currentUrl, type FetchRequest } from './fetch-request.ts'
import {
  credentialsFailure,
  hasLocation,
  isBrokenByLocation,
  isRedirectStatus,
  isRefusedFirst,
  locationError,
  locationUrl,
  redirectError,
} from './location.ts'
import { connectionError, networkFetch } from './network.ts'
import { isSameOrigin, serializeRequestOrigin } from './origin.ts'
import { ensurePreflight } from './preflight-fetch.ts'
import { type Redirected, redirectFetch } from './redirect.ts'
import { blockingPolicy } from './sites.ts'

/**
 * Fetches over HTTP: preflight, request, CORS check, redirects.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch
 */
export async function httpFetch(
  fetchParams: FetchParams,
  makeCorsPreflight: boolean,
): Promise<FetchedResponse | NetworkError | Redirected> {
  const { request, rules } = fetchParams
  // 5.1. If makeCORSPreflight is true and the CORS-preflight cache has no suitable entries, then
  //      preflight.
  if (makeCorsPreflight) {
    const preflight = await ensurePreflight(fetchParams)
    // 5.1.2. If preflightResponse is a network error, then return preflightResponse.
    if (preflight !== null) return preflight
  }
  if (fetchParams.pendingError !== null) return fetchParams.pendingError
  // 5.3. Set response to the result of running HTTP-network-or-cache fetch.
  //      A stream is sent over HTTP/2 only.
  if (request.body?.isStream === true && currentUrl(request).protocol === 'http:')
    return connectionError(fetchParams, false)
  const response = await networkFetch(fetchParams)
  if (response === null || isBrokenByLocation(response, currentUrl(request), rules))
    return connectionError(fetchParams, false)
  const { status } = response
  // 5.4. If request's response tainting is "cors" and a CORS check for request and response returns
  //      failure, then return a network error.
  if (request.tainting === 'cors') {
    const unfollowable = isRedirectStatus(response.status) ? locationError(fetchParams, response) : null
    if (unfollowable !== null && request.redirect === 'follow' && isRefusedFirst(unfollowable, rules))
      return unfollowable
    const origin = serializeRequestOrigin(request.origin, request.urlList)
    const checkBy = (by: BrowserRules): FailureDetail | null =>
      corsCheck({ origin, credentials: request.credentials }, response, by)
    const failure = checkBy(rules)
    if (failure !== null) return networkError(fetchParams, failure, { status, checkBy })
    if (rules.checksRedirectsTwice && isRedirectFromOwnOrigin(request, response)) {
      const second = corsCheck({ origin, credentials: 'include' }, response, rules)
      if (second !== null) fetchParams.pendingError = networkError(fetchParams, second, { status })
    }
  }
  // 6. If response tainting is "opaque" and the cross-origin resource policy check returns blocked,
  //    then network error.
  const policy = request.tainting === 'opaque' ? blockingPolicy(fetchParams, response) : null
  if (policy !== null) {
    return networkError(fetchParams, { code: 'resource-policy', step: 'HTTP fetch, step 6', value: policy }, { status })
  }
  // 7. If internalResponse's status is a redirect status:
  if (!isRedirectStatus(response.status)) return { response, isOpaqueRedirect: false }
  // 7.2. Switch on request's redirect mode.
  if (request.redirect === 'error') {
    if (rules.errorNeedsLocation && !hasLocation(response)) return { response, isOpaqueRedirect: false }
    const location = locationUrl(response, currentUrl(request), rules)
    const isUrl = location !== null && location !== 'failure'
    const secret = isUrl && rules.refusesUserinfo ? credentialsFailure(fetchParams, location) : null
    if (isUrl && secret !== null) return redirectError(fetchParams, secret.code, secret.step, location.href)
    const failure = { code: 'redirect-mode', step: 'HTTP fetch, step 7.2 ("error")', value: '' } as const
    return networkError(fetchParams, failure, { status })
  }
  if (request.redirect === 'manual') return { response, isOpaqueRedirect: true }
  return redirectFetch(fetchParams, response)
}

/**
 * Tells whether a response redirects a request that began on the page's own origin, with
 * credentials.
 */
function isRedirectFromOwnOrigin(request: FetchRequest, response: WireResponse): boolean {
  const beganOnOwnOrigin =
    isSameOrigin(request.origin, request.urlList[0] as URL) && request.credentials === 'same-origin'
  return beganOnOwnOrigin && isRedirectStatus(response.status) && fieldLines(response.headers, 'location').length > 0
}

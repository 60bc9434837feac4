import type { FetchedResponse, FetchParams, NetworkError } from '../fetch-params.ts'
import { type WireResponse, withoutField } from '../wire.ts'
import { currentUrl, REQUEST_BODY_HEADERS } from './fetch-request.ts'
import { credentialsFailure, locationError, locationUrl, redirectError } from './location.ts'
import { isSameOrigin, originOf } from './origin.ts'
import { isClientHint } from './safelist.ts'

/** How many redirects are followed. */
const REDIRECT_LIMIT = 20

/** The request has a further URL in its list. Main fetch goes on with that URL. */
export interface Redirected {
  readonly isRedirected: true
}

/**
 * Takes a request to where a redirect leads. The standard calls main fetch from here; {@link
 * Redirected} asks main fetch to do it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
 */
export function redirectFetch(
  fetchParams: FetchParams,
  response: WireResponse,
): FetchedResponse | NetworkError | Redirected {
  const { request, rules } = fetchParams
  const from = currentUrl(request)
  // 3. Let locationURL be internalResponse's location URL given request's current URL's fragment.
  const location = locationUrl(response, from, rules)
  // 4. If locationURL is null, then return response.
  if (location === null) return { response, isOpaqueRedirect: false }
  // 5. and 6. Locations that cannot be followed.
  const unfollowable = locationError(fetchParams, response)
  if (unfollowable !== null || location === 'failure') return unfollowable as NetworkError
  // 7. If request's redirect count is 20, then return a network error. 8. Increase request's
  //    redirect count by 1.
  if (request.redirectCount === REDIRECT_LIMIT) return redirectError(fetchParams, 'redirect-limit', 7, location.href)
  request.redirectCount++
  // 9. and 10. A user or a password in locationURL.
  const secret = credentialsFailure(fetchParams, location)
  if (secret !== null) {
    const found = redirectError(fetchParams, secret.code, secret.step, location.href)
    if (!rules.checksRedirectsTwice || request.tainting !== 'basic') return found
    fetchParams.pendingError = found
  }
  // 11. If status is not 303, request's body is non-null, and its source is null, then return a
  //     network error.
  if (response.status !== 303 && request.body?.isStream === true) {
    return redirectError(fetchParams, 'redirect-body', 11, location.href)
  }
  request.headersBefore = request.headers
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
  request.leftOrigin = leavesOrigin
  if (leavesOrigin) request.keptOrigin = false
  // 13. If request's current URL's origin is not same origin with locationURL's origin, then delete
  //     `Authorization`.
  if (leavesOrigin) request.headers = withoutField(request.headers, 'authorization')
  if (rules.dropsClientHints && !isSameOrigin(request.origin, location))
    request.headers = request.headers.filter(([name]) => !isClientHint(name))
  if (rules.keepsFirstHeaders && !isSameOrigin(request.origin, location) && request.mode === 'cors') {
    request.headers = leavesOrigin ? withoutField(request.firstHeaders, 'authorization') : request.firstHeaders
  }
  // 18. Append locationURL to request's URL list.
  request.urlList.push(location)
  // 22. Return the result of running main fetch given fetchParams and recursive.
  return { isRedirected: true }
}

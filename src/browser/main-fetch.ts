import { isSafelistedMethod } from '../spec/methods.ts'
import { isBadPort } from '../spec/ports.ts'
import { readDataUrl } from './data-url.ts'
import type { FailureDetail } from './failures.ts'
import { type FetchedResponse, type FetchParams, isNetworkError, type NetworkError } from './fetch-params.ts'
import { httpFetch } from './http-fetch.ts'
import { isHttpScheme, isSameOrigin, serializeRequestOrigin } from './origin.ts'
import { ensurePreflight, forgetPreflight, hadUnsafeNames, unsafeNames } from './preflight-fetch.ts'
import { currentUrl, type FetchRequest } from './request.ts'
import type { HeaderLine } from './wire.ts'

/** Where browsers answer `data:` URLs differently. */
export interface DataRules {
  /** Whether the answer has a `Content-Length`. */
  readonly dataHasLength: boolean
  /** Whether the mode "no-cors" wants the redirect mode "follow" here too. */
  readonly dataNeedsFollow: boolean
}

/**
 * Decides which kind of fetch a request becomes at its current URL. Redirects come back here.
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 */
export async function mainFetch(fetchParams: FetchParams): Promise<FetchedResponse | NetworkError> {
  const { request } = fetchParams
  const url = currentUrl(request)
  // 7. If request should be blocked due to a bad port, then set response to a network error.
  if (isHttpScheme(url) && isBadPort(url.port)) return fault(fetchParams, 'bad-port', 'main fetch, step 7', url.port)
  // 12. The first matching statement:
  // – request's current URL's origin is same origin with request's origin, and response tainting is "basic"
  if (isSameOrigin(request.origin, url) && request.tainting === 'basic') {
    return isHttpScheme(url) ? httpFetch(fetchParams, false) : schemeFetch(fetchParams)
  }
  // – request's current URL's scheme is "data"
  if (url.protocol === 'data:' && !(fetchParams.rules.dataNeedsFollow && refusesMode(request)))
    return schemeFetch(fetchParams)
  // – request's mode is "same-origin": return a network error.
  if (request.mode === 'same-origin') {
    const isAsked = fetchParams.rules.preflightsBeforeMode && request.body?.isStream === true
    const refusal = isAsked ? await ensurePreflight(fetchParams) : null
    if (refusal !== null) return refusal
    return fault(fetchParams, 'same-origin-mode', 'main fetch, step 12 (mode is "same-origin")', '')
  }
  // – request's mode is "no-cors"
  if (request.mode === 'no-cors') {
    // 1. If request's redirect mode is not "follow", then return a network error.
    if (refusesMode(request)) {
      return fault(fetchParams, 'no-cors-redirect-mode', 'main fetch, step 12 (mode is "no-cors"), 1', request.redirect)
    }
    // 2. Set request's response tainting to "opaque". 3. Scheme fetch.
    request.tainting = 'opaque'
    return isHttpScheme(url) ? httpFetch(fetchParams, false) : schemeFetch(fetchParams)
  }
  // – request's current URL's scheme is not an HTTP(S) scheme: return a network error.
  if (!isHttpScheme(url)) {
    return fault(
      fetchParams,
      'scheme-not-http',
      'main fetch, step 12 (scheme is not HTTP(S))',
      url.protocol.slice(0, -1),
    )
  }
  request.tainting = 'cors'
  // – request's use-CORS-preflight flag is set
  // – request's unsafe-request flag is set and either its method is not CORS-safelisted, or it has CORS-unsafe header names
  const isUnsafeRequest = ['fetch', 'xhr', 'beacon'].includes(request.initiator)
  const needsPermission = !isSafelistedMethod(request.method) || unsafeNames(fetchParams).length > 0
  const persists = fetchParams.rules.preflightsAfterPreflight && (request.hasPreflighted || hadUnsafeNames(fetchParams))
  if (request.useCorsPreflight || (isUnsafeRequest && needsPermission) || persists) {
    request.hasPreflighted = true
    const result = await httpFetch(fetchParams, true)
    // 3. If corsWithPreflightResponse is a network error, then clear cache entries using request.
    if (isNetworkError(result) && !isOwnWish(fetchParams, result)) forgetPreflight(fetchParams)
    return result
  }
  // – Otherwise
  const result = await httpFetch(fetchParams, false)
  const forgets = fetchParams.rules.forgetsOnFailure === 'any'
  if (isNetworkError(result) && forgets && !isOwnWish(fetchParams, result)) forgetPreflight(fetchParams)
  return result
}

/**
 * Answers what needs no server. Only `data:` is known here; `blob:` and `file:` belong to the page.
 *
 * @see https://fetch.spec.whatwg.org/#concept-scheme-fetch
 */
function schemeFetch(fetchParams: FetchParams): FetchedResponse | NetworkError {
  const { request, rules } = fetchParams
  const url = currentUrl(request)
  if (url.protocol !== 'data:')
    return fault(fetchParams, 'scheme-not-http', 'scheme fetch, step 3', url.protocol.slice(0, -1))
  request.tainting = 'basic'
  // "data" 1. Let dataURLStruct be the result of running the data: URL processor. 2. If it is failure, return a network error.
  const data = readDataUrl(url)
  if (data === null) return fault(fetchParams, 'network-error', 'scheme fetch, step 3 ("data")', '')
  const headers: HeaderLine[] = [['Content-Type', data.type]]
  if (rules.dataHasLength) headers.push(['Content-Length', String(data.body.length)])
  // Main fetch, step 19: the answer to HEAD has no body.
  const body = request.method === 'HEAD' ? null : data.body
  return { response: { status: 200, statusText: 'OK', headers, body }, isOpaqueRedirect: false }
}

/** Tells whether a request failed because the page wanted no redirect, in a browser that clears nothing for that. */
function isOwnWish({ rules }: FetchParams, { defect }: NetworkError): boolean {
  return rules.forgetsOnFailure === 'any' && defect.code === 'redirect-mode'
}

/** Tells whether a request has a redirect mode that the mode "no-cors" does not admit. */
function refusesMode({ mode, redirect }: FetchRequest): boolean {
  return mode === 'no-cors' && redirect !== 'follow'
}

/** Makes the fault of a request that ends before anything is sent. */
function fault(fetchParams: FetchParams, code: FailureDetail['code'], step: string, value: string): NetworkError {
  const { request } = fetchParams
  return {
    defect: { code, step, value },
    isPreflight: false,
    url: currentUrl(request).href,
    origin: serializeRequestOrigin(request.origin, request.urlList),
    isSameOrigin: request.tainting === 'basic',
    status: null,
    judgedBy: null,
  }
}

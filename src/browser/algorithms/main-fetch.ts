import { isSafelistedMethod } from '../../spec/methods.ts'
import { isBadPort } from '../../spec/ports.ts'
import type { FailureCode } from '../failures.ts'
import {
  type FetchedResponse,
  type FetchParams,
  isNetworkError,
  type NetworkError,
  networkError,
} from '../fetch-params.ts'
import type { HeaderLine } from '../wire.ts'
import { readDataUrl } from './data-url.ts'
import { currentUrl, type FetchRequest } from './fetch-request.ts'
import { httpFetch } from './http-fetch.ts'
import { isHttpScheme, isSameOrigin } from './origin.ts'
import { ensurePreflight, forgetPreflight, hadUnsafeNames, unsafeNames } from './preflight-fetch.ts'
import type { Redirected } from './redirect.ts'

/**
 * Fetches a request, from URL to URL. The standard's main fetch calls itself for a redirect; here
 * it is a loop.
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch
 */
export async function mainFetch(fetchParams: FetchParams): Promise<FetchedResponse | NetworkError> {
  const { request, rules } = fetchParams
  let result: FetchedResponse | NetworkError | Redirected
  do result = await fetchCurrentUrl(fetchParams)
  while ('isRedirected' in result)
  // 12. 3. If corsWithPreflightResponse is a network error, then clear cache entries using request.
  const mayClear = request.hasPreflighted || (rules.forgetsOnFailure === 'any' && request.tainting === 'cors')
  if (isNetworkError(result) && mayClear && !keepsEntries(fetchParams, result)) forgetPreflight(fetchParams)
  return result
}

/** Decides which kind of fetch a request becomes at its current URL, and runs it. */
async function fetchCurrentUrl(fetchParams: FetchParams): Promise<FetchedResponse | NetworkError | Redirected> {
  const { request, rules } = fetchParams
  const url = currentUrl(request)
  // 7. If request should be blocked due to a bad port, then set response to a network error.
  if (isHttpScheme(url) && isBadPort(url.port)) return failsAt(fetchParams, 'main fetch, step 7', 'bad-port', url.port)
  // 12. The first matching statement:
  // – request's current URL's origin is same origin with request's origin, and response tainting is
  //   "basic"
  if (isSameOrigin(request.origin, url) && request.tainting === 'basic') {
    return isHttpScheme(url) ? httpFetch(fetchParams, false) : schemeFetch(fetchParams)
  }
  // – request's current URL's scheme is "data"
  if (url.protocol === 'data:' && !(rules.dataNeedsFollow && refusesMode(request))) return schemeFetch(fetchParams)
  // – request's mode is "same-origin": return a network error.
  if (request.mode === 'same-origin') {
    const isAsked = rules.preflightsBeforeMode && request.body?.isStream === true
    const refusal = isAsked ? await ensurePreflight(fetchParams) : null
    return refusal ?? failsAt(fetchParams, 'main fetch, step 12 (mode is "same-origin")', 'same-origin-mode')
  }
  // – request's mode is "no-cors"
  if (request.mode === 'no-cors') {
    // 1. If request's redirect mode is not "follow", then return a network error.
    const step = 'main fetch, step 12 (mode is "no-cors"), 1'
    if (refusesMode(request)) return failsAt(fetchParams, step, 'no-cors-redirect-mode', request.redirect)
    // 2. Set request's response tainting to "opaque". 3. Scheme fetch.
    request.tainting = 'opaque'
    return isHttpScheme(url) ? httpFetch(fetchParams, false) : schemeFetch(fetchParams)
  }
  // – request's current URL's scheme is not an HTTP(S) scheme: return a network error.
  const step = 'main fetch, step 12 (scheme is not HTTP(S))'
  if (!isHttpScheme(url)) return failsAt(fetchParams, step, 'scheme-not-http', url.protocol.slice(0, -1))
  request.tainting = 'cors'
  // – request's use-CORS-preflight flag is set
  // – request's unsafe-request flag is set and either its method is not CORS-safelisted, or it has
  //   CORS-unsafe header names
  const isUnsafeRequest = ['fetch', 'xhr', 'beacon'].includes(request.initiator)
  const needsPermission = !isSafelistedMethod(request.method) || unsafeNames(fetchParams).length > 0
  const persists = rules.preflightsAfterPreflight && (request.hasPreflighted || hadUnsafeNames(fetchParams))
  if (request.useCorsPreflight || (isUnsafeRequest && needsPermission) || persists) {
    request.hasPreflighted = true
    return httpFetch(fetchParams, true)
  }
  // – Otherwise
  return httpFetch(fetchParams, false)
}

/**
 * Responds to a URL that needs no server. Only `data:` URLs get a response: the simulator has no
 * blobs and no files.
 *
 * @see https://fetch.spec.whatwg.org/#concept-scheme-fetch
 */
function schemeFetch(fetchParams: FetchParams): FetchedResponse | NetworkError {
  const { request, rules } = fetchParams
  const url = currentUrl(request)
  if (url.protocol !== 'data:')
    return failsAt(fetchParams, 'scheme fetch, step 3', 'scheme-not-http', url.protocol.slice(0, -1))
  request.tainting = 'basic'
  // "data" 1. Let dataURLStruct be the result of running the data: URL processor. 2. If it is
  // failure, return a network error.
  const data = readDataUrl(url)
  if (data === null) return failsAt(fetchParams, 'scheme fetch, step 3 ("data")', 'network-error', '')
  const headers: HeaderLine[] = [['Content-Type', data.type]]
  if (rules.dataHasLength) headers.push(['Content-Length', String(data.body.length)])
  // Main fetch, step 19: the response to HEAD has no body.
  const body = request.method === 'HEAD' ? null : data.body
  return { response: { status: 200, statusText: 'OK', headers, body }, isOpaqueRedirect: false }
}

/**
 * Tells whether a request failed by its redirect mode "error", in a browser that keeps its cache
 * entries then.
 */
function keepsEntries({ rules }: FetchParams, { failure }: NetworkError): boolean {
  return rules.forgetsOnFailure === 'any' && failure.code === 'redirect-mode'
}

/** Tells whether a request has a redirect mode that the mode "no-cors" does not allow. */
function refusesMode({ mode, redirect }: FetchRequest): boolean {
  return mode === 'no-cors' && redirect !== 'follow'
}

function failsAt(fetchParams: FetchParams, step: string, code: FailureCode, value = ''): NetworkError {
  return networkError(fetchParams, { code, step, value })
}

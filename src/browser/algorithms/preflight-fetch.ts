import { ORIGIN, REQUEST_HEADERS, REQUEST_METHOD } from '../../spec/fields.ts'
import { MAX_SAFELISTED_TOTAL, unsafeRequestHeaderNames } from '../../spec/safelist.ts'
import type { PreflightedRequest } from '../cache/matching.ts'
import { type FetchParams, type NetworkError, networkError } from '../fetch-params.ts'
import type { BrowserRules } from '../rules.ts'
import { type HeaderLine, joinLines, withoutField } from '../wire.ts'
import { currentUrl, type FetchRequest, isConditional, REQUEST_BODY_HEADERS } from './fetch-request.ts'
import { connectionError, exchange } from './network.ts'
import { isSameOrigin, isTainted, serializeRequestOrigin, withoutCredentials } from './origin.ts'
import { isFailure, preflightCheck, readPermission } from './preflight-check.ts'
import { isSafelistedIn } from './safelist.ts'
import { fetchMetadata } from './sites.ts'

/** Lists the names of a request that need permission, as the browser sees it. */
export function unsafeNames(fetchParams: FetchParams): string[] {
  const { request, rules } = fetchParams
  const own = examinedHeaders(request, rules)
  const headers = rules.joinsRequestHeaders ? joinLines(own) : own
  const isSafelisted = (name: string, value: string): boolean => isSafelistedIn(rules, name, value)
  return unsafeRequestHeaderNames(headers, isSafelisted, rules.limitsSafelistedTotal ? MAX_SAFELISTED_TOTAL : null)
}

/**
 * Tells whether a request had names that need permission before redirects removed them: in the
 * first request, or for an `XMLHttpRequest` before the last redirect. False in browsers that look
 * at the present headers only.
 */
export function hadUnsafeNames({ request, rules }: FetchParams): boolean {
  if (!rules.preflightsByFirstHeaders) return false
  const isXhr = request.initiator === 'xhr'
  if (!isXhr && request.initiator !== 'fetch') return false
  return (isXhr ? request.headersBefore : request.firstHeaders).some(
    ([name, value]) => !isSafelistedIn(rules, name, value),
  )
}

/**
 * Gets the permission of a server from the CORS-preflight cache or by a CORS-preflight fetch. Null
 * is success.
 *
 * @see https://fetch.spec.whatwg.org/#concept-http-fetch step 5.1
 */
export async function ensurePreflight(fetchParams: FetchParams): Promise<NetworkError | null> {
  const asked = preflighted(fetchParams)
  const url = currentUrl(fetchParams.request).href
  if (fetchParams.cache.allows(asked, url)) return null
  return preflightFetch(fetchParams, asked, url)
}

/** Drops the cache entries for the current URL of a request. */
export function forgetPreflight(fetchParams: FetchParams): void {
  fetchParams.cache.clear(preflighted(fetchParams), currentUrl(fetchParams.request).href)
}

/** @see https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
async function preflightFetch(
  fetchParams: FetchParams,
  asked: PreflightedRequest,
  url: string,
): Promise<NetworkError | null> {
  const { request, rules, cache } = fetchParams
  // 1. Let preflight be a new request whose method is `OPTIONS`, URL list is a clone of request's
  //    URL list …
  const headers: HeaderLine[] = [
    // 2. Append (`Accept`, `*/*`). 3. Append (`Access-Control-Request-Method`, request's method).
    ['Accept', '*/*'],
    [REQUEST_METHOD, request.method],
    // 4. Let headers be the CORS-unsafe request-header names. 5. If headers is not empty, append
    //    them, joined by `,`.
    ...(asked.unsafeNames.length > 0 ? [[REQUEST_HEADERS, askedNames(fetchParams, asked).join(',')] as const] : []),
    [ORIGIN, asked.origin],
    ...fetchMetadata(fetchParams, true),
  ]
  // 6. Let response be the result of running HTTP-network-or-cache fetch: no redirects, no
  //    credentials.
  const wire = { method: 'OPTIONS', url: withoutCredentials(new URL(url)).href, headers, body: null }
  const response = await exchange(fetchParams, 'preflight', wire, false)
  if (response === null) return connectionError(fetchParams, true)
  // 7. and 8. Check the response.
  const result = preflightCheck(asked, response, rules)
  if (isFailure(result)) {
    const isRefusal = result.code === 'method-not-allowed' || result.code === 'header-not-allowed'
    if (isRefusal && rules.cachesRefusals) cache.store(asked, url, readPermission(response), response)
    const checkBy: NetworkError['checkBy'] = (others) => {
      const other = preflightCheck(asked, response, others)
      return isFailure(other) ? other : null
    }
    return networkError(fetchParams, result, {
      isPreflight: true,
      origin: asked.origin,
      status: response.status,
      checkBy,
    })
  }
  if (result.authorizationByWildcard) fetchParams.notes.push(AUTHORIZATION_NOTE)
  cache.store(asked, url, result, response)
  return null
}

const AUTHORIZATION_NOTE = {
  code: 'authorization-covered-by-wildcard',
  message:
    'Access-Control-Allow-Headers: * does not cover Authorization in the standard; browsers let it through for now: list it',
} as const

function preflighted(fetchParams: FetchParams): PreflightedRequest {
  const { request, rules } = fetchParams
  return {
    origin: rules.preflightKeepsOrigin ? request.origin : serializeRequestOrigin(request.origin, request.urlList),
    credentials: request.credentials,
    url: currentUrl(request).href,
    redirect: request.redirect,
    method: request.method,
    headerNames: request.headers.map(([name]) => name),
    unsafeNames: unsafeNames(fetchParams),
    useCorsPreflight: request.useCorsPreflight,
    cache: request.cache,
    isConditional: isConditional(request),
    isTainted: isTainted(request.origin, request.urlList),
    skipsOrigin: rules.preflightKeepsOrigin && isSameOrigin(request.origin, currentUrl(request)),
  }
}

/** The header list that permission is asked for. */
function examinedHeaders(request: FetchRequest, rules: BrowserRules): readonly HeaderLine[] {
  if (rules.keepsFirstHeaders) return request.firstHeaders
  if (!rules.preflightsByFirstHeaders) return request.headers
  let headers = request.leftOrigin ? withoutField(request.firstHeaders, 'authorization') : request.firstHeaders
  if (request.droppedBody) for (const name of REQUEST_BODY_HEADERS) headers = withoutField(headers, name)
  return headers
}

function askedNames(fetchParams: FetchParams, asked: PreflightedRequest): readonly string[] {
  if (!fetchParams.rules.repeatsUnsafeNames) return asked.unsafeNames
  const isUnsafe = new Set(asked.unsafeNames)
  const lines = examinedHeaders(fetchParams.request, fetchParams.rules).map(
    ([name, value]) => [name.toLowerCase(), value] as const,
  )
  return lines
    .filter(([name, value]) => isUnsafe.has(name) && !isSafelistedIn(fetchParams.rules, name, value))
    .map(([name]) => name)
    .sort()
}

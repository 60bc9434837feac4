import { ALLOW_HEADERS, ALLOW_METHODS } from '../../spec/fields.ts'
import { isSafelistedMethod } from '../../spec/methods.ts'
import { isNonWildcardRequestHeaderName } from '../../spec/names.ts'
import type { PreflightedRequest } from '../cache/matching.ts'
import type { Permission } from '../cache/preflight-cache.ts'
import type { FailureCode, FailureDetail } from '../failures.ts'
import type { BrowserRules } from '../rules.ts'
import { getField, type WireResponse } from '../wire.ts'
import { corsCheck } from './cors-check.ts'
import { isBrokenByLocation, isRedirectStatus, locationUrl } from './location.ts'
import { includesCredentials, isHttpScheme } from './origin.ts'
import { isBad, readTokens } from './response-fields.ts'

/**
 * Checks the response to a CORS-preflight request: a permission, or the step at which it failed.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch step 7
 */
export function preflightCheck(
  request: PreflightedRequest,
  response: WireResponse,
  rules: BrowserRules,
): Permission | FailureDetail {
  // 7. If a CORS check for request and response returns success and response's status is an ok
  //    status, then: …
  const status = statusFailure(request, response, rules)
  if (status?.isFirst) return status.failure
  const origin = request.skipsOrigin ? null : corsCheck(request, response, rules)
  if (origin !== null) return { ...origin, step: `${STEP} 7 (${origin.step})` }
  if (status !== null) return status.failure
  // 7.1. Let methods be the result of extracting header list values given
  //      `Access-Control-Allow-Methods`.
  const methods = readTokens(response.headers, ALLOW_METHODS)
  // 7.2. Let headerNames be the result of extracting header list values given
  //      `Access-Control-Allow-Headers`.
  const headerNames = readTokens(response.headers, ALLOW_HEADERS)
  // 7.3. If either methods or headerNames is failure, return a network error.
  if (isBad(methods)) return failureAt('7.3', 'allow-methods-syntax', methods.badElement)
  if (isBad(headerNames) && !rules.methodBeforeHeaderSyntax)
    return failureAt('7.3', 'allow-headers-syntax', headerNames.badElement)
  // 7.4. If methods is null and request's use-CORS-preflight flag is set, then set methods to
  //      request's method.
  const allowedMethods = methods ?? (request.useCorsPreflight && rules.uploadAllowsMethod ? [request.method] : [])
  const starCounts = request.credentials !== 'include'
  // 7.5. If request's method is not in methods, is not a CORS-safelisted method, and request's
  //      credentials mode is "include" or methods does not contain `*`, then return a network
  //      error.
  if (!allowedMethods.includes(request.method) && !isSafelistedMethod(request.method)) {
    if (!starCounts || !allowedMethods.includes('*')) return failureAt('7.5', 'method-not-allowed', request.method)
  }
  if (isBad(headerNames)) return failureAt('7.3', 'allow-headers-syntax', headerNames.badElement)
  const allowedNames = (headerNames ?? []).map((name) => name.toLowerCase())
  const hasStar = starCounts && allowedNames.includes('*')
  // 7.6. If one of request's header list's names is a CORS non-wildcard request-header name and is
  //      not a byte-case-insensitive match for an item in headerNames, then return a network error.
  const authorization = request.headerNames.find(isNonWildcardRequestHeaderName)
  const isUncovered = authorization !== undefined && !allowedNames.includes('authorization')
  if (isUncovered && hasStar && !rules.wildcardCoversAuthorization) {
    return failureAt('7.6', 'header-not-allowed', 'authorization')
  }
  // 7.7. For each unsafeName: if it is not in headerNames and request's credentials mode is
  //      "include" or headerNames does not contain `*`, return a network error.
  for (const name of request.unsafeNames) {
    if (!allowedNames.includes(name) && !hasStar) return failureAt('7.7', 'header-not-allowed', name)
  }
  return { methods: allowedMethods, headerNames: allowedNames, authorizationByWildcard: isUncovered && hasStar }
}

/** Reads what a response allows, without a request to check it against. */
export function readPermission(response: WireResponse): Permission {
  const methods = readTokens(response.headers, ALLOW_METHODS)
  const headerNames = readTokens(response.headers, ALLOW_HEADERS)
  return {
    methods: isBad(methods) ? [] : (methods ?? []),
    headerNames: isBad(headerNames) ? [] : (headerNames ?? []).map((name) => name.toLowerCase()),
    authorizationByWildcard: false,
  }
}

/** Tells whether a preflight failed. */
export function isFailure(result: Permission | FailureDetail): result is FailureDetail {
  return 'code' in result
}

/** What is wrong with a status, and whether that is found before the CORS check. */
interface StatusFailure {
  readonly failure: FailureDetail
  readonly isFirst: boolean
}

/**
 * Finds what is wrong with the status of a preflight; null for an ok status.
 *
 * @see https://fetch.spec.whatwg.org/#ok-status
 */
function statusFailure(
  request: Pick<PreflightedRequest, 'url' | 'redirect'>,
  response: WireResponse,
  rules: BrowserRules,
): StatusFailure | null {
  const { status, headers } = response
  const url = new URL(request.url)
  if (isBrokenByLocation(response, url, rules)) {
    return { failure: { code: 'network-error', step: 'HTTP-network fetch', value: '' }, isFirst: true }
  }
  if (status >= 200 && status <= 299) return null
  const bad = { failure: failureAt('7', 'preflight-status', String(status)), isFirst: rules.statusBeforeOrigin }
  if (!isRedirectStatus(status)) return bad
  const location = locationUrl(response, url, rules)
  if (location === null) return bad
  const value = getField(headers, 'location') ?? ''
  if (rules.preflightTakesRedirectMode) {
    if (request.redirect !== 'follow') return bad
    const { locationsRefusedFirst } = rules
    if (location === 'failure')
      return {
        failure: failureAt('7', 'redirect-location', value),
        isFirst: locationsRefusedFirst.includes('malformed'),
      }
    if (!isHttpScheme(location))
      return {
        failure: failureAt('7', 'redirect-scheme', value),
        isFirst: locationsRefusedFirst.includes(location.protocol),
      }
    if (includesCredentials(location)) return { failure: failureAt('7', 'redirect-credentials', value), isFirst: false }
  }
  const isFirst = rules.statusBeforeOrigin || rules.redirectBeforeOrigin
  return { failure: failureAt('7', 'preflight-redirect', value), isFirst }
}

const STEP = 'CORS-preflight fetch, step'

function failureAt(step: string, code: FailureCode, value: string): FailureDetail {
  return { code, step: `${STEP} ${step}`, value }
}

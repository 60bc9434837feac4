import { ALLOW_HEADERS, ALLOW_METHODS } from '../spec/fields.ts'
import { isSafelistedMethod } from '../spec/methods.ts'
import { isNonWildcardRequestHeaderName } from '../spec/names.ts'
import { type CheckedRequest, corsCheck } from './cors-check.ts'
import type { FailureDetail } from './failures.ts'
import type { CacheMode, RedirectMode } from './fetch-types.ts'
import { type FieldRules, isBad, readTokens } from './fields.ts'
import { type PreflightStatusRules, statusDefect } from './preflight-status.ts'
import type { WireResponse } from './wire.ts'

/** What a preflight asks permission for. */
export interface PreflightedRequest extends CheckedRequest {
  /** The URL of the preflight. */
  readonly url: string
  /** The redirect mode of what the page asked for. */
  readonly redirect: RedirectMode
  /** The method of what the page asked for. */
  readonly method: string
  /** Every header name of what the page asked for, in any case. */
  readonly headerNames: readonly string[]
  /** The CORS-unsafe request-header names: lower-case and sorted. */
  readonly unsafeNames: readonly string[]
  /** The cache mode of the request. */
  readonly cache: CacheMode
  /** Whether it has a header such as `If-None-Match`. */
  readonly isConditional: boolean
  /** Whether redirects took the origin away. */
  readonly isTainted: boolean
  /** Whether the CORS check is left out: the URL has the origin that the preflight carries. */
  readonly skipsOrigin: boolean
  /** Whether an upload forced the preflight. */
  readonly useCorsPreflight: boolean
}

/** Where browsers judge preflights differently. */
export interface PreflightRules extends FieldRules, PreflightStatusRules {
  /** Whether `Access-Control-Allow-Headers: *` covers `Authorization`. */
  readonly wildcardCoversAuthorization: boolean
  /** Whether an upload without `Access-Control-Allow-Methods` may use any method. */
  readonly uploadAllowsMethod: boolean
  /** Whether the method is judged before the syntax of `Access-Control-Allow-Headers`. */
  readonly methodBeforeHeaderSyntax: boolean
}

/** What a preflight allows. */
export interface Permission {
  readonly methods: readonly string[]
  readonly headerNames: readonly string[]
  /** Whether `Authorization` was let through by `*`, against the standard. */
  readonly authorizationByWildcard: boolean
}

/**
 * Judges the response to a CORS-preflight request: a permission, or the step at which it failed.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch step 7
 */
export function preflightCheck(
  request: PreflightedRequest,
  response: WireResponse,
  rules: PreflightRules,
): Permission | FailureDetail {
  // 7. If a CORS check for request and response returns success and response's status is an ok status, then: …
  const status = statusDefect(request, response, rules)
  if (status?.isFirst) return status.defect
  const origin = request.skipsOrigin ? null : corsCheck(request, response, rules)
  if (origin !== null) return { ...origin, step: `${STEP} 7 (${origin.step})` }
  if (status !== null) return status.defect
  // 7.1. Let methods be the result of extracting header list values given `Access-Control-Allow-Methods`.
  const methods = readTokens(response.headers, ALLOW_METHODS)
  // 7.2. Let headerNames be the result of extracting header list values given `Access-Control-Allow-Headers`.
  const headerNames = readTokens(response.headers, ALLOW_HEADERS)
  // 7.3. If either methods or headerNames is failure, return a network error.
  if (isBad(methods)) return defect('allow-methods-syntax', '7.3', methods.badElement)
  if (isBad(headerNames) && !rules.methodBeforeHeaderSyntax)
    return defect('allow-headers-syntax', '7.3', headerNames.badElement)
  // 7.4. If methods is null and request's use-CORS-preflight flag is set, then set methods to request's method.
  const allowedMethods = methods ?? (request.useCorsPreflight && rules.uploadAllowsMethod ? [request.method] : [])
  const starCounts = request.credentials !== 'include'
  // 7.5. If request's method is not in methods, is not a CORS-safelisted method, and request's credentials mode is "include"
  //      or methods does not contain `*`, then return a network error.
  if (!allowedMethods.includes(request.method) && !isSafelistedMethod(request.method)) {
    if (!starCounts || !allowedMethods.includes('*')) return defect('method-not-allowed', '7.5', request.method)
  }
  if (isBad(headerNames)) return defect('allow-headers-syntax', '7.3', headerNames.badElement)
  const allowedNames = (headerNames ?? []).map((name) => name.toLowerCase())
  const hasStar = starCounts && allowedNames.includes('*')
  // 7.6. If one of request's header list's names is a CORS non-wildcard request-header name and is not a byte-case-insensitive
  //      match for an item in headerNames, then return a network error.
  const authorization = request.headerNames.find(isNonWildcardRequestHeaderName)
  const isUncovered = authorization !== undefined && !allowedNames.includes('authorization')
  if (isUncovered && hasStar && !rules.wildcardCoversAuthorization) {
    return defect('header-not-allowed', '7.6', 'authorization')
  }
  // 7.7. For each unsafeName: if it is not in headerNames and request's credentials mode is "include" or headerNames does not
  //      contain `*`, return a network error.
  for (const name of request.unsafeNames) {
    if (!allowedNames.includes(name) && !hasStar) return defect('header-not-allowed', '7.7', name)
  }
  return { methods: allowedMethods, headerNames: allowedNames, authorizationByWildcard: isUncovered && hasStar }
}

/** Reads what a response allows, whoever asks and for whatever. */
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
export function isDefect(result: Permission | FailureDetail): result is FailureDetail {
  return 'code' in result
}

const STEP = 'CORS-preflight fetch, step'

function defect(code: FailureDetail['code'], step: string, value: string): FailureDetail {
  return { code, step: `${STEP} ${step}`, value }
}

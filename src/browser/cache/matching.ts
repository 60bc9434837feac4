import { isSafelistedMethod } from '../../spec/methods.ts'
import { isNonWildcardRequestHeaderName } from '../../spec/names.ts'
import type { CheckedRequest } from '../algorithms/cors-check.ts'
import type { CacheMode, RedirectMode } from '../request.ts'
import type { BrowserRules } from '../rules.ts'

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

/** One permission that a preflight gave. @see https://fetch.spec.whatwg.org/#cache-entry */
export interface Entry {
  readonly method: string | null
  readonly headerName: string | null
  readonly credentials: boolean
  expires: number
}

/**
 * Tells whether the entries of a URL allow a request without a preflight. `entries` are all that
 * the cache holds for the URL, `now` is the time in milliseconds.
 *
 * Three questions decide. Does an entry name the method, or is it a method that needs none? Does an
 * entry name every CORS-unsafe header? And, in browsers that store whole answers or need to know
 * the URL: is there an entry at all? An entry counts only while it has not expired, and an entry of
 * a request without credentials does not serve a request with them.
 *
 * For example, the answer to a preflight of `PUT` was `Access-Control-Allow-Methods: PUT, PATCH`
 * with `Access-Control-Allow-Headers: x-a`. The entries are the methods `PUT` and `PATCH` and the
 * header name `x-a`. Then
 *
 * - `PATCH` with `X-A` is allowed: one entry names the method, another the header.
 * - `PATCH` with `X-B` is not: no entry names `x-b`.
 * - `GET` with `X-A` is allowed: `GET` needs no entry.
 * - A cross-origin upload with `POST` and a listener is not allowed under the standard, where a
 *   forced preflight needs an entry for its method; Chromium and WebKit (`cacheUnit` "answer") take
 *   any stored answer for the URL.
 * - After a second answer `Access-Control-Allow-Methods: DELETE`, the standard and Firefox still
 *   allow `PUT`. In Chromium and WebKit the second answer has replaced the first.
 */
export function isAllowedBy(
  entries: readonly Entry[],
  request: PreflightedRequest,
  rules: BrowserRules,
  now: number,
): boolean {
  const includes = request.credentials === 'include'
  // "… and one of entry's credentials is true, or entry's credentials is false and request's
  // credentials mode is not include"
  const fits = ({ credentials }: Entry): boolean =>
    rules.sharesCredentialedEntries ? credentials || !includes : credentials === includes
  const valid = entries.filter((entry) => fits(entry) && entry.expires > now)
  const isExempt = rules.cacheExemptMethods.includes(request.method)
  const hasMethod = valid.some((entry) => allowsMethod(entry, request, rules))
  const hasNames = request.unsafeNames.every((name) => valid.some((entry) => allowsName(entry, name, request, rules)))
  switch (rules.cacheUnit) {
    case 'answer':
      return valid.length > 0 && (hasMethod || isSafelistedMethod(request.method)) && hasNames
    case 'token': {
      const isKnown = entries.some(({ credentials }) => credentials === includes)
      return isKnown && (hasMethod || isExempt) && hasNames
    }
    default:
      return (hasMethod || (isExempt && !request.useCorsPreflight)) && hasNames
  }
}

/** @see https://fetch.spec.whatwg.org/#concept-cache-match-method */
function allowsMethod(entry: Entry, request: PreflightedRequest, rules: BrowserRules): boolean {
  if (entry.method === null) return false
  return entry.method === request.method || isStar(entry.method, entry, request, rules)
}

/** @see https://fetch.spec.whatwg.org/#concept-cache-match-header */
function allowsName(entry: Entry, name: string, request: PreflightedRequest, rules: BrowserRules): boolean {
  if (entry.headerName?.toLowerCase() === name) return true
  const isCovered = rules.storedWildcardCoversAuthorization || !isNonWildcardRequestHeaderName(name)
  return isCovered && isStar(entry.headerName, entry, request, rules)
}

/** Tells whether a stored value is a `*` that stands for every method or name. */
function isStar(value: string | null, entry: Entry, request: PreflightedRequest, rules: BrowserRules): boolean {
  if (value !== '*' || rules.cachedStar === 'never') return false
  if (rules.cachedStar === 'request-without-credentials') return request.credentials !== 'include'
  return rules.cachedStar === 'always' || !entry.credentials
}

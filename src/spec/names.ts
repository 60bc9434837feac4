/**
 * The sets of header names that the Fetch Standard gives a meaning in the CORS protocol.
 * Every function takes a name in any case.
 */

import { isWordOf } from './words.ts'

/**
 * The forbidden request-headers with a fixed name, in one text. The compile-time check reads it
 * too.
 */
export const FORBIDDEN_REQUEST_NAMES =
  'accept-charset accept-encoding access-control-request-headers access-control-request-method connection content-length cookie cookie2 date dnt expect host keep-alive origin referer set-cookie te trailer transfer-encoding upgrade via'

const SAFELISTED_RESPONSE: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
])

/**
 * Tells whether a page can never set a request header of this name. The three method-override names
 * are not among them: they are forbidden for some values only.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeader(name: string): boolean {
  const lower = name.toLowerCase()
  return isWordOf(FORBIDDEN_REQUEST_NAMES, lower) || lower.startsWith('proxy-') || lower.startsWith('sec-')
}

/**
 * Tells whether a page may read this response header without permission.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
export function isSafelistedResponseHeaderName(name: string): boolean {
  return SAFELISTED_RESPONSE.has(name.toLowerCase())
}

/**
 * Tells whether no page may ever read this response header.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-response-header-name
 */
export function isForbiddenResponseHeaderName(name: string): boolean {
  const lower = name.toLowerCase()
  return lower === 'set-cookie' || lower === 'set-cookie2'
}

/**
 * Tells whether a request header is never covered by `*`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
 */
export function isNonWildcardRequestHeaderName(name: string): boolean {
  return name.toLowerCase() === 'authorization'
}

import { EXPOSE_HEADERS } from '../../spec/fields.ts'
import { isForbiddenResponseHeaderName, isSafelistedResponseHeaderName } from '../../spec/names.ts'
import type { CredentialsMode } from '../request.ts'
import type { BrowserRules } from '../rules.ts'
import type { HeaderLine } from '../wire.ts'
import { isBad, readTokens } from './fields.ts'

/**
 * Computes the CORS-exposed header-name list of a response, in lower case.
 *
 * @see https://fetch.spec.whatwg.org/#concept-main-fetch step 14.1
 */
export function exposedHeaderNames(
  headers: readonly HeaderLine[],
  credentials: CredentialsMode,
  rules: BrowserRules,
): readonly string[] {
  // 14.1.1. Let headerNames be the result of extracting header list values given `Access-Control-Expose-Headers`.
  const names = readTokens(headers, EXPOSE_HEADERS)
  const all = headers.map(([name]) => name.toLowerCase())
  if (isBad(names)) {
    return rules.starSurvivesBadElement && credentials !== 'include' && names.before.includes('*')
      ? [...new Set(all)]
      : []
  }
  if (names === null) return []
  // 14.1.2. If request's credentials mode is not "include" and headerNames contains `*`, then set the list to all names.
  if (credentials !== 'include' && names.includes('*')) return [...new Set(all)]
  // 14.1.3. Otherwise, if headerNames is not null or failure, then set the list to headerNames.
  return names.map((name) => name.toLowerCase())
}

/**
 * Filters the headers of a response for a page of another origin.
 *
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response-cors
 */
export function corsFilter(headers: readonly HeaderLine[], exposed: readonly string[]): HeaderLine[] {
  return basicFilter(headers).filter(
    ([name]) => isSafelistedResponseHeaderName(name) || exposed.includes(name.toLowerCase()),
  )
}

/** Filters the headers of a response for a page of the same origin. @see https://fetch.spec.whatwg.org/#concept-filtered-response-basic */
export function basicFilter(headers: readonly HeaderLine[]): HeaderLine[] {
  return headers.filter(([name]) => !isForbiddenResponseHeaderName(name))
}

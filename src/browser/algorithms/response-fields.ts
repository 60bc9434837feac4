import { EXPOSE_HEADERS } from '../../spec/fields.ts'
import { isForbiddenResponseHeaderName, isSafelistedResponseHeaderName } from '../../spec/names.ts'
import { isToken, trimOws } from '../../spec/tokens.ts'
import type { CredentialsMode } from '../request.ts'
import type { BrowserRules } from '../rules.ts'
import { fieldLines, type HeaderLine } from '../wire.ts'

/**
 * Gets the value of a field: its lines joined by a comma and a space, or null when there is none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function readField(headers: readonly HeaderLine[], name: string, rules: BrowserRules): string | null {
  const lines = fieldLines(headers, name)
  if (lines.length === 0) return null
  if (!rules.dropsEmptyLines) return lines.join(', ')
  return lines.filter((line) => line !== '').join(', ')
}

/**
 * Extracts the elements of a list field. Null when the field is absent; a {@link BadElement} when
 * an element is not a token.
 *
 * @see https://fetch.spec.whatwg.org/#extract-header-list-values
 */
export function readTokens(headers: readonly HeaderLine[], name: string): readonly string[] | BadElement | null {
  const lines = fieldLines(headers, name)
  if (lines.length === 0) return null
  const tokens: string[] = []
  for (const line of lines) {
    for (const part of line.split(',')) {
      const element = trimOws(part)
      if (element === '') continue
      if (!isToken(element)) return { badElement: element, before: tokens }
      tokens.push(element)
    }
  }
  return tokens
}

/** The first element of a list that is not a token. */
export interface BadElement {
  readonly badElement: string
  /** The elements before it. */
  readonly before: readonly string[]
}

/** Tells whether a list could not be read. */
export function isBad(list: readonly string[] | BadElement | null): list is BadElement {
  return list !== null && 'badElement' in list
}

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
  // 14.1.1. Let headerNames be the result of extracting header list values given
  //         `Access-Control-Expose-Headers`.
  const names = readTokens(headers, EXPOSE_HEADERS)
  const all = headers.map(([name]) => name.toLowerCase())
  if (isBad(names)) {
    return rules.starSurvivesBadElement && credentials !== 'include' && names.before.includes('*')
      ? [...new Set(all)]
      : []
  }
  if (names === null) return []
  // 14.1.2. If request's credentials mode is not "include" and headerNames contains `*`, then set
  //         the list to all names.
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

/**
 * Filters the headers of a response for a page of the same origin.
 *
 * @see https://fetch.spec.whatwg.org/#concept-filtered-response-basic
 */
export function basicFilter(headers: readonly HeaderLine[]): HeaderLine[] {
  return headers.filter(([name]) => !isForbiddenResponseHeaderName(name))
}

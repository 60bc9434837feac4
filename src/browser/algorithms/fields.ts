import { isToken, trimOws } from '../../spec/tokens.ts'
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
 * Extracts the elements of a list field. Null when the field is absent; a text when one element is no token: that element.
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

/** The first element of a list that is no token. */
export interface BadElement {
  readonly badElement: string
  /** The elements before it. */
  readonly before: readonly string[]
}

/** Tells whether a list could not be read. */
export function isBad(list: readonly string[] | BadElement | null): list is BadElement {
  return list !== null && 'badElement' in list
}

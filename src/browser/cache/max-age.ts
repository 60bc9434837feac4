import { MAX_AGE } from '../../spec/fields.ts'
import { isDigits } from '../../spec/safelist.ts'
import { readField } from '../algorithms/fields.ts'
import type { BrowserRules } from '../rules.ts'
import type { HeaderLine } from '../wire.ts'

/** The seconds that count when the field is absent or cannot be read. */
const DEFAULT_SECONDS = 5

/**
 * Reads for how many seconds a preflight is remembered.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch steps 7.8 to 7.10
 */
export function maxAge(headers: readonly HeaderLine[], rules: BrowserRules): number {
  const value = readField(headers, MAX_AGE, rules) ?? ''
  // 7.9. If max-age is failure or null, then set max-age to 5.
  if (value === '') return DEFAULT_SECONDS
  const sign = rules.maxAgeSigned && (value.startsWith('+') || value.startsWith('-')) ? value.charAt(0) : ''
  const digits = value.slice(sign.length)
  if (!isDigits(digits)) return rules.maxAgeSyntax === 'never' ? 0 : DEFAULT_SECONDS
  const seconds = Number(digits)
  if (rules.maxAgeOverflows && isBeyondInt64(digits)) return DEFAULT_SECONDS
  // 7.10. If max-age is greater than an imposed limit on max-age, then set max-age to the imposed limit.
  return sign === '-' ? 0 : Math.min(seconds, rules.maxAgeCap)
}

/** Compares digits with 2⁶³ − 1 without making a number of them: there may be thousands. */
function isBeyondInt64(digits: string): boolean {
  let start = 0
  while (digits.charCodeAt(start) === 0x30) start++
  const significant = digits.slice(start)
  return significant.length > 19 || (significant.length === 19 && significant > '9223372036854775807')
}

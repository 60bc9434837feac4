import { isSafelistedRequestHeader } from '../spec/safelist.ts'
import { isSafelistedClientHint } from './client-hints.ts'

/** Where browsers ask for permission differently. */
export interface SafelistRules {
  /** Whether client hints that a page sets need no permission. */
  readonly safelistsClientHints: boolean
  /** Whether repeated headers are joined before they are judged. */
  readonly joinsRequestHeaders: boolean
  /** Whether all safelisted values together are limited. */
  readonly limitsSafelistedTotal: boolean
  /** Whether bytes from 80 on are CORS-unsafe. */
  readonly highBytesUnsafe: boolean
  /** Whether the parameters of a `Content-Type` are read: a comma in them, or a last one that is empty, needs permission. */
  readonly readsMimeParameters: boolean
  /** Whether the unit of a `Range` may be written in any case, and its numbers with a sign. */
  readonly rangeLenient: boolean
  /** The largest number of a `Range`, as digits; empty for none. */
  readonly rangeLimit: string
}

/**
 * Tells whether a request header needs no permission in a browser.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isSafelistedIn(rules: SafelistRules, name: string, value: string): boolean {
  if (rules.safelistsClientHints && isSafelistedClientHint(name, value)) return true
  const lower = name.toLowerCase()
  if (lower === 'range') return isSafelistedRange(rules, value)
  if (!isSafelistedRequestHeader(name, value)) return false
  if (rules.highBytesUnsafe && hasHighByte(value)) return false
  return !(rules.readsMimeParameters && lower === 'content-type' && hasOddParameters(value))
}

function isSafelistedRange(rules: SafelistRules, value: string): boolean {
  const read = rules.rangeLenient ? withoutSigns(value.slice(0, 5).toLowerCase() + value.slice(5)) : value
  if (!isSafelistedRequestHeader('range', read)) return false
  if (rules.rangeLimit === '') return true
  const [start = '', end = ''] = read.slice(6).split('-')
  return isWithin(start, rules.rangeLimit) && isWithin(end, rules.rangeLimit)
}

function withoutSigns(value: string): string {
  return value.replace('=+', '=').replace('-+', '-')
}

function isWithin(digits: string, limit: string): boolean {
  let start = 0
  while (digits.charCodeAt(start) === 0x30) start++
  const significant = digits.slice(start)
  return significant.length < limit.length || (significant.length === limit.length && significant <= limit)
}

function hasHighByte(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) >= 0x80) return true
  return false
}

function hasOddParameters(value: string): boolean {
  const first = value.indexOf(';')
  if (first < 0) return false
  const parameters = value.slice(first + 1)
  return parameters.includes(',') || parameters.trimEnd().endsWith(';')
}

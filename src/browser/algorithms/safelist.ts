import { isDigits, isSafelistedRequestHeader } from '../../spec/safelist.ts'
import type { BrowserRules } from '../rules.ts'

/**
 * Tells whether a request header needs no permission in a browser.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
export function isSafelistedIn(rules: BrowserRules, name: string, value: string): boolean {
  if (rules.safelistsClientHints && isSafelistedClientHint(name, value)) return true
  const lower = name.toLowerCase()
  if (lower === 'range') return isSafelistedRange(rules, value)
  if (!isSafelistedRequestHeader(name, value)) return false
  if (rules.highBytesUnsafe && hasHighByte(value)) return false
  return !(rules.readsMimeParameters && lower === 'content-type' && hasOddParameters(value))
}

function isSafelistedRange(rules: BrowserRules, value: string): boolean {
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

/**
 * Tells whether a header is a client hint with a well-formed value, which Chromium sends without
 * permission. The standard has no such exception.
 */
function isSafelistedClientHint(name: string, value: string): boolean {
  if (value.length > 128) return false
  switch (name.toLowerCase()) {
    case 'device-memory':
    case 'downlink':
    case 'dpr':
      return isDecimal(value)
    case 'rtt':
    case 'viewport-width':
    case 'width':
      return isDigits(value)
    case 'ect':
      return ['slow-2g', '2g', '3g', '4g'].includes(value)
    case 'save-data':
      return value.toLowerCase() === 'on'
    case 'intervention':
      return true
    default:
      return false
  }
}

/** Tells whether a header is a client hint that Chromium removes when a request is redirected. */
export function isClientHint(name: string): boolean {
  return ['device-memory', 'downlink', 'dpr', 'ect', 'rtt', 'viewport-width', 'width'].includes(name.toLowerCase())
}

function isDecimal(value: string): boolean {
  const [whole = '', fraction, ...rest] = value.split('.')
  return rest.length === 0 && isDigits(whole) && (fraction === undefined || isDigits(fraction))
}

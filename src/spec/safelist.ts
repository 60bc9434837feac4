/**
 * Which request headers need no permission. The name and the value decide.
 *
 * @see https://fetch.spec.whatwg.org/#cors-safelisted-request-header
 */
import { isForbiddenMethod } from './methods.ts'
import { mimeEssence } from './mime.ts'
import { isForbiddenRequestHeader } from './names.ts'
import { splitList } from './tokens.ts'

/**
 * One header of a request: its name as written, and one value. A repeated name is another entry.
 */
export type NameAndValue = readonly [name: string, value: string]

/** The longest safelisted value, in bytes. */
export const MAX_SAFELISTED_VALUE = 128

/** The longest sum of all safelisted values of a request, in bytes. */
export const MAX_SAFELISTED_TOTAL = 1024

const SAFELISTED_TYPES: readonly string[] = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

/** Tells whether one header needs no permission. The name may be in any case. */
export function isSafelistedRequestHeader(name: string, value: string): boolean {
  if (value.length > MAX_SAFELISTED_VALUE) return false
  switch (name.toLowerCase()) {
    case 'accept':
      return !hasUnsafeByte(value)
    case 'accept-language':
    case 'content-language':
      return hasLanguageBytesOnly(value)
    case 'content-type':
      return !hasUnsafeByte(value) && SAFELISTED_TYPES.includes(mimeEssence(value) ?? '')
    case 'range':
      return isSimpleRange(value)
    default:
      return false
  }
}

/**
 * Lists the names that a preflight asks for: lower-case, sorted, each once.
 *
 * @param isSafelisted which headers are safelisted; browsers know names beyond the standard's
 * @param total the limit of all safelisted values together, in bytes; null for none
 * @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function unsafeRequestHeaderNames(
  headers: readonly NameAndValue[],
  isSafelisted: (name: string, value: string) => boolean = isSafelistedRequestHeader,
  total: number | null = MAX_SAFELISTED_TOTAL,
): string[] {
  const unsafe = new Set<string>()
  const potentiallyUnsafe = new Set<string>()
  let size = 0
  for (const [name, value] of headers) {
    if (isSafelisted(name, value)) {
      potentiallyUnsafe.add(name.toLowerCase())
      size += value.length
    } else {
      unsafe.add(name.toLowerCase())
    }
  }
  if (total !== null && size > total) for (const name of potentiallyUnsafe) unsafe.add(name)
  // sort() orders by code unit, as the standard requires.
  return [...unsafe].sort()
}

/**
 * Tells whether a page cannot set a header to this value. The method-override names are forbidden
 * for some values.
 *
 * @see https://fetch.spec.whatwg.org/#forbidden-request-header
 */
export function isForbiddenRequestHeaderValue(name: string, value: string): boolean {
  if (isForbiddenRequestHeader(name)) return true
  const lower = name.toLowerCase()
  const isOverride = lower === 'x-http-method' || lower === 'x-http-method-override' || lower === 'x-method-override'
  return isOverride && splitList(value).some(isForbiddenMethod)
}

/**
 * Tells whether a page may set a header in the mode `no-cors`.
 *
 * @see https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header
 */
export function isNoCorsSafelistedRequestHeader(name: string, value: string): boolean {
  return name.toLowerCase() !== 'range' && isSafelistedRequestHeader(name, value)
}

/** @see https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
function hasUnsafeByte(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || '"():<>?@[\\]{}'.includes(value.charAt(i))) return true
  }
  return false
}

function hasLanguageBytesOnly(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    const isAlphanumeric =
      (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
    if (!isAlphanumeric && !' *,-.;='.includes(value.charAt(i))) return false
  }
  return true
}

/**
 * Tells whether a value is a single range with a start and without white space.
 *
 * @see https://fetch.spec.whatwg.org/#simple-range-header-value
 */
function isSimpleRange(value: string): boolean {
  if (!value.startsWith('bytes=')) return false
  const dash = value.indexOf('-')
  const start = value.slice(6, dash)
  // Without a dash this is the whole value, which begins with `bytes=` and so is not a number.
  const end = value.slice(dash + 1)
  if (!isDigits(start) || (end !== '' && !isDigits(end))) return false
  return end === '' || BigInt(start) <= BigInt(end)
}

/** Tells whether a value is one or more decimal digits. */
export function isDigits(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code < 0x30 || code > 0x39) return false
  }
  return value !== ''
}

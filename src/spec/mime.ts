import { isToken } from './tokens.ts'

/**
 * Reads the essence (`type/subtype`, in lower case) of a MIME type. Parameters cannot make a value
 * unreadable, so they are not read.
 *
 * @returns null for a value that is not a MIME type
 *
 * @see https://mimesniff.spec.whatwg.org/#parsing-a-mime-type
 */
export function mimeEssence(value: string): string | null {
  const trimmed = trimHttpWhitespace(value)
  const slash = trimmed.indexOf('/')
  if (slash < 0) return null
  const type = trimmed.slice(0, slash)
  const semicolon = trimmed.indexOf(';', slash + 1)
  const subtype = trimHttpWhitespaceEnd(trimmed.slice(slash + 1, semicolon < 0 ? trimmed.length : semicolon))
  return isToken(type) && isToken(subtype) ? `${type}/${subtype}`.toLowerCase() : null
}

function isHttpWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d
}

function trimHttpWhitespaceEnd(value: string): string {
  let end = value.length
  while (end > 0 && isHttpWhitespace(value.charCodeAt(end - 1))) end--
  return value.slice(0, end)
}

/**
 * Strips SP, HTAB, LF and CR from both ends, as `Headers` does with a value that a script sets.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-value-normalize
 */
export function trimHttpWhitespace(value: string): string {
  let start = 0
  while (start < value.length && isHttpWhitespace(value.charCodeAt(start))) start++
  return trimHttpWhitespaceEnd(value.slice(start))
}

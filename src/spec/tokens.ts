/**
 * Tokens and lists of RFC 9110, read one code unit at a time: no regular expression runs on what a client sent.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */

const TOKEN_MARKS = "!#$%&'*+-.^_`|~"

const TOKEN_CODES: readonly boolean[] = Array.from({ length: 128 }, (_, code) => {
  const isDigit = code >= 0x30 && code <= 0x39
  const isLetter = (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
  return isDigit || isLetter || TOKEN_MARKS.includes(String.fromCharCode(code))
})

/** Tells whether a code unit may stand in a token. */
export function isTokenCode(code: number): boolean {
  return TOKEN_CODES[code] === true
}

/** Tells whether a value is a token: not empty, and nothing but token code points. */
export function isToken(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (!isTokenCode(value.charCodeAt(i))) return false
  return value !== ''
}

/** Strips SP and HTAB, and nothing else, from both ends. */
export function trimOws(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isOws(value.charCodeAt(start))) start++
  while (end > start && isOws(value.charCodeAt(end - 1))) end--
  return value.slice(start, end)
}

function isOws(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/**
 * Splits a list field at its commas, strips optional white space, and drops empty elements.
 * The elements are not checked: what a bad one means differs from field to field.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1
 */
export function splitList(value: string): string[] {
  const elements: string[] = []
  for (const part of value.split(',')) {
    const element = trimOws(part)
    if (element !== '') elements.push(element)
  }
  return elements
}

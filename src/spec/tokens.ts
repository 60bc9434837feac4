/**
 * Tokens and lists of RFC 9110. They are read one code unit at a time, because no regular
 * expression runs on text from a client.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */

/** Tells whether a code unit may stand in a token. */
export function isTokenCode(code: number): boolean {
  const letter = code | 0x20
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    // Nearly every header name has a `-`, so it has a test of its own.
    code === 0x2d ||
    "!#$%&'*+.^_`|~".includes(String.fromCharCode(code))
  )
}

/** Tells whether a value is a token: one or more token code points. */
export function isToken(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (!isTokenCode(value.charCodeAt(i))) return false
  return value !== ''
}

/** Strips SP and HTAB, and nothing else, from both ends. */
export function trimOws(value: string): string {
  let start = 0
  let end = value.length
  while (OWS.includes(value.charAt(start)) && start < end) start++
  while (OWS.includes(value.charAt(end - 1)) && start < end) end--
  return value.slice(start, end)
}

/** Optional white space: SP and HTAB. */
const OWS = ' \t'

/**
 * Splits a list field at its commas, strips optional white space, and drops empty elements. It does
 * not check the elements: the meaning of a bad one differs from field to field.
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

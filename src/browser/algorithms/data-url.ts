import type { Bytes } from '../../spec/bytes.ts'
import { mimeEssence, trimHttpWhitespace } from '../../spec/mime.ts'
import { isToken } from '../../spec/tokens.ts'

/** What a `data:` URL holds. */
export interface DataUrl {
  /** The MIME type, serialized. */
  readonly type: string
  readonly body: Bytes
}

/**
 * Reads a `data:` URL; null where it cannot be read.
 *
 * @see https://fetch.spec.whatwg.org/#data-url-processor
 */
export function readDataUrl(url: URL): DataUrl | null {
  // 2. Let input be the result of running the URL serializer on dataURL with exclude fragment. 3.
  //    Remove the leading `data:`.
  const input = url.href.slice('data:'.length, url.href.length - url.hash.length)
  // 5.–8. The MIME type ends at the first comma; without one, return failure.
  const comma = input.indexOf(',')
  if (comma < 0) return null
  let type = trimAsciiWhitespace(input.slice(0, comma))
  // 10. Let body be the percent-decoding of encodedBody.
  let body = percentDecode(input.slice(comma + 1))
  // 11. If mimeType ends with U+003B (;), followed by zero or more U+0020 SPACE, followed by
  //     "base64", case aside, then:
  const marker = /; *base64$/i.exec(type)
  if (marker !== null) {
    // 11.2. Set body to the forgiving-base64 decode of stringBody. 11.3. If body is failure, then
    //       return failure.
    const decoded = forgivingBase64(body)
    if (decoded === null) return null
    body = decoded
    type = type.slice(0, marker.index)
  }
  // 12. If mimeType starts with ";", then prepend "text/plain" to mimeType.
  if (type.startsWith(';')) type = `text/plain${type}`
  // 13. and 14. What cannot be parsed is text/plain;charset=US-ASCII.
  return { type: serializeMimeType(type) ?? 'text/plain;charset=US-ASCII', body }
}

function trimAsciiWhitespace(value: string): string {
  return value.replace(/^[\t\n\f\r ]+/, '').replace(/[\t\n\f\r ]+$/, '')
}

/** @see https://url.spec.whatwg.org/#string-percent-decode */
function percentDecode(text: string): Bytes {
  const input = new TextEncoder().encode(text)
  const output = new Uint8Array(input.length)
  let length = 0
  for (let i = 0; i < input.length; i++) {
    const hex = input[i] === 0x25 ? String.fromCharCode(...input.subarray(i + 1, i + 3)) : ''
    if (/[\da-f]{2}/i.test(hex)) {
      output[length++] = Number.parseInt(hex, 16)
      i += 2
    } else {
      output[length++] = input[i] as number
    }
  }
  return output.slice(0, length)
}

/** @see https://infra.spec.whatwg.org/#forgiving-base64-decode */
function forgivingBase64(bytes: Uint8Array): Bytes | null {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  try {
    // atob() is the forgiving decoder.
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return null
  }
}

/**
 * Parses a MIME type and serializes it; null for a text that is not a MIME type.
 *
 * @see https://mimesniff.spec.whatwg.org/#parsing-a-mime-type
 */
function serializeMimeType(value: string): string | null {
  const essence = mimeEssence(value)
  if (essence === null) return null
  const parameters = new Map<string, string>()
  for (const [name, text] of readParameters(trimHttpWhitespace(value))) {
    // 11.9. The first of two parameters of one name counts.
    if (isToken(name) && isQuotable(text) && !parameters.has(name)) parameters.set(name, text)
  }
  const written = [...parameters].map(([name, text]) => `;${name}=${isToken(text) ? text : quote(text)}`)
  return essence + written.join('')
}

/**
 * Takes the parameters of a MIME type apart. A quoted value may hold semicolons; the text after its
 * closing quote is skipped.
 */
function* readParameters(value: string): Generator<readonly [name: string, text: string]> {
  const pattern = /;[\t\n\r ]*([^;=]*)=(?:"((?:[^"\\]|\\[\s\S]|\\$)*)(?:"[^;]*|$)|([^;]*))/g
  for (const [, name = '', quoted, plain] of value.matchAll(pattern)) {
    const text =
      quoted === undefined ? trimHttpWhitespace(`x${plain ?? ''}`).slice(1) : quoted.replace(/\\([\s\S])/g, '$1')
    // 11.8.2. A parameter whose unquoted value is empty is passed over.
    if (quoted !== undefined || text !== '') yield [name.toLowerCase(), text]
  }
}

/** @see https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point */
function isQuotable(text: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text)
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

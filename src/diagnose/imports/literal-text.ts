/** A string of JavaScript. */
interface ReadStringLiteral {
  readonly value: string
  readonly start: number
  readonly end: number
  /** Whether the whole value is written out. A template with `${…}` is not. */
  readonly isWhole: boolean
}

/** Skips white space and comments. */
export function skipBlank(source: string, start: number): number {
  let at = start
  for (;;) {
    while (at < source.length && /\s/.test(source.charAt(at))) at++
    if (source.startsWith('//', at)) at = orEnd(source.indexOf('\n', at), source)
    else if (source.startsWith('/*', at)) at = orEnd(source.indexOf('*/', at + 2), source, 2)
    else return at
  }
}

function orEnd(found: number, source: string, further = 0): number {
  return found < 0 ? source.length : found + further
}

/** Reads a string; returns null if it does not end. */
export function readStringLiteral(source: string, start: number): ReadStringLiteral | null {
  const quote = source.charAt(start)
  let value = ''
  let isWhole = true
  let at = start + 1
  while (source.charAt(at) !== quote) {
    if (at >= source.length) return null
    if (quote === '`' && source.startsWith('${', at)) {
      isWhole = false
      at = substitutionEnd(source, at + 2)
    } else if (source.charAt(at) === '\\') {
      const [char, length] = escaped(source, at)
      value += char
      at += length
    } else value += source.charAt(at++)
  }
  return { value, start, end: at + 1, isWhole }
}

function substitutionEnd(source: string, start: number): number {
  let depth = 1
  let at = start
  while (at < source.length && depth > 0) {
    const char = source.charAt(at++)
    if (char === '{') depth++
    else if (char === '}') depth--
  }
  return at
}

function escaped(source: string, at: number): [char: string, length: number] {
  const hex = /^\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(source.slice(at, at + 12))
  if (hex !== null) {
    const point = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '0', 16)
    return [String.fromCodePoint(Math.min(point, 0x10ffff)), hex[0].length]
  }
  const char = source.charAt(at + 1)
  return [Object.hasOwn(ESCAPES, char) ? (ESCAPES[char] ?? '') : char, 2]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '\n': '' }

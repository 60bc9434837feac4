/**
 * Reads a JavaScript literal: objects, lists, strings, numbers, `true`, `false`, `null`, `undefined`. Nothing is evaluated; a name or a
 * call where a value should stand is an error.
 */
export function readLiteral(source: string, start: number): { readonly value: unknown; readonly end: number } {
  let at = start

  function fail(): never {
    throw new SyntaxError(`no literal at character ${at + 1}`)
  }

  function skip(): void {
    const blank = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
    blank.lastIndex = at
    blank.exec(source)
    at = blank.lastIndex
  }

  function take(char: string): boolean {
    skip()
    if (source.charAt(at) !== char) return false
    at++
    return true
  }

  function value(depth: number): unknown {
    skip()
    const char = source.charAt(at)
    if (depth > 50) fail()
    if (char === '{') return object(depth)
    if (char === '[') return list(depth)
    if (char === '"' || char === "'" || char === '`') return text(char)
    const word = /[A-Za-z_$][\w$]*|-?\d[\d.eE+-]*/y
    word.lastIndex = at
    const found = word.exec(source)?.[0] ?? fail()
    at += found.length
    if (found in WORDS) return WORDS[found]
    return Number.isNaN(Number(found)) ? fail() : Number(found)
  }

  function object(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = []
    at++
    while (!take('}')) {
      const key = name()
      if (!take(':')) fail()
      entries.push([key, value(depth + 1)])
      if (!take(',') && source.charAt(at) !== '}') fail()
    }
    return Object.fromEntries(entries)
  }

  function name(): string {
    skip()
    const char = source.charAt(at)
    if (char === '"' || char === "'") return text(char)
    const word = /[\w$]+/y
    word.lastIndex = at
    const found = word.exec(source)?.[0] ?? fail()
    at += found.length
    return found
  }

  function list(depth: number): unknown[] {
    const items: unknown[] = []
    at++
    while (!take(']')) {
      items.push(value(depth + 1))
      if (!take(',') && source.charAt(at) !== ']') fail()
    }
    return items
  }

  function text(quote: string): string {
    let content = ''
    at++
    while (source.charAt(at) !== quote) {
      if (at >= source.length || (quote === '`' && source.startsWith('${', at))) fail()
      if (source.charAt(at) === '\\') content += escaped()
      else content += source.charAt(at++)
    }
    at++
    return content
  }

  function escaped(): string {
    const hex = /^\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/.exec(source.slice(at, at + 12))
    if (hex !== null) {
      at += hex[0].length
      return String.fromCodePoint(Math.min(Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '0', 16), 0x10ffff))
    }
    const char = source.charAt(at + 1)
    at += 2
    return ESCAPES[char] ?? char
  }

  return { value: value(0), end: at }
}

const WORDS: Readonly<Record<string, unknown>> = Object.assign(Object.create(null), {
  true: true,
  false: false,
  null: null,
  undefined: undefined,
})
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '\n': '' }

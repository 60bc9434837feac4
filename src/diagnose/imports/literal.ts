import { readStringLiteral, skipBlank } from './literal-text.ts'

/** A computed value. Its source text is known, its value is not. */
interface Unknown {
  readonly unknown: string
}

/** A call with a known meaning: `new Headers(…)`, `new URL(…)`, `JSON.stringify(…)` and others. */
interface Made {
  readonly made: string
  readonly of: readonly unknown[]
}

/** Returns whether a value is computed. */
export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'unknown')
}

/** Returns whether a value comes from a call with a known meaning. */
export function isMade(value: unknown): value is Made {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'made')
}

/** Calls with a known meaning. */
const MAKERS =
  /^(?:new\s+(?:Headers|URL|Request|URLSearchParams|FormData|Blob|File|AbortController)|JSON\.stringify|Object\.assign|Object\.fromEntries|AbortSignal\.timeout|encodeURIComponent|encodeURI|String|btoa|HttpHeaders|new\s+HttpHeaders)$/

/** A limit. The options of a request are not nested deeper. */
const MAX_DEPTH = 50

/** The key under which an object holds its spread values. */
export const SPREAD = '...'

/**
 * Reads a JavaScript expression as far as it is written out: objects, lists, strings, templates,
 * numbers, `+`, and calls with a known meaning. It evaluates nothing. Any other part becomes an
 * {@link Unknown}.
 *
 * @throws {SyntaxError} for a place without an expression
 */
export function readLiteral(source: string, start: number): { readonly value: unknown; readonly end: number } {
  let at = start

  function fail(): never {
    throw new SyntaxError(`no literal at character ${at + 1}`)
  }

  function take(char: string): boolean {
    at = skipBlank(source, at)
    if (source.charAt(at) !== char) return false
    at++
    return true
  }

  function expression(depth: number): unknown {
    if (depth > MAX_DEPTH) fail()
    const from = skipBlank(source, at)
    let value = operand(depth)
    for (;;) {
      at = skipBlank(source, at)
      if (source.charAt(at) === '+' && source.charAt(at + 1) !== '+') {
        at++
        value = joined(value, operand(depth), from)
      } else if (/^(?:as\s|satisfies\s|!(?!=))/.test(source.slice(at, at + 10))) skipType()
      else if (/^(?:[?&|<>=*/%.[(-]|!=)/.test(source.slice(at, at + 2))) {
        skipRest()
        return computed(from)
      } else return value
    }
  }

  /** Type annotations of TypeScript do not change the value. */
  function skipType(): void {
    const type = /!|(?:as|satisfies)\s+(?:[\w.[\]|' "]|<[^<>]{0,200}(?:<[^<>]{0,200}>[^<>]{0,200}){0,9}>)+/y
    type.lastIndex = at
    at += type.exec(source)?.[0].length ?? fail()
  }

  function computed(from: number): Unknown {
    return { unknown: source.slice(from, at).trim().slice(0, 60) }
  }

  function joined(left: unknown, right: unknown, from: number): unknown {
    const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number'
    return isPlain(left) && isPlain(right) ? `${left}${right}` : computed(from)
  }

  function operand(depth: number): unknown {
    at = skipBlank(source, at)
    const char = source.charAt(at)
    if (char === '{') return object(depth)
    if (char === '[') return list(depth)
    if (char === '(') return parenthesized(depth)
    if (char === '"' || char === "'" || char === '`') {
      const text = readStringLiteral(source, at) ?? fail()
      at = text.end
      return text.isWhole ? text.value : { unknown: source.slice(text.start, at).slice(0, 60) }
    }
    return word(depth)
  }

  function parenthesized(depth: number): unknown {
    const from = at
    if (/^\([^()]{0,150}\)\s{0,9}(?::[^()=]{1,60})?=>/.test(source.slice(at, at + 240))) {
      skipRest()
      return computed(from)
    }
    at++
    const value = expression(depth + 1)
    if (!take(')')) fail()
    return value
  }

  function word(depth: number): unknown {
    const name =
      /(?:(?:await|new|async|void|typeof|!)\s*)*[A-Za-z_$][\w$]*(?:\s*\??\.\s*[A-Za-z_$][\w$]*)*|-?\d[\w.+-]*/y
    name.lastIndex = at
    const from = at
    const found = name.exec(source)?.[0] ?? fail()
    at += found.length
    if (Object.hasOwn(WORDS, found)) return WORDS[found]
    const number = /^-?\d/.test(found) ? Number(found.replaceAll('_', '')) : Number.NaN
    if (!Number.isNaN(number)) return number
    if (MAKERS.test(found) && take('(')) {
      return { made: found.replace(/^new\s+/, ''), of: items(')', depth + 1) } satisfies Made
    }
    skipRest()
    return computed(from)
  }

  /**
   * Goes to the end of a computed part: the next comma or closing bracket of the same depth, or the
   * end of the statement.
   */
  function skipRest(): void {
    let depth = 0
    while (at < source.length) {
      at = skipBlank(source, at)
      const char = source.charAt(at)
      if (char === '"' || char === "'" || char === '`') {
        at = readStringLiteral(source, at)?.end ?? fail()
        continue
      }
      if (/[([{]/.test(char)) depth++
      if (/[)\]}]/.test(char) && depth-- === 0) return
      if (depth === 0 && (char === ',' || char === ';')) return
      at++
    }
  }

  function object(depth: number): Record<string, unknown> {
    const entries: [string, unknown][] = []
    at++
    while (!take('}')) {
      if (source.startsWith(SPREAD, at)) {
        at += SPREAD.length
        entries.push([`${SPREAD}${entries.length}`, expression(depth + 1)])
      } else {
        const from = at
        const key = name(depth)
        // `{ token }` and methods hold computed values.
        const isComputed = /^\s*[,}(]/.test(source.slice(at, at + 80))
        if (isComputed) skipRest()
        else if (!take(':')) fail()
        entries.push([key, isComputed ? computed(from) : expression(depth + 1)])
      }
      if (!take(',') && source.charAt(at) !== '}') fail()
    }
    return Object.fromEntries(entries)
  }

  function name(depth: number): string {
    const char = source.charAt(at)
    if (char === '"' || char === "'") {
      const text = readStringLiteral(source, at) ?? fail()
      at = text.end
      return text.value
    }
    if (char === '[') {
      at++
      const key = expression(depth + 1)
      if (!take(']')) fail()
      return typeof key === 'string' ? key : `${SPREAD}[${isUnknown(key) ? key.unknown : ''}]`
    }
    const plain = /(?:(?:async|get|set)\s+(?=[\w$]))?([\w$]+)/y
    plain.lastIndex = at
    const [whole, key] = plain.exec(source) ?? fail()
    at += whole.length
    return key ?? whole
  }

  function list(depth: number): unknown[] {
    at++
    return items(']', depth + 1)
  }

  function items(close: string, depth: number): unknown[] {
    const found: unknown[] = []
    while (!take(close)) {
      const isSpread = source.startsWith(SPREAD, at)
      if (isSpread) at += SPREAD.length
      const value = expression(depth)
      found.push(...(isSpread && Array.isArray(value) ? value : [value]))
      if (!take(',') && source.charAt(at) !== close) fail()
    }
    return found
  }

  return { value: expression(0), end: at }
}

const WORDS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null, undefined: undefined }

/** The language of a source file. */
export type SourceLanguage = 'javascript' | 'python'

/** A value that is written out, and the place behind it. */
export interface Literal {
  readonly value: unknown
  readonly end: number
}

/** Reads what is not written out at a place; null where it cannot. */
export type Resolve = (at: number) => Literal | null

/** Why a value cannot be read, and where. */
export class NotLiteralError extends Error {
  override readonly name = 'NotLiteralError'
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/**
 * Reads a value that is written out in a source text: texts, numbers, lists, objects, regular
 * expressions. Nothing is run.
 *
 * @throws {NotLiteralError} where the value depends on anything else
 */
export function readWritten(
  text: string,
  start: number,
  language: SourceLanguage,
  resolve?: Resolve,
  depth = 0,
): Literal {
  if (depth > DEEPEST) throw new NotLiteralError(start, 'it is nested too deeply')
  const first = readOne(text, start, language, resolve, depth)
  if (language === 'javascript') return first
  // Python joins lists and texts with a plus, and texts that stand side by side.
  let { value, end } = first
  for (let at = skip(text, end, language); ; at = skip(text, end, language)) {
    const isPlus = text.charAt(at) === '+' && text.charAt(at + 1) !== '='
    const isBeside = typeof value === 'string' && /^[rRbBuUfF]{0,2}["']/.test(text.slice(at, at + 3))
    if (!(isPlus || isBeside)) return { value, end }
    const next = readOne(text, isPlus ? at + 1 : at, language, resolve, depth)
    if (Array.isArray(value) && Array.isArray(next.value)) value = [...value, ...next.value]
    else if (typeof value === 'string' && typeof next.value === 'string') value += next.value
    else throw new NotLiteralError(at, 'a calculation is not read')
    end = next.end
  }
}

/** How deeply values may be nested. Options of a library are four levels deep at most. */
const DEEPEST = 32

function readOne(
  text: string,
  start: number,
  language: SourceLanguage,
  resolve: Resolve | undefined,
  depth: number,
): Literal {
  const at = skip(text, start, language)
  const rest = text.slice(at, at + 4000)
  const first = rest.charAt(0)
  if (first === '[' || (first === '(' && language === 'python'))
    return readList(text, at + 1, first === '[' ? ']' : ')', language, resolve, depth)
  if (first === '{') return readObject(text, at + 1, language, resolve, depth)
  const string = STRING.exec(rest)
  if (string !== null) return readString(string, at, language)
  if (language === 'python' && /^[rR]?[fF][rR]?["']/.test(rest))
    throw new NotLiteralError(at, 'this text is filled in when it runs')
  const number = /^-?\d[\d_]*(?:\.\d+)?/.exec(rest)
  if (number !== null)
    return product(text, { value: Number(number[0].replaceAll('_', '')), end: at + number[0].length }, language)
  const word = /^[A-Za-z_$][\w$.]*/.exec(rest)?.[0]
  if (word !== undefined && Object.hasOwn(WORDS[language], word))
    return { value: WORDS[language][word], end: at + word.length }
  if (language === 'python' && word === 're.compile') return readCompiled(text, at + word.length)
  const expression =
    language === 'javascript'
      ? /^\/(?<source>(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/(?<flags>[a-z]*)/.exec(rest)
      : null
  if (expression?.groups) {
    const { source = '', flags = '' } = expression.groups
    return { value: new RegExp(source, flags), end: at + expression[0].length }
  }
  const resolved = resolve?.(at)
  if (resolved) return resolved
  if (first === '(' && language === 'javascript') return readGroup(text, at + 1, resolve, depth)
  throw new NotLiteralError(
    at,
    word === undefined ? 'not a value that is written out' : `${word} is not written out here`,
  )
}

const WORDS: Readonly<Record<SourceLanguage, Readonly<Record<string, unknown>>>> = {
  javascript: { true: true, false: false, null: null, undefined },
  python: { True: true, False: false, None: null },
}

const STRING =
  /^(?<prefix>[rRbBuU]{0,2}|[fF](?=(?:"[^"{}\n]*"|'[^'{}\n]*')))(?:"(?<double>(?:[^"\\\n]|\\[\s\S])*)"|'(?<single>(?:[^'\\\n]|\\[\s\S])*)'|`(?<template>(?:[^`\\$]|\\[\s\S]|\$(?!\{))*)`)/

function readString(found: RegExpExecArray, at: number, language: SourceLanguage): Literal {
  const { prefix = '', double, single, template } = found.groups ?? {}
  if (prefix !== '' && language === 'javascript') throw new NotLiteralError(at, 'not a value that is written out')
  if (template !== undefined && language === 'python') throw new NotLiteralError(at, 'not a value that is written out')
  const raw = double ?? single ?? template ?? ''
  const value = /r/i.test(prefix)
    ? raw
    : raw.replaceAll(
        /\\([\s\S])/g,
        (whole, letter: string) =>
          ESCAPES[letter] ?? (/[dwsbDWSB.]/.test(letter) && language === 'python' ? whole : letter),
      )
  return { value, end: at + found[0].length }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' }

/** Reads `24 * 60 * 60`, as people write seconds. */
function product(text: string, first: { value: number; end: number }, language: SourceLanguage): Literal {
  let { value, end } = first
  for (;;) {
    const next = /^\s*\*\s*(\d[\d_]*)/.exec(text.slice(end, end + 40))
    if (next === null) return { value, end: skipped(end) }
    value *= Number(next[1]?.replaceAll('_', ''))
    end += next[0].length
  }
  function skipped(place: number): number {
    const after = text.charAt(skip(text, place, language))
    if (/[+\-/%*]/.test(after)) throw new NotLiteralError(place, 'a calculation is not read')
    return place
  }
}

/** Reads a value in brackets. Those of a function hold its parameters. */
function readGroup(text: string, start: number, resolve: Resolve | undefined, depth: number): Literal {
  const { value, end } = readWritten(text, start, 'javascript', resolve, depth + 1)
  const close = skip(text, end + tailAt(text, end, 'javascript'), 'javascript')
  if (text.charAt(close) !== ')' || text.startsWith('=>', skip(text, close + 1, 'javascript')))
    throw new NotLiteralError(start, 'not a value that is written out')
  return { value, end: close + 1 }
}

function readCompiled(text: string, at: number): Literal {
  const open = skip(text, at, 'python')
  if (text.charAt(open) !== '(') throw new NotLiteralError(at, 're.compile is not written out here')
  const { value, end } = readWritten(text, open + 1, 'python')
  const close = skip(text, end, 'python')
  if (text.charAt(close) !== ')') throw new NotLiteralError(close, 'flags of an expression are not read')
  return { value, end: close + 1 }
}

function readList(
  text: string,
  start: number,
  close: string,
  language: SourceLanguage,
  resolve: Resolve | undefined,
  depth: number,
): Literal {
  const list: unknown[] = []
  let at = skip(text, start, language)
  let hasComma = false
  while (text.charAt(at) !== close) {
    // `...NAMES` and `*NAMES` stand for the entries of another list.
    const spread = text.startsWith('...', at) ? 3 : language === 'python' && text.charAt(at) === '*' ? 1 : 0
    const item = readWritten(text, at + spread, language, resolve, depth + 1)
    if (spread > 0 && !Array.isArray(item.value)) throw new NotLiteralError(at, 'the list is not written out')
    list.push(...(spread > 0 && Array.isArray(item.value) ? item.value : [item.value]))
    at = skip(text, item.end + tailAt(text, item.end, language), language)
    if (text.charAt(at) === ',') {
      hasComma = true
      at = skip(text, at + 1, language)
    } else if (text.charAt(at) !== close) throw new NotLiteralError(at, 'the list is not written out')
  }
  // In Python, brackets around one value are no tuple.
  const isGroup = close === ')' && list.length === 1 && !hasComma
  return { value: isGroup ? list[0] : list, end: at + 1 }
}

function readObject(
  text: string,
  start: number,
  language: SourceLanguage,
  resolve: Resolve | undefined,
  depth: number,
): Literal {
  const entries: [string, unknown][] = []
  let at = skip(text, start, language)
  while (text.charAt(at) !== '}') {
    // `...BASE` stands for the options of another object, `**BASE` in Python.
    const spread = text.startsWith('...', at) ? 3 : language === 'python' && text.startsWith('**', at) ? 2 : 0
    if (spread > 0) {
      const base = readWritten(text, at + spread, language, resolve, depth + 1)
      if (typeof base.value !== 'object' || base.value === null || Array.isArray(base.value))
        throw new NotLiteralError(at, 'this part of the object is not written out')
      entries.push(...Object.entries(base.value))
      at = skip(text, base.end, language)
      if (text.charAt(at) === ',') at = skip(text, at + 1, language)
      else if (text.charAt(at) !== '}') throw new NotLiteralError(at, 'this part of the object is not written out')
      continue
    }
    const key =
      STRING.exec(text.slice(at, at + 500)) ??
      (language === 'javascript' ? /^[A-Za-z_$][\w$]*/.exec(text.slice(at, at + 200)) : null)
    if (key === null) throw new NotLiteralError(at, 'this part of the object is not written out')
    const name = key.groups === undefined ? key[0] : String(readString(key, at, language).value)
    const behind = skip(text, at + key[0].length, language)
    // `{ methods }` stands for `{ methods: methods }`.
    const short = /[,}]/.test(text.charAt(behind)) && key.groups === undefined ? resolve?.(at) : null
    if (short) {
      entries.push([name, short.value])
      at = text.charAt(behind) === ',' ? skip(text, behind + 1, language) : behind
      continue
    }
    at = behind
    if (text.charAt(at) !== ':') throw new NotLiteralError(at, `${name} is not written out here`)
    const item = readWritten(text, at + 1, language, resolve, depth + 1)
    entries.push([name, item.value])
    at = skip(text, item.end + tailAt(text, item.end, language), language)
    if (text.charAt(at) === ',') at = skip(text, at + 1, language)
    else if (text.charAt(at) !== '}') throw new NotLiteralError(at, `${name} is not written out here`)
  }
  return { value: Object.fromEntries(entries), end: at + 1 }
}

/** Gives the length of `as const` or `satisfies Type` behind a value of TypeScript, which changes nothing. */
export function tailAt(text: string, end: number, language: SourceLanguage): number {
  if (language !== 'javascript') return 0
  const tail = /(?:\s+(?:as|satisfies)\s+[\w$.]+(?:<[\w$.,\s'"|[\]]*>)?(?:\[(?:'\w+'|"\w+")?\])*)+/y
  tail.lastIndex = end
  return tail.exec(text)?.[0].length ?? 0
}

/** Steps over white space and comments. */
export function skip(text: string, start: number, language: SourceLanguage): number {
  const blank = language === 'javascript' ? /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y : /(?:\s|#[^\n]*)*/y
  blank.lastIndex = start
  return start + (blank.exec(text)?.[0].length ?? 0)
}

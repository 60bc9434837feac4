import { placeholder } from './from-browser.ts'
import type { Token } from './powershell-tokens.ts'

/** A value that is known without running anything. */
export type Value = string | Table
type Table = Map<string, Value>

/** A limit. Tables are not nested deeper. */
const MAX_DEPTH = 50

/** A value, and the place behind it. */
interface Read {
  readonly value: Value
  readonly end: number
}

/** Reads a value, and what is added to it with `+`. */
export function valueAt(tokens: readonly Token[], at: number, variables: Map<string, Value>, depth = 0): Read {
  let { value, end } = operandAt(tokens, at, variables, depth)
  while (typeof value === 'string' && isWord(tokens[end], '+')) {
    const added = operandAt(tokens, end + 1, variables, depth)
    value += scalarText(added.value)
    end = added.end
  }
  return { value, end }
}

/**
 * Reads a text, a variable, a table, or an expression in parentheses as far as it is written out.
 */
function operandAt(tokens: readonly Token[], start: number, variables: Map<string, Value>, depth: number): Read {
  const at = withoutCasts(tokens, start)
  const token = tokens[at]
  const end = at + 1
  if (token?.kind === 'variable') return { value: variables.get(token.text.toLowerCase()) ?? `$${token.text}`, end }
  if (token?.kind !== 'mark' || depth > MAX_DEPTH) return { value: token?.text ?? '', end }
  const next = tokens[end]
  if (token.text === '@' && next?.kind === 'word')
    return { value: variables.get(next.text.toLowerCase()) ?? '', end: end + 1 }
  if (token.text === '@{') return tableAt(tokens, end, variables, depth)
  if (token.text !== '(' && token.text !== '[') return { value: token.text, end }
  const close = closing(tokens, at)
  const inner = tokens.slice(end, close)
  const first = inner.findIndex(({ kind, text }) => kind === 'text' || kind === 'variable' || text === '@{')
  const { value, end: last } = first < 0 ? { value: '', end: 0 } : valueAt(inner, first, variables, depth + 1)
  // A table that goes into a pipe becomes text: JSON in most scripts.
  return { value: last < inner.length ? asText(value) : madeJson(value, inner), end: close + 1 }
}

/** Goes over casts such as `[string]`, which stand before a value. */
function withoutCasts(tokens: readonly Token[], start: number): number {
  let at = start
  while (isMark(tokens[at], '[')) {
    const next = closing(tokens, at) + 1
    if (tokens[next] === undefined || isMark(tokens[next], '::')) break
    at = next
  }
  return at
}

function isMark(token: Token | undefined, mark: string): boolean {
  return token?.kind === 'mark' && token.text === mark
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text === word
}

/** A table becomes a text where the command that makes JSON of it is near. */
export function madeJson(value: Value, tokens: readonly Token[]): Value {
  return tokens.some(({ kind, text }) => kind === 'word' && /^ConvertTo-Json$/i.test(text)) ? asText(value) : value
}

function asText(value: Value): string {
  return typeof value === 'string'
    ? value
    : JSON.stringify(Object.fromEntries([...value].map(([name, held]) => [name, scalarText(held)])))
}

/** Returns the value that a name holds. One that is computed becomes a value that needs permission. */
export function heldBy(name: string, token: Token | undefined, value: Value): Value {
  return value === '' && token?.kind !== 'text' ? placeholder(name.toLowerCase()) : value
}

/** Returns the value of a header. A table has no text, so it counts as computed. */
export function textOrUnknown(name: string, value: Value): string {
  return typeof value === 'string' ? value : placeholder(name.toLowerCase())
}

/** Returns a text; a table has none. */
function scalarText(value: Value): string {
  return typeof value === 'string' ? value : ''
}

function tableAt(tokens: readonly Token[], start: number, variables: Map<string, Value>, depth: number): Read {
  const table: Table = new Map()
  let i = start
  for (let key = tokens[i]; key !== undefined && !isMark(key, '}'); key = tokens[i]) {
    if (isMark(tokens[i + 1], '=')) {
      const { value, end } = valueAt(tokens, i + 2, variables, depth + 1)
      table.set(key.text, heldBy(key.text, tokens[i + 2], value))
      i = end
    } else i++
  }
  return { value: table, end: i + 1 }
}

/** Finds the bracket that closes another, or the end. */
function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  let at = open
  for (let token = tokens[at]; token !== undefined; token = tokens[++at]) {
    if (token.kind !== 'mark') continue
    if (/[([{]$/.test(token.text)) depth++
    if (/[)\]}]/.test(token.text) && --depth === 0) return at
  }
  return at
}

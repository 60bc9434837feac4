/** JSON with its places: where each value stands in the text, so that a defect can be shown, and a value replaced where it stands. */

/** A stretch of a text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A value in a text. */
export interface JsonNode extends Span {
  readonly members?: readonly JsonMember[]
  readonly items?: readonly JsonNode[]
}

/** A member of an object. Its own span begins at the key and ends with the value. */
export interface JsonMember extends Span {
  readonly key: string
  readonly keySpan: Span
  readonly value: JsonNode
}

/** A text that is no JSON, and where that shows. */
export class JsonTextError extends SyntaxError {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const DEEPEST = 64
const STRING = /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * Reads a JSON text.
 *
 * @throws JsonTextError where it is none
 */
export function readJson(text: string): JsonNode {
  let at = 0
  const fail = (expected: string): never => {
    const found = at >= text.length ? 'the end' : JSON.stringify(text.charAt(at))
    throw new JsonTextError(`${expected} is missing before ${found}`, at)
  }
  const space = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++
  }
  const take = (char: string): boolean => {
    space()
    if (text.charAt(at) !== char) return false
    at++
    return true
  }
  const match = (pattern: RegExp): Span | null => {
    space()
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    if (found === undefined) return null
    at += found.length
    return { start: at - found.length, end: at }
  }
  const list = <T>(close: string, read: () => T): T[] => {
    const found: T[] = []
    if (take(close)) return found
    do found.push(read())
    while (take(','))
    if (!take(close)) fail(`"," or ${JSON.stringify(close)}`)
    return found
  }
  const member = (depth: number): JsonMember => {
    const keySpan = match(STRING) ?? fail('a key in double quotes')
    if (!take(':')) fail('":"')
    const value = read(depth)
    const key: string = JSON.parse(text.slice(keySpan.start, keySpan.end))
    return { start: keySpan.start, end: value.end, key, keySpan, value }
  }
  const read = (depth: number): JsonNode => {
    if (depth > DEEPEST) fail('a flatter value')
    space()
    const start = at
    if (take('{')) {
      const members = list('}', () => member(depth + 1))
      return { start, end: at, members }
    }
    if (take('[')) {
      const items = list(']', () => read(depth + 1))
      return { start, end: at, items }
    }
    return match(STRING) ?? match(SCALAR) ?? fail('a value')
  }
  const node = read(0)
  space()
  if (at < text.length) fail('the end of the policy')
  return node
}

/** Finds the member that counts: of equal keys the last. */
export function memberOf(node: JsonNode, key: string | number): JsonMember | undefined {
  return node.members?.findLast((member) => member.key === key)
}

/** Finds what stands at a path; an option whole, with its key. Null where nothing does. */
export function spanAt(root: JsonNode, path: readonly (string | number)[]): Span | null {
  const [key = '', index] = path
  const member = memberOf(root, key)
  if (member === undefined) return null
  return index === undefined
    ? member
    : ((typeof index === 'number' ? member.value.items?.[index] : undefined) ?? member)
}

/** Tells the line and the column of a place, from 1. */
export function lineOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

import { placeOf } from '../../policy/error.ts'
import { childOf, childrenOf, type Node, nameOf } from './nodes.ts'

/** A value that is written out in a source, and where each part of it stands. */
export interface Written {
  readonly value: unknown
  /** The offset of a part: an option's key, or an element of a list. The names are as in reports. */
  readonly places: ReadonlyMap<string, number>
}

/** Why a value cannot be read, and where. */
export class NotWrittenError extends Error {
  override readonly name = 'NotWrittenError'
  readonly at: number

  constructor(node: Node, message: string) {
    super(message)
    this.at = node.start
  }
}

/** Gives what a name stands for, if that is known at build time. */
export type Lookup = (name: string) => Node | null

/**
 * Reads a value that is written out: texts, numbers, lists, objects. Nothing is run.
 *
 * @throws {NotWrittenError} where the value depends on anything else
 */
export function readValue(node: Node, lookup: Lookup): Written {
  const places = new Map([[placeOf([]), node.start]])
  return { value: read(node, [], lookup, places), places }
}

type Path = readonly (string | number)[]

function read(node: Node, path: Path, lookup: Lookup, places: Map<string, number>): unknown {
  const bare = bareOf(node)
  if (bare !== node) return read(bare, path, lookup, places)
  switch (node.type) {
    case 'Literal':
      if (node.regex !== undefined || typeof node.value === 'bigint') break
      return node.value
    case 'TemplateLiteral':
      return join(node, (part) => read(part, path, lookup, new Map()))
    case 'UnaryExpression':
    case 'BinaryExpression':
      return calculate(node, (part) => read(part, path, lookup, new Map()))
    case 'ArrayExpression':
      return childrenOf(node, 'elements').map((element, i) => {
        if (element === null) throw new NotWrittenError(node, 'the list has a hole')
        places.set(placeOf([...path, i]), element.start)
        return read(element, [...path, i], lookup, places)
      })
    case 'ObjectExpression':
      return Object.fromEntries(
        childrenOf(node, 'properties').map((property) => readProperty(property, path, lookup, places)),
      )
    case 'Identifier': {
      const name = nameOf(node) ?? ''
      const meant = lookup(name)
      if (meant === null && name === 'undefined') return undefined
      try {
        if (meant !== null) return read(meant, path, (inner) => (inner === name ? null : lookup(inner)), places)
      } catch (error) {
        if (!(error instanceof NotWrittenError)) throw error
      }
      throw new NotWrittenError(node, `${name} is not written out here`)
    }
  }
  const isCode = /Function/.test(node.type)
  if (isCode && path.length === 0) throw new NotWrittenError(node, 'a function chooses the policy')
  throw new NotWrittenError(node, isCode ? 'a predicate is code' : UNKNOWN)
}

/** What TypeScript writes around a value, and the key of the value in it. */
const INSIDE: Readonly<Record<string, string>> = {
  TSAsExpression: 'expression',
  TSSatisfiesExpression: 'expression',
  TSNonNullExpression: 'expression',
  TSTypeAssertion: 'expression',
  ParenthesizedExpression: 'expression',
}

/** Tells whether a node is what TypeScript writes around a value: `as const`, `!`. */
export function isAround({ type }: Node): boolean {
  return Object.hasOwn(INSIDE, type)
}

/** Takes off what TypeScript writes around a value, and parentheses. */
export function bareOf(node: Node): Node {
  const inside = INSIDE[node.type]
  const child = inside === undefined ? null : childOf(node, inside)
  return child === null ? node : bareOf(child)
}

function readProperty(
  property: Node | null,
  path: Path,
  lookup: Lookup,
  places: Map<string, number>,
): readonly [string, unknown] {
  const key = property && childOf(property, 'key')
  const value = property && childOf(property, 'value')
  if (property?.type !== 'Property' || key === null || value === null || property.kind !== 'init')
    throw new NotWrittenError(property ?? NOWHERE, 'this part of the object is not written out')
  const literal = key.type === 'Literal' && typeof key.value === 'string' ? key.value : null
  const name = literal ?? (property.computed === true ? null : nameOf(key))
  if (name === null || name === '__proto__') throw new NotWrittenError(key, 'this key is not written out')
  if (property.method === true) throw new NotWrittenError(key, 'a predicate is code')
  places.set(placeOf([...path, name]), key.start)
  return [name, read(value, [...path, name], lookup, places)]
}

const NOWHERE: Node = { type: '', start: 0, end: 0 }

/** Joins the parts of a text: `https://${HOST}`. */
function join(node: Node, readPart: (part: Node) => unknown): string {
  const parts = childrenOf(node, 'expressions').map((part) => {
    const value = part && readPart(part)
    if (typeof value !== 'string' && typeof value !== 'number') throw new NotWrittenError(part ?? node, UNKNOWN)
    return String(value)
  })
  const texts = childrenOf(node, 'quasis').map(
    (quasi) => (quasi?.value as { readonly cooked?: string } | undefined)?.cooked ?? '',
  )
  return texts.map((text, i) => `${text}${parts[i] ?? ''}`).join('')
}

const UNKNOWN = 'this value is not written out'

/** Reads `24 * 60 * 60`, as people write seconds, and `'https://' + HOST`. */
function calculate(node: Node, readPart: (part: Node) => unknown): string | number {
  const operand = (key: string): string | number => {
    const child = childOf(node, key)
    const value = child && readPart(child)
    if (typeof value !== 'number' && typeof value !== 'string') throw new NotWrittenError(node, UNKNOWN)
    return value
  }
  if (node.type === 'UnaryExpression') {
    const value = node.operator === '-' ? operand('argument') : null
    if (typeof value === 'number') return -value
    throw new NotWrittenError(node, UNKNOWN)
  }
  const [left, right] = [operand('left'), operand('right')]
  if (typeof left === 'number' && typeof right === 'number') {
    if (node.operator === '*') return left * right
    if (node.operator === '+') return left + right
    if (node.operator === '-') return left - right
  } else if (node.operator === '+') return `${left}${right}`
  throw new NotWrittenError(node, UNKNOWN)
}

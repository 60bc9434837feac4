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
  const inside = INSIDE[node.type]
  if (inside !== undefined) {
    const child = childOf(node, inside)
    if (child !== null) return read(child, path, lookup, places)
  }
  switch (node.type) {
    case 'Literal':
      if (node.regex !== undefined || typeof node.value === 'bigint') break
      return node.value
    case 'TemplateLiteral':
      if (childrenOf(node, 'expressions').length > 0) break
      return (childrenOf(node, 'quasis')[0]?.value as { readonly cooked?: unknown } | undefined)?.cooked
    case 'UnaryExpression':
    case 'BinaryExpression':
      return calculate(node, path, lookup, places)
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
  throw new NotWrittenError(node, isCode ? 'a predicate is code' : 'this value is not written out')
}

/** What TypeScript writes around a value, and the key of the value in it. */
const INSIDE: Readonly<Record<string, string>> = {
  TSAsExpression: 'expression',
  TSSatisfiesExpression: 'expression',
  TSNonNullExpression: 'expression',
  TSTypeAssertion: 'expression',
  ParenthesizedExpression: 'expression',
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
  const name = property.computed === true ? null : (nameOf(key) ?? (key.type === 'Literal' ? String(key.value) : null))
  if (name === null || name === '__proto__') throw new NotWrittenError(key, 'this key is not written out')
  if (property.method === true) throw new NotWrittenError(key, 'a predicate is code')
  places.set(placeOf([...path, name]), key.start)
  return [name, read(value, [...path, name], lookup, places)]
}

const NOWHERE: Node = { type: '', start: 0, end: 0 }

/** Reads `24 * 60 * 60`, as people write seconds. */
function calculate(node: Node, path: Path, lookup: Lookup, places: Map<string, number>): unknown {
  const operand = (key: string): number => {
    const child = childOf(node, key)
    const value = child && read(child, path, lookup, places)
    if (typeof value !== 'number') throw new NotWrittenError(node, 'this value is not written out')
    return value
  }
  if (node.type === 'UnaryExpression') {
    if (node.operator === '-') return -operand('argument')
    throw new NotWrittenError(node, 'this value is not written out')
  }
  const [left, right] = [operand('left'), operand('right')]
  if (node.operator === '*') return left * right
  if (node.operator === '+') return left + right
  if (node.operator === '-') return left - right
  throw new NotWrittenError(node, 'this value is not written out')
}

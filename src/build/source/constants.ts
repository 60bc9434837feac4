import { childOf, childrenOf, type Node, nameOf } from './nodes.ts'
import type { Scopes, Use } from './scopes.ts'
import { bareOf } from './written.ts'

/** The constants of a source. */
export interface Constants {
  /**
   * Gives what a constant holds, if no other code can change it: a text or a number, or an object
   * that is used as a policy alone. Null for any other name.
   */
  literalOf(name: string): Node | null
  /** Finds the constant whose value an expression names; null if there is no such constant. */
  holderOf(expression: Node, around: readonly Node[]): Holder | null
}

/** A constant that holds an expression. */
export interface Holder {
  readonly name: string
  /** Tells that no other source sees it, and that it has no type of its own. */
  readonly isPrivate: boolean
}

interface Constant {
  readonly declarator: Node
  readonly value: Node
  readonly isExported: boolean
}

/**
 * Reads the constants at the top of a source.
 *
 * @param isPolicy tells whether a use gives the value to a function that takes a policy
 */
export function constantsOf(program: Node, scopes: Scopes, isPolicy: (use: Use) => boolean): Constants {
  const known = new Map<string, Constant>()
  for (const statement of childrenOf(program, 'body')) {
    const isExported = statement?.type === 'ExportNamedDeclaration'
    const declaration = isExported ? childOf(statement, 'declaration') : statement
    if (declaration?.type !== 'VariableDeclaration' || declaration.kind !== 'const') continue
    for (const declarator of childrenOf(declaration, 'declarations')) {
      const name = nameOf(declarator && childOf(declarator, 'id'))
      const value = declarator && childOf(declarator, 'init')
      if (declarator && value && name !== null) known.set(name, { declarator, value, isExported })
    }
  }
  return {
    literalOf(name) {
      const constant = known.get(name)
      if (constant === undefined) return null
      const { value, isExported } = constant
      if (/^(?:Literal|TemplateLiteral|UnaryExpression|BinaryExpression)$/.test(bareOf(value).type)) return value
      const uses = scopes.usesOf(name).filter(({ around: [parent] }) => parent?.type !== 'TSTypeQuery')
      return !isExported && (uses.length === 1 || uses.every(isPolicy)) ? value : null
    },
    holderOf(expression, [parent]) {
      const name = nameOf(parent?.type === 'VariableDeclarator' ? childOf(parent, 'id') : null)
      const constant = name === null ? undefined : known.get(name)
      if (name === null || constant === undefined || constant.declarator !== parent || constant.value !== expression)
        return null
      const isTyped = childOf(childOf(parent, 'id') ?? parent, 'typeAnnotation') !== null
      return { name, isPrivate: !constant.isExported && !isTyped }
    },
  }
}

import { all, childOf, childrenOf, type Node, nameOf, walk } from './nodes.ts'

/** Finds what a name means at a place. */
export interface Scopes {
  /** Tells whether a name, at a place, is the one that the whole file sees. */
  isOfFile(name: string, around: readonly Node[]): boolean
  /** Every use of a name that the whole file sees, with what stands around it. Imports are not uses. */
  usesOf(name: string): readonly Use[]
}

/** A use of a name. */
export interface Use {
  readonly node: Node
  readonly around: readonly Node[]
}

/** Reads the declarations of a file. A name that is declared again inside hides the file's own. */
export function scopesOf(program: Node): Scopes {
  const declared = new Map<Node, Set<string>>()
  declare(program, program, program, declared)
  const isOfFile = (name: string, around: readonly Node[]): boolean =>
    !around.some((scope) => scope !== program && declared.get(scope)?.has(name))
  return {
    isOfFile,
    usesOf(name) {
      const uses: Use[] = []
      walk(program, (node, around) => {
        const isNamed = (node.type === 'Identifier' || node.type === 'JSXIdentifier') && node.name === name
        if (isNamed && !isLabel(node, around) && isOfFile(name, around)) uses.push({ node, around })
      })
      return uses
    },
  }
}

/** Tells a name that stands for a property, or that declares, from one that is read. */
function isLabel(node: Node, around: readonly Node[]): boolean {
  const [parent] = around
  if (parent === undefined) return false
  if (/^Import.*Specifier$/.test(parent.type)) return true
  if (parent.type === 'ExportSpecifier') return parent.local !== node
  if (parent.type === 'VariableDeclarator') return parent.id === node
  if (parent.type === 'MemberExpression') return parent.property === node && parent.computed !== true
  const hasKey = /^(?:Property|MethodDefinition|TSPropertySignature)$/.test(parent.type) || IS_FIELD.test(parent.type)
  return hasKey && parent.key === node && parent.value !== node && parent.computed !== true
}

const IS_FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|StaticBlock|TSModuleBlock)$/
/** Tells whether code inside a node may run before or after the module: a function, or a field of a class. */
export function isDeferred({ type }: Node): boolean {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type) || IS_FIELD.test(type)
}

/** A field of a class, as different versions of the parser name it. */
const IS_FIELD = /^(?:PropertyDefinition|AccessorProperty|Class(?:Private|Accessor)?Property)$/

const IS_BLOCK = /^(?:BlockStatement|ForStatement|ForInStatement|ForOfStatement|SwitchStatement|CatchClause)$/

/**
 * Collects the names that each scope declares.
 *
 * @param outer the nearest function, which a `var` belongs to
 * @param block the nearest block, which all other declarations belong to
 */
function declare(node: Node, outer: Node, block: Node, declared: Map<Node, Set<string>>): void {
  const add = (scope: Node, names: readonly string[]): void => {
    const known = declared.get(scope) ?? new Set()
    for (const name of names) known.add(name)
    declared.set(scope, known)
  }
  const own = namesIn(childOf(node, 'id'))
  if (node.type === 'VariableDeclaration') {
    const names = childrenOf(node, 'declarations').flatMap((one) => namesIn(one && childOf(one, 'id')))
    add(node.kind === 'var' ? outer : block, names)
  } else if (/^(?:FunctionDeclaration|ClassDeclaration|TSEnumDeclaration|TSModuleDeclaration)$/.test(node.type))
    add(block, own)
  else if (/^(?:FunctionExpression|ClassExpression)$/.test(node.type)) add(node, own)
  if (node.type === 'CatchClause') add(node, namesIn(childOf(node, 'param')))
  if (IS_FUNCTION.test(node.type)) {
    add(node, childrenOf(node, 'params').flatMap(namesIn))
    below(node, node, node)
  } else below(node, outer, IS_BLOCK.test(node.type) ? node : block)

  function below(parent: Node, newOuter: Node, newBlock: Node): void {
    for (const child of all(parent)) declare(child, newOuter, newBlock, declared)
  }
}

/** The names that a pattern declares: `a`, `{ b, c: d = 1 }`, `[e, ...f]`. */
function namesIn(pattern: Node | null): readonly string[] {
  const name = nameOf(pattern)
  if (pattern === null) return []
  if (name !== null) return [name]
  if (pattern.type === 'Property') return namesIn(childOf(pattern, 'value'))
  if (pattern.type === 'AssignmentPattern') return namesIn(childOf(pattern, 'left'))
  if (pattern.type === 'RestElement') return namesIn(childOf(pattern, 'argument'))
  if (pattern.type === 'TSParameterProperty') return namesIn(childOf(pattern, 'parameter'))
  return [...childrenOf(pattern, 'properties'), ...childrenOf(pattern, 'elements')].flatMap(namesIn)
}

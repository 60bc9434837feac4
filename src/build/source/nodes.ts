/** A node of a syntax tree in the form of ESTree, with TypeScript's nodes where a source has them. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** Reads a child of a node; null where it has none. */
export function childOf(node: Node, key: string): Node | null {
  const child = node[key]
  return isNode(child) ? child : null
}

/** Reads a list of children. A hole in a list is null. */
export function childrenOf(node: Node, key: string): readonly (Node | null)[] {
  const list = node[key]
  return Array.isArray(list) ? list.map((child) => (isNode(child) ? child : null)) : []
}

/** Reads the name of an identifier; null for any other node. */
export function nameOf(node: Node | null): string | null {
  return node?.type === 'Identifier' && typeof node.name === 'string' ? node.name : null
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string'
}

/** Comments and tokens are not part of the tree. */
const NO_CHILDREN: ReadonlySet<string> = new Set([
  'type',
  'loc',
  'extra',
  'comments',
  'tokens',
  'leadingComments',
  'trailingComments',
  'innerComments',
])

/** Calls a function for a node and all below it, with what stands around each: the nearest first. */
export function walk(node: Node, visit: (node: Node, around: readonly Node[]) => void): void {
  const step = (at: Node, around: readonly Node[]): void => {
    visit(at, around)
    const here = [at, ...around]
    for (const child of all(at)) step(child, here)
  }
  step(node, [])
}

/** Gives the children of a node, in the order of its properties. */
export function all(node: Node): readonly Node[] {
  return Object.entries(node).flatMap(([key, value]) =>
    NO_CHILDREN.has(key) ? [] : Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )
}

import type { PartName } from '../emit.ts'
import { childOf, childrenOf, type Node, nameOf, walk } from './nodes.ts'
import type { Scopes } from './scopes.ts'

/** A function of corsmith that takes a policy as its first argument. */
export interface Taker {
  /** The entry of the package. */
  readonly module: string
  readonly name: string
  /** What stands for the policy once it is compiled. */
  readonly part: PartName
}

/** The adapters, with what each needs of a compiled policy. */
const ADAPTERS: Readonly<Record<string, Readonly<Record<string, PartName>>>> = {
  hono: { cors: 'answers' },
  workers: { withCors: 'answers' },
  deno: { withCors: 'answers' },
  bun: { withCors: 'answers' },
  next: { proxy: 'answers', withCors: 'cors' },
  node: { cors: 'cors' },
  fastify: { cors: 'cors' },
  koa: { cors: 'cors' },
  h3: { cors: 'answers' },
  elysia: { cors: 'answers' },
  sveltekit: { cors: 'answers' },
  astro: { cors: 'answers' },
  'react-router': { cors: 'answers' },
}

/** `createCors`, which has no adapter. */
export const CREATE = 'corsmith'

/** Finds a function of corsmith that takes a policy; null for any other export. */
export function takerOf(module: string, name: string): Taker | null {
  if (module === CREATE) return name === 'createCors' ? { module, name, part: 'cors' } : null
  const adapter = module.startsWith(`${CREATE}/`) ? module.slice(CREATE.length + 1) : ''
  const functions = Object.hasOwn(ADAPTERS, adapter) ? ADAPTERS[adapter] : undefined
  const part = functions && Object.hasOwn(functions, name) ? functions[name] : undefined
  return part === undefined ? null : { module, name, part }
}

/** The entry with the same functions for compiled policies. */
export function runtimeOf({ module }: Taker): string {
  return `${CREATE}/runtime/${module.slice(CREATE.length + 1)}`
}

/** An import of a source. */
export interface NamedImport {
  readonly declaration: Node
  readonly module: string
  /** The name of the export; null for a namespace. */
  readonly name: string | null
  /** The name in this source. */
  readonly local: string
}

/** Lists what a source imports of corsmith, types left out. */
export function importsOf(program: Node): readonly NamedImport[] {
  return childrenOf(program, 'body').flatMap((declaration): readonly NamedImport[] => {
    if (declaration?.type !== 'ImportDeclaration' || declaration.importKind === 'type') return []
    const module = childOf(declaration, 'source')?.value
    if (typeof module !== 'string' || !/^corsmith(?:\/|$)/.test(module)) return []
    return childrenOf(declaration, 'specifiers').flatMap((specifier): readonly NamedImport[] => {
      const local = nameOf(specifier && childOf(specifier, 'local'))
      if (specifier === null || local === null || specifier.importKind === 'type') return []
      if (specifier.type === 'ImportNamespaceSpecifier') return [{ declaration, module, name: null, local }]
      const imported = childOf(specifier, 'imported')
      const name = nameOf(imported) ?? (typeof imported?.value === 'string' ? imported.value : null)
      return name === null ? [] : [{ declaration, module, name, local }]
    })
  })
}

/** A call of a function of corsmith. */
export interface PolicyCall {
  readonly node: Node
  readonly callee: Node
  /** The first argument. */
  readonly argument: Node
  readonly taker: Taker
  /** How the source names the function. */
  readonly imported: NamedImport
  readonly around: readonly Node[]
}

/** Finds the calls of what is imported, where no other declaration hides the name. */
export function callsOf(program: Node, imports: readonly NamedImport[], scopes: Scopes): readonly PolicyCall[] {
  const calls: PolicyCall[] = []
  walk(program, (node, around) => {
    if (node.type !== 'CallExpression' || node.optional === true) return
    const callee = childOf(node, 'callee')
    const [argument] = childrenOf(node, 'arguments')
    if (callee === null || !argument) return
    const isMember = callee.type === 'MemberExpression' && callee.computed !== true
    const local = nameOf(isMember ? childOf(callee, 'object') : callee)
    const imported = imports.find((one) => one.local === local && (one.name === null) === isMember)
    if (imported === undefined || !scopes.isOfFile(imported.local, around)) return
    const taker = takerOf(imported.module, imported.name ?? nameOf(childOf(callee, 'property')) ?? '')
    if (taker !== null) calls.push({ node, callee, argument, taker, imported, around })
  })
  return calls
}

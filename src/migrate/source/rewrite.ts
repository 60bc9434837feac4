import type { CorsPolicy } from '../../policy/types.ts'
import type { PeerName } from '../peer.ts'
import { mask } from './mask.ts'
import type { OptionsPlace } from './place.ts'

/** A place whose options become a policy. */
export interface Rewrite {
  readonly place: OptionsPlace
  readonly policy: CorsPolicy
}

/** The libraries whose calls can be replaced one by one: their module, and the adapter instead. */
const MODULES: { readonly [name in PeerName]?: readonly [module: string, adapter: string] } = {
  express: ['cors', 'corsmith/node'],
  hono: ['hono/cors', 'corsmith/hono'],
  koa: ['@koa/cors', 'corsmith/koa'],
  fastify: ['@fastify/cors', 'corsmith/fastify'],
  elysia: ['@elysiajs/cors', 'corsmith/elysia'],
  nest: ['', 'corsmith/node'],
}

/** The names of these libraries. */
export const REWRITABLE: readonly PeerName[] = Object.keys(MODULES) as PeerName[]

/**
 * Tells whether a place can be replaced. A constant that is used elsewhere cannot: the other use
 * wants the options.
 */
export function isRewritable(
  text: string,
  peer: PeerName,
  place: OptionsPlace,
  places: readonly OptionsPlace[],
): boolean {
  const { span, call, named } = place
  if (call === null && (peer === 'fastify' || span === null)) return false
  if (peer === 'fastify' && /register\(\s*require\(/.test(text)) return false
  if (named === null) return true
  const uses = mask(text, 'javascript').match(new RegExp(`(?<![\\w.$])${named.replaceAll('$', '\\$')}(?![\\w$])`, 'g'))
  return (uses?.length ?? 0) === 1 + places.filter((other) => other.named === named).length
}

/** A change of a text. */
type Edit = readonly [start: number, end: number, text: string]

/**
 * Replaces options by policies, and the import of the library by that of the adapter. Everything
 * else of the file stays as it is.
 */
export function rewriteSource(text: string, peer: PeerName, rewrites: readonly Rewrite[]): string {
  const edits = new Map<number, Edit>()
  for (const { place, policy } of rewrites)
    for (const edit of editsOf(text, peer, place, policy)) edits.set(edit[0], edit)
  let result = text
  for (const [start, end, written] of [...edits.values()].sort(([a], [b]) => b - a))
    result = result.slice(0, start) + written + result.slice(end)
  const [module = '', adapter = ''] = MODULES[peer] ?? []
  return peer === 'nest'
    ? addImport(result.replaceAll(/\.enableCors\(/g, '.use('))
    : replaceImport(result, module, adapter)
}

function editsOf(text: string, peer: PeerName, { span, call }: OptionsPlace, policy: CorsPolicy): readonly Edit[] {
  const [start, end] = span ?? call ?? [0, 0]
  const written = policyText(policy, indentAt(text, start))
  if (peer === 'nest') return [[start, end, `cors(${written})`]]
  if (peer !== 'fastify' || call === null) return [[start, end, written]]
  // `register(cors, options)` becomes `register(cors(policy))`.
  if (span === null) return [[start, end, `(${written})`]]
  const before = /\s*$/.exec(text.slice(0, call[0] - 1))?.[0].length ?? 0
  const gap = call[0] + (/^\s*/.exec(text.slice(call[0]))?.[0].length ?? 0)
  return [
    [call[0] - 1 - before, gap, '('],
    [start, end, written],
    [call[1], call[1], ')'],
  ]
}

function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? ''
}

/** Writes a policy as an object literal of JavaScript. */
export function policyText(policy: CorsPolicy, indent = ''): string {
  const lines = Object.entries(policy).map(([key, value]) => `${indent}  ${key}: ${valueText(value)},`)
  return `{\n${lines.join('\n')}\n${indent}}`
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  return typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, '\\$&')}'` : String(value)
}

function replaceImport(text: string, module: string, adapter: string): string {
  const escaped = module.replaceAll('/', '\\/')
  return text
    .replace(
      new RegExp(`import\\s+(?:\\*\\s+as\\s+)?(\\w+)\\s+from\\s*(['"])${escaped}\\2`),
      (_, name: string, quote: string) => `import ${nameOf(name, ' as ')} from ${quote}${adapter}${quote}`,
    )
    .replace(
      new RegExp(`(const|var|let)\\s+(\\w+)\\s*=\\s*require\\(\\s*(['"])${escaped}\\3\\s*\\)`),
      (_, word: string, name: string, quote: string) =>
        `${word} ${nameOf(name, ': ')} = require(${quote}${adapter}${quote})`,
    )
    .replace(
      new RegExp(`(\\{[^}]*\\}\\s*(?:from|=\\s*require\\()\\s*)(['"])${escaped}\\2`),
      (_, before: string, quote: string) => `${before}${quote}${adapter}${quote}`,
    )
}

function nameOf(name: string, rename: string): string {
  return name === 'cors' ? '{ cors }' : `{ cors${rename}${name} }`
}

function addImport(text: string): string {
  const isModule = /^\s*import\s/m.test(text)
  const line = isModule ? "import { cors } from 'corsmith/node'\n" : "const { cors } = require('corsmith/node')\n"
  return text.includes('corsmith/node') ? text : line + text
}

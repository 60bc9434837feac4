import type { CorsPolicy } from '../../policy/types.ts'
import type { PeerName } from '../peer.ts'
import type { OptionsPlace } from './calls.ts'

/** A place whose options become a policy. */
export interface Rewrite {
  readonly place: OptionsPlace
  readonly policy: CorsPolicy
}

/** The libraries whose calls can be replaced one by one. */
export const REWRITABLE: readonly PeerName[] = ['express', 'hono', 'nest']

/**
 * Replaces options by policies, and the import of the library by that of the adapter. Everything
 * else of the file stays as it is.
 */
export function rewriteSource(text: string, peer: PeerName, rewrites: readonly Rewrite[]): string {
  let result = text
  const starts = new Set<number>()
  for (const { place, policy } of [...rewrites].sort((a, b) => startOf(b.place) - startOf(a.place))) {
    const [start, end] = place.span ?? place.call ?? [0, 0]
    // Two calls may share one declaration.
    if (starts.has(start)) continue
    starts.add(start)
    const written = policyText(policy, indentAt(text, start))
    result = result.slice(0, start) + (peer === 'nest' ? `cors(${written})` : written) + result.slice(end)
  }
  if (peer === 'nest') return addImport(result.replaceAll(/\.enableCors\(/g, '.use('))
  return peer === 'hono'
    ? replaceImport(result, 'hono/cors', 'corsmith/hono')
    : replaceImport(result, 'cors', 'corsmith/node')
}

function startOf({ span, call }: OptionsPlace): number {
  return (span ?? call ?? [0])[0]
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

import type { CorsPolicy } from '../../policy/types.ts'

/** Writes a policy as TypeScript, one option to a line. */
export function policySource(policy: CorsPolicy, indent = ''): string {
  const lines = Object.entries(policy).map(([key, value]) => `${indent}  ${key}: ${literal(value)},`)
  return `{\n${lines.join('\n')}\n${indent}}`
}

function literal(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'function') return '(origin) => …'
  return String(value)
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

/** A policy in the words that every other product needs: plain lists, with what browsers need no permission for. */
export interface Plain {
  readonly origins: readonly string[]
  readonly anyOrigin: boolean
  readonly credentials: boolean
  readonly methods: readonly string[]
  readonly requestHeaders: readonly string[]
  readonly exposedHeaders: readonly string[]
  readonly maxAge: number
}

/** Spells a policy out. */
export function plain(policy: CorsPolicy): Plain {
  const list = (value: '*' | readonly string[] | undefined): readonly string[] =>
    value === undefined ? [] : value === '*' ? ['*'] : value
  return {
    origins: Array.isArray(policy.origins) ? (policy.origins as readonly string[]) : [],
    anyOrigin: policy.origins === '*',
    credentials: policy.credentials === true,
    methods: policy.methods === '*' ? ['*'] : ['GET', 'HEAD', 'POST', ...list(policy.methods)],
    requestHeaders: list(policy.requestHeaders),
    exposedHeaders: list(policy.exposedHeaders),
    maxAge: policy.maxAge ?? 600,
  }
}

import type { CorsPolicy } from '../policy/types.ts'

/** Writes a policy as TypeScript, one option on each line. */
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

/** JSON escapes every character that cannot stand in a string. Only the quotes differ. */
function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

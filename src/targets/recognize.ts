import { isObject } from './readers/json.ts'
import type { TargetName } from './table.ts'

/** Signs of a configuration in a text, the surest first. */
const SIGNS: readonly (readonly [target: TargetName, sign: RegExp])[] = [
  ['nginx', /^\s*(?:add_header|proxy_hide_header|server\s*\{|location\s|map\s+\S+\s+\$)/m],
]

/**
 * Returns the target that a configuration is for, by what stands in it.
 *
 * @param text The configuration.
 * @returns The target; null for a text that is no configuration that is read, such as a policy.
 */
export function recognizeConfig(text: string): TargetName | null {
  if (/^\s*[[{]/.test(text)) return ofJson(text)
  return SIGNS.find(([, sign]) => sign.test(text))?.[0] ?? null
}

function ofJson(text: string): TargetName | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (isObject(value)) {
    if (Array.isArray(value.CORSRules)) return 's3'
    if (Array.isArray(value.rules)) return 'r2'
    return Array.isArray(value.cors) ? 'gcs' : null
  }
  const [first] = Array.isArray(value) ? (value as unknown[]) : []
  if (!isObject(first)) return null
  if ('AllowedOrigins' in first) return 's3'
  if (isObject(first.allowed)) return 'r2'
  return 'origin' in first && 'method' in first ? 'gcs' : null
}

import { isJsonObject } from './readers/json.ts'
import type { TargetName } from './table.ts'

/** Signs of a configuration in a text, the surest first. */
const SIGNS: readonly (readonly [target: TargetName, sign: RegExp])[] = [
  ['envoy', /^\s*allow_origin_string_match:/m],
  ['gateway-api', /^\s*(?:- )?allowOrigins:/m],
  ['ingress-nginx', /^\s*['"]?nginx\.ingress\.kubernetes\.io\/enable-cors['"]?:/m],
  [
    'apache',
    /^\s*(?:<VirtualHost|<Directory|<IfModule|Header\s+(?:always\s+)?(?:set|add|merge|append|unset)\b|SetEnvIf\s)/im,
  ],
  ['nginx', /^\s*(?:add_header|proxy_hide_header|server\s*\{|location\s|map\s+\S+\s+\$)/m],
  ['caddy', /^\s*(?:reverse_proxy\s|header\s+[@+?>{]|@\w+\s+header|header\s+Access-Control-|header_down\s|respond\s)/m],
]

/**
 * Returns the target that a configuration is for, by what stands in it.
 *
 * @param text The configuration.
 * @returns The target; null for any other text, such as a policy.
 *
 * @example
 * ```ts
 * import { recognizeConfig } from 'corsmith/targets'
 *
 * recognizeConfig('add_header Access-Control-Allow-Origin *;') // 'nginx'
 * ```
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
  if (isJsonObject(value)) {
    if (Array.isArray(value.CORSRules)) return 's3'
    if (Array.isArray(value.rules)) return 'r2'
    return Array.isArray(value.cors) ? 'gcs' : null
  }
  const [first] = Array.isArray(value) ? (value as unknown[]) : []
  if (!isJsonObject(first)) return null
  if ('AllowedOrigins' in first) return 's3'
  if (isJsonObject(first.allowed)) return 'r2'
  return 'origin' in first && 'method' in first ? 'gcs' : null
}

import { duplicateKeys } from '../policy/data/json.ts'
import { CorsPolicyError } from '../policy/error.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { type CorsRoutes, corsRoutesOf } from './cors-routes.ts'

/** Routes as a JSON file holds them. */
export interface CorsRoutesJson {
  readonly routes: readonly {
    readonly path: string
    readonly methods?: readonly string[]
    readonly policy: CorsPolicy
  }[]
  readonly else?: CorsPolicy | null
  readonly refused?: 'pass' | 'forbid'
}

/**
 * Tells whether a value from a file holds routes, and not one policy.
 *
 * @example
 * ```ts
 * import { isRoutesJson } from 'corsmith/routes'
 *
 * isRoutesJson({ routes: [] }) // true
 * isRoutesJson({ origins: '*' }) // false
 * ```
 */
export function isRoutesJson(value: unknown): value is CorsRoutesJson {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'routes')
}

/**
 * Makes the policies of a JSON file: `{ "routes": [{ "path": "/api/*", "policy": { … } }], "else":
 * null }`. A property `$schema`, which editors use, is ignored.
 *
 * @param json a text, or the value that was parsed from one
 * @param URLPattern the class, for runtimes that have none
 * @returns a policy that every adapter takes
 * @throws {TypeError} for a text that is not JSON, and for a route that is wrong
 * @throws {CorsPolicyError} for a policy with a defect, and for a key that occurs twice
 *
 * @example
 * ```ts
 * import { corsRoutesFromJson } from 'corsmith/routes'
 *
 * const json = '{ "routes": [{ "path": "/open/*", "policy": { "origins": "*" } }], "else": null }'
 * const cors = corsRoutesFromJson(json)
 * ```
 */
export function corsRoutesFromJson(json: unknown, URLPattern?: unknown): CorsRoutes {
  const value = typeof json === 'string' ? parse(json) : json
  if (!isRoutesJson(value))
    throw new TypeError('corsRoutesFromJson: the value has no "routes": write { "routes": [ … ] }')
  const { routes, $schema: _, ...options } = value as CorsRoutesJson & { readonly $schema?: unknown }
  return corsRoutesOf(routes, { ...options, ...(URLPattern === undefined ? {} : { URLPattern }) })
}

function parse(text: string): unknown {
  const [twice, ...others] = jsonOrThrow(text)
  if (twice !== undefined) throw new CorsPolicyError([twice, ...others])
  return JSON.parse(text)
}

function jsonOrThrow(text: string): ReturnType<typeof duplicateKeys> {
  try {
    JSON.parse(text)
  } catch (error) {
    throw new TypeError(`corsRoutesFromJson: the text is not JSON: ${error instanceof Error ? error.message : error}`)
  }
  return duplicateKeys(text)
}

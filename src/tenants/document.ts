import { type CorsPolicyJson, duplicateKeys, policyFromJson } from '../policy/data/json.ts'
import { CorsPolicyError } from '../policy/error.ts'
import { tryOr } from '../policy/values.ts'
import { createCorsOf } from '../server/create.ts'
import { createVarying } from '../server/derived.ts'
import type { Cors } from '../server/types.ts'
import { parseOrigin } from '../spec/origins.ts'
import { type Preview, type TenantDocument, TenantError } from './types.ts'

/** The most previews of one tenant. A forgotten webhook must not fill a store. */
export const MAX_PREVIEWS = 200

const KEYS = ['version', 'policy', 'previews', '$schema']

/**
 * Reads what a store gave: a document or a bare policy, parsed or as text. A bare policy has
 * version 0.
 *
 * @throws {CorsPolicyError} for a policy with a defect
 * @throws {TypeError} for another defect of the document
 *
 * @example
 * ```ts
 * import { readDocument } from 'corsmith/tenants'
 *
 * readDocument('{ "version": 3, "policy": { "origins": ["https://app.acme.example"] } }').version // 3
 * ```
 */
export function readDocument(given: unknown): TenantDocument {
  const value = typeof given === 'string' ? parse(given) : given
  if (!isRecord(value) || !Object.hasOwn(value, 'policy')) return { version: 0, policy: policyFromJson(given) }
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key))
  if (unknown !== undefined)
    throw new TypeError(
      `${JSON.stringify(unknown)} is no key of a tenant document: write "version", "policy" or "previews"`,
    )
  const { version, policy, previews } = value
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 0)
    throw new TypeError(`version: ${show(version)}: a version is a whole number from 0`)
  const document = { version, policy: policyFromJson(policy) }
  return previews === undefined ? document : { ...document, previews: readPreviews(previews, document.policy) }
}

function parse(text: string): unknown {
  // Where it is not JSON, the reader of policies has the sentence.
  const value: unknown = tryOr(() => JSON.parse(text), undefined)
  if (value === undefined) return undefined
  const [first, ...others] = duplicateKeys(text)
  if (first !== undefined) throw new CorsPolicyError([first, ...others])
  return value
}

function readPreviews(given: unknown, policy: CorsPolicyJson): readonly Preview[] {
  if (!Array.isArray(given)) throw new TypeError(`previews: ${show(given)}: previews are a list`)
  if (given.length > MAX_PREVIEWS) throw new TypeError(`previews: a tenant has ${MAX_PREVIEWS} previews at most`)
  if (given.length > 0 && !Array.isArray(policy.origins))
    throw new TypeError('previews: with origins "*" every origin is allowed already: leave the previews out')
  return given.map((one: unknown, i) => {
    const { origin, expires } = isRecord(one) ? one : {}
    const place = `previews[${i}]`
    if (typeof origin !== 'string' || parseOrigin(origin) === null)
      throw new TypeError(
        `${place}.origin: ${show(origin)}: a preview is one exact origin: write "https://app-pr-7.example.com"`,
      )
    if (typeof expires !== 'string' || timeOf(expires) === null)
      throw new TypeError(`${place}.expires: ${show(expires)}: write a time in UTC such as "2026-12-31T12:00:00.000Z"`)
    return { origin, expires }
  })
}

/** Reads a time as `toISOString` writes it, seconds and their parts being optional; null otherwise. */
export function timeOf(text: string): number | null {
  if (text.length < 17 || text.length > 24 || text.charAt(10) !== 'T' || !text.endsWith('Z')) return null
  const time = Date.parse(text)
  return Number.isNaN(time) ? null : time
}

/** A policy that is ready, and the time at which it has to be made again. */
export interface Compiled {
  readonly cors: Cors
  /** When the next preview ends, in milliseconds; `Infinity` where none does. */
  readonly until: number
}

/**
 * Makes the engine of a document, with the previews that have not ended.
 *
 * @param forbid whether a policy that does not say what happens to refused requests forbids them
 * @throws {CorsPolicyError} for a preview that no policy may list
 */
export function compileDocument({ policy, previews = [] }: TenantDocument, time: number, forbid: boolean): Compiled {
  const open = previews.filter(({ expires }) => (timeOf(expires) ?? 0) > time)
  const until = Math.min(...open.map(({ expires }) => timeOf(expires) ?? 0))
  const origins = Array.isArray(policy.origins)
    ? [...new Set([...policy.origins, ...open.map(({ origin }) => origin)])]
    : policy.origins
  const isSilent = forbid && policy.refused === undefined && Array.isArray(origins)
  const cors = createCorsOf({ ...policy, origins, ...(isSilent ? { refused: 'forbid' } : {}) })
  // Done here, so that no request has to look at the policy: with many tenants it is in no cache.
  return { cors: createVarying()(cors), until }
}

/**
 * Reads and compiles what a store gave.
 *
 * @throws {TenantError} that names the tenant
 */
export function understood(
  tenant: string,
  given: unknown,
  time: number,
  forbid: boolean,
): Compiled & { readonly document: TenantDocument } {
  try {
    const document = readDocument(given)
    return { document, ...compileDocument(document, time, forbid) }
  } catch (error) {
    const why = isRecord(error) && typeof error.message === 'string' ? error.message : 'unreadable'
    throw new TenantError('document-broken', tenant, `the document of "${tenant}" is broken: ${why}`, error)
  }
}

/** The version of what a store holds, also of a broken document; null where there is nothing. */
export function versionOf(given: unknown): number | null {
  if (given === null || given === undefined) return null
  const value = typeof given === 'string' ? tryOr(() => JSON.parse(given), null) : given
  const version = isRecord(value) ? value.version : 0
  return typeof version === 'number' && Number.isSafeInteger(version) ? version : 0
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Shows a wrong value, cut to a length that fits into a line. */
function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

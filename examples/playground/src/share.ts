/** A scenario as the hash of a URL: `#1.` and the fields that differ from the base, as JSON in base64url. */
import { BASE, CREDENTIALS, clip, FIELDS, MODES, type Scenario } from './scenario.ts'

/** The version that this page writes. A later one would change when the fields do. */
const VERSION = '1'

/** Nobody writes more than this by hand; browsers and chats cut longer URLs. */
export const LONGEST_HASH = 32_000

/** Writes a scenario as a hash; null where it is too long for a URL. */
export function toHash(scenario: Scenario): string | null {
  const told = FIELDS.filter((field) => scenario[field] !== BASE[field]).map((field) => [field, scenario[field]])
  const hash = `#${VERSION}.${toBase64(JSON.stringify(Object.fromEntries(told)))}`
  return hash.length > LONGEST_HASH ? null : hash
}

/** Tells whether a hash means to be a scenario. Others are anchors, and none of this module's business. */
export function isShared(hash: string): boolean {
  return /^#\d+\./.test(hash)
}

/**
 * Reads a scenario from a hash. Whoever made the link is a stranger: every field is checked, and nothing else is taken.
 *
 * @throws TypeError for a hash that holds none, in one sentence
 */
export function fromHash(hash: string): Scenario {
  const [, version = '', data = ''] = /^#(\d+)\.(.*)$/s.exec(hash) ?? []
  if (version !== VERSION)
    throw new TypeError(`this link is of version ${clip(version, 8)}, which this page does not read`)
  if (hash.length > LONGEST_HASH) throw new TypeError('this link is longer than any that this page makes')
  const told = parse(data)
  const unknown = Object.keys(told).find((key) => !(FIELDS as readonly string[]).includes(key))
  if (unknown !== undefined) throw new TypeError(`this link holds ${JSON.stringify(clip(unknown))}, which is no field`)
  const scenario: Scenario = { ...BASE, ...told }
  for (const field of FIELDS)
    if (typeof scenario[field] !== 'string') throw new TypeError(`this link holds a ${field} that is no text`)
  if (!CREDENTIALS.includes(scenario.credentials) || !MODES.includes(scenario.mode))
    throw new TypeError('this link holds a mode that no request has')
  return scenario
}

function parse(data: string): Record<string, never> {
  let value: unknown
  try {
    value = JSON.parse(fromBase64(data))
  } catch {
    throw new TypeError('this link is damaged: copy it whole')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('this link holds no scenario')
  return value as Record<string, never>
}

function toBase64(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64(text: string): string {
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

import { isLoopbackHost } from '../../spec/origins.ts'
import type { DefectCode } from '../catalogue.ts'
import { intendedScheme } from '../check/host.ts'
import { admitsAnyHost, admitsStrangers, type EntryReading, isInsecureEntry, readEntry } from '../check/origin-entry.ts'
import { type IssueExtra, type PolicyContext, type Suggestion, write, writeEach } from '../issue.ts'
import { LONGEST_CORRECTED, MOST_SHOWN } from '../limits.ts'
import { tryOr } from '../values.ts'
import { originOfRegExp, regExpSource } from './regexp.ts'

/** The end of a violation: what to write instead of an entry. */
export type Repair = readonly [suggestion?: Suggestion | undefined, extra?: IssueExtra]

/**
 * Returns the corrected entry with all its defects repaired. Returns nothing where only the owner
 * can know what was meant.
 */
export function repairEntry(value: unknown, text: string, reading: EntryReading, context: PolicyContext): Repair {
  const blank = blankOf(reading)
  if (blank !== undefined)
    return [null, { hint: /empty|unset/.test(blank) ? 'set it, or leave this entry out' : undefined }]
  const parts = partsOf(text)
  if (parts.length > 1) {
    const more = parts.length > MOST_SHOWN ? ', …' : ''
    return [undefined, { hint: writeEach(spelled(parts, context)) + more }]
  }
  const repaired = repairText(parts[0] ?? '', context)
  if (repaired === null) return []
  const isCompleted = repaired.review || parts[0] !== text.trim() || regExpSource(value) !== null
  return [repaired.text, isCompleted ? { review: true } : {}]
}

/**
 * Suggests a list for a value that is not one. The most frequent mistake is one string: `origins:
 * process.env.ORIGINS`.
 */
export function repairList(value: unknown, context: PolicyContext): string | undefined {
  const text = originTextOf(value)
  if (text === '*' && !context.has('credentials')) return write('*')
  if (text === null || blankOf(readEntry(text)) !== undefined) return undefined
  return write(spelled(partsOf(text), context))
}

/** Corrects the first parts of a text that names several origins. */
function spelled(parts: readonly string[], context: PolicyContext): string[] {
  return parts.slice(0, MOST_SHOWN).map((part) => repairText(part, context)?.text ?? part)
}

function repairText(text: string, context: PolicyContext): Correction | null {
  const corrected = correctOrigin(text)
  const entry = corrected && readEntry(corrected.text).entry
  if (!corrected || !entry) return null
  if (admitsStrangers(entry, context) || admitsAnyHost(entry, context)) return null
  if (!isInsecureEntry(entry, context)) return corrected
  const secure = correctOrigin(corrected.text.replace('http:', 'https:'))
  return secure && { text: secure.text, review: true }
}

/**
 * Returns the defect of a text that names no origin at all, so that nothing can be corrected. An
 * empty and an unset one stem from a variable without a value, which the owner probably forgot to
 * set.
 */
function blankOf({ defects }: EntryReading): DefectCode | undefined {
  return defects?.find((code) => /-(?:empty|file|null|unset|wildcard-in-list)$/.test(code))
}

function partsOf(text: string): string[] {
  return text.match(/[^\s,;|]+/g) ?? []
}

/** Returns the text of an entry. For a RegExp or a URL, it is the origin that it probably means. */
export function originTextOf(value: unknown): string | null {
  const text = value ?? ''
  if (typeof text === 'string') return text
  const source = regExpSource(value)
  if (source !== null) return originOfRegExp(source)
  return tryOr(() => (value instanceof URL ? value.href : null), null)
}

/** A corrected entry. */
interface Correction {
  readonly text: string
  /**
   * Whether the corrected entry allows another origin than the entry names, so that it is a guess.
   */
  readonly review: boolean
}

/** Matches URLs without a host, and variables written in place of their values. */
const NO_ADDRESS = /^(?:data|blob|about|javascript|mailto):|^(?:process|import\.meta|Deno|Bun)\.env\b/i

/** Replaces `*` while the URL parser reads an entry. No host has this name. */
const STAND_IN = 'corsmith-stand-in'

/**
 * Returns the origin that a malformed entry means, or null. It does not check whether a policy may
 * list that origin.
 *
 * The URL parser does what a browser does to an address: it writes lower case, Punycode and the
 * short form of an IP address, and drops a default port.
 */
export function correctOrigin(text: string): Correction | null {
  if (text.length > LONGEST_CORRECTED || NO_ADDRESS.test(text)) return null
  const address = withScheme(text)
  const spelled = spellWildcards(address)
  const bare = spelled.replace(/:\*(?=$|[/?#])/, '')
  const anyPort = bare !== spelled
  const url = /\*.*\*/s.test(bare) ? null : URL.parse(bare.replace('*', STAND_IN))
  if (!url?.hostname) return null
  const lower = url.hostname.toLowerCase()
  const host = lower.replace(/\.$/, '')
  // ":*" after a host that is not loopback is dropped. The origin without a port is left.
  const keepsAnyPort = anyPort && isLoopbackHost(host)
  const port = keepsAnyPort ? ':*' : url.port && `:${url.port}`
  return {
    text: `${url.protocol}//${host.replace(STAND_IN, '*')}${port}`,
    review:
      spelled !== text || !text.includes('://') || host !== lower || url.username !== '' || anyPort !== keepsAnyPort,
  }
}

/** Adds a scheme: `https`, and `http` for the user's own computer. */
function withScheme(text: string): string {
  // The URL parser reads "https:a.com" and "https:/a.com" as "https://a.com".
  if (/^https?:(?!\d+(?:[/?#]|$))/i.test(text)) return text
  const end = text.indexOf('://')
  if (end >= 0) return (intendedScheme(text.slice(0, end).toLowerCase()) ?? text.slice(0, end)) + text.slice(end)
  const rest = text.replace(/^(?:https?)?[:;]?\/\//i, '')
  const isLocal = /^(localhost|127\.[\d.]*\d|\[::1\]|[^/:?#]*\.localhost)([:/?#]|$)/i.test(rest)
  return `${isLocal ? 'http' : 'https'}://${rest}`
}

/**
 * Writes the wildcards of other libraries as ours: `.example.com`, `**.example.com`,
 * `*.*.example.com`, `*example.com`, `:[*]`.
 */
function spellWildcards(text: string): string {
  return text
    .replace(':[*]', ':*')
    .replace(/:\/\/(?:(?:\*+\.)+|\.)(?=[^*]*$)/, '://*.')
    .replace(/:\/\/\*(?=[^.*/:]+\.[^.*/:]+(?:[:/]|$))/, '://*.')
}

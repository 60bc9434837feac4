import { isLoopbackHost } from '../../spec/origins.ts'
import { intendedScheme } from '../check/host.ts'
import {
  admitsAnyHost,
  admitsStrangers,
  type EntryReading,
  isInsecureEntry,
  type OriginContext,
  readEntry,
} from '../check/origin-entry.ts'
import type { IssueExtra, Suggestion } from '../issue.ts'
import { tryOr } from '../values.ts'
import { originOfRegExp, regExpSource } from './regexp.ts'

/** What to write instead of an entry, and how to say it: the end of a judgement. */
export type Repair = readonly [suggestion?: Suggestion | undefined, extra?: IssueExtra]

/** Finds the whole corrected entry for a value that was read as a text, all its defects repaired; nothing where that is for the owner to know. */
export function repairEntry(value: unknown, text: string, reading: EntryReading, context: OriginContext): Repair {
  if (isNoOrigin(reading)) return [null]
  const parts = partsOf(text)
  if (parts.length > 1) {
    const list = parts.slice(0, MOST_SHOWN).map((part) => JSON.stringify(spell(part, context)))
    return [undefined, { hint: `write ${list.join(', ')}${parts.length > MOST_SHOWN ? ', …' : ''}` }]
  }
  const repaired = repairText(parts[0] ?? '', context)
  if (repaired === null) return []
  const isCompleted = repaired.review || parts[0] !== text.trim() || regExpSource(value) !== null
  return [repaired.text, isCompleted ? { review: true } : {}]
}

/** Finds the list that was meant where there is none: one string is the commonest slip, `origins: process.env.ORIGINS`. */
export function repairList(value: unknown, context: OriginContext): string | undefined {
  const text = textOf(value)
  if (text === '*' && !context.has('credentials')) return 'write "*"'
  if (text === null || isNoOrigin(readEntry(text))) return undefined
  const list = partsOf(text).slice(0, MOST_SHOWN)
  return `write ${JSON.stringify(list.map((part) => spell(part, context)))}`
}

/** A list that is longer is not written out in a message. */
const MOST_SHOWN = 20

function spell(part: string, context: OriginContext): string {
  return repairText(part, context)?.text ?? part
}

function repairText(text: string, context: OriginContext): Correction | null {
  const corrected = correctOrigin(text)
  const entry = corrected === null ? undefined : readEntry(corrected.text).entry
  if (corrected === null || entry === undefined) return null
  if (admitsStrangers(entry, context) || admitsAnyHost(entry, context)) return null
  if (!isInsecureEntry(entry, context)) return corrected
  const secure = correctOrigin(corrected.text.replace('http:', 'https:'))
  return secure && { text: secure.text, review: true }
}

/** Text that names no origin at all, so that there is nothing to correct. */
function isNoOrigin({ defects }: EntryReading): boolean {
  return defects?.some((code) => /^origin-(?:empty|file|null|unset|wildcard-in-list)$/.test(code)) ?? false
}

function partsOf(text: string): string[] {
  return text.split(/[\s,;|]+/).filter((part) => part !== '')
}

/** The text of an entry; of a RegExp and of a URL, the origin that they probably mean. */
export function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  const source = regExpSource(value)
  if (source !== null) return originOfRegExp(source)
  return tryOr(() => (value instanceof URL ? value.href : null), null)
}

/** What to write instead of a malformed entry. */
export interface Correction {
  readonly text: string
  /** Whether it allows another origin than the one that the entry names, and so completes what was probably meant. */
  readonly review: boolean
}

/** No longer text is worth the look. */
const LONGEST = 2_000

/** URLs without a host, and variables that were written where their value should be. */
const NO_ADDRESS = /^(?:data|blob|about|javascript|mailto):|^(?:process|import\.meta|Deno|Bun)\.env\b/i

/** Carries a `*` around the URL parser. No address has this name. */
const STAND_IN = 'corsmith-stand-in'

/**
 * Writes the origin that a malformed entry means; null where there is none to be had. Whether it can stand in a list is not looked at.
 *
 * The URL parser does what browsers do to an address: lower case, Punycode, the one form of an IP address, no default port.
 */
export function correctOrigin(text: string): Correction | null {
  if (text.length > LONGEST || NO_ADDRESS.test(text)) return null
  const address = withScheme(text)
  const spelled = spellWildcards(address)
  const anyPort = /:\*(?=$|[/?#])/.test(spelled)
  const bare = anyPort ? spelled.replace(':*', '') : spelled
  const url = /\*.*\*/s.test(bare) ? null : URL.parse(bare.replace('*', STAND_IN))
  if (!url?.hostname) return null
  const lower = url.hostname.toLowerCase()
  const host = lower.replace(/\.$/, '')
  // ":*" where it is not allowed is left out: one port is what remains of what was meant.
  const keepsAnyPort = anyPort && isLoopbackHost(host)
  const port = keepsAnyPort ? ':*' : url.port && `:${url.port}`
  return {
    text: `${url.protocol}//${host.replace(STAND_IN, '*')}${port}`,
    review:
      spelled !== text || !text.includes('://') || host !== lower || url.username !== '' || anyPort !== keepsAnyPort,
  }
}

/** `example.com` is served over https; only the user's own computer is not. */
function withScheme(text: string): string {
  // The URL parser reads "https:a.com" and "https:/a.com" as everybody does.
  if (/^https?:(?!\d+(?:[/?#]|$))/i.test(text)) return text
  const end = text.indexOf('://')
  if (end >= 0) return (intendedScheme(text.slice(0, end).toLowerCase()) ?? text.slice(0, end)) + text.slice(end)
  const rest = text.replace(/^(?:https?)?[:;]?\/\//i, '')
  const isLocal = /^(localhost|127\.[\d.]*\d|\[::1\]|[^/:?#]*\.localhost)([:/?#]|$)/i.test(rest)
  return `${isLocal ? 'http' : 'https'}://${rest}`
}

/** Writes other libraries' wildcards as ours: `.example.com`, `**.example.com`, `*.*.example.com`, `*example.com`, `:[*]`. */
function spellWildcards(text: string): string {
  return text
    .replace(':[*]', ':*')
    .replace(/:\/\/(?:(?:\*+\.)+|\.)(?=[^*]*$)/, '://*.')
    .replace(/:\/\/\*(?=[^.*/:]+\.[^.*/:]+(?:[:/]|$))/, '://*.')
}

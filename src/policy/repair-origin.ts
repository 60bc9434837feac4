import { type Correction, correctOrigin } from './correct-origin.ts'
import type { IssueExtra, Suggestion } from './issue.ts'
import { orElse } from './or-else.ts'
import { type EntryReading, readEntry } from './origin-entry.ts'
import { admitsAnyHost, admitsStrangers, isInsecureEntry, type OriginContext } from './origin-meaning.ts'
import { originOfRegExp, regExpSource } from './regexp-pattern.ts'

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
  return orElse(() => (value instanceof URL ? value.href : null), null)
}

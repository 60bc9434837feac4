import { toOrigin, WHOLE_LABEL } from '../origin-regex.ts'
import { expand } from './expansion.ts'

/** What a regular expression lets in beside what its owner probably meant. */
export type Looseness = 'start-open' | 'end-open' | 'dot-loose'

/** The entries of a policy that a regular expression covers. None of them allows more than it. */
export interface Entries {
  readonly entries: readonly string[]
  readonly loose: readonly Looseness[]
}

/**
 * Translates a regular expression for `Origin` into entries of a policy. An entry never allows an
 * origin that the expression refuses.
 *
 * @param source The expression.
 * @returns The entries; null for an expression that no list of entries covers.
 */
export function entriesOf(source: string): Entries | null {
  const own = ownEntries(source)
  if (own !== null) return { entries: own, loose: [] }
  const expansion = expand(source)
  if (expansion === null) return null
  const entries: string[] = []
  for (const text of expansion.texts) {
    const entry = entryOf(text)
    if (entry === null || !covers(source, entry)) return null
    entries.push(entry)
  }
  const { startsOpen, endsOpen, hasLooseDot } = expansion
  return {
    entries,
    loose: [
      ...(startsOpen ? (['start-open'] as const) : []),
      ...(endsOpen ? (['end-open'] as const) : []),
      ...(hasLooseDot ? (['dot-loose'] as const) : []),
    ],
  }
}

/** Returns an exact origin or an entry with one `*`, as a policy writes it; null for anything else. */
export function entryOf(text: string): string | null {
  const bare = text.replace(/\/$/, '')
  return toOrigin(bare) === null ? null : bare
}

/** Instances of an entry, and one that is as unlike a usual one as possible. */
function covers(source: string, entry: string): boolean {
  const fillings = entry.includes('*') ? ['a', 'a.b', 'x-1.y_2.z'] : ['']
  try {
    const expression = new RegExp(source)
    return fillings.every((filling) => expression.test(entry.replace('*', filling)))
  } catch {
    return false
  }
}

/**
 * Reads an expression that a writer of corsmith wrote: the expression of each part is the one of its
 * entry, character by character.
 */
function ownEntries(source: string): readonly string[] | null {
  if (!source.startsWith('^') || !source.endsWith('$')) return null
  const body = source.slice(1, -1)
  const inner = body.startsWith('(') && body.endsWith(')') && isOneGroup(body) ? body.slice(1, -1) : body
  const entries = splitTop(inner).map(ownEntry)
  return entries.every((entry) => entry !== null) ? (entries as string[]) : null
}

const WHOLE = String.raw`(${WHOLE_LABEL}\.)+`

function ownEntry(part: string): string | null {
  const text = part
    .replace(WHOLE, '*.')
    .replace(/\[a-z0-9\._~-\]\{1,253\}$/, '*')
    .replace(/\[a-z0-9\]\[a-z0-9_-\]\{0,\d+\}|\[a-z0-9_-\]\{1,\d+\}/, '*')
    .replace(/\(:\((?:\[|4|6|\||\]|-|\d|\{|\})+\)\)\?$/, ':*')
    .replaceAll(/\\(.)/g, '$1')
  return toOrigin(text)?.regex === `^${part}$` ? text : null
}

function isOneGroup(text: string): boolean {
  let depth = 0
  for (const [i, character] of [...text].entries()) {
    if (character === '(') depth++
    if (character === ')') depth--
    if (depth === 0 && i < text.length - 1) return false
  }
  return true
}

/** Splits alternatives that stand in no group. */
function splitTop(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '\\') i++
    else if (character === '(') depth++
    else if (character === ')') depth--
    else if (character === '|' && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...parts, text.slice(start)]
}

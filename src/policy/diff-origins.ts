import { parseOrigin } from '../spec/origins.ts'
import { isWildcard } from './is-wildcard.ts'
import { createMatcher, patternCover } from './matcher.ts'
import { orElse } from './or-else.ts'
import { entriesOf, type OriginEntry } from './origin-entry.ts'
import type { CorsPolicy } from './types.ts'

/** An entry of one policy that another policy does not, or may not, cover whole. */
export interface EntryBeyond {
  /** The entry; `'*'`, or `'predicate'` where a function decides. */
  readonly entry: string
  /** False where a predicate would have to be asked about every origin that there is. */
  readonly isCertain: boolean
}

/** Gives what the origins of one policy allow beyond those of another. Never misses an origin; may name what only a predicate could deny. */
export function originsBeyond(inner: CorsPolicy, outer: CorsPolicy): EntryBeyond[] {
  if (isWildcard(outer.origins) || inner.origins === outer.origins) return []
  if (isWildcard(inner.origins)) return [{ entry: '*', isCertain: true }]
  if (typeof inner.origins === 'function') return [{ entry: 'predicate', isCertain: false }]
  const entries = entriesOf(new Set(inner.origins))
  if (typeof outer.origins === 'function') {
    const predicate = outer.origins
    return entries
      .filter(({ text }) => !isAllowed(predicate, text))
      .map(({ text, kind }) => ({ entry: text, isCertain: kind === 'exact' }))
  }
  const covers = coverOf(entriesOf(new Set(outer.origins)))
  return entries.filter((entry) => !covers(entry)).map(({ text }) => ({ entry: text, isCertain: true }))
}

function coverOf(entries: readonly OriginEntry[]): (entry: OriginEntry) => boolean {
  const texts = new Set(entries.map(({ text }) => text))
  const matcher = createMatcher(texts, entries)
  const isPatternCovered = patternCover(entries)
  return (entry) => {
    if (texts.has(entry.text)) return true
    return entry.kind === 'exact' ? matcher.match(entry.text) !== null : isPatternCovered(entry.text)
  }
}

function isAllowed(predicate: (origin: string) => boolean, origin: string): boolean {
  // What is no well-formed origin is never put to a predicate, listed though it may be; a pattern is none.
  return parseOrigin(origin) !== null && orElse(() => predicate(origin) === true, false)
}

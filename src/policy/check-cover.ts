import { issue } from './issue.ts'
import { createMatcher } from './matcher.ts'
import type { OriginEntry } from './origin-entry.ts'
import { patternCover } from './pattern-cover.ts'
import type { PolicyIssue } from './types.ts'

/** An entry that holds, and where it stands in the list. */
export interface PlacedEntry {
  readonly entry: OriginEntry
  readonly index: number
  /** Whether the entry has no defect. */
  readonly isSound: boolean
}

/**
 * Entries that another entry covers are superfluous, which is worth knowing and no defect.
 * What is defective itself covers nothing: it will go.
 */
export function checkCover(entries: readonly PlacedEntry[]): PolicyIssue[] {
  const wide = entries.filter(({ isSound }) => isSound).flatMap(({ entry }) => (entry.kind === 'exact' ? [] : [entry]))
  if (wide.length === 0) return []
  const matcher = createMatcher(wide)
  const isPatternCovered = patternCover(wide.filter((entry) => entry.kind === 'pattern'))
  return entries
    .filter(({ entry }) => {
      if (entry.kind === 'exact') return matcher.match(entry.text) !== null
      return entry.kind === 'pattern' && isPatternCovered(entry)
    })
    .map(({ entry, index }) => issue('origin-covered', ['origins', index], entry.text, null))
}

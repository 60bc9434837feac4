import { createMatcher, patternCover } from './matcher.ts'
import type { OriginEntry } from './origin-entry.ts'

/**
 * Makes a test for entries that others cover: each origin that the entry allows, another entry of the list allows too. An entry does not
 * cover itself.
 */
export function entryCover(entries: readonly OriginEntry[]): (entry: OriginEntry) => boolean {
  const wide = entries.filter(({ kind }) => kind !== 'exact')
  const ofAnyPort = wide.filter((entry) => entry.kind === 'pattern' && entry.anyPort)
  const matcher = createMatcher(new Set(), wide)
  const portless = createMatcher(new Set(), ofAnyPort)
  const isPatternCovered = patternCover(wide)
  const isPortlessCovered = patternCover(wide, true)
  const texts = new Set(ofAnyPort.map(({ text }) => text))
  return (entry) => {
    if (entry.kind === 'exact') return matcher.match(entry.text) !== null
    if (entry.kind === 'any-port') return portless.match(entry.text.slice(0, -2)) !== null
    if (entry.kind !== 'pattern') return false
    if (entry.anyPort) return isPortlessCovered(entry.text.slice(0, -2))
    const bare = entry.text.replace(/:\d+$/, '')
    return isPatternCovered(entry.text) || texts.has(`${bare}:*`) || isPortlessCovered(bare)
  }
}

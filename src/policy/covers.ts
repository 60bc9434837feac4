import type { OriginEntry } from './check/origin-entry.ts'
import { createMatcher, patternCover } from './matcher.ts'

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

/** Makes a test for header names that a pattern of the same list covers. */
export function nameCover(names: ReadonlySet<string>): (name: string) => boolean {
  const heads = new Set<string>()
  for (const name of names) if (isPattern(name)) heads.add(name.slice(0, -1).toLowerCase())
  const lengths = [...new Set(Array.from(heads, (head) => head.length))]
  return (name) => {
    const text = (isPattern(name) ? name.slice(0, -1) : name).toLowerCase()
    // A pattern stands for one character at least, so it covers what is longer than its own text.
    return lengths.some((length) => length < text.length && heads.has(text.slice(0, length)))
  }
}

function isPattern(name: string): boolean {
  return name.length > 1 && name.endsWith('*')
}

import type { OriginEntry } from './check/origin-entry.ts'
import { createMatcher, patternCover } from './patterns.ts'

/**
 * Returns a test for superfluous entries of `origins`: it is true if another entry of the list
 * matches every origin that the entry matches. An entry does not cover itself.
 * `https://*.example.com` covers `https://a.example.com` and `https://*.a.example.com`.
 */
export function entryCover(entries: readonly OriginEntry[]): (entry: OriginEntry) => boolean {
  const ofAnyPort = entries.filter((entry) => entry.kind === 'pattern' && entry.anyPort)
  const match = createMatcher(new Set(), entries)
  const matchPortless = createMatcher(new Set(), ofAnyPort)
  const isPatternCovered = patternCover(entries)
  const isPortlessCovered = patternCover(entries, true)
  const texts = new Set(ofAnyPort.map(({ text }) => text))
  return (entry) => {
    if (entry.kind === 'exact') return match(entry.text) !== null
    if (entry.kind === 'any-port') return matchPortless(entry.text.slice(0, -2)) !== null
    if (entry.kind !== 'pattern') return false
    if (entry.anyPort) return isPortlessCovered(entry.text.slice(0, -2))
    const bare = entry.text.replace(/:\d+$/, '')
    return isPatternCovered(entry.text) || texts.has(`${bare}:*`) || isPortlessCovered(bare)
  }
}

/** Returns a test for header names that a pattern of the same list covers: `X-*` covers `X-A`. */
export function nameCover(names: ReadonlySet<string>): (name: string) => boolean {
  const heads = new Set<string>()
  for (const name of names) if (isPattern(name)) heads.add(name.slice(0, -1).toLowerCase())
  const lengths = [...new Set(Array.from(heads, (head) => head.length))]
  return (name) => {
    const text = (isPattern(name) ? name.slice(0, -1) : name).toLowerCase()
    // The `*` matches one character or more, so a pattern covers only what is longer than its text.
    return lengths.some((length) => length < text.length && heads.has(text.slice(0, length)))
  }
}

function isPattern(name: string): boolean {
  return name.length > 1 && name.endsWith('*')
}

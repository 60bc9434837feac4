import { defaultPort, isLabels, isPort, MAX_HOST, MAX_ORIGIN } from '../spec/origins.ts'
import type { OriginEntry } from './origin-entry.ts'

/** Finds the entry of `origins` that an origin matches. */
export interface Matcher {
  /** The text of the entry that matches, or null. */
  match(origin: string): string | null
}

/** Patterns, ready to be looked up. */
interface Patterns {
  /** What stands behind the `*`, and the patterns that end so, by what stands before it. */
  readonly tails: ReadonlyMap<string, ReadonlyMap<string, { readonly text: string; readonly wholeLabels: boolean }>>
  /** The lengths that tails have, each with the lengths of what stands before them. */
  readonly lengths: readonly (readonly [tail: number, heads: ReadonlySet<number>])[]
}

/**
 * Makes a matcher whose cost does not grow with the number of entries.
 *
 * Exact origins are one look-up in a Set. Patterns are found by what follows their `*`: only the lengths that occur are tried,
 * each with one look-up, so neither the number of patterns nor a hostile Origin makes a request slower. No regular expression,
 * no normalisation: what stands for the `*` must be labels, or characters of one label, and nothing else.
 */
export function createMatcher(exact: ReadonlySet<string>, wide: readonly OriginEntry[]): Matcher {
  const anyPort = new Map<string, string>()
  for (const { kind, text } of wide) if (kind === 'any-port') anyPort.set(text.slice(0, -2), text)
  const patterns = indexPatterns(wide)
  return {
    match(origin) {
      // What no entry can match is not even hashed.
      if (origin.length > MAX_ORIGIN) return null
      if (exact.has(origin)) return origin
      return (anyPort.size > 0 ? matchPort(origin, anyPort) : null) ?? matchPattern(origin, patterns, 1)
    },
  }
}

/**
 * Makes a test for patterns that another one covers. A pattern is looked up like an origin, with what no pattern holds for its `*`:
 * the one that covers it takes that for a filling, and more with it. What takes no more is the pattern itself.
 */
export function patternCover(entries: readonly OriginEntry[]): (pattern: string) => boolean {
  const patterns = indexPatterns(entries)
  return (pattern) => matchPattern(pattern.replace('*', '_'), patterns, 2) !== null
}

function indexPatterns(entries: readonly OriginEntry[]): Patterns {
  const tails = new Map<string, Map<string, { text: string; wholeLabels: boolean }>>()
  const lengths = new Map<number, Set<number>>()
  for (const entry of entries) {
    if (entry.kind !== 'pattern') continue
    const { before, behind, text, wholeLabels } = entry
    tails.set(behind, (tails.get(behind) ?? new Map()).set(before, { text, wholeLabels }))
    lengths.set(behind.length, (lengths.get(behind.length) ?? new Set()).add(before.length))
  }
  return { tails, lengths: [...lengths] }
}

/** `http://localhost:*` is the host without a port, or with any that a browser would write. */
function matchPort(origin: string, anyPort: ReadonlyMap<string, string>): string | null {
  const bare = anyPort.get(origin)
  if (bare !== undefined) return bare
  const colon = origin.lastIndexOf(':')
  const rule = anyPort.get(origin.slice(0, colon))
  const port = origin.slice(colon + 1)
  const scheme = origin.slice(0, origin.indexOf(':'))
  return rule !== undefined && isPort(port) && port !== defaultPort(scheme) ? rule : null
}

/** `least` is how many characters stand for a `*` at least; with 2 of them, a `_` may be among them. */
function matchPattern(origin: string, { tails, lengths }: Patterns, least: 1 | 2): string | null {
  for (const [tail, heads] of lengths) {
    const end = origin.length - tail
    const candidates = end < least ? undefined : tails.get(origin.slice(end))
    if (candidates === undefined) continue
    for (const head of heads) {
      const pattern = head + least > end ? undefined : candidates.get(origin.slice(0, head))
      if (pattern !== undefined && isFilling(origin, head, end, pattern.wholeLabels, least > 1)) return pattern.text
    }
  }
  return null
}

/** Tells whether what stands for the `*` is what it may stand for, and the whole is still a host. */
function isFilling(origin: string, start: number, end: number, wholeLabels: boolean, underscore: boolean): boolean {
  const hostStart = origin.indexOf('://') + 3
  const portAt = origin.indexOf(':', hostStart)
  const hostEnd = portAt < 0 ? origin.length : portAt
  if (hostEnd - hostStart > MAX_HOST) return false
  if (wholeLabels) return isLabels(origin.slice(start, end), underscore)
  const dot = origin.indexOf('.', hostStart)
  return dot >= end && isLabels(origin.slice(hostStart, dot), underscore)
}

import { defaultPort, isLabelCode, isLabels, isPort, MAX_HOST, MAX_ORIGIN } from '../spec/origins.ts'
import type { OriginEntry } from './origin-entry.ts'

/** Finds the entry of `origins` that an origin matches. */
export interface Matcher {
  /** The text of the entry that matches, or null. */
  match(origin: string): string | null
}

/** What stands behind the `*`, and the patterns that end so, by what stands before it. */
type Tails = Map<string, Map<string, { readonly text: string; readonly wholeLabels: boolean }>>

/**
 * Makes a matcher whose cost does not grow with the number of entries.
 *
 * Exact origins are one look-up in a Set. Patterns are found by what follows their `*`: only the lengths that occur are tried,
 * each with one look-up, so neither the number of patterns nor a hostile Origin makes a request slower. No regular expression,
 * no normalisation: what stands for the `*` must be labels, or characters of one label, and nothing else.
 */
export function createMatcher(exact: ReadonlySet<string>, wide: Iterable<OriginEntry>): Matcher {
  const anyPort = new Map<string, string>()
  const tails: Tails = new Map()
  for (const entry of wide) {
    if (entry.kind === 'any-port') anyPort.set(entry.text.slice(0, -2), entry.text)
    else if (entry.kind === 'pattern') addPattern(tails, entry)
  }
  const tailLengths = lengthsOf(tails)
  return {
    match(origin) {
      // What no entry can match is not even hashed.
      if (origin.length > MAX_ORIGIN) return null
      if (exact.has(origin)) return origin
      return (anyPort.size > 0 ? matchPort(origin, anyPort) : null) ?? matchPattern(origin, tails, tailLengths)
    },
  }
}

function addPattern(tails: Tails, entry: OriginEntry & { kind: 'pattern' }): void {
  const sameTail = tails.get(entry.behind)
  const pattern = { text: entry.text, wholeLabels: entry.wholeLabels }
  if (sameTail === undefined) tails.set(entry.behind, new Map([[entry.before, pattern]]))
  else sameTail.set(entry.before, pattern)
}

function lengthsOf(tails: Tails): readonly { readonly tail: number; readonly heads: readonly number[] }[] {
  const lengths = new Map<number, Set<number>>()
  for (const [behind, heads] of tails) {
    const known = lengths.get(behind.length) ?? new Set()
    for (const before of heads.keys()) known.add(before.length)
    lengths.set(behind.length, known)
  }
  return [...lengths].map(([tail, heads]) => ({ tail, heads: [...heads] }))
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

function matchPattern(origin: string, tails: Tails, lengths: ReturnType<typeof lengthsOf>): string | null {
  for (const { tail, heads } of lengths) {
    const end = origin.length - tail
    if (end < 1) continue
    const candidates = tails.get(origin.slice(end))
    if (candidates === undefined) continue
    for (const head of heads) {
      if (head >= end) continue
      const pattern = candidates.get(origin.slice(0, head))
      if (pattern !== undefined && isFilling(origin, head, end, pattern.wholeLabels)) return pattern.text
    }
  }
  return null
}

/** Tells whether what stands for the `*` is what it may stand for, and the whole is still a host. */
function isFilling(origin: string, start: number, end: number, wholeLabels: boolean): boolean {
  const hostStart = origin.indexOf('://') + 3
  const portAt = origin.indexOf(':', hostStart)
  const hostEnd = portAt < 0 ? origin.length : portAt
  if (hostEnd - hostStart > MAX_HOST) return false
  if (wholeLabels) return isLabels(origin.slice(start, end))
  for (let i = start; i < end; i++) if (!isLabelCode(origin.charCodeAt(i))) return false
  return isLabels(origin.slice(hostStart, origin.indexOf('.', hostStart)))
}

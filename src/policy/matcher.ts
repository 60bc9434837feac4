import { defaultPort, isLabels, isNamed, isPort, MAX_ORIGIN, parseOrigin } from '../spec/origins.ts'
import type { OriginEntry } from './origin-entry.ts'

/** Finds the entry of `origins` that an origin matches. */
export interface Matcher {
  /** The text of the entry that matches, or null. */
  match(origin: string): string | null
}

/** The patterns that end alike: what stands behind their `*`, and by what stands before it the rest. */
interface Tail {
  readonly behind: string
  readonly heads: Map<string, { readonly text: string; readonly wholeLabels: boolean }>
  /** The lengths that `heads` have. */
  readonly headLengths: Set<number>
}

/** Patterns, ready to be looked up. */
interface Patterns {
  /** By the hash of what stands behind the `*`. */
  readonly tails: ReadonlyMap<number, readonly Tail[]>
  /** The lengths that this has, from the shortest. */
  readonly lengths: readonly number[]
}

/**
 * Makes a matcher whose cost does not grow with the number of entries.
 *
 * Exact origins are one look-up in a Set. Patterns are found by what follows their `*`: in one walk over the origin, from its end,
 * only the lengths that occur are looked up, each by a number. So neither the number of patterns nor a hostile Origin makes a request
 * slower. No regular expression, no normalisation: what stands for the `*` must be labels, or characters of one label, and nothing else.
 */
export function createMatcher(exact: ReadonlySet<string>, wide: readonly OriginEntry[]): Matcher {
  const anyPort = new Map<string, string>()
  const anyHost = new Map<string, string>()
  for (const { kind, text, scheme } of wide) {
    if (kind === 'any-port') anyPort.set(text.slice(0, -2), text)
    if (kind === 'any-host') anyHost.set(scheme, text)
  }
  const patterns = indexPatterns(wide, false)
  const portless = indexPatterns(wide, true)

  /** `http://*.localhost:*`, and `moz-extension://*`. */
  function matchRarely(origin: string): string | null {
    const known = portless.lengths.length > 0 ? matchPort(origin, (bare) => matchPattern(bare, portless, 1)) : null
    if (known !== null || anyHost.size === 0) return known
    const parts = parseOrigin(origin)
    return parts?.port === '' && parts.host !== '' ? (anyHost.get(parts.scheme) ?? null) : null
  }

  return {
    match(origin) {
      // What no entry can match is not even hashed.
      if (origin.length > MAX_ORIGIN) return null
      if (exact.has(origin)) return origin
      const known = anyPort.size > 0 ? matchPort(origin, (bare) => anyPort.get(bare)) : null
      return known ?? matchPattern(origin, patterns, 1) ?? matchRarely(origin)
    },
  }
}

/**
 * Makes a test for patterns that another one covers. A pattern is looked up like an origin, its `*` included:
 * the one that covers it takes that for a filling, and more with it. What takes no more is the pattern itself.
 */
export function patternCover(entries: readonly OriginEntry[], anyPort = false): (pattern: string) => boolean {
  const patterns = indexPatterns(entries, anyPort)
  return (pattern) => matchPattern(pattern, patterns, 2) !== null
}

function indexPatterns(entries: readonly OriginEntry[], anyPort: boolean): Patterns {
  const tails = new Map<number, Tail[]>()
  const lengths = new Set<number>()
  for (const entry of entries) {
    if (entry.kind !== 'pattern' || entry.anyPort !== anyPort) continue
    const { before, behind, text, wholeLabels } = entry
    const hash = hashBackwards(behind)
    const alike = tails.get(hash) ?? []
    let tail = alike.find((known) => known.behind === behind)
    if (tail === undefined) {
      tail = { behind, heads: new Map(), headLengths: new Set() }
      tails.set(hash, [...alike, tail])
    }
    tail.heads.set(before, { text, wholeLabels })
    tail.headLengths.add(before.length)
    lengths.add(behind.length)
  }
  return { tails, lengths: [...lengths].sort((a, b) => a - b) }
}

/** The hash of an end of a text is one step more than that of the end without its first character. */
const hashStep = (hash: number, code: number): number => (Math.imul(hash, 31) + code) | 0

function hashBackwards(text: string): number {
  let hash = 0
  for (let i = text.length - 1; i >= 0; i--) hash = hashStep(hash, text.charCodeAt(i))
  return hash
}

/** `http://localhost:*` is the host without a port, or with any that a browser would write. */
function matchPort(origin: string, ruleOf: (bare: string) => string | null | undefined): string | null {
  const bare = ruleOf(origin) ?? null
  if (bare !== null) return bare
  const colon = origin.lastIndexOf(':')
  const rule = ruleOf(origin.slice(0, colon)) ?? null
  const port = origin.slice(colon + 1)
  const scheme = origin.slice(0, origin.indexOf(':'))
  return rule !== null && isPort(port) && port !== defaultPort(scheme) ? rule : null
}

/** `least` is how many characters stand for a `*` at least; with 2 of them, what is looked up is a pattern itself. */
function matchPattern(origin: string, { tails, lengths }: Patterns, least: 1 | 2): string | null {
  let hash = 0
  let hostEnd = 0
  let at = origin.length
  for (const length of lengths) {
    const end = origin.length - length
    if (end < least) return null
    while (at > end) hash = hashStep(hash, origin.charCodeAt(--at))
    const alike = tails.get(hash)
    if (alike === undefined) continue
    // Whatever stands for a `*`, the whole is a host: read once, however many patterns end as it does.
    hostEnd ||= endOfHost(origin, least > 1)
    if (hostEnd < 0) return null
    for (const tail of end > hostEnd ? [] : alike) {
      const text = matchTail(origin, end, tail, least)
      if (text !== null) return text
    }
  }
  return null
}

/** The end is compared last: a hash has found it, and comparing takes longest. */
function matchTail(origin: string, end: number, { behind, heads, headLengths }: Tail, least: 1 | 2): string | null {
  for (const head of headLengths) {
    const pattern = head + least > end ? undefined : heads.get(origin.slice(0, head))
    if (pattern === undefined) continue
    // In a host, what ends at a dot and begins where the host does is whole labels.
    const isFilling = pattern.wholeLabels || origin.indexOf('.', head) >= end
    if (isFilling && origin.endsWith(behind)) return pattern.text
  }
  return null
}

/** Where the host of an origin ends and its port begins; -1 where it is no host. */
function endOfHost(origin: string, star: boolean): number {
  const start = origin.indexOf('://') + 3
  const portAt = origin.indexOf(':', start)
  const end = portAt < 0 ? origin.length : portAt
  const host = origin.slice(start, end)
  return isLabels(host, star) && isNamed(host) ? end : -1
}

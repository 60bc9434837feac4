import { defaultPort, isLabels, isNamed, isPort, MAX_ORIGIN, parseOrigin } from '../spec/origins.ts'
import type { OriginEntry } from './check/origin-entry.ts'

/** Finds the entry of `origins` that an origin matches. */
export interface Matcher {
  /** The text of the entry that matches, or null. */
  match(origin: string): string | null
}

/** Patterns, ready to be looked up. */
interface Patterns {
  /** Those whose `*` is the whole first label, by what follows it, and then by their scheme. */
  readonly labels: Ends<Map<string, string>>
  /** Those whose `*` is a part of the first label, by what follows this label: `.example.com`. */
  readonly parts: Ends<Ends<Heads>>
}

/** Values by a text, and the lengths that such texts have, from the shortest. */
interface Ends<Value> {
  readonly of: Map<string, Value>
  readonly lengths: number[]
}

/** The texts of patterns by what stands before their `*`, and the lengths that this has. */
type Heads = Ends<string>

/**
 * Makes a matcher whose cost does not grow with the number of entries.
 *
 * Exact origins are one look-up in a Set. Patterns are found by what follows their `*`: only the lengths that occur are looked up, each in
 * a Map by the text itself. So neither the number of patterns nor their choice makes a request slower, nor does a hostile Origin.
 * No regular expression, no normalisation: what stands for the `*` must be labels, or characters of one label, and nothing else.
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
    const known = isEmpty(portless) ? null : matchPort(origin, (bare) => matchPattern(bare, portless, 1))
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
  const labels: Patterns['labels'] = newEnds()
  const parts: Patterns['parts'] = newEnds()
  for (const entry of entries) {
    if (entry.kind !== 'pattern' || entry.anyPort !== anyPort) continue
    const { before, behind, text, wholeLabels } = entry
    if (wholeLabels) {
      put(labels, behind, (labels.of.get(behind) ?? new Map<string, string>()).set(before, text))
    } else {
      const dot = behind.indexOf('.')
      const [tail, rest] = [behind.slice(0, dot), behind.slice(dot)]
      const tails = parts.of.get(rest) ?? newEnds<Heads>()
      put(parts, rest, tails)
      const heads = tails.of.get(tail) ?? newEnds()
      put(heads, before, text)
      put(tails, tail, heads)
    }
  }
  for (const ends of [labels, ...parts.of.values()]) ends.lengths.sort((a, b) => a - b)
  return { labels, parts }
}

function isEmpty({ labels, parts }: Patterns): boolean {
  return labels.of.size + parts.of.size === 0
}

function newEnds<Value>(): Ends<Value> {
  return { of: new Map(), lengths: [] }
}

function put<Value>({ of, lengths }: Ends<Value>, key: string, value: Value): void {
  // A host is short, so there are few lengths.
  if (!lengths.includes(key.length)) lengths.push(key.length)
  of.set(key, value)
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

/** `least` is how many characters stand for a `*` at least; with 2 of them, a `_` may be among them. */
function matchPattern(origin: string, patterns: Patterns, least: 1 | 2): string | null {
  if (isEmpty(patterns)) return null
  const start = origin.indexOf('://') + 3
  return matchLabels(origin, start, patterns.labels, least) ?? matchPart(origin, start, patterns.parts, least)
}

/** What stands for the `*` ends at a dot and begins where the host does, so in a host it is whole labels. */
function matchLabels(origin: string, start: number, labels: Patterns['labels'], least: number): string | null {
  for (const length of labels.lengths) {
    const end = origin.length - length
    if (end < start + least) return null
    if (origin.charCodeAt(end) !== DOT) continue
    const text = labels.of.get(origin.slice(end))?.get(origin.slice(0, start))
    if (text !== undefined) return isHostAround(origin, start, end, least > 1) ? text : null
  }
  return null
}

/** What stands for the `*` is within the first label, so that nothing else can follow this label than what follows it in the pattern. */
function matchPart(origin: string, start: number, parts: Patterns['parts'], least: number): string | null {
  const dot = origin.indexOf('.', start)
  const tails = parts.lengths.includes(origin.length - dot) ? parts.of.get(origin.slice(dot)) : undefined
  if (tails === undefined || !isHostAround(origin, start, dot, least > 1)) return null
  for (const length of tails.lengths) {
    const end = dot - length
    if (end < start + least) return null
    const heads = tails.of.get(origin.slice(end, dot))
    for (const head of heads?.lengths ?? []) {
      const text = head + least > end ? undefined : heads?.of.get(origin.slice(0, head))
      if (text !== undefined) return text
    }
  }
  return null
}

const DOT = 0x2e

/** Tells whether a whole origin has a host, and a place in it is before its port. */
function isHostAround(origin: string, start: number, place: number, star: boolean): boolean {
  const portAt = origin.indexOf(':', start)
  const end = portAt < 0 ? origin.length : portAt
  const host = origin.slice(start, end)
  return place < end && isLabels(host, star) && isNamed(host)
}

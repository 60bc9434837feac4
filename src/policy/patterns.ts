import { defaultPort, isLabels, isNamed, isPort, MAX_ORIGIN, parseOrigin } from '../spec/origins.ts'
import type { WideEntry } from './wide.ts'

/** Returns the text of the entry of `origins` that matches an origin, or null. */
export type Matcher = (origin: string) => string | null

/** Patterns in the form in which they are looked up. */
interface Patterns {
  /**
   * Patterns with `*` as the whole first label. The first key is the text after `*`, the second the
   * text before it: `.example.com` → `https://` → `https://*.example.com`.
   */
  readonly labels: TextIndex<Prefixes>
  /**
   * Patterns with `*` inside the first label. The first key is the text after that label, the
   * second the rest of the label after `*`, the third the text before `*`: `.example.com` → `-x` →
   * `https://app-` → `https://app-*-x.example.com`.
   */
  readonly parts: TextIndex<TextIndex<Prefixes>>
}

/** Values by text, with the distinct lengths of the texts, shortest first. */
interface TextIndex<Value> {
  readonly of: Map<string, Value>
  readonly lengths: number[]
}

/** The texts of patterns by the text before their `*`. */
type Prefixes = TextIndex<string>

/**
 * Returns a matcher whose cost does not grow with the number of entries.
 *
 * An exact origin is one look-up in a `Set`. A pattern is found by the text that follows its `*`.
 * The matcher knows which lengths these texts have, cuts the end of each length off the origin, and
 * looks it up in a `Map`. For `https://a.b.example.com` and the patterns `https://*.example.com`
 * and `https://*.org`:
 *
 * - length 4: the end is `.com`, and no pattern has it.
 * - length 12: the end is `.example.com`. The `Map` under it has `https://`, and the origin begins
 *   with it. So `*` stands for `a.b`, and the pattern matches.
 *
 * A host is short, so there are few lengths. Neither the number of patterns nor a choice of
 * patterns made by an attacker makes a request slower: no hash of our own can collide, no regular
 * expression can backtrack, and an origin longer than any entry is refused first.
 */
export function createMatcher(exact: ReadonlySet<string>, wide: readonly WideEntry[]): Matcher {
  const anyPort = new Map<string, string>()
  const anyHost = new Map<string, string>()
  for (const { kind, text, scheme } of wide) {
    if (kind === 'any-port') anyPort.set(text.slice(0, -2), text)
    if (kind === 'any-host') anyHost.set(scheme, text)
  }
  const patterns = indexPatterns(wide, false)
  const portless = indexPatterns(wide, true)

  /** Matches `http://*.localhost:*` and `moz-extension://*`, which few policies have. */
  function matchRarely(origin: string): string | null {
    const known = isEmpty(portless) ? null : matchPort(origin, (bare) => matchPattern(bare, portless, 1))
    if (known !== null || anyHost.size === 0) return known
    const parts = parseOrigin(origin)
    return parts?.port === '' && parts.host !== '' ? (anyHost.get(parts.scheme) ?? null) : null
  }

  return (origin) => {
    // A longer text cannot match, and hashing it would take time.
    if (origin.length > MAX_ORIGIN) return null
    if (exact.has(origin)) return origin
    const known = anyPort.size > 0 ? matchPort(origin, (bare) => anyPort.get(bare)) : null
    return known ?? matchPattern(origin, patterns, 1) ?? matchRarely(origin)
  }
}

/**
 * Returns a test for patterns that another pattern of the list covers.
 *
 * A pattern is looked up as if it were an origin, with its `*` as a character. The covering pattern
 * must match that `*` and at least one character more. So `https://*.example.com` covers
 * `https://*.a.example.com`, where its `*` stands for `*.a`. It does not cover itself, where its
 * `*` would stand for `*` alone.
 */
export function patternCover(entries: readonly WideEntry[], anyPort = false): (pattern: string) => boolean {
  const patterns = indexPatterns(entries, anyPort)
  return (pattern) => matchPattern(pattern, patterns, 2) !== null
}

function indexPatterns(entries: readonly WideEntry[], anyPort: boolean): Patterns {
  const labels: Patterns['labels'] = newIndex()
  const parts: Patterns['parts'] = newIndex()
  for (const entry of entries) {
    if (entry.kind !== 'pattern' || entry.anyPort !== anyPort) continue
    const { before, behind, text, wholeLabels } = entry
    const dot = behind.indexOf('.')
    const heads = wholeLabels ? below(labels, behind) : below(below(parts, behind.slice(dot)), behind.slice(0, dot))
    put(heads, before, text)
  }
  for (const ends of [labels, ...parts.of.values()]) ends.lengths.sort((a, b) => a - b)
  return { labels, parts }
}

function isEmpty({ labels, parts }: Patterns): boolean {
  return labels.of.size + parts.of.size === 0
}

function newIndex<Value>(): TextIndex<Value> {
  return { of: new Map(), lengths: [] }
}

/** Returns the index under a text. The first call with a text makes its index. */
function below<Value>(index: TextIndex<TextIndex<Value>>, key: string): TextIndex<Value> {
  const known = index.of.get(key) ?? newIndex()
  put(index, key, known)
  return known
}

function put<Value>({ of, lengths }: TextIndex<Value>, key: string, value: Value): void {
  // A host is short, so there are few lengths, and a list is quick enough.
  if (!lengths.includes(key.length)) lengths.push(key.length)
  of.set(key, value)
}

/**
 * Matches `http://localhost:*`: the host without a port, or with any port that a browser writes.
 */
function matchPort(origin: string, ruleOf: (bare: string) => string | null | undefined): string | null {
  const bare = ruleOf(origin)
  if (bare) return bare
  const colon = origin.lastIndexOf(':')
  const port = origin.slice(colon + 1)
  const scheme = origin.slice(0, origin.indexOf(':'))
  return isPort(port) && port !== defaultPort(scheme) ? (ruleOf(origin.slice(0, colon)) ?? null) : null
}

/**
 * `least` is the minimum length of the text that a `*` matches. `patternCover` passes 2, and then a
 * host may hold a `*`.
 */
function matchPattern(origin: string, patterns: Patterns, least: 1 | 2): string | null {
  if (isEmpty(patterns)) return null
  const start = origin.indexOf('://') + 3
  return matchLabels(origin, start, patterns.labels, least) ?? matchPart(origin, start, patterns.parts, least)
}

/**
 * Matches a `*` that is the whole first label. The text that it matches begins where the host does
 * and ends at a dot, so it is whole labels.
 */
function matchLabels(origin: string, start: number, labels: Patterns['labels'], least: number): string | null {
  for (const length of labels.lengths) {
    const end = origin.length - length
    if (end < start + least) return null
    // What follows the `*` begins with a dot.
    if (origin.charCodeAt(end) !== 0x2e) continue
    const text = labels.of.get(origin.slice(end))?.of.get(origin.slice(0, start))
    if (text !== undefined) return isHostAround(origin, start, end, least > 1) ? text : null
  }
  return null
}

/**
 * Matches a `*` inside the first label. All that follows the first label must be equal in the
 * origin and the pattern.
 */
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

/**
 * Tells whether an origin has a valid host that ends behind `place`. With `star`, a label may hold
 * `*`.
 */
function isHostAround(origin: string, start: number, place: number, star: boolean): boolean {
  const portAt = origin.indexOf(':', start)
  const end = portAt < 0 ? origin.length : portAt
  const host = origin.slice(start, end)
  return place < end && isLabels(host, star) && isNamed(host)
}

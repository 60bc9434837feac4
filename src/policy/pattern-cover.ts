import type { OriginEntry } from './origin-entry.ts'

/** An entry with a `*` in its host. */
export type Pattern = OriginEntry & { readonly kind: 'pattern' }

/**
 * Makes a test for patterns that another pattern covers: `*.` over its own domain or one above, or a looser pattern for the same
 * first label. Its cost does not grow with the number of patterns.
 */
export function patternCover(patterns: readonly Pattern[]): (pattern: Pattern) => boolean {
  const whole = new Set<string>()
  const partial = new Map<string, Siblings>()
  for (const pattern of patterns) {
    if (pattern.wholeLabels) {
      whole.add(pattern.scheme + pattern.behind)
    } else {
      const { domain, tail } = ends(pattern)
      const siblings = partial.get(domain) ?? { texts: new Set(), heads: new Set(), tails: new Set() }
      siblings.texts.add(`${pattern.before}*${tail}`)
      siblings.heads.add(pattern.before.length)
      siblings.tails.add(tail.length)
      partial.set(domain, siblings)
    }
  }
  return (pattern) => isBelow(pattern, whole) || isTighter(pattern, partial)
}

/** The patterns for the first labels of one domain, and how long what surrounds their `*` can be. */
interface Siblings {
  readonly texts: Set<string>
  readonly heads: Set<number>
  readonly tails: Set<number>
}

/** What follows the `*`, up to the end of its label and from there. */
function ends({ scheme, behind }: Pattern): { domain: string; tail: string } {
  const dot = behind.indexOf('.')
  return { domain: scheme + behind.slice(dot), tail: behind.slice(0, dot) }
}

function isBelow({ scheme, behind, wholeLabels }: Pattern, whole: ReadonlySet<string>): boolean {
  let dot = behind.indexOf('.', wholeLabels ? 1 : 0)
  for (; dot >= 0; dot = behind.indexOf('.', dot + 1)) if (whole.has(scheme + behind.slice(dot))) return true
  return false
}

function isTighter(pattern: Pattern, partial: ReadonlyMap<string, Siblings>): boolean {
  if (pattern.wholeLabels) return false
  const { domain, tail } = ends(pattern)
  const siblings = partial.get(domain)
  for (const head of siblings?.heads ?? []) {
    for (const length of siblings?.tails ?? []) {
      const isOwn = head === pattern.before.length && length === tail.length
      if (isOwn || head > pattern.before.length || length > tail.length) continue
      if (siblings?.texts.has(`${pattern.before.slice(0, head)}*${tail.slice(tail.length - length)}`)) return true
    }
  }
  return false
}

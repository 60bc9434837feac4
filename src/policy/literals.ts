import { orElse } from './or-else.ts'

/** No predicate is so long that what stands behind this matters. */
const LONGEST_SOURCE = 20_000
const MOST_NAMES = 16
const MOST_PORTS = 2

/** Gives the source text of a function, or '' where it has none to show. */
export function sourceOf(value: unknown): string {
  return orElse(() => Function.prototype.toString.call(value).slice(0, LONGEST_SOURCE), '')
}

/** Finds what may be host names in a function's source, be they in a string or in a regular expression. */
export function hostsIn(source: string): string[] {
  const names = plain(source).match(/[a-z0-9-]+(?:\.[a-z0-9-]+)+|localhost/g) ?? []
  return first(
    names.map((name) => name.replace(/^-+|-+$/g, '')),
    MOST_NAMES,
  )
}

/** Finds the words that stand between quotes or slashes. */
export function wordsIn(source: string): string[] {
  const literals = source.match(/(['"`])(?:\\.|(?!\1)[^\\])*\1|\/(?![*/])(?:\\.|[^/\\\n])+\//g) ?? []
  const words = literals.flatMap((literal) => plain(literal).match(/[a-z0-9][a-z0-9-]+[a-z0-9]/g) ?? [])
  return first(
    words.filter((word) => word.length <= 30 && /[a-z]/.test(word)),
    MOST_NAMES,
  )
}

/** Finds the ports that a function's source names, with their colons. */
export function portsIn(source: string): string[] {
  return first(source.match(/:[1-9]\d{1,4}\b/g) ?? [], MOST_PORTS)
}

/** Takes the escapes off: what is `\.` in a regular expression is a dot to a browser. */
function plain(source: string): string {
  return source.toLowerCase().replaceAll(/\\([^a-z0-9\s])/g, '$1')
}

function first(values: readonly string[], most: number): string[] {
  return [...new Set(values)].slice(0, most)
}

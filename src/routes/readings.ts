/** Longer paths are not read. Servers refuse them too, at 8 or 16 KB. */
const MAX_PATH = 4096

/**
 * A path with more readings is refused, and so is one whose readings are longer together. Spellings
 * of real clients have at most eight readings. A client must not keep a server busy with others.
 */
const MAX_READINGS = 48
const MAX_TOTAL = 32_768

/**
 * Lists what servers may take a path for.
 *
 * A router may decode a path or not, merge slashes or not, resolve `..` or not, and so on, in any
 * order. Each rule that some router has is a function in `RULES`. The readings are all paths that
 * these functions make of the given ones, applied again and again. A path in plain spelling has one.
 *
 * @param paths the path as the request spells it, once per source of it
 * @returns the readings; null for a path that has too many, or that no client sends
 */
export function readingsOf(paths: readonly string[]): ReadonlySet<string> | null {
  const readings = new Set<string>(paths)
  // The loop also visits the readings that it adds.
  let total = 0
  for (const path of readings) {
    total += path.length
    if (!path.startsWith('/') || path.length > MAX_PATH || UNSENT.test(path)) return null
    for (const rule of RULES) readings.add(rule(path))
    if (readings.size > MAX_READINGS || total > MAX_TOTAL) return null
  }
  return readings
}

/**
 * Control characters, a fragment, and escapes that are not octets of a text: `%u002e`, and the
 * overlong forms of ASCII. A server that decodes these reads another path than all others do.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find.
const UNSENT = /[\u0000-\u001F\u007F#]|%(?:[01][0-9a-f]|7f|u|c[01]|e0%[89])/i

/** The rules by which routers differ. Each gives the path that a router with this rule reads. */
const RULES: readonly ((path: string) => string)[] = [
  // Decodes everything. An escaped `#` ends a path nowhere, and would be taken for a fragment here.
  (path) => path.replaceAll(/%(?!23)[2-7][0-9a-f]/gi, decodeURIComponent),
  // Decodes all but the delimiters: `%2F` stays, as with decodeURI.
  (path) => path.replaceAll(/%[2-7][0-9a-f]/gi, decodeURI),
  (path) => path.replaceAll('\\', '/'),
  (path) => path.replaceAll(/\/{2,}/g, '/'),
  resolveDots,
  // Matrix parameters.
  (path) => path.replaceAll(/;[^/]*/g, ''),
  (path) => path.replace(/(?!^)\/+$/, ''),
]

/**
 * Resolves `.` and `..`, also where they are escaped.
 *
 * @see https://url.spec.whatwg.org/#path-state
 */
function resolveDots(path: string): string {
  if (!path.includes('.') && !/%2e/i.test(path)) return path
  const kept: string[] = []
  const segments = path.slice(1).split('/')
  for (const [i, segment] of segments.entries()) {
    const name = segment.replaceAll(/%2e/gi, '.')
    if (name === '..') kept.pop()
    else if (name !== '.') kept.push(segment)
    // A path that ends in dots names a folder.
    if (i === segments.length - 1 && (name === '.' || name === '..')) kept.push('')
  }
  return `/${kept.join('/')}`
}

/**
 * Gives the path of a request's URL, as it is spelled there. A `URL` would resolve dots, and some
 * servers do not.
 */
export function pathOfUrl(url: string): string {
  const authority = url.startsWith('/') ? 0 : url.indexOf('//') + 2
  const start = url.indexOf('/', authority)
  const end = url.slice(authority).search(/[?#]/) + authority
  const stop = end < authority ? url.length : end
  return start < 0 || start >= stop ? '/' : url.slice(start, stop)
}

/**
 * Spells a reading so that a URLPattern compares it as it is. URLPattern resolves dots and
 * backslashes itself; here that is a rule of its own.
 */
export function literal(path: string): string {
  return path
    .replaceAll(/(?<=\/)(?:\.|%2e){1,2}(?=\/|$)/gi, '...')
    .replaceAll('\\', '%5C')
    .replaceAll(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase())
}

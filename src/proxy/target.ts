/** Where a proxy sends its requests: an origin, and a path below which every request stays. */
export interface Upstream {
  readonly origin: string
  /** The path of the upstream without its final slash: `''` or `/v1`. */
  readonly base: string
}

/**
 * Reads the URL of an origin API. Errors do not repeat the URL, because it may hold a password.
 *
 * @param name where the URL was written, for the error message
 * @throws {TypeError} for a value that is not an http or https URL without user, query and fragment
 */
export function readUpstream(upstream: string | URL, name = 'upstream'): Upstream {
  const url = URL.parse(String(upstream))
  if (url === null) throw new TypeError(`${name} is not a URL: write one such as "https://api.internal.example"`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new TypeError(`${name} begins with "${url.protocol}": write a URL that begins with "https:" or "http:"`)
  if (url.username !== '' || url.password !== '')
    throw new TypeError(`${name} has a user name or a password, which fetch refuses: leave it out`)
  if (url.search !== '' || url.hash !== '')
    throw new TypeError(`${name} has a query or a fragment: leave it out, requests bring their own`)
  return { origin: url.origin, base: url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname }
}

/**
 * Finds the URL at the origin API for a public URL.
 *
 * The path was parsed once, with the request, so it has no dot segments and no backslashes. It is
 * appended to the base as text. It is never resolved against the base, so `//evil.example` stays a
 * path.
 *
 * @returns the URL; null where the path would leave the upstream
 */
export function targetOf(url: URL, { origin, base }: Upstream): URL | null {
  if (base !== '' && hasParentSegment(url.pathname)) return null
  const target = URL.parse(`${origin}${base}${url.pathname}${url.search}`)
  const isInside = target !== null && target.origin === origin && target.pathname.startsWith(`${base}/`)
  return isInside ? target : null
}

/** A path that still changes after so many rounds of decoding was made to be misread. */
const MAX_ROUNDS = 8

/**
 * Tells whether a path has a `..` for a server that reads it less strictly than the URL Standard.
 *
 * Some servers decode a path again before they resolve dot segments (`..%2f`, `%252e%252e%5c`).
 * Servlet containers read `..;` as `..`. Others stop reading at a NUL, or drop white space.
 */
function hasParentSegment(pathname: string): boolean {
  const path = decodePath(pathname)
  return path === null || path.split(/[/\\]/).some(isParent)
}

/** Decodes a path until it no longer changes. Null if it never stops. */
function decodePath(pathname: string): string | null {
  let path = pathname
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const next = path
      .replaceAll(/%(?:25)+/g, '%')
      // Overlong UTF-8 and the `%u` notation of old IIS are in no standard, but servers decoded
      // both.
      .replaceAll(/%(c0%|c1%|e0%80%)([89ab][0-9a-f])/gi, (_, lead: string, hex: string) => overlong(lead, hex))
      .replaceAll(/%(?:u00)?([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    if (next === path) return path
    path = next
  }
  return null
}

/**
 * Decodes an overlong form. Its last byte has six bits: `%c0%ae` is `.`, `%c0%af` is `/`, `%c1%9c`
 * is `\`.
 */
function overlong(lead: string, hex: string): string {
  return String.fromCharCode(
    (lead.startsWith('c1') || lead.startsWith('C1') ? 0x40 : 0) | (Number.parseInt(hex, 16) & 0x3f),
  )
}

/**
 * Tells whether a server may read a segment as `..`: cut at `;`, `?`, `#` or NUL, without spaces
 * and controls.
 */
function isParent(segment: string): boolean {
  const [name = ''] = segment.split(/[;?#\0]/)
  return name.replaceAll(/[\0-\x20\x7f]/g, '') === '..'
}

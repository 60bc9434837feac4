/** Where a proxy sends its requests: one origin, one path below which everything happens. */
export interface Upstream {
  readonly origin: string
  /** The path of the upstream without its final slash: '' or `/v1`. */
  readonly base: string
}

/**
 * Reads the address of an origin API. `name` is where it was written; the address itself, which may hold a password, is not repeated.
 *
 * @throws {TypeError} for anything but an http or https URL without user, query and fragment.
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
 * Finds the address at the origin API for a public one; null where the path would leave it.
 *
 * The path was parsed once, with the request: dot segments and backslashes are gone from it. It is put behind the base as text
 * and never resolved against it, so `//evil.example` stays a path.
 */
export function targetOf(url: URL, { origin, base }: Upstream): URL | null {
  if (base !== '' && climbs(url.pathname)) return null
  const target = URL.parse(`${origin}${base}${url.pathname}${url.search}`)
  const isInside =
    target !== null && target.origin === origin && (base === '' || target.pathname.startsWith(`${base}/`))
  return isInside ? target : null
}

/**
 * Tells whether a path would climb at a server that decodes it once more before it resolves dot segments (`..%2f`, `%252e%252e%5c`),
 * that takes `..;` for one, as servlet containers do, or that stops reading at a NUL.
 */
function climbs(pathname: string): boolean {
  const decoded = pathname
    .replace(/%(?:25)+/g, '%')
    .replace(/%2e/gi, '.')
    .replace(/%2f|%5c/gi, '/')
  return decoded
    .split('/')
    .some((segment) => segment === '..' || segment.startsWith('..;') || segment.startsWith('..%00'))
}

/**
 * Rewrites a `Location` that points to the origin API, so that the browser does not leave the edge. One that leads to the right
 * place by itself stays as it is, and so does one that leads elsewhere.
 */
export function publicLocation(location: string, target: URL, url: URL, { origin, base }: Upstream): string {
  const resolved = URL.parse(location, target)
  if (resolved === null || resolved.origin !== origin || climbs(resolved.pathname)) return location
  const isInside = base === '' || resolved.pathname === base || resolved.pathname.startsWith(`${base}/`)
  if (!isInside) return location
  const path = resolved.pathname.slice(base.length)
  const rewritten = `${url.origin}${path === '' ? '/' : path}${resolved.search}${resolved.hash}`
  return URL.parse(location, url)?.href === rewritten ? location : rewritten
}

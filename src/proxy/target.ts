/** Where a proxy sends its requests: one origin, one path below which everything happens. */
export interface Upstream {
  readonly origin: string
  /** The path of the upstream without its final slash: '' or `/v1`. */
  readonly base: string
}

/**
 * Reads the address of an origin API.
 *
 * @throws {TypeError} for anything but an http or https URL without user, query and fragment.
 */
export function readUpstream(upstream: string | URL): Upstream {
  const url = URL.parse(String(upstream))
  const place = `upstream: ${JSON.stringify(String(upstream))}`
  if (url === null) throw new TypeError(`${place} is not a URL: write one such as "https://api.internal.example"`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new TypeError(`${place} is not an http or https URL`)
  if (url.username !== '' || url.password !== '')
    throw new TypeError(`${place} has a user name or password, which fetch refuses`)
  if (url.search !== '' || url.hash !== '')
    throw new TypeError(`${place} has a query or fragment, which requests bring themselves`)
  return { origin: url.origin, base: url.pathname.endsWith('/') ? url.pathname.slice(0, -1) : url.pathname }
}

/**
 * Finds the address at the origin API for a public one; null where the path would leave it.
 *
 * The path was parsed once, with the request: dot segments and backslashes are gone from it. It is put behind the base as text
 * and never resolved against it, so `//evil.example` stays a path.
 */
export function targetOf(url: URL, { origin, base }: Upstream): URL | null {
  const target = URL.parse(`${origin}${base}${url.pathname}${url.search}`)
  const isInside =
    target !== null && target.origin === origin && (base === '' || target.pathname.startsWith(`${base}/`))
  return isInside ? target : null
}

/** Rewrites a `Location` that points to the origin API, so that the browser does not leave the edge. Any other stays as it is. */
export function publicLocation(location: string, target: URL, url: URL, { origin, base }: Upstream): string {
  const resolved = URL.parse(location, target)
  if (resolved === null || resolved.origin !== origin) return location
  const isInside = base === '' || resolved.pathname === base || resolved.pathname.startsWith(`${base}/`)
  if (!isInside) return location
  const path = resolved.pathname.slice(base.length)
  return `${url.origin}${path === '' ? '/' : path}${resolved.search}${resolved.hash}`
}

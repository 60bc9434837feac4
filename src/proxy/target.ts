import { climbs } from './climb.ts'

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
  const isInside = target !== null && target.origin === origin && target.pathname.startsWith(`${base}/`)
  return isInside ? target : null
}

/** What a cookie is for: hosts, paths, and what its attributes ask. */
import type { RegistrableDomain } from '../../spec/sites.ts'
import type { BrowserRules } from '../rules.ts'
import type { ReadCookie } from './read-cookie.ts'

/** A cookie in the jar of a simulated browser. */
export interface Cookie extends Omit<ReadCookie, 'domain' | 'path'> {
  /** The host that set the cookie, or the `Domain` that it named. */
  readonly domain: string
  /** Whether the cookie goes to this host alone, and not to the hosts below it. */
  readonly hostOnly: boolean
  readonly path: string
  /**
   * The site of the page under which a partitioned cookie was set; null for a cookie that is not
   * partitioned.
   */
  readonly partition: string | null
}

/** Where a cookie belongs; null for a `Domain` that the host may not speak for. */
export function cookiePlace(
  { domain, path }: ReadCookie,
  url: URL,
  domainOf: RegistrableDomain,
): Pick<Cookie, 'domain' | 'hostOnly' | 'path'> | null {
  const host = url.hostname
  const place = { path: path ?? defaultPath(url) }
  if (domain === '' || (domain === host && domainOf(domain) === null)) return { ...place, domain: host, hostOnly: true }
  // A public suffix, such as com or github.io, would share the cookie with strangers.
  if (domainOf(domain) === null || !isHostBelow(host, domain)) return null
  return { ...place, domain, hostOnly: false }
}

/** Checks what attributes and name prefixes ask of a cookie. */
export function isAcceptable(
  read: ReadCookie,
  place: Pick<Cookie, 'hostOnly' | 'path'>,
  isSecure: boolean,
  rules: BrowserRules,
): boolean {
  if (read.secure && !isSecure) return false
  const needsSecure = read.partitioned || (read.sameSite === 'none' && rules.sameSiteNoneNeedsSecure)
  if (needsSecure && !read.secure) return false
  // A cookie without a name could pass for one with a prefix by its value.
  const prefix = (read.name === '' ? read.value : read.name).toLowerCase()
  if (prefix.startsWith('__secure-')) return read.secure && read.name !== ''
  if (!prefix.startsWith('__host-')) return true
  return read.secure && place.hostOnly && read.domain === '' && read.path === '/' && read.name !== ''
}

export function isFor({ domain, hostOnly, path, secure }: Cookie, url: URL, isSecure: boolean): boolean {
  const isOfHost = hostOnly ? url.hostname === domain : isHostBelow(url.hostname, domain)
  return isOfHost && isPathBelow(url.pathname, path) && (!secure || isSecure)
}

export function isHostBelow(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`)
}

/**
 * @see
 * https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#name-paths-and-path-match
 */
export function isPathBelow(path: string, start: string): boolean {
  return path === start || (path.startsWith(start) && (start.endsWith('/') || path.charAt(start.length) === '/'))
}

function defaultPath({ pathname }: URL): string {
  const end = pathname.lastIndexOf('/')
  return end <= 0 ? '/' : pathname.slice(0, end)
}

export function isSameCookie(a: Cookie, b: Cookie): boolean {
  return (
    a.name === b.name &&
    a.domain === b.domain &&
    a.hostOnly === b.hostOnly &&
    a.path === b.path &&
    a.partition === b.partition
  )
}

export function isShadowed(secure: Cookie, other: Cookie): boolean {
  const isNear = isHostBelow(secure.domain, other.domain) || isHostBelow(other.domain, secure.domain)
  return secure.name === other.name && isNear && isPathBelow(other.path, secure.path)
}

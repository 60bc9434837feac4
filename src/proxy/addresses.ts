import type { Upstream } from './target.ts'

/** The addresses of one exchange: at the origin API, and at the edge. */
export interface Site {
  readonly upstream: Upstream
  /** The URL that the origin API was asked for. */
  readonly target: URL
  /** The public URL that the edge was asked for. */
  readonly url: URL
}

/**
 * Gives the URL under which a browser knows the request's URL. The path is appended as text and
 * never resolved, so `//evil.example` stays a path.
 */
export function publicUrl(url: URL, publicOrigin: string | null): URL {
  return publicOrigin === null ? url : new URL(`${publicOrigin}${url.pathname}${url.search}`)
}

/**
 * Rewrites an address that points to the origin API. So the client stays at the edge, and does not
 * learn where the origin API is.
 *
 * For `upstream: 'http://10.0.0.5/v1'`, `http://10.0.0.5/v1/users/7` becomes
 * `https://api.example.com/users/7`. An address that works at the edge as it is stays as it is. So
 * does one of another host.
 *
 * The edge cannot reach paths outside the path of the upstream. An address with such a path keeps
 * the path and loses the host, as a relative address would.
 */
export function publicAddress(address: string, { upstream, target, url }: Site): string {
  const resolved = URL.parse(address, target)
  if (resolved === null || !isOfUpstream(resolved, upstream, url)) return address
  const path = publicPath(resolved.pathname, upstream)
  const rewritten = `${url.origin}${path}${resolved.search}${resolved.hash}`
  return URL.parse(address, url)?.href === rewritten ? address : rewritten
}

/**
 * Tells whether an address is the origin API's. Behind a TLS terminator an API writes the other
 * scheme. An API that believes `X-Forwarded-Host` writes the public name in front of its own path.
 */
function isOfUpstream(address: URL, upstream: Upstream, url: URL): boolean {
  if (address.origin === upstream.origin || address.origin === url.origin) return true
  const { hostname, port } = new URL(upstream.origin)
  const isHttp = address.protocol === 'http:' || address.protocol === 'https:'
  return isHttp && address.hostname === hostname && address.port === '' && port === ''
}

/** Gives the path at the edge for a path at the origin API. */
function publicPath(path: string, { base }: Upstream): string {
  if (path === base && base !== '') return '/'
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path
}

/**
 * Rewrites the addresses of a `Link` header.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8288#section-3
 */
export function publicLinks(field: string, site: Site): string {
  return field.replaceAll(/<([^<>]*)>/g, (_, address: string) => `<${publicAddress(address, site)}>`)
}

/**
 * Rewrites the address of a `Refresh` header.
 *
 * @see https://html.spec.whatwg.org/#shared-declarative-refresh-steps
 */
export function publicRefresh(field: string, site: Site): string {
  const [, before, quote, address] =
    /^(\s*[\d.]+\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?)(['"]?)(.*?)\2\s*$/is.exec(field) ?? []
  return address === undefined ? field : `${before}${quote}${publicAddress(address, site)}${quote}`
}

/**
 * Rewrites a cookie of the origin API, so that browsers keep it for the edge. Its `Path` loses the
 * path of the upstream. A `Domain` that covers the origin API and not the edge is removed, because
 * a browser would refuse the cookie.
 */
export function publicCookie(cookie: string, { upstream, url }: Site): string {
  const host = new URL(upstream.origin).hostname
  const [pair = '', ...attributes] = cookie.split(';')
  const kept = attributes.flatMap((attribute) => {
    const [name = '', value = ''] = attribute.split(/=(.*)/s).map((part) => part.trim())
    const isDomain = name.toLowerCase() === 'domain'
    if (isDomain && covers(value, host) && !covers(value, url.hostname)) return []
    if (name.toLowerCase() !== 'path') return [attribute]
    const path = publicPath(value, upstream)
    return [path === value ? attribute : ` ${name}=${path}`]
  })
  return [pair, ...kept].join(';')
}

/**
 * Tells whether a cookie's `Domain` covers a host.
 *
 * @see https://httpwg.org/specs/rfc6265.html#cookie-domain
 */
function covers(domain: string, host: string): boolean {
  const bare = domain.toLowerCase().replace(/^\./, '')
  return bare === host || host.endsWith(`.${bare}`)
}

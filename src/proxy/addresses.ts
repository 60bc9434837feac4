import type { Upstream } from './target.ts'

/** Where an answer comes from, and under which address its reader knows it. */
export interface Site {
  readonly upstream: Upstream
  /** What the origin API was asked for. */
  readonly target: URL
  /** What the edge was asked for, under its public name. */
  readonly url: URL
}

/**
 * Rewrites an address that points to the origin API, so that the reader neither leaves the edge nor learns where the origin API
 * lives. One that leads to the right place by itself stays as it is, and so does one that leads elsewhere.
 *
 * What lies outside of the path that the edge forwards to cannot be had through the edge. It keeps its path, as a relative address
 * would, and loses its host.
 */
export function publicAddress(address: string, { upstream, target, url }: Site): string {
  const resolved = URL.parse(address, target)
  if (resolved === null || !isOfUpstream(resolved, upstream, url)) return address
  const path = publicPath(resolved.pathname, upstream)
  const rewritten = `${url.origin}${path}${resolved.search}${resolved.hash}`
  return URL.parse(address, url)?.href === rewritten ? address : rewritten
}

/**
 * An origin API behind something that ends TLS writes the other scheme, and one that believes `X-Forwarded-Host` writes the public
 * name before its own path.
 */
function isOfUpstream(address: URL, upstream: Upstream, url: URL): boolean {
  if (address.origin === upstream.origin || address.origin === url.origin) return true
  const { hostname, port } = new URL(upstream.origin)
  const isHttp = address.protocol === 'http:' || address.protocol === 'https:'
  return isHttp && address.hostname === hostname && address.port === '' && port === ''
}

/** The path at the edge for one at the origin API. */
function publicPath(path: string, { base }: Upstream): string {
  if (path === base) return '/'
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path
}

/** Rewrites the addresses of a `Link` header. @see https://www.rfc-editor.org/rfc/rfc8288#section-3 */
export function publicLinks(field: string, site: Site): string {
  return field.replaceAll(/<([^<>]*)>/g, (_, address: string) => `<${publicAddress(address, site)}>`)
}

/** Rewrites the address of a `Refresh` header. @see https://html.spec.whatwg.org/#shared-declarative-refresh-steps */
export function publicRefresh(field: string, site: Site): string {
  const [, before, quote, address] =
    /^(\s*[\d.]+\s*(?:[;,]|\s)\s*(?:url\s*=\s*)?)(['"]?)(.*?)\2\s*$/is.exec(field) ?? []
  return address === undefined ? field : `${before}${quote}${publicAddress(address, site)}${quote}`
}

/**
 * Rewrites a cookie of the origin API, so that it is kept at the edge and comes back: its `Path` loses the path that the edge
 * forwards to, and a `Domain` that no browser would take from the edge's host is removed, so that the cookie is the edge's own.
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

/** Tells whether a cookie of this `Domain` is for a host. @see https://httpwg.org/specs/rfc6265.html#cookie-domain */
function covers(domain: string, host: string): boolean {
  const bare = domain.toLowerCase().replace(/^\./, '')
  return bare === host || host.endsWith(`.${bare}`)
}

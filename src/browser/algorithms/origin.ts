/**
 * Origins of pages and URLs, and the value of the `Origin` field.
 */

/**
 * The serialization of every opaque origin: sandboxed frames, `data:` documents, tainted redirects.
 */
export const OPAQUE = 'null'

/**
 * Serializes the origin of a URL. Schemes that the URL Standard calls opaque but applications serve
 * pages from (`capacitor://localhost`) keep scheme and host, as their web views write them.
 */
export function originOf(url: URL): string {
  if (url.origin !== OPAQUE) return url.origin
  return url.host === '' || url.protocol === 'file:' ? OPAQUE : `${url.protocol}//${url.host}`
}

/**
 * Tells whether a URL has the given origin. An opaque origin is not the same as any other.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-origin
 */
export function isSameOrigin(origin: string, url: URL): boolean {
  return origin !== OPAQUE && originOf(url) === origin
}

/**
 * Tells whether a URL can be fetched over the network with CORS.
 *
 * @see https://fetch.spec.whatwg.org/#http-scheme
 */
export function isHttpScheme(url: URL): boolean {
  return url.protocol === 'http:' || url.protocol === 'https:'
}

/**
 * Tells whether a URL names a user or a password.
 *
 * @see https://url.spec.whatwg.org/#include-credentials
 */
export function includesCredentials(url: URL): boolean {
  return url.username !== '' || url.password !== ''
}

/** Copies a URL without user, password and fragment, which no server sees. */
export function withoutCredentials(url: URL): URL {
  const copy = new URL(url)
  copy.username = ''
  copy.password = ''
  copy.hash = ''
  return copy
}

/**
 * Serializes the origin of a request: the page's own, or `null` after a redirect from one foreign
 * origin to another.
 *
 * @see https://fetch.spec.whatwg.org/#serializing-a-request-origin
 */
export function serializeRequestOrigin(origin: string, urlList: readonly URL[]): string {
  return isTainted(origin, urlList) ? OPAQUE : origin
}

/**
 * Tells whether redirects took a request's origin away.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 */
export function isTainted(origin: string, urlList: readonly URL[]): boolean {
  // 1. Assert: request's origin is not "client". 2. Let lastURL be null.
  let last: URL | null = null
  for (const url of urlList) {
    // 4.2. If url's origin is not same origin with lastURL's origin and request's origin is not
    //      same origin with lastURL's origin, then the request is tainted.
    if (last !== null && originOf(url) !== originOf(last) && !isSameOrigin(origin, last)) return true
    last = url
  }
  return false
}

/**
 * The header names of the CORS protocol.
 *
 * Names that are written to a response have the spelling of the Fetch Standard. Names that are read
 * stand in {@link READ}, in lower case: `RequestHead` promises its `get` lower-case names.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */

/** Response headers of the CORS protocol, and the two that travel with them. */
export const ALLOW_ORIGIN = 'Access-Control-Allow-Origin'
export const ALLOW_CREDENTIALS = 'Access-Control-Allow-Credentials'
export const ALLOW_METHODS = 'Access-Control-Allow-Methods'
export const ALLOW_HEADERS = 'Access-Control-Allow-Headers'
export const EXPOSE_HEADERS = 'Access-Control-Expose-Headers'
export const MAX_AGE = 'Access-Control-Max-Age'
export const TIMING_ALLOW_ORIGIN = 'Timing-Allow-Origin'
export const VARY = 'Vary'

/** Request headers of the CORS protocol, as a `Vary` field names them. */
export const ORIGIN = 'Origin'
export const REQUEST_METHOD = 'Access-Control-Request-Method'
export const REQUEST_HEADERS = 'Access-Control-Request-Headers'

/**
 * The consent of Private Network Access, which Chromium abandoned. No option of a policy sets it,
 * but old browsers and kiosks still ask for it. So an application may set it on its own answer to a
 * preflight, where it stays for an allowed origin.
 */
export const ALLOW_PRIVATE_NETWORK = 'Access-Control-Allow-Private-Network'

/**
 * Every `Access-Control-*` response header that a server, a gateway or an older library may have
 * set.
 */
export const CORS_RESPONSE_FIELDS: readonly string[] = [
  ALLOW_ORIGIN,
  ALLOW_CREDENTIALS,
  EXPOSE_HEADERS,
  ALLOW_METHODS,
  ALLOW_HEADERS,
  MAX_AGE,
  ALLOW_PRIVATE_NETWORK,
]

/**
 * Header names for reading. In lower case, so that no look-up has to change the case of a name. A
 * module of their own, so that a bundle holds only those that it reads.
 */
export * as READ from './read.ts'

/** What a server says about a request, for the developer tools of a browser. */
export const SERVER_TIMING = 'Server-Timing'
export const CACHE_CONTROL = 'Cache-Control'

/** Fields by which an answer instructs a CDN or a reverse proxy, beside `Cache-Control`. */
export const CDN_CACHING: readonly string[] = [
  'CDN-Cache-Control',
  'Cloudflare-CDN-Cache-Control',
  'Vercel-CDN-Cache-Control',
  'Netlify-CDN-Cache-Control',
  'Surrogate-Control',
  'X-Accel-Expires',
]

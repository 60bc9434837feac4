/**
 * The header names of the CORS protocol.
 *
 * Names are spelled as the Fetch Standard spells them wherever they are written to a response. The two lower-case objects are
 * for reading: {@link RequestHead} promises its `get` lower-case names, and so do the runtimes' own `Headers`.
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

/** Request headers of the CORS protocol, as they are named in a `Vary` field. */
export const ORIGIN = 'Origin'
export const REQUEST_METHOD = 'Access-Control-Request-Method'
export const REQUEST_HEADERS = 'Access-Control-Request-Headers'

/**
 * Belongs to Private Network Access, which Chromium abandoned. No policy speaks of it, and old browsers and kiosks still ask. So an
 * application may answer by hand, and what it says stays in a preflight's answer to an origin that is allowed.
 */
export const ALLOW_PRIVATE_NETWORK = 'Access-Control-Allow-Private-Network'

/** Every `Access-Control-*` response header that a server, a gateway or an older library may have put on a response. */
export const CORS_RESPONSE_FIELDS: readonly string[] = [
  ALLOW_ORIGIN,
  ALLOW_CREDENTIALS,
  EXPOSE_HEADERS,
  ALLOW_METHODS,
  ALLOW_HEADERS,
  MAX_AGE,
  ALLOW_PRIVATE_NETWORK,
]

/** Header names in the form that is read: what is lower-case already need not be made so at every look. */
export const READ = {
  origin: 'origin',
  method: 'access-control-request-method',
  headers: 'access-control-request-headers',
  fetchSite: 'sec-fetch-site',
  upgrade: 'upgrade',
  allowOrigin: 'access-control-allow-origin',
  contentType: 'content-type',
  vary: 'vary',
  timing: 'timing-allow-origin',
  /** What the names of the protocol's response headers begin with. */
  prefix: 'access-control-',
} as const

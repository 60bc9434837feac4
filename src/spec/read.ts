/** The names of {@link READ}. @see https://fetch.spec.whatwg.org/#http-cors-protocol */

const origin = 'origin'
const requestMethod = 'access-control-request-method'
const requestHeaders = 'access-control-request-headers'
const fetchSite = 'sec-fetch-site'
const upgrade = 'upgrade'
const allowOrigin = 'access-control-allow-origin'
const contentType = 'content-type'
const vary = 'vary'
const timing = 'timing-allow-origin'
/** The common prefix of the protocol's response headers. */
const prefix = 'access-control-'

export { allowOrigin, contentType, fetchSite, origin, prefix, requestHeaders, requestMethod, timing, upgrade, vary }

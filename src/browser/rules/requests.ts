/**
 * Rules about the request: what a page may send, what needs a preflight, and what the browser adds.
 */
export const REQUEST_RULES = {
  forbidsUserAgent: {
    doc: 'Whether a page cannot set User-Agent.',
    spec: '#forbidden-request-header',
    standard: false,
    chromium: true,
  },
  uploadStreams: {
    doc: 'What happens to a ReadableStream as a body: "http2" sends it over HTTP/2, so never to an http: URL; "string" sends its string conversion; "refused" throws.',
    spec: '#concept-bodyinit-extract',
    standard: 'http2',
    firefox: 'string',
    webkit: 'refused',
  },
  preflightsBeforeMode: {
    doc: 'Whether a stream as a body is preflighted even where the mode "same-origin" refuses the URL afterwards.',
    spec: '#concept-main-fetch',
    standard: false,
    chromium: true,
  },
  uploadListenerNeedsBody: {
    doc: 'Whether a listener on XMLHttpRequest.upload forces a preflight only where the request has a body.',
    spec: '#use-cors-preflight-flag',
    standard: false,
    chromium: true,
  },
  joinsRequestHeaders: {
    doc: 'Whether repeated request headers are joined before they are examined, so that the limit of 128 bytes holds for all lines together.',
    spec: '#cors-unsafe-request-header-names',
    standard: false,
    chromium: true,
    webkit: true,
  },
  limitsSafelistedTotal: {
    doc: 'Whether all safelisted request header values together are limited to 1,024 bytes.',
    spec: '#cors-unsafe-request-header-names',
    standard: true,
    firefox: false,
  },
  safelistsClientHints: {
    doc: 'Whether client hints with well-formed values need no permission.',
    spec: '#cors-safelisted-request-header',
    standard: false,
    chromium: true,
  },
  highBytesUnsafe: {
    doc: 'Whether bytes from 0x80 on are CORS-unsafe request-header bytes.',
    spec: '#cors-unsafe-request-header-byte',
    standard: false,
    firefox: true,
  },
  readsMimeParameters: {
    doc: 'Whether a Content-Type with a comma in its parameters, or with an empty last parameter, needs permission.',
    spec: '#cors-safelisted-request-header',
    standard: false,
    firefox: true,
  },
  rangeLenient: {
    doc: 'Whether the unit of a safelisted Range may be written in any case, and its numbers with a plus sign.',
    spec: '#simple-range-header-value',
    standard: false,
    webkit: true,
  },
  rangeLimit: {
    doc: 'The largest number in a safelisted Range, as digits; an empty text is no limit.',
    spec: '#simple-range-header-value',
    standard: '',
    chromium: '9223372036854775806',
    firefox: '18446744073709551615',
    webkit: '18446744073709551615',
  },
  repeatsUnsafeNames: {
    doc: 'Whether Access-Control-Request-Headers names a repeated header once per line.',
    spec: '#cors-preflight-fetch-0',
    standard: false,
    firefox: true,
  },
  siteIgnoresScheme: {
    doc: 'Whether Sec-Fetch-Site calls http: and https: of one registrable domain the same site.',
    spec: 'https://html.spec.whatwg.org/multipage/browsers.html#same-site',
    standard: false,
    firefox: true,
  },
  siteAfterRedirect: {
    doc: 'What Sec-Fetch-Site is after a redirect. "farthest": the farthest relation of the page to a URL on the way. "http-crosses": the same, but cross-site after a redirect by an http: URL, unless every URL is same-origin. "absent": no Fetch metadata where a request of the mode "cors" was just led to another origin; a preflight there goes by the origin that it carries.',
    spec: 'https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration',
    standard: 'farthest',
    firefox: 'http-crosses',
    webkit: 'absent',
  },
  preflightSiteIsOwn: {
    doc: 'Whether Sec-Fetch-Site of a preflight goes by its own URL alone, without the URLs before.',
    spec: 'https://w3c.github.io/webappsec-fetch-metadata/#fetch-integration',
    standard: false,
    chromium: true,
    firefox: true,
  },
  dataHasLength: {
    doc: 'Whether the response for a data: URL has a Content-Length.',
    spec: '#scheme-fetch',
    standard: false,
    firefox: true,
  },
  dataNeedsFollow: {
    doc: 'Whether the mode "no-cors" needs the redirect mode "follow" for data: URLs too.',
    spec: '#concept-main-fetch',
    standard: false,
    webkit: true,
  },
} as const

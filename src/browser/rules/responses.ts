/** Rules about the response: how its fields are read, and in which order a preflight is checked. */
export const RESPONSE_RULES = {
  wildcardCoversAuthorization: {
    doc: 'Whether Access-Control-Allow-Headers: * covers Authorization.',
    spec: '#cors-non-wildcard-request-header-name',
    standard: false,
    chromium: true,
    firefox: true,
    webkit: true,
  },
  dropsEmptyLines: {
    doc: 'Whether an empty line of a repeated field disappears, instead of leaving a comma behind.',
    spec: '#concept-header-list-get',
    standard: false,
    firefox: true,
  },
  countsOriginLines: {
    doc: 'Whether two lines named exactly Access-Control-Allow-Origin always fail. Lines in another case are joined like those of any field.',
    spec: '#concept-cors-check',
    standard: false,
    firefox: true,
  },
  starSurvivesBadElement: {
    doc: 'Whether * in Access-Control-Expose-Headers exposes everything although a later element is not a token.',
    spec: '#concept-main-fetch',
    standard: false,
    firefox: true,
  },
  methodBeforeHeaderSyntax: {
    doc: 'Whether a method that is not allowed fails before a malformed Access-Control-Allow-Headers does.',
    spec: '#cors-preflight-fetch-0',
    standard: false,
    firefox: true,
  },
  // The standard has one network error for a bad status and a bad origin. Only the console shows
  // the order.
  statusBeforeOrigin: {
    doc: 'Whether the status of a preflight is checked before its Access-Control-Allow-Origin.',
    spec: '#cors-preflight-fetch-0',
    standard: false,
    webkit: true,
  },
  redirectBeforeOrigin: {
    doc: 'Whether the redirect of a preflight is refused before its Access-Control-Allow-Origin is checked.',
    spec: '#cors-preflight-fetch-0',
    standard: false,
    chromium: true,
  },
  preflightTakesRedirectMode: {
    doc: 'Whether a preflight has the redirect mode of its request: with "follow" a Location that cannot be followed is named first; with another mode a redirect is a bad status.',
    spec: '#cors-preflight-fetch-0',
    standard: false,
    firefox: true,
  },
  uploadAllowsMethod: {
    doc: 'Whether an upload that forces a preflight may use any method where Access-Control-Allow-Methods is absent.',
    spec: '#cors-preflight-fetch-0',
    standard: true,
    chromium: false,
    firefox: false,
    webkit: false,
  },
  addressesAreNoSite: {
    doc: 'Whether two ports of one IP address are different sites for Cross-Origin-Resource-Policy.',
    spec: '#cross-origin-resource-policy-internal-check',
    standard: false,
    chromium: true,
  },
  suffixesAreSites: {
    doc: 'Whether Cross-Origin-Resource-Policy takes every host below a public suffix for the site of a page on that suffix.',
    spec: 'https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site',
    standard: false,
    webkit: true,
  },
} as const

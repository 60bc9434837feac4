import type { AnyDivergence } from './divergences.ts'

/** Divergences in the preflight cache. */
export const CACHE_DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'cacheUnit',
    summary: 'the last whole answer for a URL is stored, or single names under a URL that must be known at all',
    spec: 'https://fetch.spec.whatwg.org/#concept-cache',
    engines: { chromium: 'answer', firefox: 'token', webkit: 'answer' },
    evidence: {
      page: 'fetch(B, {"method": "PUT", "credentials": "include"}); fetch(B, {"method": "DELETE"}); fetch(B, {"method": "PUT", "credentials": "include"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Credentials: true Access-Control-Allow-Methods: PUT, * Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A} Access-Control-Allow-Credentials: true',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks DELETE, B DELETE Origin {A}, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → 200 cors, 200 cors, 200 cors',
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks DELETE, B DELETE Origin {A}, B PUT Origin {A} → 200 cors, 200 cors, 200 cors',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B DELETE Origin {A}, B PUT Origin {A} → 200 cors, 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'cachedStar',
    summary: 'when a stored * stands for every method and name',
    spec: 'https://fetch.spec.whatwg.org/#concept-cache-match-method',
    engines: { chromium: 'entry-without-credentials', firefox: 'never', webkit: 'request-without-credentials' },
    evidence: {
      page: 'fetch(B, {"method": "*", "credentials": "include"}); fetch(B, {"method": "PUT", "credentials": "include"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Credentials: true Access-Control-Allow-Methods: * Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A} Access-Control-Allow-Credentials: true',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks *, B * Origin {A}, B OPTIONS Origin {A} asks PUT → 200 cors, network error (MethodDisallowedByPreflightResponse)',
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks *, B * Origin {A}, B OPTIONS Origin {A} asks PUT → 200 cors, network error (CORSMethodNotFound, CORSDidNotSucceed2)',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks *, B * Origin {A}, B OPTIONS Origin {A} asks PUT → 200 cors, network error',
      },
    },
  },
  {
    rule: 'storedWildcardCoversAuthorization',
    summary: 'a stored * covers Authorization',
    spec: 'https://fetch.spec.whatwg.org/#concept-cache-match-header',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(B, {"headers": [["X-Foo", "1"]]}); fetch(B, {"headers": [["Authorization", "x"]]})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Headers: * Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks GET with x-foo, B GET Origin {A}, B GET Origin {A} authorization=x → 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'cacheExemptMethods',
    summary: 'HEAD is sent without a preflight only where a stored entry names it',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: { firefox: ['GET', 'POST'] },
    evidence: {
      page: 'fetch(B, {"method": "HEAD", "headers": [["X-Foo", "1"]]}), 2 times',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Headers: x-foo Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks HEAD with x-foo, B HEAD Origin {A}, B OPTIONS Origin {A} asks HEAD with x-foo, B HEAD Origin {A} → 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'sharesCredentialedEntries',
    summary: 'an answer to a request with credentials does not serve one without',
    spec: 'https://fetch.spec.whatwg.org/#concept-cache-match',
    engines: { firefox: false },
    evidence: {
      page: 'fetch(B, {"method": "PUT", "credentials": "include"}); fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Credentials: true Access-Control-Allow-Methods: PUT Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A} Access-Control-Allow-Credentials: true',
      ],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'cachesOpaqueOrigins',
    summary: 'preflights of opaque origins are not stored: of none, or of tainted redirects',
    spec: 'https://fetch.spec.whatwg.org/#concept-cache',
    engines: { chromium: 'none', webkit: 'own' },
    evidence: {
      page: 'fetch(B, {"method": "PUT"}), 2 times',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 307 Access-Control-Allow-Origin: * Location: {1}',
        '1 on C: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: PUT Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, C OPTIONS Origin null asks PUT, C PUT Origin null, B PUT Origin {A}, C OPTIONS Origin null asks PUT, C PUT Origin null → 200 cors, 200 cors',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, C OPTIONS Origin null asks PUT, C PUT Origin null, B PUT Origin {A}, C OPTIONS Origin null asks PUT, C PUT Origin null → 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'cachesRefusals',
    summary: 'an answer that refuses what was asked is stored for what else it allows',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(B, {"headers": [["X-Foo", "1"]]}); fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: PUT Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks GET with x-foo, B PUT Origin {A} → network error, 200 cors',
      },
    },
  },
  {
    rule: 'forgetsOnFailure',
    summary: 'failed requests clear the entries of their URL: any but those of the redirect mode "error", or none',
    spec: 'https://fetch.spec.whatwg.org/#concept-cache-clear',
    engines: { chromium: 'never', firefox: 'any', webkit: 'never' },
    evidence: {
      page: 'fetch(B, {"method": "PUT"}), 2 times',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: PUT Access-Control-Max-Age: 600; request 200',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B PUT Origin {A} → network error, network error (MissingAllowOriginHeader)',
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → network error, network error (CORSMissingAllowOrigin2)',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B PUT Origin {A} → network error, network error',
      },
    },
  },
  {
    rule: 'forgetsOnMismatch',
    summary: 'a stored answer that does not allow a request is dropped',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: { chromium: true, webkit: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT"}); fetch(B, {"headers": [["X-Foo", "1"]]}); fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: PUT Access-Control-Allow-Headers:  Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks GET with x-foo, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → 200 cors, network error, 200 cors (HeaderDisallowedByPreflightResponse)',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks GET with x-foo, B PUT Origin {A} → 200 cors, network error, 200 cors',
      },
    },
  },
  {
    rule: 'cacheModesPastPreflights',
    summary: 'requests with certain cache modes or conditional headers do not look into this cache',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: { chromium: ['no-store', 'reload', 'no-cache'], firefox: ['no-store', 'reload'] },
    evidence: {
      page: 'fetch(B, {"headers": [["If-None-Match", "\\"x\\""]]}), 2 times',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Headers: if-none-match Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks GET with if-none-match, B GET Origin {A}, B OPTIONS Origin {A} asks GET with if-none-match, B GET Origin {A} → 200 cors, 200 cors',
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks GET with if-none-match, B GET Origin {A}, B OPTIONS Origin {A} asks GET with if-none-match, B GET Origin {A} → 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'cacheModesNotStored',
    summary: 'the preflight of a request with the cache mode "no-store" is not stored',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: { chromium: ['no-store'] },
    evidence: {
      page: 'fetch(B, {"method": "PUT", "cache": "no-store"}); fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: PUT Access-Control-Max-Age: 600; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → 200 cors, 200 cors',
      },
    },
  },
]

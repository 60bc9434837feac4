import type { AnyDivergence } from './divergences.ts'

/** Divergences in what follows a redirect. */
export const REDIRECTS_DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'preflightsAfterPreflight',
    summary: 'after one preflight every further hop has one',
    spec: 'https://fetch.spec.whatwg.org/#concept-main-fetch',
    engines: { firefox: true, webkit: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 303 Access-Control-Allow-Origin: * Location: {1}',
        '1 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks GET, B GET Origin {A} → 200 cors',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks GET, B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'preflightsByFirstHeaders',
    summary: 'preflights after a redirect go by the header names of the first request',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(A, {"headers": [["Authorization", "x"]]})',
      server: [
        '0 on A: 307 Location: {1}',
        '1 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        firefox: 'Firefox 153.7.0: A GET authorization=x, B OPTIONS Origin {A} asks GET, B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'preflightKeepsOrigin',
    summary: 'a preflight carries the origin of the page where the request itself carries null',
    spec: 'https://fetch.spec.whatwg.org/#concept-request-tainted-origin',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 307 Access-Control-Allow-Origin: * Location: {1}',
        '1 on C: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, C OPTIONS Origin {A} asks PUT, C PUT Origin null → 200 cors',
      },
    },
  },
  {
    rule: 'keepsFirstHeaders',
    summary:
      'a redirect to another origin restores the headers that a 303 had dropped, and asks for permission for them',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(B, {"method": "POST", "headers": [["Content-Type", "application/json"]], "body": "{}"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 303 Access-Control-Allow-Origin: * Location: {1}',
        '1 on B: preflight 204 Access-Control-Allow-Origin: *; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks POST with content-type, B POST Origin {A}, B OPTIONS Origin {A} asks GET with content-type → network error',
      },
    },
  },
  {
    rule: 'keepsOriginHeader',
    summary: 'a request that becomes GET keeps its Origin header',
    spec: 'https://fetch.spec.whatwg.org/#append-a-request-origin-header',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(A, {"method": "PUT"})',
      server: ['0 on A: 303 Location: {1}', '1 on A: 200'],
      observed: {
        webkit: 'WebKitGTK 2.50.6: A PUT Origin {A}, A GET Origin {A} → 200 basic',
      },
    },
  },
  {
    rule: 'redirectsDeleteAsGet',
    summary: 'a redirect to another origin turns DELETE into GET (seen in WebKitGTK)',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(B, {"method": "DELETE"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 307 Access-Control-Allow-Origin: * Location: {1}',
        '1 on C: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks DELETE, B DELETE Origin {A}, C OPTIONS Origin null asks GET, C GET Origin null → 200 cors',
      },
    },
  },
  {
    rule: 'checksRedirectsAsFirst',
    summary: 'a redirect that began at home is checked as if credentials were included',
    spec: 'https://fetch.spec.whatwg.org/#concept-cors-check',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(A)',
      server: [
        '0 on A: 302 Location: {1}',
        '1 on B: 302 Access-Control-Allow-Origin: * Location: {2}',
        '2 on B: 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        webkit: 'WebKitGTK 2.50.6: A GET, B GET Origin {A} → network error',
      },
    },
  },
]

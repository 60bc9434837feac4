import type { AnyDivergence } from './divergences.ts'

/** Divergences in what a Location means. */
export const LOCATIONS_DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'emptyLocation',
    summary: 'an empty Location is none, or cannot be followed',
    spec: 'https://fetch.spec.whatwg.org/#concept-response-location-url',
    engines: { chromium: 'absent', webkit: 'failure' },
    evidence: {
      page: 'fetch(B)',
      server: ['0 on B: preflight 204; request 302 Access-Control-Allow-Origin: {A} Location: '],
      observed: {
        chromium: 'Chromium 156.0.8078.79: B GET Origin {A} → 302 cors',
        webkit: 'WebKitGTK 2.50.6: B GET Origin {A} → network error',
      },
    },
  },
  {
    rule: 'repeatedLocation',
    summary: 'two equal Location lines are one, two different ones break the answer; or they are joined',
    spec: 'https://fetch.spec.whatwg.org/#concept-response-location-url',
    engines: { chromium: 'equal', firefox: 'equal', webkit: 'joined' },
    evidence: {
      page: 'fetch(A)',
      server: ['0 on A: 302 Location: {1} Location: {1}', '1 on A: 200'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: A GET, A GET → 200 basic',
        firefox: 'Firefox 153.7.0: A GET, A GET → 200 basic',
        webkit: 'WebKitGTK 2.50.6: A GET → 404 basic',
      },
    },
  },
  {
    rule: 'locationAsCharacters',
    summary:
      'the bytes of a Location beyond ASCII are characters of Latin-1, written as UTF-8; what is no UTF-8 is first replaced (seen in WebKitGTK)',
    spec: 'https://fetch.spec.whatwg.org/#concept-response-location-url',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(A)',
      server: ['0 on A: 302 Location: {1}?☃ and the byte FF', '1 on A: 200'],
      observed: {
        webkit: 'WebKitGTK 2.50.6: A GET, A GET ?%C3%A2%C2%98%C2%83%C3%AF%C2%BF%C2%BD → 200 basic',
      },
    },
  },
  {
    rule: 'malformedLocationBreaks',
    summary: 'a Location that is no URL breaks the answer even where it is not followed',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(B, {"redirect": "manual"})',
      server: ['0 on B: preflight 204; request 302 Access-Control-Allow-Origin: {A} Location: http://'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: B GET Origin {A} → network error (net::ERR_INVALID_REDIRECT)',
      },
    },
  },
  {
    rule: 'errorNeedsLocation',
    summary: 'the redirect mode "error" minds only answers that have a Location',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: { chromium: true, webkit: true },
    evidence: {
      page: 'fetch(B, {"redirect": "error"})',
      server: ['0 on B: preflight 204; request 302 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: B GET Origin {A} → 302 cors',
        webkit: 'WebKitGTK 2.50.6: B GET Origin {A} → 302 cors',
      },
    },
  },
  {
    rule: 'locationsRefusedFirst',
    summary: 'some locations are refused before the CORS check',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: {
      firefox: ['malformed', 'data:', 'blob:', 'file:', 'javascript:', 'ws:', 'wss:', 'chrome:', 'view-source:'],
    },
    evidence: {
      page: 'fetch(B)',
      server: ['0 on B: preflight 204; request 302 Location: data:,x'],
      observed: {
        firefox: 'Firefox 153.7.0: B GET Origin {A} → network error (CORSDidNotSucceed2)',
      },
    },
  },
  {
    rule: 'refusesUserinfo',
    summary: 'a Location with a user or password is refused even on the own origin, but for an XMLHttpRequest',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(A)',
      server: ['0 on A: 302 Location: http://user@{a}{path1}', '1 on A: 200'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: A GET → network error',
      },
    },
  },
  {
    rule: 'referrerHidesOrigin',
    summary: 'the referrer policy hides Origin before the first redirect only, or never',
    spec: 'https://fetch.spec.whatwg.org/#append-a-request-origin-header',
    engines: { chromium: 'never', webkit: 'first' },
    evidence: {
      page: 'fetch(A, {"method": "POST", "mode": "no-cors", "referrerPolicy": "same-origin"})',
      server: ['0 on A: 307 Location: {1}', '1 on B: 200'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: A POST Origin {A}, B POST Origin null → 0 opaque',
        webkit: 'WebKitGTK 2.50.6: A POST Origin {A}, B POST Origin {A} → 0 opaque',
      },
    },
  },
  {
    rule: 'schemesThatBreak',
    summary: 'a Location of some schemes breaks the answer even where it is not followed',
    spec: 'https://fetch.spec.whatwg.org/#concept-http-fetch',
    engines: { webkit: ['ftp:'] },
    evidence: {
      page: 'fetch(B, {"redirect": "manual"})',
      server: ['0 on B: preflight 204; request 302 Access-Control-Allow-Origin: {A} Location: ftp://x/'],
      observed: {
        webkit: 'WebKitGTK 2.50.6: B GET Origin {A} → network error',
      },
    },
  },
  {
    rule: 'taintsNoCorsRedirects',
    summary: 'Origin becomes null as soon as a no-cors request is redirected to another origin',
    spec: 'https://fetch.spec.whatwg.org/#append-a-request-origin-header',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(A, {"method": "POST", "mode": "no-cors"})',
      server: ['0 on A: 307 Location: {1}', '1 on B: 200'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: A POST Origin {A}, B POST Origin null → 0 opaque',
      },
    },
  },
  {
    rule: 'dropsClientHints',
    summary: "a redirect to another origin than the page's drops client hints that the page set",
    spec: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(B, {"headers": [["DPR", "x"]]})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 307 Access-Control-Allow-Origin: * Location: {1}',
        '1 on B: preflight 204 Access-Control-Allow-Origin: * Access-Control-Allow-Methods: * Access-Control-Allow-Headers: *; request 200 Access-Control-Allow-Origin: *',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks GET with dpr, B GET Origin {A}, B GET Origin {A} → 200 cors',
      },
    },
  },
]

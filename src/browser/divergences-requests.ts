import type { AnyDivergence } from './divergences.ts'

/** Divergences in what needs permission. */
export const REQUESTS_DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'joinsRequestHeaders',
    summary: 'repeated request headers are joined before they are judged, so 128 bytes count for all of them',
    spec: 'https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names',
    engines: { chromium: true, webkit: true },
    evidence: {
      page: 'fetch(B, {"headers": [["Accept", "a×120"], ["Accept", "a×120"]]})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks GET with accept → network error (PreflightMissingAllowOriginHeader)',
        webkit: 'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks GET with accept → network error',
      },
    },
  },
  {
    rule: 'limitsSafelistedTotal',
    summary: 'safelisted values may have more than 1,024 bytes together',
    spec: 'https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names',
    engines: { firefox: false },
    evidence: {
      page: 'fetch(B, {"headers": [["Accept", "a×120"]], 9 times that header})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        firefox: 'Firefox 153.7.0: B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'safelistsClientHints',
    summary: 'client hints with well-formed values need no permission',
    spec: 'https://fetch.spec.whatwg.org/#cors-safelisted-request-header',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(B, {"headers": [["Save-Data", "on"]]})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'highBytesUnsafe',
    summary: 'bytes from 80 on need permission',
    spec: 'https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B, {"headers": [["Accept", "é"]]})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks GET with accept → network error (CORSMissingAllowOrigin2, CORSDidNotSucceed2)',
      },
    },
  },
  {
    rule: 'readsMimeParameters',
    summary: 'a Content-Type with a comma in its parameters, or an empty last one, needs permission',
    spec: 'https://fetch.spec.whatwg.org/#cors-safelisted-request-header',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B, {"headers": [["Content-Type", "text/plain;a,b"]]})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks GET with content-type → network error (CORSMissingAllowOrigin2, CORSDidNotSucceed2)',
      },
    },
  },
  {
    rule: 'rangeLenient',
    summary: 'the unit of a Range may be written in any case, its numbers with a plus sign',
    spec: 'https://fetch.spec.whatwg.org/#simple-range-header-value',
    engines: { webkit: true },
    evidence: {
      page: 'fetch(B, {"headers": [["Range", "Bytes=0-9"]]})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        webkit: 'WebKitGTK 2.50.6: B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'rangeLimit',
    summary: 'the numbers of a Range are limited',
    spec: 'https://fetch.spec.whatwg.org/#simple-range-header-value',
    engines: { chromium: '9223372036854775806', firefox: '18446744073709551615', webkit: '18446744073709551615' },
    evidence: {
      page: 'fetch(B, {"headers": [["Range", "bytes=18446744073709551616-"]]})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks GET with range → network error (PreflightMissingAllowOriginHeader)',
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks GET with range → network error (CORSMissingAllowOrigin2, CORSDidNotSucceed2)',
        webkit: 'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks GET with range → network error',
      },
    },
  },
  {
    rule: 'repeatsUnsafeNames',
    summary: 'Access-Control-Request-Headers names a repeated header as often as it stands',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B, {"headers": [["X-Foo", "1"], ["X-Foo", "2"]]})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Headers: x-foo; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        firefox: 'Firefox 153.7.0: B OPTIONS Origin {A} asks GET with x-foo,x-foo, B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'forbidsUserAgent',
    summary: 'a page cannot set User-Agent',
    spec: 'https://fetch.spec.whatwg.org/#forbidden-request-header',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(B, {"headers": [["User-Agent", "x"]]})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'uploadStreams',
    summary: 'a ReadableStream as a body is sent as a string, or refused',
    spec: 'https://fetch.spec.whatwg.org/#concept-bodyinit-extract',
    engines: { firefox: 'string', webkit: 'refused' },
    evidence: {
      page: 'fetch(B, {"method": "POST", "streamBody": true, "body": "x"})',
      server: ['0 on B: preflight 204 Access-Control-Allow-Origin: {A}; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        firefox: 'Firefox 153.7.0: B POST Origin {A} → 200 cors',
        webkit: 'WebKitGTK 2.50.6: nothing sent → network error',
      },
    },
  },
  {
    rule: 'preflightsBeforeMode',
    summary: 'a ReadableStream as a body is preflighted even where the mode "same-origin" refuses the URL afterwards',
    spec: 'https://fetch.spec.whatwg.org/#concept-main-fetch',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(B, {"method": "POST", "mode": "same-origin", "streamBody": true, "body": "x"})',
      server: ['0 on B: preflight 204 Access-Control-Allow-Origin: {A}; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium: 'Chromium 156.0.8078.108: B OPTIONS Origin {A} asks POST → network error',
      },
    },
  },
  {
    rule: 'uploadListenerNeedsBody',
    summary: 'a listener on XMLHttpRequest.upload forces a preflight only where there is a body',
    spec: 'https://fetch.spec.whatwg.org/#use-cors-preflight-flag',
    engines: { chromium: true },
    evidence: {
      page: 'xhr(B, {"uploadListener": true})',
      server: ['0 on B: preflight 500; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium: 'Chromium 156.0.8078.79: B GET Origin {A} → 200 cors',
      },
    },
  },
]

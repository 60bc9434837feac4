import type { AnyDivergence } from './divergences.ts'

/** Divergences in how much and how long preflights are remembered. */
export const LIFETIMES_DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'cacheSize',
    summary: 'how many URLs are remembered',
    spec: 'https://fetch.spec.whatwg.org/#concept-cache',
    engines: { chromium: 1024, firefox: 100 },
    evidence: {
      observed: {
        chromium: 'source: services/network/cors/preflight_cache.cc, kMaxCacheEntries',
        firefox: 'source: netwerk/protocol/http/nsCORSListenerProxy.cpp, PREFLIGHT_CACHE_SIZE',
      },
    },
  },
  {
    rule: 'maxAgeCap',
    summary: 'how long a preflight is remembered at most, in seconds',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { chromium: 7200, firefox: 86_400, webkit: 600 },
    evidence: {
      observed: {
        chromium: 'source: services/network/public/cpp/cors/preflight_result.cc, kMaxTimeout',
        firefox: 'source: netwerk/protocol/http/nsCORSListenerProxy.cpp, AddResultToCache',
        webkit: 'source: Source/WebCore/loader/CrossOriginPreflightResultCache.cpp, maxPreflightCacheTimeout',
      },
    },
  },
  {
    rule: 'maxAgeSyntax',
    summary: 'a malformed Access-Control-Max-Age means: never, instead of five seconds',
    spec: 'https://fetch.spec.whatwg.org/#http-access-control-max-age',
    engines: { firefox: 'never' },
    evidence: {
      page: 'fetch(B, {"method": "PUT"}), 2 times',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: PUT Access-Control-Max-Age: foo; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'maxAgeSigned',
    summary: 'Access-Control-Max-Age may have a sign',
    spec: 'https://fetch.spec.whatwg.org/#http-access-control-max-age',
    engines: { chromium: true, webkit: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT"}); 7 s later: fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: PUT Access-Control-Max-Age: +600; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B PUT Origin {A} → 200 cors, 200 cors',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B PUT Origin {A} → 200 cors, 200 cors',
      },
    },
  },
  {
    rule: 'maxAgeOverflows',
    summary: 'an Access-Control-Max-Age beyond 63 bits counts as malformed',
    spec: 'https://fetch.spec.whatwg.org/#http-access-control-max-age',
    engines: { chromium: true, webkit: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT"}); 7 s later: fetch(B, {"method": "PUT"})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: PUT Access-Control-Max-Age: 9223372036854775808; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → 200 cors, 200 cors',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT, B PUT Origin {A}, B OPTIONS Origin {A} asks PUT, B PUT Origin {A} → 200 cors, 200 cors',
      },
    },
  },
]

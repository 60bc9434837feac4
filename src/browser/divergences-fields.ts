import type { AnyDivergence } from './divergences.ts'

/** Divergences in what responses are read for. */
export const FIELDS_DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'wildcardCoversAuthorization',
    summary: 'Access-Control-Allow-Headers: * covers Authorization too',
    spec: 'https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name',
    engines: { chromium: true, firefox: true, webkit: true },
    evidence: {
      page: 'fetch(B, {"headers": [["Authorization", "x"]]})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Headers: *; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks GET with authorization, B GET Origin {A} authorization=x → 200 cors',
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks GET with authorization, B GET Origin {A} authorization=x → 200 cors (CORSAllowHeaderFromPreflightDeprecation)',
        webkit:
          'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks GET with authorization, B GET Origin {A} authorization=x → 200 cors',
      },
    },
  },
  {
    rule: 'dropsEmptyLines',
    summary: 'an empty line of a field disappears next to others, instead of leaving a comma behind',
    spec: 'https://fetch.spec.whatwg.org/#concept-header-list-get',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B, {"credentials": "include"})',
      server: [
        '0 on B: preflight 204; request 200 Access-Control-Allow-Origin: {A} Access-Control-Allow-Credentials: true Access-Control-Allow-Credentials: ',
      ],
      observed: {
        firefox: 'Firefox 153.7.0: B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'countsOriginLines',
    summary: 'two lines named exactly Access-Control-Allow-Origin always fail; written in another case they are joined',
    spec: 'https://fetch.spec.whatwg.org/#concept-cors-check',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B)',
      server: ['0 on B: request 200, two lines of Access-Control-Allow-Origin in lower case: {A}, and an empty one'],
      observed: {
        firefox: 'Firefox 153.7.0: B GET Origin {A} → 200 cors',
      },
    },
  },
  {
    rule: 'starSurvivesBadElement',
    summary: '* in Access-Control-Expose-Headers exposes everything although a later element is no token',
    spec: 'https://fetch.spec.whatwg.org/#concept-main-fetch',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B)',
      server: [
        '0 on B: preflight 204; request 200 Access-Control-Allow-Origin: {A} X-Foo: 1 Access-Control-Expose-Headers: *, bad token',
      ],
      observed: {
        firefox:
          'Firefox 153.7.0: B GET Origin {A} → 200 cors [Access-Control-Allow-Origin, Access-Control-Expose-Headers, Content-Length, X-Foo]',
      },
    },
  },
  {
    rule: 'methodBeforeHeaderSyntax',
    summary: 'the method is refused before a malformed Access-Control-Allow-Headers is',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT", "headers": [["X-Foo", "1"]]})',
      server: [
        '0 on B: preflight 204 Access-Control-Allow-Origin: {A} Access-Control-Allow-Methods: X Access-Control-Allow-Headers: bad token; request 200 Access-Control-Allow-Origin: {A}',
      ],
      observed: {
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT with x-foo → network error (CORSMethodNotFound, CORSDidNotSucceed2)',
      },
    },
  },
  {
    rule: 'statusBeforeOrigin',
    summary: 'the status of a preflight is named before its Access-Control-Allow-Origin',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { webkit: true },
    evidence: {
      observed: {
        webkit: 'source: Source/WebCore/loader/CrossOriginAccessControl.cpp, validatePreflightResponse',
      },
    },
  },
  {
    rule: 'redirectBeforeOrigin',
    summary: 'the redirect of a preflight is named before its Access-Control-Allow-Origin',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { chromium: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT"})',
      server: ['0 on B: preflight 302 Location: {0}; request 200'],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT → network error (PreflightDisallowedRedirect, net::ERR_INVALID_REDIRECT)',
      },
    },
  },
  {
    rule: 'preflightTakesRedirectMode',
    summary:
      'a preflight has the redirect mode of its request: with "follow" a Location that cannot be followed is named, with another mode the status',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { firefox: true },
    evidence: {
      page: 'fetch(B, {"method": "PUT", "redirect": "manual"})',
      server: ['0 on B: preflight 302 Access-Control-Allow-Origin: {A} Location: {0}; request 200'],
      observed: {
        firefox:
          'Firefox 153.8.0: B OPTIONS Origin {A} asks PUT → network error (CORSPreflightDidNotSucceed3, CORSDidNotSucceed2)',
      },
    },
  },
  {
    rule: 'uploadAllowsMethod',
    summary: 'an upload that forces a preflight needs its method in Access-Control-Allow-Methods',
    spec: 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0',
    engines: { chromium: false, firefox: false, webkit: false },
    evidence: {
      page: 'xhr(B, {"method": "PUT", "uploadListener": true, "body": "x"})',
      server: ['0 on B: preflight 204 Access-Control-Allow-Origin: {A}; request 200 Access-Control-Allow-Origin: {A}'],
      observed: {
        chromium:
          'Chromium 156.0.8078.79: B OPTIONS Origin {A} asks PUT → network error (MethodDisallowedByPreflightResponse)',
        firefox:
          'Firefox 153.7.0: B OPTIONS Origin {A} asks PUT → network error (CORSMethodNotFound, CORSDidNotSucceed2)',
        webkit: 'WebKitGTK 2.50.6: B OPTIONS Origin {A} asks PUT → network error',
      },
    },
  },
]

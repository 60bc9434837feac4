/**
 * One exhibit for each rule of the divergence table: the smallest exchange in which the rule shows. Rules that no page can observe
 * (an order of checks in WebKit, how long or how much a cache holds) have none and name the source instead.
 */
import type { BrowserRules } from '../../src/browser.ts'
import { SITE_EXHIBITS } from './exhibits-sites.ts'
import { ANY, age, at, CREDENTIALS, exhibit, FOO, location, methods, names, O, open, PUT } from './recipes.ts'
import type { Hop, Scenario } from './scenario.ts'

const REFUSED_PREFLIGHT: readonly Hop[] = [{ site: 'B', pre: { status: 500 }, act: { headers: [O] } }]

/** The exhibits. */
export const EXHIBITS: Partial<Readonly<Record<keyof BrowserRules, Scenario>>> = {
  wildcardCoversAuthorization: exhibit(
    'wildcardCoversAuthorization',
    [{ headers: [['Authorization', 'x']] }],
    at([O, names('*')]),
  ),
  joinsRequestHeaders: exhibit(
    'joinsRequestHeaders',
    [
      {
        headers: [
          ['Accept', 'a'.repeat(120)],
          ['Accept', 'a'.repeat(120)],
        ],
      },
    ],
    REFUSED_PREFLIGHT,
  ),
  limitsSafelistedTotal: exhibit(
    'limitsSafelistedTotal',
    [{ headers: Array(9).fill(['Accept', 'a'.repeat(120)]) }],
    REFUSED_PREFLIGHT,
  ),
  dropsEmptyLines: exhibit(
    'dropsEmptyLines',
    [{ credentials: 'include' }],
    at([], [O, CREDENTIALS, ['Access-Control-Allow-Credentials', '']]),
  ),
  countsOriginLines: exhibit(
    'countsOriginLines',
    [{}],
    at(
      [],
      [
        ['access-control-allow-origin', '{A}'],
        ['access-control-allow-origin', ''],
      ],
    ),
  ),
  starSurvivesBadElement: exhibit(
    'starSurvivesBadElement',
    [{}],
    at([], [O, ['X-Foo', '1'], ['Access-Control-Expose-Headers', '*, bad token']]),
  ),
  methodBeforeHeaderSyntax: exhibit(
    'methodBeforeHeaderSyntax',
    [{ ...PUT, ...FOO }],
    at([O, methods('X'), names('bad token')]),
  ),
  safelistsClientHints: exhibit('safelistsClientHints', [{ headers: [['Save-Data', 'on']] }], REFUSED_PREFLIGHT),
  redirectBeforeOrigin: exhibit(
    'redirectBeforeOrigin',
    [PUT],
    [{ site: 'B', pre: { status: 302, headers: [location('{0}')] } }],
  ),
  uploadStreams: exhibit('uploadStreams', [{ method: 'POST', streamBody: true, body: 'x' }], at([O])),
  preflightsAfterPreflight: exhibit(
    'preflightsAfterPreflight',
    [PUT],
    [open('B', { status: 303, headers: [location('{1}')] }), open('B')],
  ),
  cacheUnit: exhibit(
    'cacheUnit',
    [{ ...PUT, credentials: 'include' }, { method: 'DELETE' }, { ...PUT, credentials: 'include' }],
    at([O, CREDENTIALS, methods('PUT, *'), age('600')], [O, CREDENTIALS]),
  ),
  cachedStar: exhibit(
    'cachedStar',
    [
      { method: '*', credentials: 'include' },
      { ...PUT, credentials: 'include' },
    ],
    at([O, CREDENTIALS, methods('*'), age('600')], [O, CREDENTIALS]),
  ),
  cacheModesNotStored: exhibit(
    'cacheModesNotStored',
    [{ ...PUT, cache: 'no-store' }, PUT],
    at([O, methods('PUT'), age('600')]),
  ),
  cacheModesPastPreflights: exhibit(
    'cacheModesPastPreflights',
    [{ headers: [['If-None-Match', '"x"']] }, { headers: [['If-None-Match', '"x"']] }],
    at([O, names('if-none-match'), age('600')]),
  ),
  cacheExemptMethods: exhibit(
    'cacheExemptMethods',
    [
      { method: 'HEAD', ...FOO },
      { method: 'HEAD', ...FOO },
    ],
    at([O, names('x-foo'), age('600')]),
  ),
  sharesCredentialedEntries: exhibit(
    'sharesCredentialedEntries',
    [{ ...PUT, credentials: 'include' }, PUT],
    at([O, CREDENTIALS, methods('PUT'), age('600')], [O, CREDENTIALS]),
  ),
  maxAgeSyntax: exhibit('maxAgeSyntax', [PUT, PUT], at([O, methods('PUT'), age('foo')])),
  maxAgeSigned: exhibit('maxAgeSigned', [PUT, { ...PUT, delay: 7000 }], at([O, methods('PUT'), age('+600')])),
  maxAgeOverflows: exhibit(
    'maxAgeOverflows',
    [PUT, { ...PUT, delay: 7000 }],
    at([O, methods('PUT'), age('9223372036854775808')]),
  ),
  emptyLocation: exhibit('emptyLocation', [{}], at([], [O, location('')], 302)),
  redirectsDeleteAsGet: exhibit(
    'redirectsDeleteAsGet',
    [{ method: 'DELETE' }],
    [open('B', { status: 307, headers: [location('{1}')] }), open('C')],
  ),
  keepsFirstHeaders: exhibit(
    'keepsFirstHeaders',
    [{ method: 'POST', headers: [['Content-Type', 'application/json']], body: '{}' }],
    [
      open('B', { status: 303, headers: [location('{1}')] }),
      { site: 'B', pre: { status: 204, headers: [ANY] }, act: { headers: [ANY] } },
    ],
  ),
  keepsOriginHeader: exhibit(
    'keepsOriginHeader',
    [{ method: 'PUT' }],
    [
      { site: 'A', act: { status: 303, headers: [location('{1}')] } },
      { site: 'A', act: {} },
    ],
  ),
  checksRedirectsAsFirst: exhibit(
    'checksRedirectsAsFirst',
    [{}],
    [
      { site: 'A', act: { status: 302, headers: [location('{1}')] } },
      { site: 'B', act: { status: 302, headers: [ANY, location('{2}')] } },
      { site: 'B', act: { headers: [ANY] } },
    ],
  ),
  locationsRefusedFirst: exhibit('locationsRefusedFirst', [{}], at([], [location('data:,x')], 302)),
  preflightsByFirstHeaders: exhibit(
    'preflightsByFirstHeaders',
    [{ headers: [['Authorization', 'x']] }],
    [{ site: 'A', act: { status: 307, headers: [location('{1}')] } }, open('B')],
  ),
  rangeLenient: exhibit('rangeLenient', [{ headers: [['Range', 'Bytes=0-9']] }], REFUSED_PREFLIGHT),
  rangeLimit: exhibit('rangeLimit', [{ headers: [['Range', 'bytes=18446744073709551616-']] }], REFUSED_PREFLIGHT),
  repeatsUnsafeNames: exhibit(
    'repeatsUnsafeNames',
    [
      {
        headers: [
          ['X-Foo', '1'],
          ['X-Foo', '2'],
        ],
      },
    ],
    at([O, names('x-foo')]),
  ),
  preflightKeepsOrigin: exhibit(
    'preflightKeepsOrigin',
    [PUT],
    [open('B', { status: 307, headers: [location('{1}')] }), open('C')],
  ),
  repeatedLocation: exhibit(
    'repeatedLocation',
    [{}],
    [
      { site: 'A', act: { status: 302, headers: [location('{1}'), location('{1}')] } },
      { site: 'A', act: {} },
    ],
  ),
  malformedLocationBreaks: exhibit(
    'malformedLocationBreaks',
    [{ redirect: 'manual' }],
    at([], [O, location('http://')], 302),
  ),
  errorNeedsLocation: exhibit('errorNeedsLocation', [{ redirect: 'error' }], at([], [O], 302)),
  refusesUserinfo: exhibit(
    'refusesUserinfo',
    [{}],
    [
      { site: 'A', act: { status: 302, headers: [location('http://user@{a}{path1}')] } },
      { site: 'A', act: {} },
    ],
  ),
  taintsNoCorsRedirects: exhibit(
    'taintsNoCorsRedirects',
    [{ method: 'POST', mode: 'no-cors' }],
    [
      { site: 'A', act: { status: 307, headers: [location('{1}')] } },
      { site: 'B', act: {} },
    ],
  ),
  referrerHidesOrigin: exhibit(
    'referrerHidesOrigin',
    [{ method: 'POST', mode: 'no-cors', referrerPolicy: 'same-origin' }],
    [
      { site: 'A', act: { status: 307, headers: [location('{1}')] } },
      { site: 'B', act: {} },
    ],
  ),
  schemesThatBreak: exhibit('schemesThatBreak', [{ redirect: 'manual' }], at([], [O, location('ftp://x/')], 302)),
  dropsClientHints: exhibit(
    'dropsClientHints',
    [{ headers: [['DPR', 'x']] }],
    [open('B', { status: 307, headers: [location('{1}')] }), open('B')],
  ),
  forgetsOnFailure: exhibit('forgetsOnFailure', [PUT, PUT], at([O, methods('PUT'), age('600')], [])),
  forgetsOnMismatch: exhibit('forgetsOnMismatch', [PUT, FOO, PUT], at([O, methods('PUT'), names(''), age('600')])),
  cachesRefusals: exhibit('cachesRefusals', [FOO, PUT], at([O, methods('PUT'), age('600')])),
  cachesOpaqueOrigins: exhibit(
    'cachesOpaqueOrigins',
    [PUT, PUT],
    [
      open('B', { status: 307, headers: [location('{1}')] }),
      { ...open('C'), pre: { status: 204, headers: [ANY, methods('PUT'), age('600')] } },
    ],
  ),
  storedWildcardCoversAuthorization: exhibit(
    'storedWildcardCoversAuthorization',
    [FOO, { headers: [['Authorization', 'x']] }],
    at([O, names('*'), age('600')]),
  ),
  forbidsUserAgent: exhibit('forbidsUserAgent', [{ headers: [['User-Agent', 'x']] }], REFUSED_PREFLIGHT),
  uploadListenerNeedsBody: exhibit(
    'uploadListenerNeedsBody',
    [{ initiator: 'xhr', uploadListener: true }],
    REFUSED_PREFLIGHT,
  ),
  highBytesUnsafe: exhibit('highBytesUnsafe', [{ headers: [['Accept', 'é']] }], REFUSED_PREFLIGHT),
  readsMimeParameters: exhibit(
    'readsMimeParameters',
    [{ headers: [['Content-Type', 'text/plain;a,b']] }],
    REFUSED_PREFLIGHT,
  ),
  ...SITE_EXHIBITS,
}

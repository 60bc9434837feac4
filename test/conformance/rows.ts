// The decision table of a CORS server (S1 to S39), and what peers are known to get wrong (A.S…, by the scenarios of a probe of nine
// libraries), as data: a request, and what must come back. test/runtimes runs them against every adapter on its real runtime.
import { A, B, STRANGER } from './policies.ts'
import type { Expectation, Line, Row } from './row.ts'

const from = (origin: string, ...more: readonly Line[]): readonly Line[] => [['Origin', origin], ...more]
const asking = (origin: string, method: string, ...names: readonly string[]): readonly Line[] => [
  ...from(origin, ['Access-Control-Request-Method', method]),
  ...names.map((name) => ['Access-Control-Request-Headers', name] as const),
]

/** The header sets of the policies, to an actual request and to a preflight. */
const STD = { origin: A, credentials: true, expose: ['X-Req-Id'], vary: ['Origin'] } satisfies Expectation
const REFUSED = { origin: null, vary: ['Origin'] } satisfies Expectation
const STD_PREFLIGHT = {
  status: 204,
  origin: A,
  credentials: true,
  methods: ['PUT'],
  requestHeaders: ['content-type', 'x-ok'],
  maxAge: '600',
  vary: ['Origin'],
  body: '',
} satisfies Expectation
const ANY = { origin: '*', expose: ['*'], noVary: ['Origin'] } satisfies Expectation
const ANY_PREFLIGHT = {
  status: 204,
  origin: '*',
  methods: ['*'],
  requestHeaders: ['*', 'authorization'],
  noVary: ['Origin'],
} satisfies Expectation
const ECHO_VARY = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers']
/** What is named in the policy is declared to everyone; what `*` covers comes back when asked for. */
const ECHO_PREFLIGHT = {
  status: 204,
  origin: A,
  credentials: true,
  requestHeaders: ['authorization'],
  vary: ECHO_VARY,
} satisfies Expectation
const SUB = 'https://x.a.example'

function get(
  id: string,
  title: string,
  policy: Row['policy'],
  path: string,
  headers: readonly Line[],
  expect: Expectation,
): Row {
  return { id, title, policy, request: { method: 'GET', path, headers }, expect }
}

function preflight(
  id: string,
  title: string,
  policy: Row['policy'],
  headers: readonly Line[],
  expect: Expectation,
  path = '/ok',
): Row {
  return { id, title, policy, request: { method: 'OPTIONS', path, headers }, expect }
}

export const ROWS: readonly Row[] = [
  get('S1', 'GET without Origin, any origin', 'any', '/ok', [], { status: 200, ...ANY }),
  get('S1b', 'GET from anywhere, any origin', 'any', '/ok', from(STRANGER), { status: 200, ...ANY, body: 'ok' }),
  get('S2', 'GET without Origin, listed origins', 'std', '/ok', [], { status: 200, ...REFUSED, body: 'ok' }),
  get('S3', 'GET without Origin, a single origin', 'forbid', '/ok', [], { status: 200, ...REFUSED, body: 'ok' }),
  get('S4', 'GET from an allowed origin, no credentials', 'forbid', '/ok', from(A), {
    status: 200,
    origin: A,
    vary: ['Origin'],
  }),
  get('S5', 'GET from an allowed origin, credentials', 'std', '/ok', from(A), { status: 200, ...STD, body: 'ok' }),
  get('S5b', 'GET from the other allowed origin', 'std', '/ok', from(B), { status: 200, ...STD, origin: B }),
  get('S6', 'GET from a stranger reaches the handler', 'std', '/ok', from(STRANGER), {
    status: 200,
    ...REFUSED,
    body: 'ok',
  }),
  get('S7', 'GET with Origin: null', 'std', '/ok', from('null'), { status: 200, ...REFUSED }),
  preflight('S8', 'preflight for PUT from an allowed origin', 'std', asking(A, 'PUT', 'content-type'), STD_PREFLIGHT),
  preflight('S8b', 'preflight answered 200 by request of the policy', 'timing', asking(A, 'POST'), {
    status: 200,
    origin: A,
    vary: ['Origin'],
    body: '',
  }),
  preflight('S9', 'preflight from a stranger', 'std', asking(STRANGER, 'PUT', 'content-type'), {
    status: 403,
    ...REFUSED,
    body: '',
  }),
  preflight('S10', 'preflight for an undeclared method', 'std', asking(A, 'DELETE'), STD_PREFLIGHT),
  preflight('S11', 'preflight for an undeclared header', 'std', asking(A, 'PUT', 'x-evil'), STD_PREFLIGHT),
  preflight('S12', 'preflight for POST', 'std', asking(A, 'POST'), STD_PREFLIGHT),
  preflight('S13', 'preflight for patch in lower case', 'std', asking(A, 'patch'), STD_PREFLIGHT),
  preflight('S13b', 'preflight for a forbidden method is not echoed', 'echo', asking(A, 'TRACE'), ECHO_PREFLIGHT),
  preflight(
    'S13c',
    'preflight for a name that is not a token is not echoed',
    'echo',
    asking(A, 'P UT'),
    ECHO_PREFLIGHT,
  ),
  preflight('S14', 'preflight with an empty list of headers', 'echo', asking(A, 'PUT', ''), {
    ...ECHO_PREFLIGHT,
    methods: ['PUT'],
  }),
  preflight('S15', 'preflight with headers in odd case and spacing', 'echo', asking(A, 'PUT', 'X-B ,\tx-a,,X-A'), {
    ...ECHO_PREFLIGHT,
    methods: ['PUT'],
    requestHeaders: ['authorization', 'x-a', 'x-b'],
  }),
  preflight('S15b', 'preflight with headers on two lines', 'echo', asking(A, 'PUT', 'x-a', 'x-b'), {
    ...ECHO_PREFLIGHT,
    methods: ['PUT'],
    requestHeaders: ['authorization', 'x-a', 'x-b'],
  }),
  preflight('S16', 'preflight with 8 KB of header names', 'echo', asking(A, 'PUT', 'x-a,'.repeat(2048)), {
    ...ECHO_PREFLIGHT,
    methods: ['PUT'],
  }),
  preflight('S17', 'preflight for a name that is not a header name', 'echo', asking(A, 'PUT', 'x probe,x-a,\xe9'), {
    ...ECHO_PREFLIGHT,
    methods: ['PUT'],
    requestHeaders: ['authorization', 'x-a'],
  }),
  preflight('S18', 'preflight, any header', 'any', asking(STRANGER, 'PUT', 'authorization,x-any'), ANY_PREFLIGHT),
  preflight('S19', 'preflight, any header with credentials', 'echo', asking(A, 'PUT', 'authorization,x-any'), {
    ...ECHO_PREFLIGHT,
    methods: ['PUT'],
    requestHeaders: ['authorization', 'x-any'],
  }),
  preflight('S19b', 'preflight, names by pattern', 'names', asking(SUB, 'POST', 'x-amz-meta-a,x-other'), {
    status: 204,
    origin: SUB,
    requestHeaders: ['x-amz-meta-a'],
    vary: ECHO_VARY,
  }),
  preflight('S20', 'preflight, any method with credentials', 'echo', asking(A, 'DELETE'), {
    ...ECHO_PREFLIGHT,
    methods: ['DELETE'],
  }),
  preflight('S21', 'preflight without a max-age', 'forbid', asking(A, 'POST'), {
    status: 204,
    origin: A,
    vary: ['Origin'],
  }),
  {
    id: 'S22',
    title: 'OPTIONS with Origin that is no preflight',
    policy: 'std',
    request: { method: 'OPTIONS', path: '/opt', headers: from(A) },
    expect: { status: 200, ...STD, lines: [['X-Own', '1']], body: 'own options' },
  },
  {
    id: 'S22b',
    title: 'OPTIONS without Origin, with a request method',
    policy: 'std',
    request: { method: 'OPTIONS', path: '/opt', headers: [['Access-Control-Request-Method', 'PUT']] },
    expect: { status: 200, ...REFUSED, body: 'own options' },
  },
  {
    id: 'S23',
    title: 'HEAD',
    policy: 'std',
    request: { method: 'HEAD', path: '/ok', headers: from(A) },
    expect: { status: 200, ...STD, body: '' },
  },
  get('S24', 'a redirect', 'std', '/redirect', from(A), {
    status: 302,
    ...STD,
    lines: [['Location', 'https://elsewhere.example/']],
  }),
  get('S25', 'an error', 'std', '/throw', from(A), { status: 500, ...STD }),
  get('S25b', 'a path that does not exist', 'std', '/nowhere', from(A), { status: 404, ...STD }),
  get('S25c', 'an error, to a stranger', 'std', '/throw', from(STRANGER), { status: 500, ...REFUSED }),
  get('S26', '304', 'std', '/not-modified', from(A), { status: 304, ...STD }),
  get('S26b', '304 with exposed names by pattern', 'names', '/not-modified', from(SUB), {
    status: 304,
    origin: SUB,
    vary: ['Origin'],
  }),
  get('S26c', '200 with exposed names by pattern', 'names', '/ok', from(SUB), {
    status: 200,
    origin: SUB,
    expose: ['x-amz-meta-kind'],
    vary: ['Origin'],
  }),
  get('S28', 'a handler with CORS headers of its own', 'std', '/acao', from(A), { status: 200, ...STD, body: 'acao' }),
  get('S28b', 'the same, to a stranger', 'std', '/acao', from(STRANGER), { status: 200, ...REFUSED }),
  get('S28d', 'a handler with headers of neighbouring protocols, to a stranger', 'std', '/own-cors', from(STRANGER), {
    status: 200,
    ...REFUSED,
    body: 'own',
  }),
  get('S29', 'a handler with a Vary of its own', 'std', '/vary', from(A), {
    status: 200,
    ...STD,
    vary: ['Origin', 'Accept-Encoding'],
  }),
  get('S29b', 'a handler that varies by Origin already', 'std', '/vary-origin', from(A), {
    status: 200,
    ...STD,
    vary: ['Origin', 'Accept'],
  }),
  get('S29c', 'a handler that varies by everything', 'std', '/vary-star', from(A), {
    status: 200,
    ...STD,
    vary: ['*'],
  }),
  get('S30', '201 with two cookies', 'std', '/cookies', from(A), {
    status: 201,
    ...STD,
    lines: [
      ['Set-Cookie', 'a=1; Path=/'],
      ['Set-Cookie', 'b=2; Path=/'],
    ],
  }),
  get('S30b', '204', 'std', '/empty', from(A), { status: 204, ...STD }),
  get('S31', 'Origin rewritten on the way', 'std', '/ok', from('https://proxy.example'), { status: 200, ...REFUSED }),
  get('S31b', 'two Origin lines', 'std', '/ok', [...from(A), ...from(STRANGER)], {
    status: 200,
    ...REFUSED,
    orServerRefuses: true,
  }),
  {
    id: 'S32',
    title: 'POST from a stranger, forbidden',
    policy: 'forbid',
    request: { method: 'POST', path: '/echo', headers: from(STRANGER), body: 'x' },
    expect: { status: 403, ...REFUSED, body: '' },
  },
  {
    id: 'S32b',
    title: 'POST from the same origin is never forbidden',
    policy: 'forbid',
    request: {
      method: 'POST',
      path: '/echo',
      headers: from('https://own.example', ['Sec-Fetch-Site', 'same-origin'], ['Content-Type', 'application/json']),
      body: 'x',
    },
    expect: { status: 200, ...REFUSED, body: 'POST x' },
  },
  {
    ...get('S33', 'HTTP/1.0', 'std', '/ok', from(A), { status: 200, ...STD, body: 'ok' }),
    request: { method: 'GET', path: '/ok', headers: from(A), version: '1.0' },
  },
  preflight(
    'S34',
    'preflight asking for a private network',
    'std',
    [...asking(A, 'PUT'), ['Access-Control-Request-Private-Network', 'true']],
    STD_PREFLIGHT,
  ),
  get('S35', 'Timing-Allow-Origin where the policy has it', 'timing', '/ok', from(A), {
    status: 200,
    origin: A,
    timing: A,
    vary: ['Origin'],
  }),
  {
    id: 'S36',
    title: 'POST that wants to be a DELETE',
    policy: 'std',
    request: {
      method: 'POST',
      path: '/echo',
      headers: from(A, ['X-HTTP-Method-Override', 'DELETE'], ['Content-Type', 'application/json']),
      body: 'x',
    },
    expect: { status: 200, ...STD, body: 'POST x' },
  },
  {
    id: 'S37',
    title: 'JSON sent as text, refused by the application',
    policy: 'std',
    request: { method: 'POST', path: '/json-only', headers: from(A, ['Content-Type', 'text/plain']), body: '{}' },
    expect: { status: 415, ...STD },
  },
  preflight('S38', 'preflight before authentication', 'std', asking(A, 'PUT'), STD_PREFLIGHT, '/auth'),
  get('S38b', 'an answer that asks for authentication', 'std', '/auth', from(A), { status: 401, ...STD }),
  preflight(
    'S39',
    'preflight with no credentials of any kind',
    'echo',
    asking(A, 'GET', 'authorization'),
    { ...ECHO_PREFLIGHT, methods: ['GET'] },
    '/auth',
  ),

  preflight('P1', 'preflight, policy chosen per request', 'tenant', asking(A, 'PUT'), {
    status: 204,
    origin: A,
    methods: ['PUT'],
    vary: ['Origin'],
  }),
  get('P2', 'GET, policy chosen per request', 'tenant', '/ok', from(A), {
    status: 200,
    origin: A,
    expose: ['x-amz-meta-kind'],
    vary: ['Origin'],
  }),
  get('P3', 'GET from a stranger, policy chosen per request', 'tenant', '/ok', from(STRANGER), {
    status: 200,
    ...REFUSED,
  }),
  get('P4', 'an error, policy chosen per request', 'tenant', '/throw', from(A), {
    status: 500,
    origin: A,
    vary: ['Origin'],
  }),
  get('P5', 'a policy that cannot be had', 'tenant', '/unavailable', from(A), { status: 404, ...REFUSED }),

  get('A.S2', 'GET from a stranger', 'std', '/ok', from(STRANGER), { status: 200, ...REFUSED, body: 'ok' }),
  get('A.S3', 'GET without Origin', 'std', '/ok', [], { status: 200, ...REFUSED, body: 'ok' }),
  preflight('A.S5', 'preflight from a stranger is told nothing', 'std', asking(STRANGER, 'PUT', 'content-type'), {
    status: 403,
    ...REFUSED,
  }),
  {
    id: 'A.S8',
    title: "the application's OPTIONS route, with Origin",
    policy: 'std',
    request: { method: 'OPTIONS', path: '/opt', headers: from(A) },
    expect: { status: 200, ...STD, body: 'own options' },
  },
  {
    id: 'A.S9',
    title: "the application's OPTIONS route",
    policy: 'std',
    request: { method: 'OPTIONS', path: '/opt' },
    expect: { status: 200, ...REFUSED, body: 'own options' },
  },
  get('A.S10', 'the handler throws', 'std', '/throw', from(A), { status: 500, ...STD }),
  get('A.S11', 'an unknown path', 'std', '/unknown', from(A), { status: 404, ...STD }),
  get('A.S20', 'the handler sets Vary', 'std', '/vary', from(A), {
    status: 200,
    ...STD,
    vary: ['Origin', 'Accept-Encoding'],
  }),
  get('A.S21', 'upstream says "*" and true, to a stranger', 'std', '/acao', from(STRANGER), {
    status: 200,
    ...REFUSED,
  }),
  get('A.S21b', 'upstream says "*" and true, to an allowed origin', 'std', '/acao', from(A), { status: 200, ...STD }),
  get('A.S22', 'an immutable response', 'std', '/redirect', from(A), { status: 302, ...STD }),
  get('A.S24', '201 and two cookies', 'std', '/cookies', from(A), {
    status: 201,
    ...STD,
    lines: [
      ['Set-Cookie', 'a=1; Path=/'],
      ['Set-Cookie', 'b=2; Path=/'],
    ],
  }),
  get('A.S27', 'Origin: toString', 'std', '/ok', from('toString'), { status: 200, ...REFUSED }),

  get('H1', 'a thrown string', 'std', '/throw-string', from(A), { status: 500, ...STD }),
  get('H2', 'a thrown Response', 'std', '/throw-response', from(A), { status: [418, 500], ...STD }),
  get('H3', 'a handler that answers with nothing', 'std', '/undefined', from(A), {
    status: [200, 204, 404, 500],
    ...STD,
  }),
  get('H4', 'a percent-encoded path', 'std', '/%E2%82%AC%2Fb', from(A), { status: 404, ...STD }),
  get('H5', 'a path with empty segments', 'std', '/a//b', from(A), { status: [404, 308], ...STD }),
  get('H6', 'a path with broken percent-encoding', 'std', '/%zz', from(A), { status: [400, 404, 500], ...STD }),
  get('H7', 'an Origin of 8 KB', 'std', '/ok', from(`https://${'a.'.repeat(4000)}example`), {
    status: 200,
    ...REFUSED,
    orServerRefuses: true,
  }),
  preflight('H8', '64 KB of header names', 'echo', asking(A, 'PUT', 'x-a,'.repeat(16384)), {
    ...ECHO_PREFLIGHT,
    methods: ['PUT'],
    orServerRefuses: true,
  }),
]

export const PAGE = 'https://app.example'
export const API = 'https://api.example/x'
type Lines = Readonly<Record<string, string>>
const lines = (h: Lines) => Object.entries(h).map(([name, value]) => ({ name, value }))
const entry = (method: string, url: string, request: Lines, response: object | null, more: object = {}) => ({
  request: { method, url, headers: lines(request) },
  response,
  ...more,
})
/** An answer that is shared with the page unless it says otherwise. */
const ok = (h: Lines = {}, more: object = {}) => ({
  status: 200,
  headers: lines({ 'Access-Control-Allow-Origin': PAGE, ...h }),
  ...more,
})
const O = { Origin: PAGE }
/** A preflight, with the names that it asks permission for. */
const preflight = (names: string | null, answer: object | null, method = 'PUT', url = API, more = {}) =>
  entry(
    'OPTIONS',
    url,
    {
      Origin: PAGE,
      'Access-Control-Request-Method': method,
      ...(names === null ? {} : { 'Access-Control-Request-Headers': names }),
    },
    answer,
    more,
  )
const to = (Location: string, status = 302) => ({ status, headers: lines({ Location }) })
/** Archives of a few entries: their names, the entries, and what else `log` holds. */
export const CASES: readonly (readonly [name: string, entries: readonly unknown[], log?: object])[] = [
  ['a plain request', [entry('GET', API, O, ok())]],
  ['a request without an answer', [entry('GET', API, O, null)]],
  ['a body', [{ request: { method: 'POST', url: API, headers: lines(O), postData: { text: 'a' } }, response: ok() }]],
  ['a hash', [entry('GET', `${API}#top`, O, ok())]],
  [
    'cookies of the request',
    [
      { request: { method: 'GET', url: API, headers: lines(O), cookies: [{ name: 'a', value: 'b' }] }, response: ok() },
      { request: { method: 'GET', url: API, headers: lines(O), cookies: [] }, response: ok() },
      { request: { method: 'GET', url: API, headers: lines(O), cookies: 'x' }, response: ok() },
    ],
  ],
  [
    'answers of other kinds',
    [
      entry('GET', API, O, { status: 99, headers: [] }),
      entry('GET', API, O, { status: 100, headers: [] }),
      entry('GET', API, O, { status: 599, headers: [] }),
      entry('GET', API, O, { status: 600, headers: [] }),
      entry('GET', API, O, { status: '200', headers: { 'access-control-allow-origin': ' * ' } }),
      entry('GET', API, O, { status: 200.5, headers: [] }),
    ],
  ],
  [
    'what cannot be a request',
    [
      entry('GET', 'ftp://a.example/', O, ok()),
      entry('GET', 'x', O, ok()),
      { request: { method: 1, url: API } },
      { request: { method: 'GET', url: 1 } },
      {},
      null,
      'x',
      entry('GET', 'wss://a.example/', O, ok()),
      entry('GET', 'http://api.example/', O, ok()),
    ],
  ],
  [
    'answers that share, and some that do not',
    [
      entry('GET', API, O, ok()),
      entry('GET', API, O, ok({ 'Access-Control-Allow-Origin': '*' })),
      entry('GET', API, O, ok({ 'Access-Control-Allow-Origin': 'https://b.example' })),
      entry('GET', API, O, {
        status: 200,
        headers: [...lines({ 'access-control-allow-origin': PAGE }), ...lines({ 'Access-Control-Allow-Origin': PAGE })],
      }),
      entry('GET', API, O, { status: 200, headers: [] }),
      entry('GET', API, O, ok({}, { _error: 'net::ERR_FAILED' })),
    ],
  ],
  ['a preflight', [preflight('x-a', ok()), entry('PUT', API, { ...O, 'X-A': '1' }, ok())]],
  ['a preflight that failed', [preflight('x-a', null), entry('PUT', API, { ...O, 'X-A': '1' }, null)]],
  [
    'a preflight that was refused',
    [
      preflight('x-a', { status: 0, headers: [], _error: 'net::ERR_CONNECTION_REFUSED' }),
      entry('PUT', API, { ...O, 'X-A': '1' }, { status: 0, headers: [] }),
    ],
  ],
  [
    'a preflight without an answer, before an answer',
    [
      preflight('x-a', { status: 0, headers: [], _error: 'net::ERR_CONNECTION_REFUSED' }),
      entry('PUT', API, { ...O, 'X-A': '1' }, ok()),
    ],
  ],
  [
    'names that sanitizing removed',
    [preflight('authorization,x-a', ok()), entry('PUT', API, { ...O, 'X-A': '1' }, ok())],
  ],
  ['one name that sanitizing removed', [preflight('authorization', ok()), entry('PUT', API, O, ok())]],
  [
    'a safelisted value in the place of an unsafe one',
    [preflight('content-type', ok()), entry('PUT', API, { ...O, 'Content-Type': 'text/plain' }, ok())],
  ],
  ['a listener on the upload', [preflight(null, ok(), 'POST'), entry('POST', API, O, ok())]],
  ['no listener on the upload: a method', [preflight(null, ok(), 'PUT'), entry('PUT', API, O, ok())]],
  [
    'no listener on the upload: a name',
    [preflight(null, ok(), 'POST'), entry('POST', API, { ...O, 'X-A': '1' }, ok())],
  ],
  [
    'preflights known by their type',
    [
      entry('OPTIONS', API, O, ok(), { _resourceType: 'Preflight' }),
      entry('OPTIONS', API, O, ok(), { _initiator: { type: 'preflight' } }),
      entry('GET', API, O, ok(), { _resourceType: 'preflight' }),
      entry('OPTIONS', API, O, ok()),
      entry('PUT', API, O, ok()),
    ],
  ],
  [
    'the nearest of two preflights',
    [
      preflight('x-a', ok({ 'X-N': '1' })),
      entry('PUT', API, { ...O, 'X-A': '1' }, ok()),
      entry('GET', PAGE, O, ok()),
      preflight('x-a', ok({ 'X-N': '2' })),
      entry('PUT', API, { ...O, 'X-A': '1' }, ok()),
    ],
  ],
  [
    'the preflight that asks for all names',
    [
      preflight('x-a,x-b', ok({ 'X-N': '1' })),
      entry('GET', PAGE, O, ok()),
      preflight('x-a', ok({ 'X-N': '2' })),
      entry('PUT', API, { ...O, 'X-A': '1', 'X-B': '2' }, ok()),
    ],
  ],
  [
    'preflights of other methods and addresses',
    [
      preflight('x-a', ok(), 'DELETE'),
      preflight('x-a', ok(), 'PUT', `${API}2`),
      entry('PUT', API, { ...O, 'X-A': '1' }, ok()),
    ],
  ],
  ['redirects', [entry('GET', API, O, to('/y')), entry('GET', 'https://api.example/y', O, ok())]],
  [
    'a redirect to what is not recorded',
    [entry('GET', API, O, to('/y')), entry('GET', 'https://api.example/z', O, ok())],
  ],
  [
    'a redirect by redirectURL',
    [
      entry('GET', API, O, { status: 307, headers: [], redirectURL: 'https://b.example/#x' }),
      entry('GET', 'https://b.example/', O, ok()),
    ],
  ],
  ['a redirect that precedes', [entry('GET', 'https://api.example/y', O, ok()), entry('GET', API, O, to('/y'))]],
  [
    'two redirects to one address',
    [
      entry('GET', API, O, to('/y')),
      entry('GET', `${API}2`, O, to('/y')),
      entry('GET', 'https://api.example/y', O, ok({ 'X-N': '1' })),
      entry('GET', 'https://api.example/y', O, ok({ 'X-N': '2' })),
    ],
  ],
  ...[300, 301, 302, 303, 304, 305, 307, 308].map((s): readonly [string, readonly unknown[]] => [
    `a Location with the status ${s}`,
    [entry('GET', API, O, to('/y', s)), entry('GET', 'https://api.example/y', O, ok())],
  ]),
  ['a redirect to itself', [entry('GET', API, O, to(API)), entry('GET', API, O, ok())]],
  [
    'a Location behind another header',
    [
      entry('GET', API, O, { status: 302, headers: lines({ 'X-A': '/z', location: '/y' }) }),
      entry('GET', 'https://api.example/y', O, ok()),
    ],
  ],
  ['a Location that is no URL', [entry('GET', API, O, to('http://['))]],
  [
    'more redirects than a browser follows',
    Array.from({ length: 24 }, (_, i) => entry('GET', `${API}${i}`, O, to(`${API}${i + 1}`))),
  ],
  [
    'a redirect that fails',
    [
      entry('GET', API, O, to('/y')),
      entry('GET', 'https://api.example/y', O, { status: 0, headers: [], _error: 'net::ERR_FAILED' }),
    ],
  ],
  [
    'the page of the archive',
    [
      entry('GET', API, { 'Sec-Fetch-Mode': 'cors' }, ok(), { pageref: 'p1' }),
      entry('GET', API, { 'Sec-Fetch-Mode': 'cors' }, ok(), { pageref: 'p2' }),
      entry('GET', API, { 'Sec-Fetch-Mode': 'cors' }, ok(), { pageref: 3 }),
      entry('GET', API, { 'Sec-Fetch-Mode': 'cors' }, ok(), { pageref: 'p4' }),
      entry('GET', API, { ...O, 'Sec-Fetch-Mode': 'cors' }, ok(), { pageref: 'p2' }),
      entry('GET', API, { 'Sec-Fetch-Mode': 'cors' }, ok()),
    ],
    {
      pages: [
        { id: 'p1', title: `${PAGE}/page` },
        { id: 'p2', _url: 'http://b.example/' },
        { id: 3, title: 'https://c.example/' },
        { id: 'p4', title: 'A title' },
        null,
      ],
    },
  ],
  ['no CORS', [entry('GET', API, { Referer: `${PAGE}/` }, { status: 200, headers: [] }, { _resourceType: 'image' })]],
]

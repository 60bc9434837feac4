// Which requests are sent to tell causes apart, beyond those of the page: a person sees them in the log of a server.
import { describe, expect, it } from 'vitest'
import { getField } from '../../src/browser/wire.ts'
import { type DiagnoseOptions, type Diagnosis, diagnose, type Transport } from '../../src/diagnose.ts'

const APP = 'https://app.example.com'
const API = 'https://api.example.com/v1/items?page=2'

type Answer = Awaited<ReturnType<Transport>>
type Asked = Parameters<Transport>[0]

const allow = (origin: string, ...others: [string, string][]): Answer => {
  return { status: 200, headers: [['Access-Control-Allow-Origin', origin], ...others] }
}
const BARE: Answer = { status: 200, headers: [] }
const status = (code: number): Answer => ({ status: code, headers: [] })
const originOf = ({ headers }: Asked) => getField(headers, 'Origin')
const isPreflight = ({ method }: Asked) => method === 'OPTIONS'

function ask(answer: (asked: Asked) => Answer, options: Partial<DiagnoseOptions> = {}, url = API): Promise<Diagnosis> {
  return diagnose(url, { origin: APP, transport: async (asked) => answer(asked), now: () => 35, ...options })
}

/** Every request that was sent: its purpose, what is asked, by which origin, and with which other headers. */
async function sent(...asked: Parameters<typeof ask>): Promise<string[]> {
  const { observations } = await ask(...asked)
  return observations.map(({ purpose, request: { method, url, headers } }) => {
    const others = headers.filter(([name]) => name !== 'Origin').map(([name, value]) => `${name}: ${value}`)
    return [
      `${purpose}:`,
      method,
      url.replace('https://api.example.com', ''),
      getField(headers, 'Origin') ?? '-',
      ...others,
    ].join(' ')
  })
}

/** Only the origins that were tried in the place of the page's. */
async function spellings(
  origin: string,
  answer: (asked: Asked) => Answer = () => BARE,
  options: Partial<DiagnoseOptions> = {},
) {
  const { observations } = await ask(answer, { origin, ...options })
  return observations
    .filter(({ purpose }) => purpose === 'origin-variant')
    .map(({ request }) => getField(request.headers, 'Origin'))
}

describe('the requests for a shared answer', () => {
  it('ask as a stranger, without an origin, and for a path that does not exist', async () => {
    expect(await sent((asked) => allow(originOf(asked) ?? '*', ['Vary', 'Origin']))).toMatchInlineSnapshot(`
      [
        "request: GET /v1/items?page=2 https://app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "foreign-origin: GET /v1/items?page=2 https://cors-probe.invalid",
        "no-origin: GET /v1/items?page=2 -",
        "missing-path: GET /v1/corsmith-no-such-path https://app.example.com",
      ]
    `)
  })

  it('ask past a cache that answered, or that may have', async () => {
    expect(await sent(() => allow(APP, ['Age', '9']))).toMatchInlineSnapshot(`
      [
        "request: GET /v1/items?page=2 https://app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "foreign-origin: GET /v1/items?page=2 https://cors-probe.invalid",
        "no-origin: GET /v1/items?page=2 -",
        "missing-path: GET /v1/corsmith-no-such-path https://app.example.com",
        "fresh: GET /v1/items?page=2&corsmith=z https://app.example.com",
      ]
    `)
  })

  it('ask nothing but the page itself where nothing answers', async () => {
    const refused: Answer = { kind: 'refused', detail: 'connect ECONNREFUSED' }
    expect(await sent(() => refused)).toMatchInlineSnapshot(`
      [
        "request: GET /v1/items?page=2 https://app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
      ]
    `)
    expect(await sent(() => refused, { method: 'DELETE' })).toMatchInlineSnapshot(`
      [
        "preflight: OPTIONS /v1/items?page=2 https://app.example.com Accept: */* Access-Control-Request-Method: DELETE Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
      ]
    `)
  })
})

describe('the requests for an answer that is not shared', () => {
  it('also ask for the root and past caches, and try other spellings of the origin', async () => {
    expect(await sent(() => BARE)).toMatchInlineSnapshot(`
      [
        "request: GET /v1/items?page=2 https://app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "foreign-origin: GET /v1/items?page=2 https://cors-probe.invalid",
        "no-origin: GET /v1/items?page=2 -",
        "missing-path: GET /v1/corsmith-no-such-path https://app.example.com",
        "root: GET / https://app.example.com",
        "fresh: GET /v1/items?page=2&corsmith=z https://app.example.com",
        "origin-variant: GET /v1/items?page=2 https://app.example.com/ Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: GET /v1/items?page=2 "https://app.example.com" Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: GET /v1/items?page=2 http://app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: GET /v1/items?page=2 https://www.app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
      ]
    `)
  })

  it('leave out the root where a path that does not exist has the header', async () => {
    const answer = ({ url, ...asked }: Asked) =>
      url.includes('no-such') ? allow(originOf({ url, ...asked }) ?? '*') : BARE
    expect((await sent(answer)).filter((line) => line.startsWith('root'))).toEqual([])
  })

  it('replace what the page would change by a GET without the headers of a body, and keep HEAD', async () => {
    const headers = { 'Content-Type': 'application/json', 'X-Own': '1' }
    expect(await sent(() => BARE, { method: 'POST', headers, body: '{}' }, `${API}#part`)).toMatchInlineSnapshot(`
      [
        "preflight: OPTIONS /v1/items?page=2 https://app.example.com Accept: */* Access-Control-Request-Method: POST Access-Control-Request-Headers: content-type,x-own Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "stand-in: GET /v1/items?page=2 https://app.example.com X-Own: 1",
        "foreign-origin: GET /v1/items?page=2 https://cors-probe.invalid X-Own: 1",
        "no-origin: GET /v1/items?page=2 - X-Own: 1",
        "missing-path: GET /v1/corsmith-no-such-path https://app.example.com X-Own: 1",
        "root: GET / https://app.example.com X-Own: 1",
        "fresh: GET /v1/items?page=2&corsmith=z https://app.example.com X-Own: 1",
        "origin-variant: OPTIONS /v1/items?page=2 https://app.example.com/ Accept: */* Access-Control-Request-Method: POST Access-Control-Request-Headers: content-type,x-own Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: OPTIONS /v1/items?page=2 "https://app.example.com" Accept: */* Access-Control-Request-Method: POST Access-Control-Request-Headers: content-type,x-own Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: OPTIONS /v1/items?page=2 http://app.example.com Accept: */* Access-Control-Request-Method: POST Access-Control-Request-Headers: content-type,x-own Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: OPTIONS /v1/items?page=2 https://www.app.example.com Accept: */* Access-Control-Request-Method: POST Access-Control-Request-Headers: content-type,x-own Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
      ]
    `)
    expect(await sent(() => BARE, { method: 'HEAD' })).toMatchInlineSnapshot(`
      [
        "request: HEAD /v1/items?page=2 https://app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "foreign-origin: HEAD /v1/items?page=2 https://cors-probe.invalid",
        "no-origin: HEAD /v1/items?page=2 -",
        "missing-path: HEAD /v1/corsmith-no-such-path https://app.example.com",
        "root: HEAD / https://app.example.com",
        "fresh: HEAD /v1/items?page=2&corsmith=z https://app.example.com",
        "origin-variant: HEAD /v1/items?page=2 https://app.example.com/ Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: HEAD /v1/items?page=2 "https://app.example.com" Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: HEAD /v1/items?page=2 http://app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
        "origin-variant: HEAD /v1/items?page=2 https://www.app.example.com Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty",
      ]
    `)
  })
})

describe('the preflight with credentials', () => {
  const options = { headers: { Authorization: 'Bearer x' } }

  it.each([401, 403])('is sent where %i answered the one without', async (code) => {
    const lines = await sent((asked) => (isPreflight(asked) ? status(code) : BARE), options)
    expect(lines.filter((line) => line.startsWith('authorized-preflight'))).toMatchInlineSnapshot(`
      [
        "authorized-preflight: OPTIONS /v1/items?page=2 https://app.example.com Accept: */* Access-Control-Request-Method: GET Access-Control-Request-Headers: authorization Sec-Fetch-Site: same-site Sec-Fetch-Mode: cors Sec-Fetch-Dest: empty Authorization: Bearer x",
      ]
    `)
  })

  it('is not sent for another status, without credentials, or where the answer is shared', async () => {
    const none = [
      await sent((asked) => (isPreflight(asked) ? status(404) : BARE), options),
      await sent((asked) => (isPreflight(asked) ? status(403) : BARE), { headers: { 'X-Own': '1' } }),
      await sent(() => status(403)),
    ].flat()
    expect(none.filter((line) => line.startsWith('authorized-preflight'))).toEqual([])
  })
})

describe('the request without Fetch metadata', () => {
  const headers = { 'Sec-Fetch-Site': 'cross-site', 'X-Own': '1' }

  it.each([400, 401, 403, 404])('repeats what %i answered', async (code) => {
    const lines = await sent(() => status(code), { headers: {} })
    expect(lines.filter((line) => line.startsWith('without-metadata'))).toMatchInlineSnapshot(`
      [
        "without-metadata: GET /v1/items?page=2 https://app.example.com",
      ]
    `)
  })

  it('is not sent for another status', async () => {
    const lines = [await sent(() => status(500), { headers: {} }), await sent(() => status(200), { headers })].flat()
    expect(lines.filter((line) => line.startsWith('without-metadata'))).toEqual([])
  })
})

describe('the spellings of an origin', () => {
  it.each<[string, string[]]>([
    [
      'https://app.example.com',
      [
        'https://app.example.com/',
        '"https://app.example.com"',
        'http://app.example.com',
        'https://www.app.example.com',
      ],
    ],
    [
      'http://www.example.com:8443',
      [
        'http://www.example.com:8443/',
        '"http://www.example.com:8443"',
        'https://www.example.com:8443',
        'http://example.com:8443',
        'http://www.example.com',
      ],
    ],
    [
      'http://localhost:3000',
      [
        'http://localhost:3000/',
        '"http://localhost:3000"',
        'https://localhost:3000',
        'http://127.0.0.1:3000',
        'http://localhost:5173',
        'http://localhost:8080',
      ],
    ],
    [
      'http://127.0.0.1:8080',
      [
        'http://127.0.0.1:8080/',
        '"http://127.0.0.1:8080"',
        'https://127.0.0.1:8080',
        'http://localhost:8080',
        'http://127.0.0.1:3000',
        'http://127.0.0.1:5173',
      ],
    ],
    ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', []],
    ['null', []],
  ])('of %s are those that lists contain by mistake', async (origin, all) => {
    expect(await spellings(origin)).toEqual(all)
  })

  it('are not tried where the server sends one value to all, or shares with all', async () => {
    expect(await spellings(APP, () => allow('https://other.example.com'))).toEqual([])
    expect(await spellings(APP, () => allow('*'), { credentials: 'include' })).toEqual([])
    expect(await spellings(APP, (asked) => allow(originOf(asked) ?? '*'))).toEqual([])
  })

  it('are tried on the preflight where that is refused', async () => {
    const { observations } = await ask((asked) => (isPreflight(asked) ? status(403) : BARE), { method: 'DELETE' })
    const variants = observations.filter(({ purpose }) => purpose === 'origin-variant')
    expect(variants.map(({ request }) => request.method)).toEqual(['OPTIONS', 'OPTIONS', 'OPTIONS', 'OPTIONS'])
    expect(variants[0]?.request.headers.filter(([name]) => /^(?:Origin|Access-)/.test(name))).toEqual([
      ['Access-Control-Request-Method', 'DELETE'],
      ['Origin', `${APP}/`],
    ])
  })

  it('name the one that the server knows', async () => {
    const listed = (asked: Asked) => (originOf(asked) === `${APP}/` ? allow(`${APP}/`) : BARE)
    expect((await ask(listed)).findings[0]?.message).toMatchInlineSnapshot(
      `"the server allows "https://app.example.com/", but an origin has no trailing slash and no path"`,
    )
  })
})

import { describe, expect, it } from 'vitest'
import { answersOf, isOrigin, isUnseen, namedIn, readersOf } from '../../../src/diagnose/fixes/readers.ts'
import { grantedBy, MAX_AGE_SECONDS } from '../../../src/diagnose/fixes/union.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen, URL_ } from './exchange.ts'

type Line = readonly [string, string]

const B = 'https://b.example.com'
const STRANGER = 'https://cors-probe.invalid'
const acao = (value: string): Line => ['Access-Control-Allow-Origin', value]
const CREDENTIALS: Line = ['Access-Control-Allow-Credentials', 'true']
const methods = (value: string): Line => ['Access-Control-Allow-Methods', value]
const names = (value: string): Line => ['Access-Control-Allow-Headers', value]
const exposed = (value: string): Line => ['Access-Control-Expose-Headers', value]
const says = (...headers: Line[]): Exchange => ({ headers })
const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

describe('the answers that tell of a policy', () => {
  it('are those for the page’s own URL, whatever its query, without the strangers of a scan', () => {
    const [own, query, options] = [seen(), seen({ url: `${URL_}?a=1` }), seen({ method: 'OPTIONS' })]
    const asked = preflight()
    const evidence = evidenceOf([
      ...[own, query, asked, options],
      seen({ url: `${URL_}/other` }),
      seen({ url: 'https://b.example.com/items' }),
      seen({ url: 'http://api.example.com/items' }),
      seen({ purpose: 'security' }),
      seen({ trouble: 'reset' }),
      preflight({ url: 'https://api.example.com/' }),
    ])
    expect(answersOf(evidence)).toEqual({ responses: [own, query, options], preflights: [asked] })
  })

  it('may not show the request itself', () => {
    const put = { request: { method: 'PUT' } }
    const unseen = (...exchanges: Exchange[]) => isUnseen(evidenceOf(exchanges.map(seen), put))
    expect([unseen(), unseen({ status: 400 }), unseen({ status: 405 }, { status: 404 })]).toEqual([true, true, true])
    expect([unseen({ status: 399 }), unseen({ status: 405 }, {})]).toEqual([false, false])
    expect(unseen({ method: 'PUT', status: 500 })).toBe(false)
  })
})

describe('the origins of an answer', () => {
  it.each<readonly [readonly string[], readonly string[]]>([
    [[], []],
    [['*'], ['*']],
    [[`${PAGE}, ${B}`], [PAGE, B]],
    [[`${PAGE} ${B}`], [PAGE, B]],
    [[`${PAGE},${B}`], [PAGE, B]],
    [
      [PAGE, B],
      [PAGE, B],
    ],
    [[many(40, (i) => `a${i}`).join(' ')], many(32, (i) => `a${i}`)],
    [many(40, (i) => `a${i}`), many(32, (i) => `a${i}`)],
  ])('stand on one line or several: %j', (lines, expected) => {
    expect(namedIn(seen(says(...lines.map(acao))))).toEqual(expected)
  })

  it.each([
    [PAGE, true],
    ['http://localhost:3000', true],
    ['capacitor://localhost', true],
    ['http://[::1]:8080', true],
    ['https://a_b-c.example.com', true],
    ['a1+.-://x', true],
    [`https://${'a'.repeat(63)}.example.com`, true],
    ['*', false],
    ['null', false],
    ['', false],
    ['https://*.example.com', false],
    [`${PAGE}/`, false],
    ['HTTPS://app.example.com', false],
    ['https://App.example.com', false],
    ['https://a b', false],
    ['https://', false],
    ['://a', false],
    ['1a://b', false],
    [' https://a.example.com', false],
    [`a${'b'.repeat(41)}://x`, false],
    [`https://${'a.'.repeat(127)}`, false],
    ['https://a.example.com`id`', false],
    ['https://a.example.com:99999', false],
  ])('are repeated only where they are one: %s (%s)', (value, expected) => expect(isOrigin(value)).toBe(expected))
})

/** What is read of who reads: the answers to the page, and to a stranger. */
function readers(
  exchanges: readonly Exchange[],
  { foreign, request = {} }: { readonly foreign?: Exchange; readonly request?: object } = {},
) {
  const asks: string[] = []
  const probe = foreign === undefined ? null : seen({ purpose: 'foreign-origin', origin: STRANGER, ...foreign })
  const observations = exchanges.map((each) => (each.method === 'OPTIONS' ? preflight(each) : seen(each)))
  const all = probe === null ? observations : [...observations, probe]
  return { ...readersOf(evidenceOf(all, { request, probes: { foreign: probe } }), asks), asks }
}

const REPEATS =
  'The server lets every origin in, because it repeats the origin. The change has the same effect with "*". List the origins if the data is not public.'
const lists = (how = '') =>
  `The server lets every origin in${how}. The change lists only ${PAGE}: add the origins of your other pages.`
const PATTERN =
  'Access-Control-Allow-Origin is "*", a pattern or any origin, which does not help this request. The change lists single origins: add those of your other pages.'
const NEVER = { origins: [], credentials: false, asks: [] }
const ANYONE = { origins: '*', credentials: false, asks: [] }
const include = { credentials: 'include' }

describe('who reads today', () => {
  it.each<readonly [string, () => ReturnType<typeof readers>, object]>([
    ['no one, where nothing says so', () => readers([{}]), NEVER],
    ['no one, where nothing came back', () => readers([{ trouble: 'reset' }]), NEVER],
    ['anyone', () => readers([says(acao('*'))]), ANYONE],
    ['anyone, without credentials', () => readers([says(acao('*'), CREDENTIALS)]), ANYONE],
    ['one site', () => readers([says(acao(B))]), { ...NEVER, origins: [B] }],
    ['one site, named twice', () => readers([says(acao(B)), says(acao(B))]), { ...NEVER, origins: [B] }],
    ['two sites', () => readers([says(acao(B)), says(acao(PAGE))]), { ...NEVER, origins: [B, PAGE] }],
    [
      'the page with credentials',
      () => readers([says(acao(PAGE), CREDENTIALS)]),
      { ...NEVER, origins: [PAGE], credentials: true },
    ],
    [
      'one site with credentials, which the page gets too',
      () => readers([says(acao(B), CREDENTIALS)]),
      {
        origins: [B],
        credentials: true,
        asks: [`The server answers ${B} with credentials, so the change lets ${PAGE} read with credentials, too.`],
      },
    ],
    [
      'one site beside a text, with credentials',
      () => readers([says(acao(`${PAGE}, null`), CREDENTIALS)]),
      { ...NEVER, origins: [PAGE], credentials: true },
    ],
    [
      'one site, where credentials are misspelt',
      () => readers([says(acao(B), ['Access-Control-Allow-Credentials', 'True'])]),
      { ...NEVER, origins: [B] },
    ],
    [
      'no one, where the header is asked for without a page',
      () => readers([{ ...says(acao('*')), origin: null, asks: [['Accept', '*/*']] }]),
      { ...NEVER, asks: [PATTERN] },
    ],
    ['no one, where "*" has a neighbor', () => readers([says(acao('*, *'))]), { ...NEVER, asks: [PATTERN] }],
    ['no one, by a pattern', () => readers([says(acao('https://*.example.com'))]), { ...NEVER, asks: [PATTERN] }],
    ['no one, by null', () => readers([says(acao('null'))]), NEVER],
    [
      'no one, where only the preflight says so',
      () => readers([{ method: 'OPTIONS', ...says(acao('*')) }, {}]),
      { ...NEVER, asks: [PATTERN] },
    ],
    [
      'anyone, by the preflight, where the request itself cannot be seen',
      () => readers([{ method: 'OPTIONS', ...says(acao('*')) }, { status: 405 }], { request: { method: 'PUT' } }),
      ANYONE,
    ],
  ])('is %s', (_, found, expected) => expect(found()).toEqual(expected))

  const echo = says(acao(STRANGER))

  it.each<readonly [string, () => ReturnType<typeof readers>, object]>([
    ['anyone, by repetition', () => readers([{}], { foreign: echo }), { ...ANYONE, asks: [REPEATS] }],
    [
      'anyone, by repetition, where it needs credentials',
      () => readers([{}], { foreign: echo, request: include }),
      { ...NEVER, asks: [lists()] },
    ],
    [
      'anyone, by repetition with credentials',
      () => readers([{}], { foreign: says(acao(STRANGER), CREDENTIALS) }),
      { ...NEVER, asks: [lists(', with credentials')] },
    ],
    [
      'anyone, by repetition, and the page with credentials',
      () => readers([says(acao(PAGE), CREDENTIALS)], { foreign: echo }),
      { origins: [PAGE], credentials: true, asks: [lists()] },
    ],
    [
      'anyone, by "*" for some and one site with credentials',
      () => readers([says(acao('*')), says(acao(PAGE), CREDENTIALS)]),
      { origins: [PAGE], credentials: true, asks: [lists()] },
    ],
    ['no stranger', () => readers([{}], { foreign: {} }), NEVER],
    [
      'no stranger, whose origin is one of two',
      () => readers([{}], { foreign: says(acao(`${STRANGER}, ${PAGE}`)) }),
      { ...NEVER, origins: [PAGE] },
    ],
    [
      'no stranger, who is told of another',
      () => readers([{}], { foreign: says(acao(B), CREDENTIALS) }),
      {
        origins: [B],
        credentials: true,
        asks: [`The server answers ${B} with credentials, so the change lets ${PAGE} read with credentials, too.`],
      },
    ],
  ])('is %s', (_, found, expected) => expect(found()).toEqual(expected))

  describe('behind a preflight', () => {
    // Probes carry the headers of the page, so they need the same preflight.
    const asks: readonly Line[] = [['X-A', '1']]
    const request = { headers: asks }
    const behind = (answer: Exchange, exchange: Exchange, foreign?: Exchange) =>
      readers(
        [
          { method: 'OPTIONS', ...answer },
          { asks, ...exchange },
        ],
        {
          request,
          ...(foreign && { foreign: { asks, ...foreign } }),
        },
      )

    it('is no one, where the preflight fails', () => {
      expect(behind({ status: 404 }, says(acao('*'))).origins).toEqual([])
      expect(behind({ status: 404, ...says(acao('*')) }, says(acao('*'))).origins).toEqual([])
      expect(behind({ status: 300, ...says(acao('*')) }, says(acao('*'))).origins).toEqual([])
      expect(behind({}, says(acao('*'))).origins).toEqual([])
      expect(behind({}, {}, echo).origins).toEqual([])
    })

    it('is anyone, where it succeeds, or was not needed', () => {
      expect(behind({ status: 299, ...says(acao(PAGE)) }, says(acao('*'))).origins).toBe('*')
      expect(behind(says(acao(PAGE)), {}, echo).origins).toBe('*')
      expect(behind({}, { ...says(acao('*')), asks: [] }).origins).toBe('*')
      expect(readers([{ asks, ...says(acao('*')) }], { request }).origins).toBe('*')
    })
  })

  it('leaves out whom an attacker on the network could be, and says so', () => {
    const http = (i: number) => `http://n${i}.example.com`
    const site = (origin: string) => says(acao(origin), CREDENTIALS)
    const left = (some: string) =>
      `The server lets ${some} in. Over http, an attacker on the network could read with credentials, so the change leaves it out.`
    expect(readers([site(PAGE), site(http(0))])).toEqual({ origins: [PAGE], credentials: true, asks: [left(http(0))] })
    expect(readers([site(PAGE), ...many(5, (i) => site(http(i)))]).asks).toEqual([left([0, 1, 2].map(http).join(', '))])
    expect(readers([says(acao(http(0)))], { request: include })).toEqual({ ...NEVER, asks: [left(http(0))] })
    // Without credentials there is nothing to steal, and the page itself stays in.
    expect(readers([says(acao(http(0)))])).toEqual({ ...NEVER, origins: [http(0)] })
    expect(readers([site(http(0))], { request: { origin: http(0) } })).toEqual({
      origins: [http(0)],
      credentials: true,
      asks: [],
    })
    expect(readers([site(PAGE), site('http://localhost:3000')]).origins).toEqual([PAGE, 'http://localhost:3000'])
  })

  it('is named as far as a person checks it', () => {
    const sites = (count: number) => readers(many(count, (i) => says(acao(`https://n${i}.example.com`))))
    expect(sites(12)).toEqual({ ...NEVER, origins: many(12, (i) => `https://n${i}.example.com`) })
    expect(sites(13)).toEqual({
      ...NEVER,
      origins: many(12, (i) => `https://n${i}.example.com`),
      asks: ['The server names 1 more origins, too many to check: add those that are yours.'],
    })
  })
})

/** The policy that a server has today. */
const granted = (exchanges: readonly Exchange[], request: object = {}) => {
  const observations = exchanges.map((each) => (each.method === 'OPTIONS' ? preflight(each) : seen(each)))
  return grantedBy(evidenceOf(observations, { request }))
}
const kept = (what: string) => `Kept because the server sends it today: ${what}. Remove names that are not yours.`
const HIDDEN = 'The server may allow more origins, and name each to its own pages only. Keep those in its list.'
const asked = (...headers: Line[]): Exchange => ({ method: 'OPTIONS', headers })

describe('the policy of today', () => {
  it('is nothing, where nothing is granted', () => {
    expect(granted([{}])).toEqual({ policy: { origins: [] }, asks: [], note: null })
    expect(granted([says(acao('*'))])).toEqual({ policy: { origins: '*' }, asks: [], note: null })
  })

  it('has what preflights and responses say, each its own', () => {
    const headers = [methods('PATCH'), names('X-P'), exposed('X-Q')]
    expect(
      granted([asked(acao('*'), ...headers), says(acao('*'), exposed('X-R'), methods('PUT'), names('X-S'))]),
    ).toEqual({
      policy: { origins: '*', methods: ['PATCH'], requestHeaders: ['X-P'], exposedHeaders: ['X-R'] },
      asks: [],
      note: kept('methods PATCH; request headers X-P; exposed headers X-R'),
    })
    // Without a preflight, an answer with all of the headers tells of those.
    expect(granted([says(acao('*'), ...headers)])).toEqual({
      policy: { origins: '*', methods: ['PATCH'], requestHeaders: ['X-P'], exposedHeaders: ['X-Q'] },
      asks: [],
      note: kept('methods PATCH; request headers X-P; exposed headers X-Q'),
    })
  })

  it('names the server’s own words, but not those of the page', () => {
    const server = [
      asked(acao(B), methods('PUT, PATCH'), names('X-Own, x-mine')),
      says(acao(B), acao(PAGE), exposed('ETag, x-read, Link')),
    ]
    expect(granted(server, { method: 'PUT', headers: { 'X-Mine': '1' }, reads: ['X-Read'] })).toEqual({
      policy: {
        origins: [B, PAGE],
        methods: ['PUT', 'PATCH'],
        requestHeaders: ['X-Own', 'x-mine'],
        exposedHeaders: ['ETag', 'x-read', 'Link'],
      },
      asks: [],
      note: `${kept(`origins ${B}; methods PATCH; request headers X-Own; exposed headers ETag, Link`)} ${HIDDEN}`,
    })
  })

  it('has each name once, headers whatever their case, and nothing that a policy would not list', () => {
    const server = [
      asked(
        methods('PUT, put, PUT, FOO, Foo, GET, HEAD, POST, OPTIONS, `id`, P$T'),
        names('X-A, x-a, DNT, "q", X-A B, POST, OPTIONS'),
      ),
      asked(methods('DELETE'), names(`X-B, ${'a'.repeat(65)}, ${'b'.repeat(64)}, a!, a|b`)),
      says(exposed('X-C, x-c, Set-Cookie, a;b, a.b_c-1')),
    ]
    expect(granted(server).policy).toEqual({
      origins: [],
      methods: ['PUT', 'FOO', 'Foo', 'DELETE'],
      requestHeaders: ['X-A', 'POST', 'OPTIONS', 'X-B', 'b'.repeat(64)],
      exposedHeaders: ['X-C', 'a.b_c-1'],
    })
  })

  it('keeps *, and Authorization beside it, which * does not cover', () => {
    const star = (...headers: Line[]) => granted([asked(acao('*'), ...headers), says(acao('*'), exposed('*'))]).policy
    expect(star(methods('*'), names('*'))).toEqual({
      origins: '*',
      methods: '*',
      requestHeaders: '*',
      exposedHeaders: '*',
    })
    expect(star(methods('PUT, *'), names('*, Authorization, X-A'))).toEqual({
      origins: '*',
      methods: '*',
      requestHeaders: ['*', 'Authorization'],
      exposedHeaders: '*',
    })
    expect(granted([says(acao(PAGE), exposed('*, Authorization'))]).policy.exposedHeaders).toBe('*')
  })

  it('cannot keep * with credentials, and says so', () => {
    const word = (name: string) =>
      `The server sends * in ${name}, which with credentials is an ordinary name. The change lists the known names: add those that your other pages need.`
    const expected = [
      word('Access-Control-Allow-Methods'),
      word('Access-Control-Allow-Headers'),
      word('Access-Control-Expose-Headers'),
    ]
    const stars = (...headers: Line[]) => [asked(methods('*, PUT'), names('*')), says(...headers, exposed('*'))]
    const own = granted(stars(acao(PAGE), CREDENTIALS))
    expect(own.policy).toEqual({ origins: [PAGE], credentials: true, methods: ['PUT'] })
    expect(own.asks).toEqual(expected)
    const included = granted(stars(acao(PAGE)), include)
    expect(included.policy).toEqual({ origins: [PAGE], methods: ['PUT'] })
    expect(included.asks).toEqual(expected)
    // Anyone reads without credentials, and keeps what * gives.
    expect(granted(stars(acao('*')), include).policy).toMatchObject({ origins: '*', methods: '*' })
  })

  it('has as many names as a person checks, and as the machine does', () => {
    const list = (count: number, first = 0) => many(count, (i) => `X-N${first + i}`)
    const rest = (count: number) =>
      `The server lists ${count} more names in Access-Control-Allow-Headers, too many to check: add those that are yours.`
    expect(granted([asked(names(list(40).join()))])).toMatchObject({ policy: { requestHeaders: list(40) }, asks: [] })
    expect(granted([asked(names(list(41).join()))])).toMatchObject({
      policy: { requestHeaders: list(40) },
      asks: [rest(1)],
    })
    expect(granted([asked(names(list(1000).join()))]).asks).toEqual([rest(160)])
  })

  it.each([
    ['5', 5],
    ['0', 0],
    ['600', 600],
    ['86400', MAX_AGE_SECONDS],
    ['-1', undefined],
    ['1.5', undefined],
    ['x', undefined],
  ])('keeps the time to live, as long as every browser honors it: %s', (value, expected) => {
    expect(granted([asked(['Access-Control-Max-Age', value])]).policy.maxAge).toBe(expected)
    expect(granted([says(['Access-Control-Max-Age', value])]).policy.maxAge).toBe(expected)
    expect(granted([asked(), says(['Access-Control-Max-Age', value])]).policy.maxAge).toBeUndefined()
  })

  describe('may be longer than its answers show', () => {
    const hidden = (exchanges: readonly Exchange[], probes: Parameters<typeof evidenceOf>[1] = {}) =>
      grantedBy(evidenceOf(exchanges.map(seen), probes)).note?.includes(HIDDEN) === true
    const foreign = seen({ origin: STRANGER, ...says(acao(B)) })

    it.each<readonly [boolean, string, () => boolean]>([
      [true, 'an answer names an origin', () => hidden([{}, says(acao(B))])],
      [true, 'an answer depends on it', () => hidden([{}, says(['Vary', 'Origin'])])],
      [
        true,
        'every Origin is refused',
        () =>
          hidden([{ status: 403 }], {
            probes: { foreign: seen({ origin: STRANGER, status: 403 }), noOrigin: seen({ origin: null }) },
          }),
      ],
      [false, 'nothing says so', () => hidden([{}])],
      [false, 'a stranger is told the same', () => hidden([says(acao(B))], { probes: { foreign } })],
      [false, 'anyone reads', () => hidden([says(acao('*'))])],
    ])('%s: %s', (expected, _, found) => expect(found()).toBe(expected))
  })
})

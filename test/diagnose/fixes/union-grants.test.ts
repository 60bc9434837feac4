import { describe, expect, it } from 'vitest'
import { grantedBy, MAX_AGE_SECONDS } from '../../../src/diagnose/fixes/union.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen } from './exchange.ts'

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

const include = { credentials: 'include' }

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

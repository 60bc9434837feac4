import { describe, expect, it } from 'vitest'
import { everSpoke, isGuarded, isSilent, isSuccess, knowsPage, refusesOrigins } from '../../src/diagnose/proven.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen, URL_ } from './fixes/exchange.ts'

const acao = (value: string) => ['Access-Control-Allow-Origin', value] as const
const OTHER = 'https://b.example.com'

describe('isSilent()', () => {
  it.each<readonly [boolean, Exchange]>([
    [true, { trouble: 'timeout' }],
    [true, { trouble: 'reset' }],
    [false, { trouble: 'dns' }],
    [false, { trouble: 'refused' }],
    [false, {}],
  ])('is %s for a preflight: %o', (expected, exchange) => expect(isSilent(preflight(exchange))).toBe(expected))

  it('is not told by the request itself, or by nothing', () => {
    expect([isSilent(seen({ trouble: 'timeout' })), isSilent(null)]).toEqual([false, false])
  })
})

describe('everSpoke()', () => {
  it.each<readonly [boolean, Exchange]>([
    [true, { headers: [acao('*')] }],
    [true, { headers: [['Vary', 'Origin']] }],
    [true, { headers: [['X-Rack-CORS', 'miss']] }],
    [true, { headers: [['Access-Control-Expose-Headers', 'ETag']] }],
    [true, { headers: [['access-control-max-age', '1']] }],
    [false, { headers: [['X-Access-Control-Max-Age', '1']] }],
    [false, { headers: [['Vary', 'Accept']] }],
    [false, {}],
    [false, { trouble: 'reset' }],
  ])('is %s: %o', (expected, exchange) => {
    expect(everSpoke(evidenceOf([seen({}), seen(exchange)]))).toBe(expected)
  })
})

describe('knowsPage()', () => {
  it.each<readonly [boolean, Exchange]>([
    [true, { headers: [acao(PAGE)] }],
    [true, { headers: [acao('*')] }],
    [false, { headers: [acao(OTHER)] }],
    [false, { headers: [acao(PAGE)], origin: OTHER }],
    [false, { headers: [acao('*')], origin: null }],
    [true, { headers: [acao(PAGE)], asks: [['X-A', '1']] }],
    [false, { headers: [acao(PAGE)], origin: OTHER, asks: [['Referer', PAGE]] }],
    [false, {}],
    [false, { trouble: 'reset' }],
  ])('is %s: %o', (expected, exchange) => {
    expect(knowsPage(evidenceOf([seen({}), seen(exchange)]))).toBe(expected)
  })
})

describe('refusesOrigins()', () => {
  /** A policy that answers 403 to any `Origin`, and 200 without. */
  interface Asked {
    readonly own?: readonly Exchange[]
    readonly foreign?: Exchange | null
    readonly none?: Exchange | null
  }
  const probed = (exchange: Exchange | null, rest: Exchange) =>
    exchange === null ? null : seen({ ...rest, ...exchange })
  const isRefused = ({ own = [{ status: 403 }], foreign = { status: 403 }, none = {} }: Asked) =>
    refusesOrigins(
      evidenceOf(own.map(seen), {
        probes: {
          foreign: probed(foreign, { purpose: 'foreign-origin', origin: OTHER }),
          noOrigin: probed(none, { purpose: 'no-origin', origin: null }),
        },
      }),
    )

  it.each<readonly [string, Asked]>([
    ['and lets the request without Origin in', {}],
    ['with any status', { own: [{ status: 500 }], foreign: { status: 500 } }],
    ['with the least that is a refusal', { own: [{ status: 400 }], foreign: { status: 400 } }],
    ['and sends the request without Origin away', { none: { status: 302 } }],
    ['with 403, where the route may not support GET', { none: { status: 404 } }],
    [
      'with 400, where the route may not support GET',
      { own: [{ status: 400 }], foreign: { status: 400 }, none: { status: 405 } },
    ],
    ['in every answer', { own: [{ status: 403 }, { status: 404 }] }],
    [
      'beside a preflight with a login',
      { own: [{ status: 403 }, { purpose: 'authorized-preflight', headers: [acao(PAGE)] }] },
    ],
    ['beside no answer', { own: [{ trouble: 'reset' }, { status: 403 }] }],
    ['beside answers of another path', { own: [{ status: 403 }, { url: `${URL_}/other` }] }],
    ['beside answers to another page', { own: [{ status: 403 }, { origin: OTHER, headers: [acao(OTHER)] }] }],
  ])('knows a server that refuses every Origin %s', (_, asked) => expect(isRefused(asked)).toBe(true))

  it.each<readonly [string, Asked]>([
    ['refuses the request without Origin too', { none: { status: 403 } }],
    ['refuses it with another status', { own: [{ status: 500 }], foreign: { status: 500 }, none: { status: 404 } }],
    ['does not answer it', { none: { trouble: 'reset' } }],
    ['was not asked without Origin', { none: null }],
    ['was not asked by a stranger', { foreign: null }],
    ['lets the stranger in', { foreign: {} }],
    ['limits how often it is asked', { own: [{ status: 429 }], foreign: { status: 429 } }],
    ['refuses the stranger, and says who may', { foreign: { status: 403, headers: [acao(PAGE)] } }],
    ['lets the page in', { own: [{}] }],
    ['lets the page in once', { own: [{ status: 403 }, {}] }],
    ['refuses the page, and says that it may', { own: [{ status: 403, headers: [acao(PAGE)] }] }],
    ['refuses the page with another status', { own: [{ status: 404 }] }],
    ['answers the page nothing', { own: [{ trouble: 'reset' }] }],
    ['was asked nothing by the page', { own: [] }],
    ['was asked by the page with a login alone', { own: [{ purpose: 'authorized-preflight' }] }],
    ['redirects the page and the stranger', { own: [{ status: 302 }], foreign: { status: 302 } }],
  ])('does not take for one a server that %s', (_, asked) => expect(isRefused(asked)).toBe(false))
})

describe('isGuarded() and isSuccess()', () => {
  it.each([
    [401, true, false],
    [403, true, false],
    [400, false, false],
    [404, false, false],
    [399, false, true],
    [200, false, true],
    [199, false, false],
  ])('read the status %i', (status, guarded, success) => {
    const noOrigin = seen({ status, origin: null })
    expect([isGuarded(evidenceOf([], { probes: { noOrigin } })), isSuccess(noOrigin)]).toEqual([guarded, success])
  })

  it('are false without an answer', () => {
    expect([isGuarded(evidenceOf([])), isSuccess(null), isSuccess(seen({ trouble: 'dns' }))]).toEqual([
      false,
      false,
      false,
    ])
  })
})

import { describe, expect, it } from 'vitest'
import type { BrowserModel, HeaderLine, PageInit } from '../../src/browser.ts'
import {
  type Answer,
  API,
  acao,
  credentials,
  location,
  methods,
  names,
  openPage,
  outcome,
  PAGE,
  sent,
  sentField,
} from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
const OPEN: readonly HeaderLine[] = [acao('*'), methods('*'), names('*, authorization')]

/** Follows one redirect and says what the second request was: method and body, and the fields that were asked for. */
async function second(
  browser: BrowserModel,
  status: number,
  init: PageInit,
  to = '/b',
  from = `${API}/a`,
  ...fields: string[]
) {
  const answers: Record<string, Answer> = {
    '/a': { status, headers: [...OPEN, location(to)], pre: { headers: OPEN } },
    '/b': { headers: OPEN },
  }
  const verdict = await openPage(browser, answers).fetch(from, init)
  const { request } = verdict.exchanges.at(-1) ?? {}
  const body = request?.body === null || request === undefined ? '' : ` ${new TextDecoder().decode(request.body)}`
  const found = fields.map((name) => `${name}: ${request?.headers.find(([key]) => key === name)?.[1] ?? '-'}`)
  return [`${request?.method}${body}`, ...found].join(', ')
}

describe('the method after a redirect', () => {
  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [307, 'POST', 'POST x'],
    [308, 'POST', 'POST x'],
    [301, 'PUT', 'PUT x'],
    [302, 'PATCH', 'PATCH x'],
    [303, 'PUT', 'GET'],
    [307, 'PUT', 'PUT x'],
  ])('of %d and %s is %s', async (status, method, expected) => {
    expect(await second('spec', status, { method, body: 'x' })).toBe(expected)
  })

  it.each([301, 302, 303, 307, 308])('of %d stays GET or HEAD', async (status) => {
    const init = { headers: { 'Content-Language': 'de' } }
    expect(await second('spec', status, { ...init, method: 'HEAD' }, '/b', `${API}/a`, 'Content-Language')).toBe(
      'HEAD, Content-Language: de',
    )
    expect(await second('spec', status, init, '/b', `${API}/a`, 'Content-Language')).toBe('GET, Content-Language: de')
  })

  it('of DELETE becomes GET in WebKit on the way to another origin', async () => {
    const away = 'https://third.example/b'
    const seen = (to: string) => Promise.all(BROWSERS.map((browser) => second(browser, 307, { method: 'DELETE' }, to)))
    expect(await seen(away)).toEqual(['DELETE', 'DELETE', 'DELETE', 'GET'])
    expect(await seen('/b')).toEqual(['DELETE', 'DELETE', 'DELETE', 'DELETE'])
    expect(await second('webkit', 307, { method: 'PUT' }, away)).toBe('PUT')
  })
})

describe('the headers after a redirect', () => {
  const BODY = ['Content-Encoding', 'Content-Language', 'Content-Location', 'Content-Type'] as const

  it('lose those of a body that is dropped', async () => {
    const headers = Object.fromEntries(BODY.map((name) => [name, 'x']))
    const init = { method: 'POST', body: 'x', headers: { ...headers, 'X-Foo': '1' } }
    const expected = BODY.map((name) => `${name}: -`).join(', ')
    expect(await second('spec', 303, init, '/b', `${API}/a`, ...BODY, 'X-Foo')).toBe(`GET, ${expected}, X-Foo: 1`)
    const kept = BODY.map((name) => `${name}: x`).join(', ')
    expect(await second('spec', 307, init, '/b', `${API}/a`, ...BODY)).toBe(`POST x, ${kept}`)
  })

  it('lose Authorization on the way to another origin', async () => {
    const init = { headers: { Authorization: 't', 'X-Foo': '1' } }
    expect(await second('spec', 302, init, 'https://third.example/b', `${API}/a`, 'Authorization', 'X-Foo')).toBe(
      'GET, Authorization: -, X-Foo: 1',
    )
    expect(await second('spec', 302, init, '/b', `${API}/a`, 'Authorization')).toBe('GET, Authorization: t')
  })

  it('lose client hints in Chromium on the way to a stranger', async () => {
    const hints = ['Device-Memory', 'Downlink', 'DPR', 'ECT', 'RTT', 'Viewport-Width', 'Width']
    const init = { headers: Object.fromEntries([...hints, 'Save-Data'].map((name) => [name, 'x'])) }
    const all = (value: string) => ['GET', ...hints.map((name) => `${name}: ${value}`), 'Save-Data: x'].join(', ')
    for (const browser of BROWSERS) {
      const seen = (to: string, from: string) => second(browser, 307, init, to, from, ...hints, 'Save-Data')
      expect(await seen('/b', `${API}/a`)).toBe(all(browser === 'chromium' ? '-' : 'x'))
      expect(await seen('/b', `${PAGE}/a`)).toBe(all('x'))
    }
  })

  it('come back in WebKit on the way to a stranger', async () => {
    const init = { method: 'POST', body: 'x', headers: { 'Content-Type': 'a/b', Authorization: 't' } }
    const seen = (browser: BrowserModel, to: string, from: string, more: PageInit = {}) =>
      second(browser, 303, { ...init, ...more }, to, from, 'Content-Type', 'Authorization')
    const third = 'https://third.example/b'
    expect(await seen('webkit', '/b', `${API}/a`)).toBe('GET, Content-Type: a/b, Authorization: t')
    expect(await seen('webkit', third, `${API}/a`)).toBe('GET, Content-Type: a/b, Authorization: -')
    expect(await seen('webkit', '/b', `${PAGE}/a`)).toBe('GET, Content-Type: -, Authorization: t')
    expect(await seen('spec', '/b', `${API}/a`)).toBe('GET, Content-Type: -, Authorization: t')
    const simple = { headers: { 'Content-Type': 'text/plain' }, mode: 'no-cors' } as const
    expect(await seen('webkit', '/b', `${API}/a`, simple)).toBe('GET, Content-Type: -, Authorization: -')
  })

  it('keep Origin in WebKit where the method becomes GET, as long as the origin stays', async () => {
    const seen = (browser: BrowserModel, to: string) =>
      second(browser, 303, { method: 'PUT' }, to, `${PAGE}/a`, 'Origin')
    expect(await seen('webkit', '/b')).toBe(`GET, Origin: ${PAGE}`)
    expect(await seen('spec', '/b')).toBe('GET, Origin: -')
    const answers = {
      '/a': { status: 303, headers: [location('/b')] },
      '/b': { status: 307, headers: [location(`${API}/c`)] },
    }
    const verdict = await openPage('webkit', answers).fetch('/a', { method: 'POST', mode: 'no-cors' })
    expect([0, 1, 2].map((index) => sentField(verdict, index, 'Origin'))).toEqual([PAGE, PAGE, undefined])
  })
})

describe('a user in a Location at home', () => {
  const hops = (to: string): Record<string, Answer> => ({
    '/a': { status: 307, headers: [location(to)] },
    '/b': { headers: [acao(), credentials, methods('PUT')] },
  })

  it('is refused in WebKit once the preflight of the next hop is through', async () => {
    const to = 'https://user@api.example.org/b'
    const seen = async (browser: BrowserModel) => {
      const verdict = await openPage(browser, hops(to)).fetch('/a', { method: 'PUT' })
      return [outcome(verdict), sent(verdict)]
    }
    expect(await seen('webkit')).toEqual(['redirect-credentials', 'PUT /a, OPTIONS /b'])
    expect(await seen('spec')).toEqual(['redirect-credentials', 'PUT /a'])
    const away = { ...hops(to), '/a': { status: 307, headers: [...OPEN, location(to)], pre: { headers: OPEN } } }
    const verdict = await openPage('webkit', away).fetch(`${API}/a`, { method: 'PUT' })
    expect([outcome(verdict), sent(verdict)]).toEqual(['redirect-credentials', 'OPTIONS /a, PUT /a'])
  })
})

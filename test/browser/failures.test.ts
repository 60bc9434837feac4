import { describe, expect, it } from 'vitest'
import { type BrowserModel, createSimulator, type PageInit } from '../../src/browser.ts'
import { type Answer, API, acao, location, methods, openPage, outcome, PAGE, sent } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const

/** Where a fetch failed, and with what. */
async function failed(
  url: string,
  init: PageInit,
  answers: Record<string, Answer> = {},
  browser: BrowserModel = 'spec',
) {
  const verdict = await openPage(browser, answers).fetch(url, init)
  if (verdict.shared) throw new Error('shared')
  const { code, step, value, during, firefox, consoleMessage } = verdict.failure
  expect(during).toBe('response')
  // Firefox's CORS listener watches requests to other origins only.
  const isHeard = consoleMessage.firefox.startsWith('Cross-Origin Request Blocked')
  expect(isHeard).toBe(firefox !== null)
  return [code, step, value, isHeard ? 'heard' : 'silent']
}

describe('a fetch that fails', () => {
  it('before anything is sent says at which step', async () => {
    expect(await failed('https://api.example.org:6000/', {})).toEqual([
      'bad-port',
      'main fetch, step 7',
      '6000',
      'silent',
    ])
    expect(await failed(`${API}/`, { mode: 'same-origin' })).toEqual([
      'same-origin-mode',
      'main fetch, step 12 (mode is "same-origin")',
      '',
      'silent',
    ])
    expect(await failed(`${API}/`, { mode: 'no-cors', redirect: 'manual' })).toEqual([
      'no-cors-redirect-mode',
      'main fetch, step 12 (mode is "no-cors"), 1',
      'manual',
      'silent',
    ])
    const scheme = ['scheme-not-http', 'main fetch, step 12 (scheme is not HTTP(S))', 'foo', 'heard']
    expect(await failed('foo://bar/', {})).toEqual(scheme)
    expect((await failed('foo://bar/', { mode: 'no-cors' })).slice(0, 3)).toEqual([
      'scheme-not-http',
      'scheme fetch, step 3',
      'foo',
    ])
    expect(await failed('data:x', {})).toEqual(['network-error', 'scheme fetch, step 3 ("data")', '', 'silent'])
  })

  it('for want of an answer says so, to other origins aloud', async () => {
    const verdict = async (url: string) => {
      const seen = await createSimulator({ send: () => null })
        .page(PAGE)
        .fetch(url)
      return seen.shared ? null : [seen.failure.code, seen.failure.step, seen.failure.value, seen.failure.firefox]
    }
    expect(await verdict(`${API}/`)).toEqual(['network-error', 'HTTP-network fetch', '', 'CORSDidNotSucceed2'])
    expect(await verdict('/')).toEqual(['network-error', 'HTTP-network fetch', '', null])
  })

  it('for a policy of the resource says so', async () => {
    const answers = { '/': { headers: [['Cross-Origin-Resource-Policy', 'same-origin'] as const] } }
    expect(await failed(`${API}/`, { mode: 'no-cors' }, answers)).toEqual([
      'resource-policy',
      'HTTP fetch, step 6',
      'same-origin',
      'silent',
    ])
  })

  it('for a redirect says which Location, and at which step', async () => {
    const to = (...values: string[]) => ({ '/': { status: 302, headers: [acao('*'), ...values.map(location)] } })
    const step = (number: number) => `HTTP-redirect fetch, step ${number}`
    expect(await failed(`${API}/`, {}, to('http://'))).toEqual(['redirect-location', step(5), 'http://', 'heard'])
    expect(await failed(`${API}/`, {}, to('/a', '/b'))).toEqual(['redirect-location', step(5), '/a, /b', 'heard'])
    expect(await failed('/', {}, to('http://'))).toEqual(['redirect-location', step(5), 'http://', 'silent'])
    expect(await failed(`${API}/`, {}, to('foo://bar/'))).toEqual(['redirect-scheme', step(6), 'foo://bar/', 'heard'])
    const secret = 'https://user@api.example.org/'
    expect(await failed(`${API}/`, {}, to(secret))).toEqual(['redirect-credentials', step(9), secret, 'heard'])
    const home = 'https://user@app.example.com/'
    expect(await failed(`${API}/`, {}, to(home))).toEqual(['redirect-credentials', step(10), home, 'heard'])
    expect(await failed(`${API}/`, {}, to('/'))).toEqual(['redirect-limit', step(7), `${API}/`, 'heard'])
  })

  it('tells the first of two faults: in Firefox a Location that cannot be followed', async () => {
    const seen = async (value: string) =>
      Promise.all(
        BROWSERS.map(async (browser) =>
          outcome(await openPage(browser, { '/': { status: 302, headers: [location(value)] } }).fetch(`${API}/`)),
        ),
      )
    const missing = 'allow-origin-missing'
    expect(await seen('data:,x')).toEqual([missing, missing, 'redirect-scheme', missing])
    expect(await seen('http://')).toEqual([missing, 'network-error', 'redirect-location', missing])
    expect(await seen('foo://bar/')).toEqual([missing, missing, missing, missing])
    expect(await seen('/x')).toEqual([missing, missing, missing, missing])
  })
})

describe('a Location', () => {
  const go = async (values: readonly string[], browser: BrowserModel = 'spec', url = '/a') => {
    const answers = { '/a': { status: 302, headers: values.map(location) }, '/b': {} }
    return openPage(browser, answers).fetch(url)
  }

  it.each([
    [['/b'], ['/b', '/b', '/b', '/b']],
    [
      ['/b', '/b'],
      ['redirect-location', '/b', '/b', '/b, /b'],
    ],
    [
      ['/b', '/c'],
      ['redirect-location', 'network-error', 'network-error', '/b, /c'],
    ],
    [
      ['', '/b'],
      ['redirect-location', 'network-error', 'network-error', '/, /b'],
    ],
  ] as const)('%j leads to %j', async (values, expected) => {
    const seen = BROWSERS.map(async (browser) => {
      const verdict = await go(values, browser)
      const url = verdict.exchanges[1]?.request.url
      return url === undefined ? outcome(verdict) : decodeURI(new URL(url).pathname)
    })
    expect(await Promise.all(seen)).toEqual(expected)
  })

  it('that is empty is the URL itself, none, or one that cannot be followed', async () => {
    const seen = BROWSERS.map(async (browser) => outcome(await go([''], browser)))
    expect(await Promise.all(seen)).toEqual(['redirect-limit', 'basic 302', 'redirect-limit', 'redirect-location'])
  })

  it('inherits the fragment of the URL that sent it', async () => {
    const url = async (value: string, from: string) => {
      const verdict = await go([value], 'spec', from)
      return verdict.shared && verdict.url.slice(PAGE.length)
    }
    expect(await url('/b', '/a#x')).toBe('/b#x')
    expect(await url('/b#y', '/a#x')).toBe('/b#y')
    expect(await url('/b', '/a')).toBe('/b')
  })
})

describe('a failed request', () => {
  it.each([
    ['spec', 'GET /a, PUT /a'],
    ['chromium', 'GET /a, PUT /a'],
    ['firefox', 'GET /a, OPTIONS /a, PUT /a'],
    ['webkit', 'GET /a, PUT /a'],
  ] as const)('that needed no preflight clears what is stored in Firefox alone: %s', async (browser, expected) => {
    let isShared = true
    const simulator = createSimulator({
      browser,
      now: () => 0,
      send: ({ method }) => ({
        status: 200,
        headers: [...(isShared || method !== 'GET' ? [acao()] : []), methods('PUT'), ['Access-Control-Max-Age', '600']],
      }),
    })
    const page = simulator.page(PAGE)
    await page.fetch(`${API}/a`, { method: 'PUT' })
    // One that succeeds clears nothing.
    expect(sent(await page.fetch(`${API}/a`))).toBe('GET /a')
    expect(sent(await page.fetch(`${API}/a`, { method: 'PUT' }))).toBe('PUT /a')
    isShared = false
    const seen = [sent(await page.fetch(`${API}/a`)), sent(await page.fetch(`${API}/a`, { method: 'PUT' }))]
    expect(seen.join(', ')).toBe(expected)
  })
})

describe('a request that wanted no redirect', () => {
  it.each([
    ['spec', 'PUT', 'OPTIONS /a, PUT /a'],
    ['spec', 'GET', 'PUT /a'],
    ['chromium', 'PUT', 'PUT /a'],
    ['firefox', 'PUT', 'PUT /a'],
    ['firefox', 'GET', 'PUT /a'],
    ['webkit', 'PUT', 'PUT /a'],
  ] as const)(
    'clears what is stored in the standard alone, where it needed a preflight: %s, %s',
    async (browser, method, expected) => {
      const pre = { headers: [acao(), methods('PUT'), ['Access-Control-Max-Age', '600'] as const] }
      const page = openPage(browser, { '/a': { status: 302, headers: [acao(), location('/b')], pre } })
      await page.fetch(`${API}/a`, { method: 'PUT', redirect: 'manual' })
      expect(outcome(await page.fetch(`${API}/a`, { method, redirect: 'error' }))).toBe('redirect-mode')
      expect(sent(await page.fetch(`${API}/a`, { method: 'PUT', redirect: 'manual' }))).toBe(expected)
    },
  )
})

describe('what fetch() itself refuses', () => {
  it.each([
    ['http://', {}, '"http://" is not a URL: write an absolute one'],
    ['https://user:password@api.example.org/', {}, 'holds a user or password'],
    [API, { mode: 'no-cors', method: 'PUT' }, 'PUT cannot be sent in the mode "no-cors"'],
    [API, { body: 'x' }, 'a GET request has no body'],
    [API, { method: 'HEAD', body: 'x' }, 'a HEAD request has no body'],
    [API, { mode: 'navigate' }, 'the mode "navigate" cannot be used with fetch()'],
    [API, { method: 'a b' }, '"a b" is not a method'],
    [API, { method: 'connect' }, 'the method connect is forbidden in browsers'],
  ] as const)('%s with %j: %s', async (url, init, message) => {
    await expect(openPage('spec', {}).fetch(url, init)).rejects.toThrow(message)
  })

  it('is no body that is null or undefined', async () => {
    const page = openPage('spec', { '/': { headers: [acao()] } })
    expect(outcome(await page.fetch(`${API}/`, { body: null }))).toBe('cors 200')
    expect(outcome(await page.fetch(`${API}/`, { body: undefined as never }))).toBe('cors 200')
  })

  it('is a relative URL of a page without an origin', async () => {
    await expect(openPage('spec', {}, 'null').fetch('/x')).rejects.toThrow('is not a URL')
  })
})

describe('a conditional header', () => {
  it.each(['If-Match', 'If-Modified-Since', 'If-None-Match', 'If-Range', 'IF-Unmodified-Since'])(
    'such as %s makes Chromium ask for permission again',
    async (name) => {
      const lines = [
        acao(),
        ['Access-Control-Allow-Headers', name] as const,
        ['Access-Control-Max-Age', '600'] as const,
      ]
      const page = openPage('chromium', { '/': { headers: lines } })
      await page.fetch(`${API}/`, { headers: { [name]: 'x' } })
      expect(sent(await page.fetch(`${API}/`, { headers: { [name]: 'x' } }))).toBe('OPTIONS /, GET /')
      const spec = openPage('spec', { '/': { headers: lines } })
      await spec.fetch(`${API}/`, { headers: { [name]: 'x' } })
      expect(sent(await spec.fetch(`${API}/`, { headers: { [name]: 'x' } }))).toBe('GET /')
    },
  )
})

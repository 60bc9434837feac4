import { describe, expect, it } from 'vitest'
import { type BrowserModel, createSimulator, type PageInit } from '../../src/browser.ts'
import { type Answer, API, acao, location, methods, openPage, outcome, PAGE, sentField } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const

/** Where a fetch failed, and with what. */
async function _failed(
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

describe('Origin without CORS', () => {
  async function origins(
    init: PageInit,
    browser: BrowserModel = 'spec',
    url = 'http://app.example.com/a',
    status = 307,
  ) {
    const answers = { '/a': { status, headers: [acao('*'), methods('*'), location('http://api.example.com/b')] } }
    const verdict = await openPage(browser, answers).fetch(url, { method: 'POST', mode: 'no-cors', ...init })
    return verdict.exchanges.map((_, index) => sentField(verdict, index, 'Origin') ?? 'none')
  }

  it.each([
    [undefined, ['null', 'null']],
    ['', ['null', 'null']],
    ['no-referrer', ['null', 'null']],
    ['no-referrer-when-downgrade', ['null', 'null']],
    ['strict-origin', ['null', 'null']],
    ['strict-origin-when-cross-origin', ['null', 'null']],
    ['same-origin', ['null', 'null']],
    ['origin', [PAGE, 'null']],
    ['origin-when-cross-origin', [PAGE, 'null']],
    ['unsafe-url', [PAGE, 'null']],
  ] as const)('is hidden from http: by the referrer policy %s: %j', async (referrerPolicy, expected) => {
    const init = referrerPolicy === undefined ? {} : { referrerPolicy }
    expect(await origins(init)).toEqual(expected)
  })

  it.each([
    ['strict-origin', PAGE],
    ['no-referrer-when-downgrade', PAGE],
    ['strict-origin-when-cross-origin', PAGE],
    ['same-origin', 'null'],
    ['no-referrer', 'null'],
    ['origin', PAGE],
  ] as const)('is shown to https: by the referrer policy %s: %s', async (referrerPolicy, expected) => {
    expect((await origins({ referrerPolicy }, 'spec', `${API}/`))[0]).toBe(expected)
    expect((await origins({ referrerPolicy }, 'spec', `${PAGE}/`))[0]).toBe(
      referrerPolicy === 'no-referrer' ? 'null' : PAGE,
    )
  })

  it('of a page of http: is shown to http:', async () => {
    const page = openPage('spec', {}, 'http://app.example.com')
    const verdict = await page.fetch('http://api.example.com/', { method: 'POST', mode: 'no-cors' })
    expect(sentField(verdict, 0, 'Origin')).toBe('http://app.example.com')
  })

  it('is hidden by a referrer policy at once, before the first redirect, or never', async () => {
    const seen = BROWSERS.map((browser) => origins({ referrerPolicy: 'no-referrer' }, browser, `${PAGE}/a`))
    expect(await Promise.all(seen)).toEqual([
      ['null', 'null'],
      [PAGE, 'null'],
      ['null', 'null'],
      ['null', PAGE],
    ])
  })

  it('is null in Chromium once a redirect left the first origin', async () => {
    const policy = { referrerPolicy: 'unsafe-url' } as const
    const seen = BROWSERS.map((browser) => origins(policy, browser, `${PAGE}/a`))
    expect(await Promise.all(seen)).toEqual([
      [PAGE, PAGE],
      [PAGE, 'null'],
      [PAGE, PAGE],
      [PAGE, PAGE],
    ])
    const near = { '/a': { status: 307, headers: [location('/b')] } }
    const verdict = await openPage('chromium', near).fetch('/a', { ...policy, method: 'POST', mode: 'no-cors' })
    expect(sentField(verdict, 1, 'Origin')).toBe(PAGE)
  })

  it('goes with no GET and no HEAD', async () => {
    expect(await origins({ method: 'GET' })).toEqual(['none', 'none'])
    expect(await origins({ method: 'HEAD' })).toEqual(['none', 'none'])
    const home = await openPage('spec', {}).fetch('/', { method: 'HEAD' })
    expect(sentField(home, 0, 'Origin')).toBeUndefined()
  })

  it('is no matter of the referrer policy in the mode "cors"', async () => {
    for (const init of [{ method: 'POST' }, { method: 'GET' }]) {
      const verdict = await openPage('spec', { '/': { headers: [acao()] } }).fetch(`${API}/`, {
        ...init,
        referrerPolicy: 'no-referrer',
      })
      expect([sentField(verdict, 0, 'Origin'), outcome(verdict)]).toEqual([PAGE, 'cors 200'])
    }
    const home = await openPage('spec', {}).fetch('/', { method: 'POST', referrerPolicy: 'no-referrer' })
    expect(sentField(home, 0, 'Origin')).toBe(PAGE)
  })
})

describe('a page', () => {
  const open = (origin: string) => () => createSimulator({ send: () => null }).page(origin)

  it.each([
    ['x', 'write "null or scheme://host"'],
    ['https://app.example.com/', 'write "https://app.example.com"'],
    ['HTTPS://APP.example.com:443', 'write "https://app.example.com"'],
    ['file:///x', 'write "null"'],
    ['blob:https://app.example.com/1', 'write "https://app.example.com"'],
    ['blob:x', 'write "null"'],
    ['file://host/x', 'write "null"'],
    ['blob:capacitor://localhost/1', 'write "null"'],
    ['about:blank', 'write "null"'],
    ['app://Host/x', 'write "app://Host"'],
  ])('of %j is none: %s', (origin, message) => {
    expect(open(origin)).toThrow(message)
  })

  it.each(['null', 'https://a.example', 'http://[::1]:8080', 'capacitor://localhost', 'chrome-extension://abc'])(
    'of %s is one',
    (origin) => {
      expect(open(origin)).not.toThrow()
    },
  )
})

describe('Fetch metadata', () => {
  it.each([
    ['fetch', 'empty'],
    ['xhr', 'empty'],
    ['beacon', 'empty'],
    ['eventsource', 'empty'],
    ['script', 'script'],
    ['style', 'style'],
    ['image', 'image'],
    ['font', 'font'],
  ] as const)('names what %s is for: %s', async (initiator, expected) => {
    const verdict = await openPage('spec', {}).fetch(`${API}/`, { initiator })
    expect([sentField(verdict, 0, 'Sec-Fetch-Dest'), sentField(verdict, 0, 'Sec-Fetch-Mode')]).toEqual([
      expected,
      'cors',
    ])
  })
})

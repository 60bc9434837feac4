import { describe, expect, it } from 'vitest'
import { locationUrl } from '../../src/browser/algorithms/location.ts'
import { rulesOf } from '../../src/browser/rules.ts'
import { type BrowserModel, createBrowser } from '../../src/browser.ts'
import { API, acao, credentials, location, openPage, outcome, PAGE, sent, sentField } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const

async function follow(browser: BrowserModel, value: string): Promise<string> {
  const page = openPage(browser, { '/a': { status: 302, headers: [acao('*'), location(value)] } }, API)
  const verdict = await page.fetch('/a')
  return verdict.exchanges[1]?.request.url.slice(API.length) ?? outcome(verdict)
}

// What the browsers requested, byte by byte.
const BYTES: readonly (readonly [value: string, url: string, webkit: string])[] = [
  ['/f?\xe2\x98\x83', '/f?%E2%98%83', '/f?%C3%A2%C2%98%C2%83'],
  ['/f/\xe2\x98\x83', '/f/%E2%98%83', '/f/%C3%A2%C2%98%C2%83'],
  ['/f?\xff', '/f?%FF', '/f?%C3%AF%C2%BF%C2%BD'],
  ['/f\xe9', '/f%E9', '/f%C3%AF%C2%BF%C2%BD'],
  ['/f?\xe2\x98\x83\xff', '/f?%E2%98%83%FF', '/f?%C3%A2%C2%98%C2%83%C3%AF%C2%BF%C2%BD'],
  ['/f?\x80\x9f', '/f?%80%9F', '/f?%C3%AF%C2%BF%C2%BD%C3%AF%C2%BF%C2%BD'],
  ['/f?%E2\xe2\x98\x83%zz', '/f?%E2%E2%98%83%zz', '/f?%E2%C3%A2%C2%98%C2%83%zz'],
  ['\xef\xbb\xbf/f', '/%EF%BB%BF/f', '/%C3%AF%C2%BB%C2%BF/f'],
  ['/f?a b"<>', '/f?a%20b%22%3C%3E', '/f?a%20b%22%3C%3E'],
]

describe('a Location with bytes beyond ASCII', () => {
  it.each(BYTES)('%j leads to %s', async (value, url, webkit) => {
    expect(await Promise.all(BROWSERS.map((browser) => follow(browser, value)))).toEqual([url, url, url, webkit])
  })

  it('names a host in UTF-8', async () => {
    const page = openPage('spec', {
      '/a': { status: 302, headers: [acao('*'), location('https://\xc3\xbcx.example/b')] },
    })
    expect((await page.fetch(`${API}/a`)).exchanges[1]?.request.url).toBe('https://xn--x-dha.example/b')
    const broken = openPage('spec', {
      '/a': { status: 302, headers: [acao('*'), location('https://\xfcx.example/b')] },
    })
    expect(outcome(await broken.fetch(`${API}/a`))).toBe('redirect-location')
  })

  it('is read as characters where it holds what no byte is', async () => {
    expect(await follow('spec', '/f?☃')).toBe('/f?%E2%98%83')
    expect(await follow('webkit', '/f?☃')).toBe('/f?%E2%98%83')
  })

  it('is read so from a Response too', async () => {
    const urls: string[] = []
    const fetch = (request: Request) => {
      urls.push(request.url)
      return urls.length > 1
        ? new Response()
        : new Response(null, { status: 302, headers: { Location: '/f?\xe2\x98\x83' } })
    }
    await createBrowser({ fetch }).page(API).fetch('/a')
    expect(urls[1]).toBe(`${API}/f?%E2%98%83`)
  })
})

describe('two lines of Location', () => {
  it.each([
    ['spec', ['/a', '/a'], 'failure'],
    ['spec', ['/a', '/b'], 'failure'],
    ['chromium', ['/a', '/a'], `${API}/a`],
    ['chromium', ['/a', '/b', '/a'], 'failure'],
    ['firefox', ['/a', '/a'], `${API}/a`],
    ['firefox', ['/a', '/b'], 'failure'],
    ['webkit', ['/a', '/b'], `${API}/a,%20/b`],
  ] as const)('in %s: %j is %s', (browser, lines, expected) => {
    const response = { status: 302, headers: lines.map(location) }
    const url = locationUrl(response, new URL(API), rulesOf(browser))
    expect(url instanceof URL ? url.href : url).toBe(expected)
  })
})

describe('redirect modes', () => {
  const found = (...more: Parameters<typeof location>[0][]) => ({
    status: 302,
    headers: [acao(), credentials, ...more.map(location)],
  })

  it.each(BROWSERS)('follows no redirect with "error", in %s', async (browser) => {
    const page = openPage(browser, { '/a': found('/b') })
    const verdict = await page.fetch(`${API}/a`, { redirect: 'error' })
    expect(verdict.shared ? null : [verdict.failure.code, verdict.failure.step, verdict.failure.value]).toEqual([
      'redirect-mode',
      'HTTP fetch, step 7.2 ("error")',
      '',
    ])
    expect(sent(verdict)).toBe('GET /a')
  })

  it.each(BROWSERS)('gives an opaque redirect with "manual", in %s', async (browser) => {
    const page = openPage(browser, { '/a': { status: 307, headers: [acao(), ['X-Foo', '1'], location('/b')] } })
    const verdict = await page.fetch(`${API}/a`, { redirect: 'manual' })
    expect([outcome(verdict), sent(verdict)]).toEqual(['opaqueredirect 307', 'GET /a'])
    expect(verdict.shared && [verdict.headers, verdict.exposedHeaders, verdict.redirected]).toEqual([[], [], false])
  })

  it.each(['follow', 'error', 'manual'] as const)('hands over a 200 with %s', async (redirect) => {
    const page = openPage('spec', { '/a': { headers: [acao(), location('/b')] } })
    expect(outcome(await page.fetch(`${API}/a`, { redirect }))).toBe('cors 200')
  })

  it.each(BROWSERS)('checks a redirect by CORS before its mode, in %s', async (browser) => {
    for (const redirect of ['error', 'manual'] as const) {
      const page = openPage(browser, { '/a': { status: 302, headers: [location('/b')] } })
      expect(outcome(await page.fetch(`${API}/a`, { redirect }))).toBe('allow-origin-missing')
    }
  })

  it('minds with "error" a 302 without Location in the standard and in Firefox alone', async () => {
    const seen = async (values: string[]) => {
      const pages = BROWSERS.map((browser) => openPage(browser, { '/a': found(...values) }))
      return Promise.all(pages.map(async (page) => outcome(await page.fetch(`${API}/a`, { redirect: 'error' }))))
    }
    expect(await seen([])).toEqual(['redirect-mode', 'cors 302', 'redirect-mode', 'cors 302'])
    expect(await seen([''])).toEqual(['redirect-mode', 'cors 302', 'redirect-mode', 'cors 302'])
  })

  it('refuses with "error" a password in Chromium by its own name, and nothing that is no URL', async () => {
    const seen = async (browser: BrowserModel, value: string, url = `${API}/a`, origin = PAGE) =>
      outcome(await openPage(browser, { '/a': found(value) }, origin).fetch(url, { redirect: 'error' }))
    const secret = 'https://user:password@api.example.org/b'
    expect(await seen('chromium', secret)).toBe('redirect-credentials')
    expect(await seen('chromium', 'https://user@app.example.com/b', '/a')).toBe('embedded-credentials')
    expect(await seen('spec', secret)).toBe('redirect-mode')
    expect(await seen('firefox', secret)).toBe('redirect-mode')
    expect(await seen('firefox', 'http://')).toBe('redirect-mode')
    expect(await seen('webkit', 'http://')).toBe('redirect-mode')
    expect(await seen('chromium', '/b')).toBe('redirect-mode')
  })

  it('is broken by a Location that is no URL in Chromium alone, followed or not', async () => {
    const seen = BROWSERS.map(async (browser) =>
      outcome(await openPage(browser, { '/a': found('http://') }).fetch(`${API}/a`, { redirect: 'manual' })),
    )
    expect(await Promise.all(seen)).toEqual([
      'opaqueredirect 302',
      'network-error',
      'opaqueredirect 302',
      'opaqueredirect 302',
    ])
  })
})

describe('redirects from home', () => {
  const hops = {
    '/home': { status: 302, headers: [location(`${API}/first`)] },
    '/first': { status: 302, headers: [acao('*'), location(`${API}/second`)] },
    '/second': { headers: [acao('*')] },
  }

  it.each([
    ['same-origin', 'allow-origin-wildcard', 'GET /home, GET /first'],
    ['omit', 'cors 200', 'GET /home, GET /first, GET /second'],
  ] as const)('are checked in WebKit as if they had credentials, with %s: %s', async (mode, expected, requests) => {
    const verdict = await openPage('webkit', hops).fetch('/home', { credentials: mode })
    expect([outcome(verdict), sent(verdict)]).toEqual([expected, requests])
  })

  it('pass in WebKit where credentials would be shared', async () => {
    const first = { status: 302, headers: [acao(), credentials, location(`${API}/second`)] }
    const verdict = await openPage('webkit', { ...hops, '/first': first }).fetch('/home')
    expect([outcome(verdict), sent(verdict)]).toEqual(['cors 200', 'GET /home, GET /first, GET /second'])
  })

  it('pass in WebKit where no further redirect comes', async () => {
    expect(outcome(await openPage('webkit', { ...hops, '/first': hops['/second'] }).fetch('/home'))).toBe('cors 200')
    const bare = { status: 302, headers: [acao('*')] }
    expect(outcome(await openPage('webkit', { ...hops, '/first': bare }).fetch('/home'))).toBe('cors 302')
  })

  it('pass in WebKit where the way did not begin at home', async () => {
    const verdict = await openPage('webkit', hops).fetch(`${API}/first`)
    expect(outcome(verdict)).toBe('cors 200')
  })

  it.each(['spec', 'chromium', 'firefox'] as const)('pass in %s', async (browser) => {
    const verdict = await openPage(browser, hops).fetch('/home')
    expect([outcome(verdict), sentField(verdict, 2, 'Origin')]).toEqual(['cors 200', PAGE])
  })
})

describe('a user or password in a Location', () => {
  const hops = { '/a': { status: 302, headers: [location('https://user@app.example.com/b')] }, '/b': {} }

  it.each(BROWSERS)('is followed at home, but for fetch() in Chromium: %s', async (browser) => {
    const seen = await openPage(browser, hops).fetch('/a')
    expect(outcome(seen)).toBe(browser === 'chromium' ? 'embedded-credentials' : 'basic 200')
    expect(outcome(await openPage(browser, hops).fetch('/a', { initiator: 'xhr' }))).toBe('basic 200')
  })

  it('is refused on another origin', async () => {
    const away = {
      '/a': { status: 302, headers: [acao(), location('https://user@api.example.org/b')] },
      '/b': { headers: [acao()] },
    }
    for (const browser of BROWSERS) {
      for (const initiator of ['fetch', 'xhr'] as const) {
        expect(outcome(await openPage(browser, away).fetch(`${API}/a`, { initiator }))).toBe('redirect-credentials')
        expect(outcome(await openPage(browser, away).fetch('/a', { initiator }))).toBe('redirect-credentials')
      }
    }
  })

  it('is refused on the way back home by the rule for other origins', async () => {
    const back = {
      '/a': { status: 302, headers: [acao(), location('https://user@app.example.com/b')] },
      '/b': { headers: [acao()] },
    }
    for (const browser of BROWSERS)
      expect(outcome(await openPage(browser, back).fetch(`${API}/a`))).toBe('redirect-credentials')
  })

  it('is followed in the mode "no-cors", but in Chromium', async () => {
    const away = { '/a': { status: 302, headers: [location('https://user@api.example.org/b')] }, '/b': {} }
    const seen = BROWSERS.map(async (browser) =>
      outcome(await openPage(browser, away).fetch('/a', { mode: 'no-cors' })),
    )
    expect(await Promise.all(seen)).toEqual(['opaque 200', 'embedded-credentials', 'opaque 200', 'opaque 200'])
  })
})

import { describe, expect, it } from 'vitest'
import { type BrowserModel, createBrowser, createSimulator } from '../../src/browser.ts'
import { registrableDomain } from '../../src/strict.ts'
import { acao, location, openPage, outcome, sentField } from '../support/simulated.ts'

const CORP = 'Cross-Origin-Resource-Policy'
const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const

async function opaque(browser: BrowserModel, page: string, url: string, policy: string): Promise<string> {
  const opened = openPage(browser, { '/': { headers: [[CORP, policy]] } }, page)
  return outcome(await opened.fetch(url, { mode: 'no-cors' }))
}

// What Chromium 156, Firefox 153 and WebKitGTK 2.50 did, names resolved to loopback.
const SAME_SITE: readonly (readonly [page: string, url: string, delivered: boolean])[] = [
  ['https://www.example.com', 'https://api.example.com/', true],
  ['https://www.example.com', 'https://example.com/', true],
  ['https://example.com', 'https://deep.api.example.com/', true],
  ['https://www.example.com', 'https://www.example.com:8443/', true],
  ['https://www.example.com', 'https://www.example.org/', false],
  ['http://www.example.com', 'http://api.example.com/', true],
  ['http://www.example.com', 'https://api.example.com/', false],
  ['http://www.example.com', 'https://www.example.com/', false],
  ['https://www.example.com', 'http://api.example.com/', true],
  ['http://a.github.io', 'http://b.github.io/', false],
  ['http://a.github.io', 'http://x.a.github.io/', true],
  ['http://a.b.co.uk', 'http://c.b.co.uk/', true],
  ['http://a.b.co.uk', 'http://x.co.uk/', false],
  ['http://localhost:3000', 'http://localhost:8080/', true],
  ['http://127.0.0.1:3000', 'http://localhost:3000/', false],
  ['null', 'https://api.example.com/', false],
]

describe('Cross-Origin-Resource-Policy', () => {
  for (const browser of BROWSERS) {
    it.each(SAME_SITE)(`same-site, as ${browser}: %s and %s: delivered %s`, async (page, url, delivered) => {
      expect(await opaque(browser, page, url, 'same-site')).toBe(delivered ? 'opaque 200' : 'resource-policy')
    })
  }

  it.each([
    ['same-origin', 'resource-policy'],
    [' same-origin\t', 'resource-policy'],
    ['cross-origin', 'opaque 200'],
    ['Same-Site', 'opaque 200'],
    ['same-origin, same-origin', 'opaque 200'],
    ['', 'opaque 200'],
  ])('%j keeps a sibling out: %s', async (policy, expected) => {
    expect(await opaque('spec', 'https://www.example.com', 'https://api.example.com/', policy)).toBe(expected)
  })

  it('counts only where it stands once', async () => {
    const lines = [[CORP, 'same-origin'] as const, [CORP, ''] as const]
    const verdict = await openPage('spec', { '/': { headers: lines } }).fetch('https://api.example.org/', {
      mode: 'no-cors',
    })
    expect(outcome(verdict)).toBe('opaque 200')
    expect(verdict.shared && [verdict.headers, verdict.exposedHeaders]).toEqual([[], []])
  })

  it('keeps no page of the own origin out', async () => {
    for (const policy of ['same-origin', 'same-site']) {
      expect(await opaque('spec', 'https://example.com', 'https://example.com/', policy)).toBe('basic 200')
    }
    const page = openPage('spec', {
      '/a': { status: 302, headers: [location('https://app.example.com/b')] },
      '/b': { headers: [[CORP, 'same-origin']] },
    })
    expect(outcome(await page.fetch('https://api.example.org/a', { mode: 'no-cors' }))).toBe('opaque 200')
  })

  it('says nothing about a response that CORS shares', async () => {
    const page = openPage('spec', { '/': { headers: [acao(), [CORP, 'same-origin']] } })
    expect(outcome(await page.fetch('https://api.example.org/'))).toBe('cors 200')
  })

  it('of two ports of one address: two sites in Chromium alone', async () => {
    for (const host of ['127.0.0.1', '[::1]']) {
      const seen = BROWSERS.map((browser) =>
        opaque(browser, `http://${host}:1234`, `http://${host}:4321/`, 'same-site'),
      )
      expect(await Promise.all(seen)).toEqual(['opaque 200', 'resource-policy', 'opaque 200', 'opaque 200'])
    }
  })

  it('of a public suffix: WebKit alone counts what is below as its site, not what is above', async () => {
    const below = BROWSERS.map((browser) => opaque(browser, 'http://github.io', 'http://a.github.io/', 'same-site'))
    expect(await Promise.all(below)).toEqual(['resource-policy', 'resource-policy', 'resource-policy', 'opaque 200'])
    expect(await opaque('webkit', 'http://a.github.io', 'http://github.io/', 'same-site')).toBe('resource-policy')
    expect(await opaque('webkit', 'http://github.io', 'http://xgithub.io/', 'same-site')).toBe('resource-policy')
    expect(await opaque('webkit', 'http://a.example.com', 'http://b.a.example.com/', 'same-site')).toBe('opaque 200')
  })
})

describe('Sec-Fetch-Site', () => {
  async function site(
    browser: BrowserModel,
    page: string,
    url: string,
    hops: readonly string[] = [],
  ): Promise<unknown[]> {
    const answers = Object.fromEntries(
      hops.map((hop, index) => [`/${index}`, { status: 307, headers: [acao('*'), location(`${hop}${index + 1}`)] }]),
    )
    const opened = openPage(browser, answers, page)
    const verdict = await opened.fetch(`${url}0`, { mode: 'no-cors' })
    return verdict.exchanges.map((_, index) => sentField(verdict, index, 'Sec-Fetch-Site'))
  }

  it.each([
    ['https://www.example.com', 'https://www.example.com/', 'same-origin'],
    ['https://www.example.com', 'https://api.example.com/', 'same-site'],
    ['https://www.example.com', 'https://www.example.org/', 'cross-site'],
    ['https://a.vercel.app', 'https://b.vercel.app/', 'cross-site'],
    ['http://www.example.com', 'https://www.example.com/', 'cross-site'],
    ['null', 'https://www.example.com/', 'cross-site'],
    ['https://www.example.com', 'http://www.example.com/', undefined],
    ['http://localhost:1', 'http://localhost:2/', 'same-site'],
    ['http://127.0.0.1:1', 'http://127.0.0.1:2/', 'same-site'],
  ])('of %s and %s is %s', async (page, url, expected) => {
    expect(await site('spec', page, url)).toEqual([expected])
  })

  it('leaves the scheme aside in Firefox', async () => {
    expect(await site('firefox', 'http://www.example.com', 'https://api.example.com/')).toEqual(['same-site'])
    expect(await site('firefox', 'http://www.example.com', 'https://example.org/')).toEqual(['cross-site'])
  })

  it('is the farthest relation of all hops', async () => {
    const hops = ['https://api.example.com/', 'https://example.org/', 'https://www.example.com/']
    const seen = ['same-origin', 'same-site', 'cross-site', 'cross-site']
    expect(await site('spec', 'https://www.example.com', 'https://www.example.com/', hops)).toEqual(seen)
  })

  it('is cross-site in Firefox once a URL of the scheme http redirected, unless all are same-origin', async () => {
    const [home, api] = ['http://www.site.localhost/', 'http://api.site.localhost/']
    const crossed = ['same-origin', 'cross-site', 'cross-site']
    expect(await site('firefox', 'http://www.site.localhost', home, [api, api])).toEqual(crossed)
    expect(await site('firefox', 'http://www.site.localhost', home, [home])).toEqual(['same-origin', 'same-origin'])
    const secure = ['https://api.example.com/', 'https://www.example.com/', 'https://example.org/']
    const seen = ['same-origin', 'same-site', 'same-site', 'cross-site']
    expect(await site('firefox', 'https://www.example.com', 'https://www.example.com/', secure)).toEqual(seen)
  })

  it('is absent in WebKit once CORS led a request to another origin', async () => {
    const answers = {
      '/0': { status: 302, headers: [acao('*'), location('https://api.example.com/1')] },
      '/1': { headers: [acao('*')] },
    }
    const verdict = await openPage('webkit', answers, 'https://www.example.com').fetch('https://x.example.com/0')
    const fields = ['Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Sec-Fetch-Dest']
    expect(fields.map((name) => sentField(verdict, 0, name))).toEqual(['same-site', 'cors', 'empty'])
    expect(fields.map((name) => sentField(verdict, 1, name))).toEqual([undefined, undefined, undefined])
  })

  it('stays in WebKit after a redirect without CORS, and is no part of a request over http:', async () => {
    const seen = await site('webkit', 'https://www.example.com', 'https://x.example.com/', ['https://api.example.com/'])
    expect(seen).toEqual(['same-site', 'same-site'])
    const verdict = await openPage('spec', {}).fetch('http://api.example.org/')
    expect(verdict.exchanges[0]?.request.headers).toEqual([['Origin', 'https://app.example.com']])
    const home = await openPage('spec', {}).fetch('/')
    expect(home.shared && home.exposedHeaders).toEqual([])
  })

  it('of a preflight goes in WebKit by the origin that it carries', async () => {
    const open = [acao('*'), ['Access-Control-Allow-Methods', '*'] as const]
    const answers = {
      '/0': { status: 307, headers: [...open, location('https://api.example.com/1')], pre: { headers: open } },
      '/1': { headers: open },
    }
    const verdict = await openPage('webkit', answers, 'https://www.example.com').fetch('https://x.example.com/0', {
      method: 'PUT',
    })
    const seen = verdict.exchanges.map((_, index) => sentField(verdict, index, 'Sec-Fetch-Site'))
    expect(seen).toEqual(['same-site', 'same-site', 'cross-site', undefined])
    expect(verdict.exchanges[3]?.request.headers).toEqual([['Origin', 'null']])
  })

  it.each([
    ['spec', 'cross-site'],
    ['chromium', 'same-site'],
    ['firefox', 'same-site'],
    ['webkit', 'cross-site'],
  ] as const)('of a preflight after a redirect from elsewhere, in %s: %s', async (browser, expected) => {
    const open = [acao('*'), ['Access-Control-Allow-Methods', '*'] as const]
    const answers = {
      '/0': { status: 307, headers: [...open, location('https://api.example.com/1')], pre: { headers: open } },
      '/1': { headers: open },
    }
    const page = openPage(browser, answers, 'https://www.example.com')
    const verdict = await page.fetch('https://example.org/0', { method: 'PUT' })
    expect(verdict.exchanges[2]?.kind).toBe('preflight')
    expect(sentField(verdict, 2, 'Sec-Fetch-Site')).toBe(expected)
  })
})

describe('registrableDomain', () => {
  const page = 'https://x.a.blogsyte.com'
  const url = 'https://x.b.blogsyte.com/'

  it('is taken by createBrowser()', async () => {
    const fetch = (request: Request) =>
      new Response(request.headers.get('Sec-Fetch-Site'), { headers: { 'Access-Control-Allow-Origin': '*' } })
    const read = async (options: object) => {
      const seen = await createBrowser({ fetch, ...options })
        .page(page)
        .request(url)
      return seen.shared && seen.response.text()
    }
    expect(await read({})).toBe('same-site')
    expect(await read({ registrableDomain })).toBe('cross-site')
  })

  it('is taken by createSimulator()', async () => {
    const send = () => ({ status: 200, headers: [[CORP, 'same-site'] as const] })
    const conclude = (options: object) =>
      createSimulator({ send, ...options })
        .page(page)
        .fetch(url, { mode: 'no-cors' })
    expect(outcome(await conclude({}))).toBe('opaque 200')
    expect(outcome(await conclude({ registrableDomain }))).toBe('resource-policy')
  })
})

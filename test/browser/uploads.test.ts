import { describe, expect, it } from 'vitest'
import { type BrowserModel, createBrowser, createSimulator, type HeaderLine, type PageInit } from '../../src/browser.ts'
import {
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
} from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
const _PUT: PageInit = { method: 'PUT' }
const _FOO: PageInit = { headers: { 'X-Foo': '1' } }

/** What a page concludes of a preflight's answer, and at which step. */
async function _judged(
  browser: BrowserModel,
  pre: readonly HeaderLine[],
  init: PageInit,
  status = 204,
): Promise<string> {
  const page = openPage(browser, { '/': { headers: [acao(), credentials], pre: { status, headers: pre } } })
  const verdict = await page.fetch(`${API}/`, init)
  if (verdict.shared) return sent(verdict)
  const { code, step, value, during } = verdict.failure
  return [
    code,
    step.replace('CORS-preflight fetch, step ', ''),
    value,
    ...(during === 'preflight' ? [] : [during]),
  ].join(' | ')
}

describe('a stream as a body', () => {
  const stream = (): PageInit => ({ method: 'POST', body: new Blob(['x']).stream(), duplex: 'half' }) as PageInit
  const open = { '/': { headers: [acao(), methods('*'), names('*')] } }

  it.each(BROWSERS)('needs more than a URL of the scheme http, in %s', async (browser) => {
    const seen = openPage(browser, open, 'http://app.example.com').fetch('http://app.example.com/', stream())
    if (browser === 'webkit') await expect(seen).rejects.toThrow(TypeError)
    else expect(outcome(await seen)).toBe(browser === 'firefox' ? 'basic 200' : 'network-error')
  })

  it('is preflighted before it fails over http', async () => {
    const http = { '/': { headers: [acao('http://app.example.com'), methods('*'), names('*')] } }
    for (const browser of ['spec', 'chromium'] as const) {
      const verdict = await openPage(browser, http, 'http://app.example.com').fetch('http://api.example.org/', stream())
      expect([outcome(verdict), sent(verdict)]).toEqual(['network-error', 'OPTIONS /'])
      expect(verdict.shared ? '' : verdict.failure.during).toBe('response')
      const refused = await openPage(browser, {}, 'http://app.example.com').fetch('http://api.example.org/', stream())
      expect(outcome(refused)).toBe('allow-origin-missing')
    }
  })

  it('is sent over https', async () => {
    const verdict = await openPage('spec', open).fetch(`${API}/`, stream())
    expect([outcome(verdict), sent(verdict)]).toEqual(['cors 200', 'OPTIONS /, POST /'])
  })

  it('is no stream any more after a redirect that drops it', async () => {
    const hops = {
      '/a': { status: 303, headers: [acao(), methods('*'), location('http://app.example.com/b')], pre: open['/'] },
      '/b': { headers: [acao('*')] },
    }
    expect(outcome(await openPage('spec', hops).fetch(`${API}/a`, stream()))).toBe('cors 200')
    const kept = { ...hops, '/a': { ...hops['/a'], status: 307 } }
    expect(outcome(await openPage('spec', kept).fetch(`${API}/a`, stream()))).toBe('redirect-body')
  })

  it('is refused with the mode "no-cors"', async () => {
    for (const browser of ['spec', 'chromium'] as const) {
      await expect(openPage(browser, open).fetch(`${API}/`, { ...stream(), mode: 'no-cors' })).rejects.toThrow(
        'a ReadableStream cannot be sent in the mode "no-cors"',
      )
    }
    // Its string conversion is no stream.
    const verdict = await openPage('firefox', open).fetch(`${API}/`, { ...stream(), mode: 'no-cors' })
    expect(outcome(verdict)).toBe('opaque 200')
  })

  it('asks for permission before the mode "same-origin" refuses, in Chromium alone', async () => {
    const seen = async (browser: BrowserModel, answers = open as Parameters<typeof openPage>[1]) => {
      const verdict = await openPage(browser, answers).fetch(`${API}/`, { ...stream(), mode: 'same-origin' })
      return [outcome(verdict), sent(verdict)]
    }
    expect(await seen('spec')).toEqual(['same-origin-mode', ''])
    expect(await seen('firefox')).toEqual(['same-origin-mode', ''])
    expect(await seen('chromium')).toEqual(['same-origin-mode', 'OPTIONS /'])
    expect(await seen('chromium', {})).toEqual(['allow-origin-missing', 'OPTIONS /'])
    const plain = await openPage('chromium', open).fetch(`${API}/`, { method: 'POST', body: 'x', mode: 'same-origin' })
    expect(sent(plain)).toBe('')
  })
})

describe('a Request', () => {
  const fetch = async (request: Request) =>
    new Response(`${request.method} ${request.headers.get('X-Foo')} ${await request.text()}`, {
      headers: {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': '*',
        'Access-Control-Allow-Headers': '*',
      },
    })
  const page = () => createBrowser({ fetch }).page(PAGE)
  const made = () => new Request(`${API}/x`, { method: 'PUT', headers: { 'X-Foo': '1' }, body: 'text' })

  it('is fetched with its method, headers and body, which is used up', async () => {
    const request = made()
    const seen = await page().request(request)
    expect(seen.shared && [seen.response.url, await seen.response.text()]).toEqual([`${API}/x`, 'PUT 1 text'])
    expect(seen.exchanges.map(({ kind }) => kind)).toEqual(['preflight', 'request'])
    expect(request.bodyUsed).toBe(true)
    await expect(page().request(request)).rejects.toThrow('was used already')
  })

  it('gives way to init', async () => {
    const request = made()
    const seen = await page().request(request, { method: 'POST', body: 'other', headers: { 'X-Foo': '2' } })
    expect(seen.shared && (await seen.response.text())).toBe('POST 2 other')
    expect(request.bodyUsed).toBe(false)
  })

  it('keeps its body where init has none', async () => {
    const seen = await page().request(made(), { body: null, method: undefined as never, headers: { 'X-Foo': '2' } })
    expect(seen.shared && (await seen.response.text())).toBe('PUT 2 text')
    const read = await page().request(new Request(`${API}/x`))
    expect(read.exchanges.map(({ request }) => [request.method, request.body])).toEqual([['GET', null]])
  })

  it('keeps its modes', async () => {
    const request = new Request(`${API}/x`, { mode: 'no-cors', credentials: 'include', redirect: 'manual' })
    const seen = await page().request(request, { redirect: 'follow' })
    expect(seen.shared && seen.response.type).toBe('opaque')
    expect(seen.exchanges[0]?.credentials).toBe(true)
    const refused = await page().request(request)
    expect(refused.shared ? '' : refused.failure.code).toBe('no-cors-redirect-mode')
  })

  it('of another kind is taken by what it holds, and nothing else passes for one', async () => {
    const send = () => ({ status: 200, headers: [acao()] })
    const page = createSimulator({ send }).page(PAGE)
    const other = { url: `${API}/x`, method: 'GET', headers: new Headers(), body: null, bodyUsed: false }
    expect(sent(await page.fetch(other as never))).toBe('GET /x')
    for (const wrong of [{}, null, 7, { url: 7, method: 'GET', headers: [] }]) {
      await expect(page.fetch(wrong as never)).rejects.toThrow('fetch() takes a URL or a Request')
    }
  })
})

import { afterEach, describe, expect, it } from 'vitest'
import { type BrowserOptions, createBrowser } from '../../src/browser.ts'
import { expectRefused, expectShared, forwardTo } from '../../src/testing.ts'
import { listen } from '../support/loopback.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/items'
const OPEN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'X-A',
  'Access-Control-Expose-Headers': 'X-B',
}

const NAMES = ['fetch', 'XMLHttpRequest', 'Request', 'location', 'self'] as const
const descriptors = () => NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name))

const restorers: (() => void)[] = []
afterEach(() => {
  for (const restore of restorers.splice(0).reverse()) restore()
})

function install(fetch: BrowserOptions['fetch'], origin = PAGE, browser: BrowserOptions['browser'] = 'spec') {
  const page = createBrowser({ fetch, browser }).page(origin)
  restorers.push(page.install())
  return page
}

describe('page.install()', () => {
  it('puts the globals of the page in place, and restores what was there', async () => {
    const before = descriptors()
    const page = createBrowser({ fetch: () => new Response('x', { headers: OPEN }) }).page(PAGE)
    const restore = page.install()
    expect(await (await fetch(API)).text()).toBe('x')
    expect(typeof XMLHttpRequest).toBe('function')
    expect([location.origin, location.href, String(location)]).toEqual([PAGE, `${PAGE}/`, `${PAGE}/`])
    restore()
    restore()
    expect(descriptors()).toEqual(before)
    expect(page.outcomes.length).toBe(1)
  })

  it('nests', async () => {
    const before = descriptors()
    const outer = createBrowser({ fetch: () => new Response('outer') })
      .page(PAGE)
      .install()
    const inner = createBrowser({ fetch: () => new Response('inner') })
      .page('https://inner.example')
      .install()
    expect([await (await fetch('/')).text(), location.origin]).toEqual(['inner', 'https://inner.example'])
    inner()
    expect([await (await fetch('/')).text(), location.origin]).toEqual(['outer', PAGE])
    outer()
    expect(descriptors()).toEqual(before)
  })

  it('restores once, and leaves what another page put in place since', () => {
    const first = createBrowser({ fetch: () => new Response('first') })
      .page(PAGE)
      .install()
    first()
    install(() => new Response('second'), 'https://second.example')
    first()
    expect(location.origin).toBe('https://second.example')
  })

  it('keeps a global self, and puts globals in place that can be written', () => {
    const own = {}
    Object.defineProperty(globalThis, 'self', { value: own, configurable: true })
    restorers.push(() => Reflect.deleteProperty(globalThis, 'self'))
    install(() => new Response('x'))
    expect(globalThis.self).toBe(own)
    const other = Object.assign(() => Promise.reject(new Error('not called')), { preconnect() {} })
    globalThis.fetch = other
    expect(globalThis.fetch).toBe(other)
  })

  it('has what a runtime has on its fetch, and the stack that a browser has on its error', async () => {
    const page = install(() => new Response('x'), PAGE, 'webkit')
    for (const own of [page.fetch, globalThis.fetch])
      expect(typeof (own as { preconnect?: unknown }).preconnect).toBe('function')
    await expect(page.fetch(API)).rejects.toHaveProperty('stack', undefined)
  })

  it('resolves the URL of a Request against the page', async () => {
    install(async (request) => new Response(`${request.method} ${request.url} ${await request.text()}`))
    const request = new Request('/a', { method: 'POST', body: 'x' })
    expect([request instanceof Request, new Request(request.clone()).url]).toEqual([true, `${PAGE}/a`])
    expect(await (await fetch(request)).text()).toBe(`POST ${PAGE}/a x`)
    expect(() => new Request('http://')).toThrow(/URL/)
  })

  it('leaves Request and location alone for an opaque origin', () => {
    const { Request } = globalThis
    install(() => new Response('x'), 'null')
    expect(globalThis.Request).toBe(Request)
    expect('location' in globalThis).toBe(false)
  })

  it('lets the server function forward its request to the network', async () => {
    await using server = await listen((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.end(`${request.headers.origin} ${request.url}`)
    })
    install((request) => fetch(request), PAGE)
    expect(await (await fetch(`${server.origin}/a`)).text()).toBe(`${PAGE} /a`)
  })
})

describe('forwardTo()', () => {
  it('asks a running server, with the host that the page named in X-Forwarded-Host', async () => {
    await using server = await listen(async (request, response) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of request) chunks.push(chunk)
      const { origin, cookie, 'x-forwarded-host': host, 'x-forwarded-proto': proto } = request.headers
      response.setHeader('Access-Control-Allow-Origin', String(origin))
      response.setHeader('Access-Control-Allow-Credentials', 'true')
      response.setHeader('Set-Cookie', ['a=1; Secure', 'b=2'])
      response.end(
        JSON.stringify([request.method, request.url, origin, cookie, host, proto, Buffer.concat(chunks).toString()]),
      )
    })
    const page = createBrowser({ fetch: forwardTo(server.origin) }).page(PAGE)
    const init = { method: 'POST', body: 'x', credentials: 'include' } as const
    await expectShared(page.fetch(`${API}?q`, init))
    const response = await expectShared(page.fetch(`${API}?q`, init))
    expect(await response.json()).toEqual(['POST', '/items?q', PAGE, 'a=1; b=2', 'api.example.com', 'https', 'x'])
  })

  it('works while a page is installed, and follows no redirect itself', async () => {
    await using server = await listen((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*')
      if (request.url === '/items') response.writeHead(302, { Location: '/moved' })
      response.end(request.url)
    })
    const page = createBrowser({ fetch: forwardTo(server.origin) }).page(PAGE)
    restorers.push(page.install())
    const response = await fetch(API)
    expect([response.url, response.redirected, await response.text()]).toEqual([
      'https://api.example.com/moved',
      true,
      '/moved',
    ])
    expect(page.outcomes[0]?.exchanges.length).toBe(2)
  })

  it('makes a network error of a server that cannot be reached, and refuses what is not an address', async () => {
    const page = createBrowser({ fetch: forwardTo('http://127.0.0.1:9') }).page(PAGE)
    await expectRefused(page.fetch(API), 'network-error')
    for (const wrong of ['localhost:3000', 'ftp://a', ''])
      expect(() => forwardTo(wrong)).toThrow('is not an http: or https: URL')
  })

  it('never leaves its server, whatever the path', async () => {
    await using server = await listen((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.end(request.url)
    })
    const page = createBrowser({ fetch: forwardTo(server.origin) }).page(PAGE)
    expect(await (await page.fetch('https://api.example.com//evil.example/a')).text()).toBe('//evil.example/a')
  })
})

/**
 * The simulator inside a page, where `new Request` drops `Origin` and `Access-Control-Request-*`. Runs in Chromium, Firefox and
 * WebKit as one bundled script; gives the checks that failed.
 */
import { Hono } from 'hono'
import { cors } from '../../adapters/hono.ts'
import { createBrowser, createSimulator } from '../../src/browser.ts'
import { expectRefused, expectShared } from '../../src/testing.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/items'

/** Runs every check. */
export async function runInside(): Promise<{ readonly passed: number; readonly failures: readonly string[] }> {
  const failures: string[] = []
  let passed = 0
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      await check()
      passed++
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return { passed, failures }
}

function equal(found: unknown, wanted: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) {
    throw new Error(`expected ${JSON.stringify(wanted)}, got ${JSON.stringify(found)}`)
  }
}

function application(): Hono {
  const app = new Hono()
  app.use('*', cors({ origins: [PAGE], methods: ['PUT'], requestHeaders: ['Content-Type'], exposedHeaders: ['ETag'] }))
  app.put('/items', async (c) =>
    c.json({ got: await c.req.json(), origin: c.req.header('Origin') }, 200, { ETag: '"1"' }),
  )
  return app
}

const CHECKS: Readonly<Record<string, () => Promise<void>>> = {
  async 'hands over Origin and Access-Control-Request-*'() {
    const seen: (string | null)[] = []
    const browser = createBrowser({
      fetch: (request) => {
        for (const copy of [request, request.clone()]) {
          seen.push(copy.headers.get('Origin'), copy.headers.get('Access-Control-Request-Method'))
        }
        return new Response(null, { status: 204 })
      },
    })
    await expectRefused(browser.page(PAGE).fetch(API, { method: 'PUT' }), 'allow-origin-missing')
    equal(seen, [PAGE, 'PUT', PAGE, 'PUT'])
  },
  async 'lets a Hono application answer'() {
    const page = createBrowser({ fetch: application().fetch }).page(PAGE)
    const init = { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' }
    const response = await expectShared(page.fetch(API, init), { exposes: ['ETag'], preflighted: true })
    equal(await response.json(), { got: { a: 1 }, origin: PAGE })
    equal([response.type, response.url, response.status], ['cors', API, 200])
  },
  async 'refuses a stranger'() {
    const page = createBrowser({ fetch: application().fetch }).page('https://stranger.example')
    await expectRefused(page.fetch(API, { method: 'PUT' }), 'allow-origin-missing')
  },
  async 'hides Set-Cookie and what is not exposed'() {
    const headers = { 'Access-Control-Allow-Origin': '*', 'X-Hidden': '1' }
    const page = createBrowser({ fetch: () => new Response('x', { headers }) }).page(PAGE)
    await expectShared(page.fetch(API), { hides: ['X-Hidden'] })
  },
  async 'counts header lines'() {
    const line = ['Access-Control-Allow-Origin', PAGE] as const
    const verdict = await createSimulator({ send: () => ({ status: 200, headers: [line, line] }) })
      .page(PAGE)
      .fetch(API)
    equal(verdict.shared ? 'shared' : verdict.failure.code, 'allow-origin-multiple')
  },
  async 'keeps cookies, which the server sees'() {
    const headers = { 'Access-Control-Allow-Origin': PAGE, 'Access-Control-Allow-Credentials': 'true' }
    const browser = createBrowser({ fetch: (request) => new Response(request.headers.get('Cookie'), { headers }) })
    const from = { url: new URL(API), pageOrigin: PAGE }
    browser.cookies.store(from, [['Set-Cookie', 'a=1; Secure; HttpOnly']])
    const response = await browser.page(PAGE).fetch(API, { credentials: 'include' })
    equal(await response.text(), 'a=1')
  },
  async 'stands in for fetch and XMLHttpRequest, and gives them back'() {
    const globals = () => [globalThis.XMLHttpRequest, globalThis.Request, globalThis.location]
    const before = globals()
    const page = createBrowser({ fetch: application().fetch }).page(PAGE)
    const restore = page.install()
    const installed = globalThis.fetch
    try {
      const headers = { 'Content-Type': 'application/json' }
      const response = await fetch(new Request(API, { method: 'PUT', headers, body: '{"a":1}' }))
      equal(await response.json(), { got: { a: 1 }, origin: PAGE })
      const xhr = new XMLHttpRequest()
      const ended = new Promise((resolve) => {
        xhr.onloadend = resolve
      })
      xhr.open('PUT', API)
      xhr.setRequestHeader('Content-Type', 'application/json')
      xhr.send('{"a":2}')
      await ended
      equal([xhr.status, xhr.getResponseHeader('ETag'), JSON.parse(xhr.responseText).got], [200, '"1"', { a: 2 }])
    } finally {
      restore()
    }
    const after = globals()
    equal(
      before.map((each, index) => each === after[index]),
      [true, true, true],
    )
    // The driver of Firefox gives another function each time that it is asked for the global fetch.
    equal([typeof globalThis.fetch, globalThis.fetch === installed], ['function', false])
    equal(page.outcomes.length, 2)
  },
  async 'makes a network error of a server that throws'() {
    const page = createBrowser({ fetch: () => Promise.reject(new Error('down')) }).page(PAGE)
    await expectRefused(page.fetch(API), 'network-error')
  },
}

/** Client libraries in a simulated page: those that take a `fetch`, and those that use the global objects. */
import { createRequire } from 'node:module'
import { Hono } from 'hono'
import { hc } from 'hono/client'
import { createFetch, ofetch } from 'ofetch'
import { afterEach, describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { createBrowser } from '../../src/browser.ts'
import { expectRefused } from '../../src/testing.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com'

const app = new Hono()
  .use(
    cors({
      origins: [PAGE],
      methods: ['PUT'],
      requestHeaders: ['Content-Type', 'X-Requested-With'],
      exposedHeaders: ['ETag'],
      credentials: true,
    }),
  )
  .put('/items', async (c) =>
    c.json({ got: await c.req.json(), cookie: c.req.header('Cookie') ?? '' }, 200, { ETag: '1' }),
  )
  .post('/login', (c) => c.json({}, 200, { 'Set-Cookie': 'session=1; HttpOnly; Secure; Path=/' }))

/** What a client library of the browser gives, as far as this test reads it. */
interface Superagent {
  put(url: string): SuperagentRequest
  post(url: string): SuperagentRequest
}
interface SuperagentRequest
  extends PromiseLike<{ readonly body: unknown; readonly headers: Readonly<Record<string, string>> }> {
  withCredentials(): SuperagentRequest
  set(name: string, value: string): SuperagentRequest
  send(body: unknown): SuperagentRequest
}

const restorers: (() => void)[] = []
afterEach(() => {
  for (const restore of restorers.splice(0)) restore()
})

describe.each(['chromium', 'firefox', 'webkit'] as const)('a client library in a page of %s', (browser) => {
  const open = () => createBrowser({ fetch: app.fetch, browser }).page(PAGE)
  const install = () => {
    const page = open()
    restorers.push(page.install())
    return page
  }

  it('hono/client takes page.fetch', async () => {
    const client = hc<typeof app>(API, { fetch: open().fetch })
    const response = await client.items.$put({}, { init: { body: '{"a":1}' } })
    expect([await response.json(), response.headers.get('ETag')]).toEqual([{ got: { a: 1 }, cookie: '' }, '1'])
  })

  it('ofetch takes page.fetch', async () => {
    const page = open()
    const fetch = createFetch({ fetch: page.fetch, Headers, AbortController })
    expect(await fetch(`${API}/items`, { method: 'PUT', body: { a: 1 } })).toMatchObject({ got: { a: 1 } })
    await expect(fetch(`${API}/items`, { method: 'PUT', headers: { 'X-New': '1' }, retry: 0 })).rejects.toThrow()
    await expectRefused(page.outcomes[1], 'header-not-allowed')
  })

  it('ofetch uses the global fetch', async () => {
    const page = install()
    expect(await ofetch(`${API}/items`, { method: 'PUT', body: { a: 1 } })).toMatchObject({ got: { a: 1 } })
    expect(page.outcomes.length).toBe(1)
  })

  it('superagent uses the global XMLHttpRequest, with cookies', async () => {
    const page = install()
    const superagent: Superagent = createRequire(import.meta.url)('superagent/lib/client.js')
    await superagent.post(`${API}/login`).withCredentials()
    const { body, headers } = await superagent.put(`${API}/items`).withCredentials().send({ a: 1 })
    expect([body, headers.etag]).toEqual([{ got: { a: 1 }, cookie: 'session=1' }, '1'])
    const refused = superagent.put(`${API}/items`).set('X-New', '1').send({})
    await expect(Promise.resolve(refused)).rejects.toThrow('Origin is not allowed by Access-Control-Allow-Origin')
    await expectRefused(page.outcomes.at(-1), 'header-not-allowed')
  })
})

/** What people expected of a browser in their tests, elsewhere, as docs/field-reports/testing.md has it. */
import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { createBrowser, type Outcome } from '../../src/browser.ts'
import { expectNoPreflight, expectRefused, expectShared } from '../../src/testing.ts'

const PAGE = 'http://localhost:3000'
const API = 'http://localhost:1234/config'
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' }

/** A mock that answers every request alike, preflights included. */
function mock(headers: Record<string, string>, origin = PAGE) {
  const seen: Request[] = []
  const fetch = (request: Request) => {
    seen.push(request.clone())
    return Response.json({ foo: 'bar' }, { headers })
  }
  return { page: createBrowser({ fetch }).page(origin), seen }
}

const sent = ({ exchanges }: Outcome) => exchanges.map(({ request }) => request.method)

describe('a browser for tests', () => {
  it('tells the server in a preflight what it asks for, and who asks', async () => {
    const { page, seen } = mock({})
    await page.request(API, JSON_POST)
    const names = ['Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers']
    expect([seen[0]?.method, ...names.map((name) => seen[0]?.headers.get(name))]).toEqual([
      'OPTIONS',
      PAGE,
      'POST',
      'content-type',
    ])
  })

  it('sends Origin with every request to another origin', async () => {
    const { page, seen } = mock({ 'Access-Control-Allow-Origin': '*' })
    await expectShared(page.fetch(API))
    expect(seen.map((request) => request.headers.get('Origin'))).toEqual([PAGE])
  })

  it('asks no permission for what needs none', async () => {
    const { page } = mock({ 'Access-Control-Allow-Origin': '*' })
    await expectNoPreflight(page.fetch(API))
    await expectNoPreflight(page.fetch(API, { method: 'POST', body: 'text' }))
    await expectRefused(mock({}).page.fetch(API), 'allow-origin-missing')
  })

  it('remembers a preflight for Access-Control-Max-Age', async () => {
    let clock = 0
    const headers = {
      'Access-Control-Allow-Origin': PAGE,
      'Access-Control-Allow-Headers': 'Content-Type',
      'Access-Control-Max-Age': '600',
    }
    const browser = createBrowser({ fetch: () => new Response(null, { headers }), now: () => clock })
    const methods = async () => sent(await browser.page(PAGE).request(API, JSON_POST))
    expect(await methods()).toEqual(['OPTIONS', 'POST'])
    clock = 599_999
    expect(await methods()).toEqual(['POST'])
    clock = 600_000
    expect(await methods()).toEqual(['OPTIONS', 'POST'])
  })

  it('takes Authorization from the answer to the preflight, and from nowhere else', async () => {
    const fetch = (request: Request) => {
      const headers = new Headers({ 'Access-Control-Allow-Origin': PAGE })
      if (request.method === 'OPTIONS') headers.set('Access-Control-Allow-Headers', 'authorization')
      return new Response(request.headers.get('Authorization'), { headers })
    }
    const page = createBrowser({ fetch }).page(PAGE)
    const response = await expectShared(page.fetch(API, { headers: { Authorization: 'Bearer token' } }))
    expect(await response.text()).toBe('Bearer token')
    const late = (request: Request) => {
      const headers = new Headers({ 'Access-Control-Allow-Origin': PAGE })
      if (request.method !== 'OPTIONS') headers.set('Access-Control-Allow-Headers', 'authorization')
      return new Response(null, { headers })
    }
    const refused = await createBrowser({ fetch: late })
      .page(PAGE)
      .request(API, { headers: { Authorization: 'x' } })
    await expectRefused(refused, 'header-not-allowed')
    expect(sent(refused)).toEqual(['OPTIONS'])
  })

  it('lets the test choose the origin of the page, and "null" only by name', async () => {
    await expectShared(
      mock({ 'Access-Control-Allow-Origin': 'http://localhost:9090' }, 'http://localhost:9090').page.fetch(API),
    )
    await expectRefused(mock({ 'Access-Control-Allow-Origin': PAGE }, 'null').page.fetch(API), 'allow-origin-mismatch')
    expect(() => mock({}, 'about:blank')).toThrow('is not a serialized origin')
  })

  it('hides what a mock does not expose, and says which line is missing', async () => {
    const mocked = { 'Access-Control-Allow-Origin': '*', 'X-Custom-Header': 'foo' }
    const response = await expectShared(mock(mocked).page.fetch(API))
    expect(response.headers.get('X-Custom-Header')).toBeNull()
    expect(response.headers.get('Content-Type')).toBe('application/json')
    const wrong = expectShared(mock(mocked).page.fetch(API), { exposes: ['X-Custom-Header'] })
    await expect(wrong).rejects.toThrow(/Access-Control-Expose-Headers/)
    const exposed = { ...mocked, 'Access-Control-Expose-Headers': 'X-Custom-Header' }
    await expectShared(mock(exposed).page.fetch(API), { exposes: ['X-Custom-Header'] })
  })

  it('refuses a mock that answers the request and not its preflight, in words', async () => {
    const { page } = mock({ 'Access-Control-Allow-Origin': '*' })
    await expectShared(page.fetch(API))
    const outcome = await page.request(API, JSON_POST)
    await expectRefused(outcome, 'header-not-allowed')
    await expect(expectShared(outcome)).rejects.toThrow(/content-type is not allowed by Access-Control-Allow-Headers/)
  })

  it('refuses a mock without CORS headers at once, in words', async () => {
    const { page } = mock({})
    await expect(expectShared(page.fetch(API))).rejects.toThrow(/No 'Access-Control-Allow-Origin' header is present/)
  })

  it('finds what an API forgot in its preflight, whatever its other answers say', async () => {
    const app = new Hono()
    app.use('*', cors({ origins: [PAGE], methods: ['PUT'], requestHeaders: ['X-Known'] }))
    app.put('/config', (c) => c.text('saved'))
    const page = createBrowser({ fetch: app.fetch }).page(PAGE)
    await expectShared(page.fetch(API, { method: 'PUT', headers: { 'X-Known': '1' } }))
    await expectRefused(page.fetch(API, { method: 'PUT', headers: { 'X-New': '1' } }), 'header-not-allowed')
  })

  it('fetches a Request as it stands', async () => {
    const { page, seen } = mock({ 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'content-type' })
    await expectShared(page.fetch(new Request(API, JSON_POST)), { preflighted: true })
    expect([seen[1]?.url, seen[1]?.method, await seen[1]?.text()]).toEqual([API, 'POST', '{"a":1}'])
  })
})

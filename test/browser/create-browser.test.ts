import { describe, expect, it } from 'vitest'
import { createBrowser, type Outcome, type PageInit } from '../../src/browser.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/items'

function page(fetch: (request: Request) => Response | Promise<Response>, origin = PAGE) {
  return createBrowser({ fetch }).page(origin)
}

function sent({ exchanges }: Outcome): string[] {
  return exchanges.map(({ request }) => {
    const origin = request.headers.find(([name]) => name === 'Origin')?.[1] ?? '-'
    return `${request.method} ${new URL(request.url).host} ${origin}`
  })
}

describe('createBrowser()', () => {
  it('lets a page read an answer of its own origin without any header', async () => {
    const outcome = await page(() => new Response('hi', { headers: { 'X-Foo': '1' } })).request('/items')
    expect(outcome.shared && outcome.response.type).toBe('basic')
    expect(outcome.shared && outcome.response.headers.get('X-Foo')).toBe('1')
    expect(sent(outcome)).toEqual(['GET app.example.com -'])
  })

  it('sends Origin with a same-origin POST', async () => {
    expect(sent(await page(() => new Response()).request('/items', { method: 'POST', body: 'x' }))).toEqual([
      `POST app.example.com ${PAGE}`,
    ])
  })

  it('hands the body and its type to the server, after the preflight', async () => {
    const bodies: string[] = []
    const outcome = await page(async (request) => {
      if (request.method !== 'OPTIONS') bodies.push(`${request.headers.get('Content-Type')} ${await request.text()}`)
      return new Response(null, {
        headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': '*' },
      })
    }).request(API, { method: 'PATCH', body: new URLSearchParams({ a: '1' }) })
    expect(bodies).toEqual(['application/x-www-form-urlencoded;charset=UTF-8 a=1'])
    expect(outcome.exchanges.map(({ kind }) => kind)).toEqual(['preflight', 'request'])
  })

  it('gives an opaque response in the mode no-cors', async () => {
    const outcome = await page(() => new Response('secret')).request(API, { mode: 'no-cors' })
    if (!outcome.shared) throw new Error('refused')
    expect([outcome.response.type, outcome.response.status, await outcome.response.text()]).toEqual(['opaque', 0, ''])
  })

  it('sends Origin: null after a redirect between two strange origins', async () => {
    const outcome = await page((request) => {
      const headers = { 'Access-Control-Allow-Origin': request.headers.get('Origin') ?? '*' }
      if (request.url === API)
        return new Response(null, { status: 302, headers: { ...headers, Location: 'https://c.example.org/' } })
      return new Response('ok', { headers })
    }).request(API)
    expect(sent(outcome)).toEqual([`GET api.example.com ${PAGE}`, 'GET c.example.org null'])
    expect(outcome.shared && outcome.response.redirected).toBe(true)
  })

  it('drops Authorization on the way to another origin', async () => {
    const outcome = await page((request) => {
      const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': 'Authorization' }
      if (request.method !== 'OPTIONS' && request.url === API) {
        return new Response(null, { status: 307, headers: { ...headers, Location: 'https://c.example.org/' } })
      }
      return new Response('ok', { headers })
    }).request(API, { headers: { Authorization: 'Bearer t' } })
    const carried = outcome.exchanges.filter(({ request }) =>
      request.headers.some(([name]) => name === 'Authorization'),
    )
    expect(carried.map(({ request }) => request.url)).toEqual([API])
  })

  it('gives up after twenty redirects', async () => {
    const outcome = await page(() => {
      return new Response(null, { status: 302, headers: { Location: API, 'Access-Control-Allow-Origin': '*' } })
    }).request(API)
    expect(outcome.shared ? '' : outcome.failure.code).toBe('redirect-limit')
    expect(outcome.exchanges).toHaveLength(21)
  })

  it('treats a page with an opaque origin as a stranger everywhere', async () => {
    const outcome = await page(() => new Response(), 'null').request('https://app.example.com/')
    expect(outcome.shared ? '' : outcome.failure.consoleMessage.chromium).toContain(
      "from origin 'null' has been blocked",
    )
  })

  it('preflights an upload stream', async () => {
    const headers = { 'Access-Control-Allow-Origin': '*' }
    const body = new Blob(['x']).stream()
    const outcome = await page(() => new Response(null, { headers })).request(API, {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit)
    expect(outcome.exchanges.map(({ kind }) => kind)).toEqual(['preflight', 'request'])
  })

  it('notes that a public page asks for the local network', async () => {
    const outcome = await page(() => new Response()).request('http://192.168.1.1/')
    expect(outcome.notes.map(({ code }) => code)).toEqual(['local-network'])
  })

  it.each([
    [
      'throws',
      () => {
        throw new Error('down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('down'))],
    ['returns nothing', () => undefined as never],
    ['returns an error response', () => Response.error()],
    ['returns something else', () => ({ status: 200 }) as never],
  ])('makes a network error of a server that %s', async (_, fetch) => {
    const outcome = await page(fetch).request(API)
    expect(outcome.shared ? '' : outcome.failure.code).toBe('network-error')
  })

  it('never rejects because of what the server sends', async () => {
    const values = [
      '',
      '\u00ff',
      'a'.repeat(70_000),
      ','.repeat(10_000),
      '*'.repeat(1000),
      '{}',
      'http://[',
      '9'.repeat(5000),
    ]
    const names = [
      'Access-Control-Allow-Origin',
      'Access-Control-Allow-Methods',
      'Access-Control-Allow-Headers',
      'Access-Control-Max-Age',
      'Access-Control-Expose-Headers',
      'Location',
      'Vary',
    ]
    for (const status of [200, 204, 302, 304, 599]) {
      for (const value of values) {
        for (const name of names) {
          const headers = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': '*', [name]: value }
          const outcome = await page(() => new Response(null, { status, headers })).request(API, { method: 'PUT' })
          expect(typeof outcome.shared).toBe('boolean')
        }
      }
    }
  })

  it.each([
    ['a method that browsers forbid', { method: 'TRACE' }],
    ['a body on GET', { body: 'x' }],
    ['the mode navigate', { mode: 'navigate' as const }],
    ['a method that no-cors cannot send', { mode: 'no-cors' as const, method: 'PUT' }],
  ])('rejects with a TypeError for %s', async (_, init) => {
    await expect(page(() => new Response()).request(API, init)).rejects.toThrow(TypeError)
  })

  it.each([
    'https://app.example.com/',
    'app.example.com',
    'HTTPS://app.example.com',
    'https://app.example.com:443',
    '',
  ])('does not open a page at %j', (origin) => {
    expect(() => createBrowser({ fetch: () => new Response() }).page(origin)).toThrow(TypeError)
  })

  it('opens pages of web views', async () => {
    const outcome = await page(() => new Response(), 'capacitor://localhost').request(API)
    expect(sent(outcome)).toEqual(['GET api.example.com capacitor://localhost'])
  })
})

describe('credentials', () => {
  const home = async (init: PageInit) =>
    (await page(() => new Response()).request('/items', init)).exchanges[0]?.credentials
  const away = async (init: PageInit) => (await page(() => new Response()).request(API, init)).exchanges[0]?.credentials

  it.each([
    ['fetch', undefined, true, false],
    ['fetch', 'same-origin', true, false],
    ['fetch', 'omit', false, false],
    ['fetch', 'include', true, true],
    ['xhr', undefined, true, false],
    ['xhr', 'omit', true, false],
    ['xhr', 'include', true, true],
    ['eventsource', 'omit', true, false],
    ['image', 'include', true, true],
    ['beacon', undefined, true, true],
  ] as const)('with %s and %s go home: %s, away: %s', async (initiator, credentials, atHome, elsewhere) => {
    const init: PageInit = { initiator, ...(credentials === undefined ? {} : { credentials }) }
    expect([await home(init), await away(init)]).toEqual([atHome, elsewhere])
  })
})

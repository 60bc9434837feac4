import { describe, expect, it } from 'vitest'
import { type BrowserOptions, createBrowser } from '../../src/browser.ts'
import { expectRefused, expectShared } from '../../src/testing.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/items'
const OPEN = {
  'Access-Control-Allow-Origin': PAGE,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Methods': 'PUT',
  'Access-Control-Allow-Headers': 'X-A, Content-Type',
}

function open(fetch: BrowserOptions['fetch'], browser: BrowserOptions['browser'] = 'spec') {
  return createBrowser({ fetch, browser }).page(PAGE)
}

const echo = async (request: Request) =>
  Response.json(
    { method: request.method, a: request.headers.get('X-A'), text: await request.text() },
    { headers: OPEN },
  )

describe('page.fetch', () => {
  it('is a fetch', async () => {
    const fetch: typeof globalThis.fetch = open(echo).fetch
    const response = await fetch(new Request(API, { method: 'PUT', headers: { 'X-A': '1' }, body: 'x' }))
    expect([response instanceof Response, response.type, await response.json()]).toEqual([
      true,
      'cors',
      { method: 'PUT', a: '1', text: 'x' },
    ])
  })

  it('takes null for no init, and a signal of null for no signal', async () => {
    const { fetch } = open(echo)
    const request = new Request(API, { signal: AbortSignal.abort() })
    expect((await fetch(request, { signal: null })).status).toBe(200)
    expect((await fetch(API, null as never)).status).toBe(200)
  })

  it('resolves a relative URL against the page', async () => {
    const response = await open(() => new Response('x')).fetch('/a?b')
    expect([response.url, response.type]).toEqual([`${PAGE}/a?b`, 'basic'])
  })

  it.each([
    ['spec', 'Failed to fetch'],
    ['chromium', 'Failed to fetch'],
    ['firefox', 'NetworkError when attempting to fetch resource.'],
    ['webkit', 'Load failed'],
  ] as const)('throws the TypeError of %s, with the failure as its cause', async (browser, message) => {
    const error: unknown = await open(() => new Response('x'), browser)
      .fetch(API)
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(error).toMatchObject({ name: 'TypeError', message, cause: { code: 'allow-origin-missing' } })
  })

  it('gives what assertions take', async () => {
    await expectShared(open(echo).fetch(API), { preflighted: false })
    const shared = await open(echo).fetch(API)
    await expectShared(shared)
    await expectRefused(open(() => new Response('x')).fetch(API), 'allow-origin-missing')
    await expect(expectShared(open(echo).fetch('http://'))).rejects.toThrow('is not a URL')
    await expect(expectShared(new Response('x'))).rejects.toThrow('another object')
    await expect(expectShared(undefined)).rejects.toThrow('made no request')
  })

  it('keeps every outcome', async () => {
    const page = open(echo)
    await page.fetch(API)
    await page.fetch(API, { method: 'DELETE' }).catch(() => {})
    await page.request(API)
    expect(page.outcomes.map(({ shared }) => shared)).toEqual([true, false, true])
    await expectRefused(page.outcomes[1], 'method-not-allowed')
    await expect(expectRefused(page.outcomes[3])).rejects.toThrow('made no request')
  })
})

describe('the signal of a request', () => {
  it('that has aborted keeps it from being sent', async () => {
    const seen: string[] = []
    const page = open((request) => {
      seen.push(request.url)
      return new Response('x', { headers: OPEN })
    })
    const signal = AbortSignal.abort()
    await expect(page.fetch(API, { signal })).rejects.toMatchObject({ name: 'AbortError' })
    await expect(page.fetch(new Request(API, { signal }))).rejects.toMatchObject({ name: 'AbortError' })
    await expect(page.request(API, { signal: AbortSignal.abort('reason') })).rejects.toBe('reason')
    expect([seen, page.outcomes]).toEqual([[], []])
  })

  it('ends it while the server works', async () => {
    const page = open(() => new Promise<Response>(() => {}))
    await expect(page.fetch(API, { signal: AbortSignal.timeout(10) })).rejects.toMatchObject({ name: 'TimeoutError' })
  })

  it('ends its body', async () => {
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) })
    const controller = new AbortController()
    const response = await open(() => new Response(body, { headers: OPEN })).fetch(API, { signal: controller.signal })
    const text = response.text()
    controller.abort()
    await expect(text).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('the cookies of a browser', () => {
  const session = (request: Request) => {
    const headers = new Headers(OPEN)
    if (request.url.endsWith('/login'))
      headers.append('Set-Cookie', 'session=1; HttpOnly; Secure; SameSite=Lax; Path=/')
    return new Response(request.headers.get('Cookie') ?? 'nobody', { headers })
  }
  const LOGIN = 'https://api.example.com/login'

  it('go with requests that have credentials, and with no others', async () => {
    const browser = createBrowser({ fetch: session })
    const page = browser.page(PAGE)
    const read = async (init: object) => (await page.fetch(API, init)).text()
    await page.fetch(LOGIN)
    expect(await read({ credentials: 'include' })).toBe('nobody')
    await page.fetch(LOGIN, { credentials: 'include' })
    expect(await read({ credentials: 'include' })).toBe('session=1')
    expect([await read({}), await read({ credentials: 'omit' })]).toEqual(['nobody', 'nobody'])
    expect(browser.cookies.all()).toMatchObject([{ name: 'session', domain: 'api.example.com', httpOnly: true }])
    expect((await page.fetch(LOGIN, { credentials: 'include' })).headers.get('Set-Cookie')).toBeNull()
  })

  it('are shared by its pages, as far as their sites allow', async () => {
    const browser = createBrowser({ fetch: session })
    await browser.page(PAGE).fetch(LOGIN, { credentials: 'include' })
    const read = async (origin: string) => {
      const outcome = await browser.page(origin).request(API, { credentials: 'include' })
      return outcome.exchanges[0]?.request.headers.find(([name]) => name === 'Cookie')?.[1]
    }
    expect(await read('https://www.example.com')).toBe('session=1')
    expect(await read('https://stranger.test')).toBeUndefined()
  })

  it('are stored from a response that the page may not read', async () => {
    const fetch = () => new Response(null, { headers: { 'Set-Cookie': 'a=1' } })
    const browser = createBrowser({ fetch })
    await expectRefused(browser.page(PAGE).fetch(API, { credentials: 'include' }))
    expect(browser.cookies.all()).toMatchObject([{ name: 'a', value: '1' }])
  })

  it('of another site can be blocked', async () => {
    const fetch = (request: Request) =>
      new Response(request.headers.get('Cookie'), {
        headers: { ...OPEN, 'Set-Cookie': 'a=1; SameSite=None; Secure' },
      })
    const read = async (options: Partial<BrowserOptions>) => {
      const page = createBrowser({ fetch, ...options }).page(PAGE)
      const url = 'https://api.elsewhere.net/'
      await page.fetch(url, { credentials: 'include' })
      return (await page.fetch(url, { credentials: 'include' })).text()
    }
    expect(await read({})).toBe('a=1')
    expect(await read({ thirdPartyCookies: 'block' })).toBe('')
    expect(await read({ browser: 'webkit' })).toBe('')
    expect(await read({ browser: 'webkit', thirdPartyCookies: 'allow' })).toBe('a=1')
  })
})

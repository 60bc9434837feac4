import { describe, expect, it } from 'vitest'
import {
  type BrowserModel,
  createBrowser,
  createSimulator,
  type Exchange,
  type SimulatedPage,
} from '../../src/browser.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/'

function open(browser: BrowserModel, maxAge: string | null): { page: SimulatedPage; wait(seconds: number): void } {
  let clock = 1_000_000
  const simulator = createSimulator({
    browser,
    now: () => clock,
    send: () => ({
      status: 200,
      headers: [
        ['Access-Control-Allow-Origin', PAGE],
        ['Access-Control-Allow-Methods', 'PUT'],
        ...(maxAge === null ? [] : [['Access-Control-Max-Age', maxAge] as const]),
      ],
    }),
  })
  return { page: simulator.page(PAGE), wait: (seconds) => (clock += seconds * 1000) }
}

async function put(page: SimulatedPage): Promise<string> {
  const { exchanges } = await page.fetch(API, { method: 'PUT' })
  return exchanges.map(({ request }: Exchange) => request.method).join(' ')
}

describe('createPreflightCache()', () => {
  it('remembers a preflight for five seconds when Access-Control-Max-Age is absent', async () => {
    const { page, wait } = open('spec', null)
    expect(await put(page)).toBe('OPTIONS PUT')
    wait(4.9)
    expect(await put(page)).toBe('PUT')
    wait(0.1)
    expect(await put(page)).toBe('OPTIONS PUT')
  })

  it.each([
    ['chromium', 7200],
    ['firefox', 86_400],
    ['webkit', 600],
  ] as const)('forgets a preflight in %s after %d seconds at most', async (browser, cap) => {
    const { page, wait } = open(browser, '9999999')
    await put(page)
    wait(cap - 1)
    expect(await put(page)).toBe('PUT')
    wait(1)
    expect(await put(page)).toBe('OPTIONS PUT')
  })

  it('remembers nothing when Access-Control-Max-Age is 0', async () => {
    const { page } = open('spec', '0')
    await put(page)
    expect(await put(page)).toBe('OPTIONS PUT')
  })

  it('does not take an answer without credentials for a request with them', async () => {
    const { page } = open('spec', '600')
    await put(page)
    const { exchanges } = await page.fetch(API, { method: 'PUT', credentials: 'include' })
    expect(exchanges[0]?.kind).toBe('preflight')
  })

  it('keeps pages of other origins apart', async () => {
    const simulator = createSimulator({
      send: () => ({
        status: 200,
        headers: [
          ['Access-Control-Allow-Origin', '*'],
          ['Access-Control-Allow-Methods', 'PUT'],
          ['Access-Control-Max-Age', '600'],
        ],
      }),
    })
    await put(simulator.page(PAGE))
    expect(await put(simulator.page('https://other.example.com'))).toBe('OPTIONS PUT')
    expect(await put(simulator.page(PAGE))).toBe('PUT')
  })

  it('forgets the oldest of more than 100 URLs in Firefox', async () => {
    const { page } = open('firefox', '600')
    for (let index = 0; index <= 100; index++) await page.fetch(`${API}${index}`, { method: 'PUT' })
    const oldest = await page.fetch(`${API}0`, { method: 'PUT' })
    const newest = await page.fetch(`${API}100`, { method: 'PUT' })
    expect([oldest.exchanges.length, newest.exchanges.length]).toEqual([2, 1])
  })
})

describe('an answer that is not to be kept', () => {
  it.each(['spec', 'chromium', 'firefox', 'webkit'] as const)('leaves what %s kept before', async (browser) => {
    const PAGE = 'https://app.example.com'
    const fetch = (request: Request) => {
      const isPut = request.headers.get('Access-Control-Request-Method') === 'PUT'
      return new Response(null, {
        headers: {
          'Access-Control-Allow-Origin': PAGE,
          'Access-Control-Allow-Methods': isPut ? 'PUT' : 'PUT, DELETE',
          'Access-Control-Max-Age': isPut ? '600' : '0',
        },
      })
    }
    const page = createBrowser({ fetch, browser }).page(PAGE)
    for (const method of ['PUT', 'DELETE', 'PUT']) await page.fetch('https://api.example.com/', { method })
    const kinds = page.outcomes.map(({ exchanges }) => exchanges.map(({ kind }) => kind).join(' '))
    // Chromium and WebKit forget an answer as soon as a request asks for more.
    const forgets = browser === 'chromium' || browser === 'webkit'
    expect(kinds).toEqual(['preflight request', 'preflight request', forgets ? 'preflight request' : 'request'])
  })
})

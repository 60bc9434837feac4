import { describe, expect, it } from 'vitest'
import {
  type BrowserModel,
  createSimulator,
  type Exchange,
  type HeaderLine,
  type PageInit,
  type SimulatedPage,
} from '../../src/browser.ts'
import { acao, age, credentials, location, methods, names, openPage, sent } from '../support/simulated.ts'

const PAGE = 'https://app.example.com'
const API = 'https://api.example.com/'

function _open(browser: BrowserModel, maxAge: string | null): { page: SimulatedPage; wait(seconds: number): void } {
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

async function _put(page: SimulatedPage): Promise<string> {
  const { exchanges } = await page.fetch(API, { method: 'PUT' })
  return exchanges.map(({ request }: Exchange) => request.method).join(' ')
}

describe('a stored preflight', () => {
  const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const
  const PUT: PageInit = { method: 'PUT' }
  const WITH: PageInit = { credentials: 'include' }

  /** Says per request whether it was preflighted. */
  async function asked(
    browser: BrowserModel,
    pre: (request: number) => readonly HeaderLine[],
    inits: readonly (PageInit & { readonly url?: string; readonly wait?: number })[],
    origin = PAGE,
  ): Promise<string> {
    let clock = 0
    let preflights = 0
    const simulator = createSimulator({
      browser,
      now: () => clock,
      send: ({ method, headers }) => {
        const isPreflight = method === 'OPTIONS' && headers.some(([name]) => name === 'Access-Control-Request-Method')
        const lines = isPreflight ? pre(preflights++) : []
        const lasts = lines.some(([name]) => name === age('')[0]) ? [] : [age('600')]
        return { status: 200, headers: [acao(origin), credentials, ...lasts, ...lines] }
      },
    })
    const seen: string[] = []
    for (const { url = API, wait = 0, ...init } of inits) {
      clock += wait * 1000
      const { exchanges } = await simulator.page(origin).fetch(url, init)
      seen.push(exchanges[0]?.kind === 'preflight' ? 'asks' : 'knows')
    }
    return seen.join(' ')
  }

  const each = async (...rest: Parameters<typeof asked> extends [BrowserModel, ...infer R] ? R : never) =>
    Promise.all(BROWSERS.map((browser) => asked(browser, ...rest)))

  it('of an opaque origin is kept, but in Chromium', async () => {
    expect(await each(() => [methods('PUT')], [PUT, PUT], 'null')).toEqual([
      'asks knows',
      'asks asks',
      'asks knows',
      'asks knows',
    ])
  })

  it('of a request that redirects made opaque is kept in the standard and in Firefox', async () => {
    const open = [acao('*'), methods('PUT'), age('600')]
    const hops = {
      '/a': { status: 307, headers: [...open, location('https://third.example/b')], pre: { headers: open } },
      '/b': { headers: open },
    }
    const seen = BROWSERS.map(async (browser) => {
      const page = openPage(browser, hops)
      await page.fetch(`${API}a`, PUT)
      return sent(await page.fetch(`${API}a`, PUT))
    })
    const [kept, again] = ['PUT /a, PUT /b', 'PUT /a, OPTIONS /b, PUT /b']
    expect(await Promise.all(seen)).toEqual([kept, again, kept, again])
  })

  it('of * stands for every method: always, without credentials, or never', async () => {
    const steps = (mode: PageInit) => [
      { method: '*', ...mode },
      { ...PUT, ...mode },
    ]
    expect(await each(() => [methods('*')], steps(WITH))).toEqual(['asks knows', 'asks asks', 'asks asks', 'asks asks'])
    expect(await each(() => [methods('*')], [{ ...PUT }, { method: 'DELETE' }])).toEqual([
      'asks knows',
      'asks knows',
      'asks asks',
      'asks knows',
    ])
    // An entry with credentials serves a request without them; its * does not in Chromium.
    const mixed = [{ ...PUT, ...WITH }, { method: 'DELETE' }]
    expect(await each(() => [methods('PUT, *')], mixed)).toEqual(['asks knows', 'asks asks', 'asks asks', 'asks knows'])
  })

  it('of * covers Authorization in WebKit alone', async () => {
    const steps = [{ headers: { 'X-Foo': '1' } }, { headers: { Authorization: 'x' } }, { headers: { 'X-Bar': '1' } }]
    expect(await each(() => [names('*')], steps)).toEqual([
      'asks asks asks',
      'asks asks knows',
      'asks asks asks',
      'asks knows knows',
    ])
    const listed = [steps[1] ?? {}, steps[1] ?? {}]
    expect(await each(() => [names('Authorization')], listed)).toEqual(Array(4).fill('asks knows'))
  })

  it('with credentials serves requests without them, but in Firefox; never the other way', async () => {
    expect(await each(() => [methods('PUT')], [{ ...PUT, ...WITH }, PUT])).toEqual([
      'asks knows',
      'asks knows',
      'asks asks',
      'asks knows',
    ])
    expect(await each(() => [methods('PUT')], [PUT, { ...PUT, ...WITH }])).toEqual(Array(4).fill('asks asks'))
  })

  it('serves in Firefox an upload that needs no name, with the same credentials alone', async () => {
    const upload: PageInit = { initiator: 'xhr', uploadListener: true, method: 'POST', body: 'x' }
    expect(await asked('firefox', () => [methods('PUT')], [PUT, upload])).toBe('asks knows')
    expect(await asked('firefox', () => [methods('PUT')], [PUT, { ...upload, ...WITH }])).toBe('asks asks')
    expect(await asked('firefox', () => [methods('PUT')], [{ ...PUT, ...WITH }, upload])).toBe('asks asks')
    expect(
      await asked('firefox', () => [methods('PUT')], [
        { ...PUT, ...WITH },
        { ...upload, ...WITH },
      ]),
    ).toBe('asks knows')
  })

  it('that names nothing is an answer too, but in the standard', async () => {
    const upload: PageInit = { initiator: 'xhr', uploadListener: true, method: 'POST', body: 'x' }
    expect(await each(() => [], [upload, upload])).toEqual(Array(4).fill('asks knows'))
    // The standard stores methods and names one by one: a GET that must ask finds PUT alone.
    const read: PageInit = { initiator: 'xhr', uploadListener: true }
    expect(await asked('spec', () => [methods('PUT')], [PUT, read])).toBe('asks asks')
  })

  it('is replaced as a whole in Chromium and WebKit, and added to elsewhere', async () => {
    const pre = (request: number) => (request === 0 ? [methods('PUT')] : [names('x-foo')])
    const steps = [PUT, { headers: { 'X-Foo': '1' } }, PUT]
    expect(await each(pre, steps)).toEqual(['asks asks knows', 'asks asks asks', 'asks asks knows', 'asks asks asks'])
  })

  it('holds every name of an answer', async () => {
    const steps = ['X-Foo', 'X-Bar', 'X-Foo'].map((name) => ({ headers: { [name]: '1' } }))
    expect(await each(() => [names('x-FOO, x-bar')], steps)).toEqual(Array(4).fill('asks knows knows'))
  })

  it('gets the age of the answer that came last', async () => {
    // The second answer renews PUT for 100 seconds and adds a name; the entries that it does not name stay as they were.
    const pre = (request: number) =>
      request === 0 ? [methods('PUT, PATCH'), age('600')] : [methods('PUT'), names('x-foo'), age('100')]
    const steps = (method: string, wait: number) => [
      PUT,
      { method: 'PUT', headers: { 'X-Foo': '1' }, wait: 50 },
      { method, wait },
    ]
    expect(await asked('spec', pre, steps('PUT', 99))).toBe('asks asks knows')
    expect(await asked('spec', pre, steps('PUT', 101))).toBe('asks asks asks')
    expect(await asked('spec', pre, steps('PATCH', 101))).toBe('asks asks knows')
  })

  it('is the oldest to go where a browser keeps so many', async () => {
    const url = (index: number) => `${API}${index}`
    const fill = Array.from({ length: 100 }, (_, index) => ({ ...PUT, url: url(index) }))
    const pre = (request: number) => (request < 100 ? [methods('PUT')] : [methods('PUT'), names('x-foo')])
    const last = async (browser: BrowserModel, ...more: Parameters<typeof asked>[2][number][]) =>
      (await asked(browser, pre, [...fill, ...more])).split(' ').at(-1)
    const one = { ...PUT, url: url(100) }
    expect(await last('firefox', { ...PUT, url: url(0) })).toBe('knows')
    expect(await last('firefox', one, { ...PUT, url: url(0) })).toBe('asks')
    expect(await last('firefox', one, { ...PUT, url: url(1) })).toBe('knows')
    expect(await last('spec', one, { ...PUT, url: url(0) })).toBe('knows')
    // An answer that is added to counts as new.
    const renewed = { ...PUT, url: url(0), headers: { 'X-Foo': '1' } }
    expect(await last('firefox', renewed, one, { ...PUT, url: url(0) })).toBe('knows')
    expect(await last('firefox', renewed, one, { ...PUT, url: url(1) })).toBe('asks')
  })

  it('is replaced in Chromium by an answer that nobody looked for', async () => {
    const pre = (request: number) => (request === 0 ? [methods('PUT')] : [names('x-foo')])
    const steps: PageInit[] = [PUT, { headers: { 'X-Foo': '1' }, cache: 'no-cache' }, PUT]
    expect(await asked('chromium', pre, steps)).toBe('asks asks asks')
    // An XMLHttpRequest has no cache mode.
    const xhr: PageInit = { ...PUT, initiator: 'xhr', cache: 'no-cache' }
    expect(await asked('chromium', () => [methods('PUT')], [xhr, xhr])).toBe('asks knows')
    expect(await asked('chromium', () => [methods('PUT')], [PUT, { ...PUT, cache: 'no-cache' }])).toBe('asks asks')
  })

  it('is kept for requests with and without credentials side by side', async () => {
    expect(await asked('spec', () => [methods('PUT')], [PUT, { ...PUT, ...WITH }, { ...PUT, ...WITH }])).toBe(
      'asks asks knows',
    )
    const pre = (request: number) => (request === 0 ? [methods('PUT')] : [names('x-foo')])
    const steps = [{ ...PUT, ...WITH }, { headers: { 'X-Foo': '1' } }, PUT]
    expect(await asked('firefox', pre, steps)).toBe('asks asks asks')
  })

  it('of * with credentials is a name in Chromium, and stays one', async () => {
    const star = { headers: { '*': '1' }, ...WITH }
    const steps = [star, { headers: { 'X-Foo': '1' } }]
    expect(await asked('chromium', () => [names('*')], steps)).toBe('asks asks')
  })

  it('is looked up in Firefox for the mode "no-cache", conditional or not', async () => {
    const step: PageInit = { headers: { 'If-None-Match': 'x' }, cache: 'no-cache' }
    expect(await asked('firefox', () => [names('if-none-match')], [step, step])).toBe('asks knows')
    const plain: PageInit = { headers: { 'If-None-Match': 'x' } }
    expect(await asked('firefox', () => [names('if-none-match')], [plain, plain])).toBe('asks asks')
  })

  it('is what a refusal leaves, in WebKit alone', async () => {
    const foo = { headers: { 'X-Foo': '1' } }
    const lines = [methods('PUT'), names('X-BAR')]
    // The header is refused, and the method is stored.
    expect(await each(() => lines, [foo, PUT])).toEqual(['asks asks', 'asks asks', 'asks asks', 'asks knows'])
    // The method is refused, and the header is stored, in lower case.
    const refused = { method: 'DELETE' }
    expect(await each(() => lines, [refused, { headers: { 'X-Bar': '1' } }])).toEqual([
      'asks asks',
      'asks asks',
      'asks asks',
      'asks knows',
    ])
    // A bad status leaves nothing.
    expect(await asked('webkit', () => [acao('x'), ...lines], [PUT, PUT])).toBe('asks asks')
  })
})

import { describe, expect, it } from 'vitest'
import { type DiagnoseOptions, diagnose, type Transport } from '../../src/diagnose.ts'
import { MARK, PUT, two, VARY } from './findings/case.ts'
import { ask } from './findings/variations.ts'
import { type Handler, ORIGIN, type Request } from './stage.ts'

const URL_ = 'https://api.example.com/items'
const STAR = ['Access-Control-Allow-Origin', '*'] as const
const METHODS = ['Access-Control-Allow-Methods', 'PUT'] as const
const open: Transport = async () => ({ status: 200, headers: [STAR] })
const withKind =
  (kind: 'timeout' | 'reset' | 'blocked' | 'failed' | 'unrecorded'): Transport =>
  async () => ({ kind, detail: 'x' })
const run = (options: Partial<DiagnoseOptions>, url = URL_) =>
  diagnose(url, { origin: ORIGIN, transport: open, ...options })

describe('the conclusion', () => {
  const allows: Handler = two({ status: 204, headers: [MARK, METHODS] }, { headers: [MARK, VARY] })
  const preflightOnly =
    (kind: 'timeout' | 'reset' | 'failed', rest: number | null): Transport =>
    async ({ method }) =>
      method === 'OPTIONS' || rest === null ? { kind, detail: 'x' } : { status: rest, headers: [] }

  it.each([
    ['a response that is shared', allows, {}, 'allowed'],
    ['a request that was not sent', allows, PUT, 'allowed-unverified'],
    ['a request that was sent', allows, { ...PUT, send: true }, 'allowed'],
    ['a response that is not shared', () => ({}), {}, 'blocked'],
    ['a page of https that asks http', () => ({ headers: [STAR] }), { url: 'http://api.example.com/' }, 'blocked'],
    ['no answer', allows, { transport: withKind('failed') }, 'error'],
    ['no answer in an archive', allows, { transport: withKind('unrecorded') }, 'error'],
    ['what an archive calls blocked', allows, { transport: withKind('blocked') }, 'blocked'],
    ['a preflight that waits', allows, { ...PUT, transport: preflightOnly('timeout', 404) }, 'blocked'],
    ['a preflight that is cut', allows, { ...PUT, transport: preflightOnly('reset', 200) }, 'blocked'],
    ['a server that waits', allows, { ...PUT, transport: preflightOnly('timeout', null) }, 'error'],
    ['a preflight that fails otherwise', allows, { ...PUT, transport: preflightOnly('failed', 200) }, 'error'],
    ['a port that is never called', allows, { url: 'https://api.example.com:6000/' }, 'blocked'],
  ] as const)('about %s', async (_, handler: Handler, request: Request, conclusion) =>
    expect((await ask(handler, request)).conclusion).toBe(conclusion),
  )

  it('tells whether the request was withheld', async () => {
    expect((await ask(allows, PUT)).isWithheld).toBe(true)
    expect((await ask(allows, { ...PUT, send: true })).isWithheld).toBe(false)
    expect((await ask(allows, { ...PUT, transport: preflightOnly('timeout', 404) })).isWithheld).toBe(false)
  })
})

/** Lets every page in, with credentials. */
const reflects: Transport = async ({ headers }) => {
  const origin = headers.find(([name]) => name === 'Origin')?.[1] ?? '*'
  return {
    status: 200,
    headers: [['Access-Control-Allow-Origin', origin], VARY, ['Access-Control-Allow-Credentials', 'true']],
  }
}

describe('what is sent', () => {
  it('is limited', async () => {
    const round: Transport = async ({ url }) => ({ status: 302, headers: [STAR, ['Location', `${url}x`]] })
    const sent = async (options: Partial<DiagnoseOptions>) =>
      (await run({ transport: round, ...options })).observations.filter(({ response }) => response !== null).length
    expect(await sent({ maxRequests: 5 })).toBe(5)
    expect(await sent({ maxRequests: 5, security: true })).toBe(5)
  })

  it('has the headers that are added, and is told of', async () => {
    const seen: string[] = []
    const lines = new Set<string>()
    const transport: Transport = async (request) => {
      lines.add(request.headers.filter(([name]) => name === 'User-Agent').join())
      return open(request)
    }
    const { observations } = await run({
      transport,
      extraHeaders: [['User-Agent', 'me']],
      onObservation: ({ purpose }) => seen.push(purpose),
    })
    expect(seen).toEqual(observations.map(({ purpose }) => purpose))
    expect(seen).toEqual(['request', 'foreign-origin', 'no-origin', 'missing-path'])
    expect([...lines]).toEqual(['User-Agent,me'])
  })

  it('is the request of the page alone, if that is wanted or nothing else is to be learned', async () => {
    const purposes = async (options: Partial<DiagnoseOptions>) =>
      (await run(options)).observations.map(({ purpose }) => purpose)
    expect(await purposes({ probes: false })).toEqual(['request'])
    expect(await purposes({ origin: 'https://api.example.com' })).toEqual(['request'])
    expect(await purposes({ transport: withKind('failed') })).toEqual(['request'])
    expect(await purposes({ transport: withKind('timeout') })).toEqual(['request'])
    expect(await purposes({ transport: withKind('timeout'), method: 'PUT' })).toEqual(['preflight', 'stand-in'])
    expect(await purposes({ probes: true })).toContain('foreign-origin')
  })

  it('has a scan of strangers only with the option `security`, and only where the server answers', async () => {
    // The page's own requests fit into the first limit, and the scan needs the second.
    const { observations } = await run({ security: true, transport: reflects, method: 'PUT', send: true })
    const limits = observations.filter(({ trouble }) => trouble?.kind === 'limit')
    expect(limits).toEqual([])
    expect((await run({})).security).toBeNull()
    expect((await run({ security: true })).security).not.toBeNull()
    expect((await run({ security: true, transport: withKind('failed') })).security).toBeNull()
    const codes = (await run({ security: true, transport: reflects })).findings.map(({ code }) => code)
    expect(codes[0]).toBe('reflects-any-origin')
  })

  it('has the time in its fresh address', async () => {
    const { observations } = await run({
      transport: async () => ({ status: 200, headers: [] }),
      now: () => 35 * 36 + 1,
    })
    expect(observations.find(({ purpose }) => purpose === 'fresh')?.request.url).toBe(`${URL_}?corsmith=z1`)
    const before = Date.now()
    const today = await run({ transport: async () => ({ status: 200, headers: [] }) })
    const time = new URL(today.observations.find(({ purpose }) => purpose === 'fresh')?.request.url ?? '').searchParams
    expect(Number.parseInt(time.get('corsmith') ?? '', 36)).toBeGreaterThanOrEqual(before)
  })
})

describe('what a diagnosis holds', () => {
  it('is the first failure with its browser, and those that would follow', async () => {
    const { failure, browser, next, recognized } = await ask(
      two({ status: 404, headers: [['Server', 'nginx']] }, { headers: [MARK, ['Server', 'nginx']] }),
      { method: 'PUT', headers: { 'X-A': '1' } },
    )
    expect([failure?.code, browser, next.map(({ code }) => code), recognized?.target]).toEqual([
      'allow-origin-missing',
      'chromium',
      ['preflight-status', 'method-not-allowed', 'header-not-allowed'],
      'nginx',
    ])
    const fine = await ask(() => ({ headers: [STAR] }))
    expect([fine.failure, fine.browser, fine.next, fine.recognized, fine.findings]).toEqual([null, null, [], null, []])
  })

  it('is written for the target that was chosen, or for the server', async () => {
    const target = async (request: Request) => (await ask(() => ({}), request)).findings[0]?.fix?.target
    expect(await target({})).toBe('server')
    expect(await target({ target: 'caddy' })).toBe('caddy')
  })

  it('takes a GET for the response where the request itself was kept back', async () => {
    const { findings } = await ask(two({ status: 404 }, { status: 418, headers: [MARK] }), PUT)
    expect(findings.some(({ code }) => code === 'strangers-told')).toBe(true)
    const refused = await ask(two({ status: 404 }, { headers: [MARK, ['Set-Cookie', 'a=1']] }), {
      ...PUT,
      credentials: 'include',
      url: 'https://api.elsewhere.org/',
    })
    expect(refused.findings.map(({ code }) => code)).toContain('cookie-not-cross-site')
  })

  it('is written for the server where the page or a gateway is at fault', async () => {
    const snippet = async (handler: Handler, request: Request) =>
      (await ask(handler, request)).findings.find(({ fix }) => fix?.policy != null)?.fix
    const page = await snippet(() => ({ headers: [['Server', 'nginx']] }), { mode: 'no-cors' })
    expect([page?.target, page?.snippet?.includes('add_header')]).toEqual(['client', true])
  })

  it('lists no failure of the network that only follows', async () => {
    const redirect: Handler = ({ path }) =>
      path === '/items' ? { status: 302, headers: [['Location', '/gone']] } : { destroy: true }
    const { failure, next } = await ask(redirect)
    expect([failure?.code, next.map(({ code }) => code)]).toEqual(['allow-origin-missing', []])
  })
})

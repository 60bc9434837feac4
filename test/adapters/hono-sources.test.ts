import { type Context, Hono } from 'hono'
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import type { AnyCors } from '../../src/adapter.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'
import { corsNames } from '../support/loopback.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const OTHER = 'https://admin.example'
const allowed = (response: Response) => response.headers.get('Access-Control-Allow-Origin')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('what cors() of corsmith/hono takes', () => {
  it('is a policy, whose defects are told before any request', () => {
    expect(() => cors({ origins: ['https://a.example/' as string] })).toThrow(CorsPolicyError)
    expect(() => cors(undefined as never)).toThrow(CorsPolicyError)
    expect(() => cors({ origin: PAGE } as never)).toThrow(/origins/)
  })

  it('is a Cors, which is used as it is', async () => {
    const app = new Hono().use(cors(createCors({ origins: [PAGE] }))).get('/', (c) => c.text('a'))
    expect(allowed(await app.request(from(PAGE)))).toBe(PAGE)
  })

  it('is a function of the context, that chooses by path', async () => {
    const pub = createCors({ origins: '*' })
    const own = createCors({ origins: [PAGE], credentials: true })
    const app = new Hono()
      .use(cors((c) => (c.req.path.startsWith('/public/') ? pub : own)))
      .get('*', (c) => c.text('a'))
    const open = await app.request(from(STRANGER, '/public/a'))
    expect([allowed(open), open.headers.get('Vary')]).toEqual(['*', 'Origin'])
    const closed = await app.request(from(STRANGER, '/private'))
    expect([allowed(closed), closed.headers.get('Vary')]).toEqual([null, 'Origin'])
    expect(allowed(await app.request(from(PAGE, '/private')))).toBe(PAGE)
    expect((await app.request(preflight(STRANGER, '/private'))).status).toBe(403)
  })

  it('is a function of the bindings, whose policy is checked once per object', async () => {
    type Bindings = { readonly policy: { readonly origins: string[] } }
    const read = vi.fn(() => [PAGE])
    const bindings = {
      policy: {
        get origins() {
          return read()
        },
      },
    }
    const app = new Hono<{ Bindings: Bindings }>()
      .use(
        cors((c: Context<{ Bindings: Bindings }>) => {
          expectTypeOf(c.env).toEqualTypeOf<Bindings>()
          return c.env.policy
        }),
      )
      .get('/', (c) => c.text('a'))
    for (const _ of [1, 2, 3]) expect(allowed(await app.fetch(from(PAGE), bindings))).toBe(PAGE)
    expect(read).toHaveBeenCalledOnce()
  })

  it('is a function whose defect shares nothing, and is printed once', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const app = new Hono().use(cors(() => ({ origins: '*', credentials: true }) as const)).get('/', (c) => c.text('a'))
    const response = await app.request(from(PAGE))
    expect([response.status, corsNames(response.headers), response.headers.get('Vary')]).toEqual([200, [], 'Origin'])
    expect((await app.request(preflight(PAGE))).status).toBe(403)
    expect(print.mock.calls.map(([error]) => (error as Error).name)).toEqual(['CorsPolicyError'])
  })

  it('is an AsyncCors, whose resolve gets request and context, once', async () => {
    const resolve = vi.fn(async (request: Request, c: Context) => {
      expect(c.req.raw).toBe(request)
      return c.req.path === '/known' ? createCors({ origins: [PAGE] }) : null
    })
    const app = new Hono().use(cors(perRequest(resolve))).get('*', (c) => c.text('a'))
    expect(allowed(await app.request(from(PAGE, '/known')))).toBe(PAGE)
    expect(resolve).toHaveBeenCalledOnce()
    const unknown = await app.request(from(PAGE, '/unknown'))
    expect([await unknown.text(), allowed(unknown), unknown.headers.get('Vary')]).toEqual(['a', null, 'Origin'])
    expect((await app.request(preflight(PAGE, '/known'))).status).toBe(204)
    expect((await app.request(preflight(PAGE, '/unknown'))).status).toBe(403)
  })

  it('is an AsyncCors that fails closed', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const failing = perRequest(() => Promise.reject(new Error('no database')))
    const app = new Hono().use(cors(failing)).get('/', (c) => c.text('a'))
    const response = await app.request(from(PAGE))
    expect([response.status, allowed(response), response.headers.get('Vary')]).toEqual([200, null, 'Origin'])
  })
})

describe.each([
  ['a policy', { origins: [PAGE], refused: 'forbid' }],
  ['an AsyncCors', perRequest(() => createCors({ origins: [PAGE], refused: 'forbid' }))],
] as const)("refused: 'forbid' in Hono with %s", (_, source) => {
  it('stops a stranger before the handler, and nobody else', async () => {
    const reached: (string | null)[] = []
    const app = new Hono().use(cors(source as AnyCors)).post('/', (c) => {
      reached.push(c.req.header('Origin') ?? null)
      return c.text('done')
    })
    const post = (origin: string | null, headers = {}) => app.request(from(origin, '/', { method: 'POST', headers }))
    const refused = await post(STRANGER)
    expect([refused.status, [...refused.headers.keys()], await refused.text()]).toEqual([403, ['vary'], ''])
    expect(reached).toEqual([])
    expect((await post(PAGE)).status).toBe(200)
    expect((await post(null)).status).toBe(200)
    expect((await post(STRANGER, { 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
    expect(reached).toEqual([PAGE, null, STRANGER])
  })
})

describe('two policies on one path in Hono', () => {
  const outer = { origins: [PAGE], exposedHeaders: ['X-Outer'] } as const
  const inner = {
    origins: [PAGE, OTHER],
    credentials: true,
    exposedHeaders: ['X-Inner'],
    timingAllowOrigin: true,
  } as const
  const app = new Hono()
    .use(cors(outer))
    .use('/text', cors(inner))
    .use('/async', cors(perRequest(() => createCors(inner))))
    .get('/text', (c) => c.text('a'))
    .get('/async', (c) => c.body(null, 204))

  it.each(['/text', '/async'])('are never united on %s: the headers of the outer one stand', async (path) => {
    const shared = await app.request(from(PAGE, path))
    expect(allowed(shared)).toBe(PAGE)
    expect(shared.headers.get('Access-Control-Expose-Headers')?.toLowerCase()).toBe('x-outer')
    expect(shared.headers.has('Access-Control-Allow-Credentials')).toBe(false)
    expect(shared.headers.get('Vary')).toBe('Origin')
    const refused = await app.request(from(OTHER, path))
    expect(corsNames(refused.headers).filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it('answer a preflight once, by the outer one', async () => {
    expect((await app.request(preflight(OTHER, '/text'))).status).toBe(403)
    expect((await app.request(preflight(PAGE, '/text'))).headers.has('Access-Control-Allow-Credentials')).toBe(false)
  })
})

// What users of the frameworks reported about CORS in their trackers, tried on this package. docs/field-reports has the table.
import { H3, HTTPError } from 'h3'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { data, redirect } from 'react-router'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cors as astro, withCors as astroFetch } from '../../adapters/astro.ts'
import { type BunServer, withCors as bun } from '../../adapters/bun.ts'
import { withCors as deno } from '../../adapters/deno.ts'
import { cors as h3 } from '../../adapters/h3.ts'
import { cors } from '../../adapters/hono.ts'
import { withCors as next, proxy } from '../../adapters/next.ts'
import { cors as router, withCors as routerAll } from '../../adapters/react-router.ts'
import { cors as kit } from '../../adapters/sveltekit.ts'
import { withCors as workers } from '../../adapters/workers.ts'
import { createCors } from '../../src/index.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'], requestHeaders: ['Content-Type'] } as const
const EXTENSION = 'moz-extension://0c2a5b1e-6f0e-4c1b-9a53-6f8d3a0f8c11'

const shared = (response: Response) => response.headers.get('Access-Control-Allow-Origin')
const told = (response: Response) => [response.status, shared(response), response.headers.get('Vary')]
const raise = (thrown: unknown): never => {
  throw thrown
}

afterEach(() => vi.restoreAllMocks())

describe('Hono', () => {
  it.each(['outside', 'inside'])(
    'a 304 of its etag middleware keeps the headers, cors() standing %s',
    async (place) => {
      const app = new Hono()
      if (place === 'outside') app.use(cors(POLICY))
      app.use(etag({ retainedHeaders: place === 'inside' ? ['access-control-allow-origin', 'vary'] : ['vary'] }))
      if (place === 'inside') app.use(cors(POLICY))
      app.get('/', (c) => c.text('hello'))
      const tag = (await app.request(from(PAGE))).headers.get('ETag') ?? ''
      const again = await app.request(from(PAGE, '/', { headers: { 'If-None-Match': tag } }))
      expect(told(again)).toEqual([304, PAGE, 'Origin'])
    },
  )

  it('the Vary of a handler stays, beside compress() and secureHeaders()', async () => {
    const app = new Hono().use(cors(POLICY), compress(), secureHeaders()).get('/', (c) => {
      c.header('Vary', 'Accept')
      return c.text('x'.repeat(5_000))
    })
    const vary = (await app.request(from(PAGE, '/', { headers: { 'Accept-Encoding': 'gzip' } }))).headers.get('Vary')
    expect(vary?.split(', ').sort()).toEqual(expect.arrayContaining(['Accept', 'Origin']))
  })

  it('a response whose headers are immutable is passed on, as that of a Durable Object or of assets', async () => {
    const immutable = Response.redirect('https://elsewhere.example/', 302)
    const app = new Hono().use(cors(POLICY)).all('*', () => immutable)
    expect(told(await app.request(from(PAGE)))).toEqual([302, PAGE, 'Origin'])
    expect([...immutable.headers.keys()]).toEqual(['location'])
  })

  it('a preflight with a long run of white space in its header names is answered at once', async () => {
    const app = new Hono().use(cors({ ...POLICY, requestHeaders: ['X-*'] }))
    const headers = `x-a${' '.repeat(60_000)}x`
    const request = { method: 'OPTIONS', headers: new Headers(preflight(PAGE).headers) }
    const started = performance.now()
    for (let i = 0; i < 20; i++) {
      const get = (name: string) => (name === 'access-control-request-headers' ? headers : request.headers.get(name))
      createCors({ ...POLICY, requestHeaders: ['X-*'] }).preflight({ method: 'OPTIONS', headers: { get } })
    }
    expect(performance.now() - started).toBeLessThan(1_000)
    expect((await app.request(preflight(PAGE, '/', 'PUT', 'x-a'))).headers.get('Access-Control-Allow-Headers')).toBe(
      'x-a',
    )
  })

  it('what a validator, an HTTPException and a timeout answer can be read by the page', async () => {
    const app = new Hono()
      .use(cors(POLICY))
      .get('/invalid', () => raise(new HTTPException(422, { message: 'no' })))
      .get('/slow', timeout(5), async (c) => {
        await new Promise((resolve) => setTimeout(resolve, 50))
        return c.text('late')
      })
    expect(told(await app.request(from(PAGE, '/invalid')))).toEqual([422, PAGE, 'Origin'])
    expect(told(await app.request(from(PAGE, '/slow')))).toEqual([504, PAGE, 'Origin'])
  })
})

describe('h3', () => {
  it('answers the preflight of a route that takes POST alone', async () => {
    const app = new H3().register(h3(POLICY)).post('/login', () => ({ ok: true }))
    const answer = await app.fetch(preflight(PAGE, '/login', 'POST', 'content-type'))
    expect([...told(answer), answer.headers.get('Access-Control-Allow-Headers')]).toEqual([
      204,
      PAGE,
      'Origin',
      'content-type',
    ])
    expect(told(await app.fetch(from(PAGE, '/login', { method: 'POST' })))).toEqual([200, PAGE, 'Origin'])
  })

  it('says the origin and not "*" next to credentials, whatever a route says', async () => {
    const app = new H3({ silent: true }).register(h3(POLICY))
    app.get('/', (event) => {
      event.res.headers.set('Access-Control-Allow-Origin', '*')
      return 'x'
    })
    app.get('/fails', (event) => {
      event.res.errHeaders.set('Access-Control-Allow-Origin', '*')
      throw new HTTPError({ status: 400 })
    })
    expect(told(await app.fetch(from(PAGE)))).toEqual([200, PAGE, 'Origin'])
    expect(told(await app.fetch(from(PAGE, '/fails')))).toEqual([400, PAGE, 'Origin'])
    expect(shared(await app.fetch(from(STRANGER, '/fails')))).toBeNull()
  })

  it('answers HEAD as GET', async () => {
    const app = new H3().register(h3(POLICY)).get('/', () => 'x')
    expect(shared(await app.fetch(from(PAGE, '/', { method: 'HEAD' })))).toBe(PAGE)
  })

  it('calls fetch on the application, as that of Nitro needs it', async () => {
    const nitro = {
      name: 'nitro',
      fetch(this: { name: string }, request: Request) {
        return new Response(`${this.name} ${request.method}`)
      },
    }
    h3(POLICY)(nitro)
    const response = await nitro.fetch(from(PAGE))
    expect([await response.text(), ...told(response)]).toEqual(['nitro GET', 200, PAGE, 'Origin'])
  })
})

describe('SvelteKit', () => {
  it('an endpoint that redirects by Response.redirect(), or hands on what fetch() gave, keeps its headers', async () => {
    const resolve = () => Response.redirect('https://app.example/home', 303)
    const response = await kit(POLICY)({ event: { request: from(PAGE) }, resolve })
    expect(told(response)).toEqual([303, PAGE, 'Origin'])
    response.headers.append('Set-Cookie', 'a=1')
    expect(response.headers.getSetCookie()).toEqual(['a=1'])
  })

  it('an extension, whose origin is another on each installation, is allowed by a predicate', async () => {
    const handle = kit({ origins: (origin: string) => /^moz-extension:\/\/[0-9a-f-]{36}$/.test(origin) })
    const resolve = () => new Response('x')
    expect(shared(await handle({ event: { request: from(EXTENSION) }, resolve }))).toBe(EXTENSION)
    expect(shared(await handle({ event: { request: from(PAGE) }, resolve }))).toBeNull()
  })

  it('a preflight to an endpoint without OPTIONS is no 405', async () => {
    const resolve = vi.fn(() => new Response(null, { status: 405 }))
    const response = await kit(POLICY)({ event: { request: preflight(PAGE) }, resolve })
    expect([...told(response), resolve.mock.calls.length]).toEqual([204, PAGE, 'Origin', 0])
  })
})

describe('Astro', () => {
  it('an endpoint that answers with Response.redirect() is no 500', async () => {
    const made = () => Response.redirect('https://app.example/home', 302)
    expect(told(await astroFetch(POLICY, { fetch: (_request) => made() }).fetch(from(PAGE)))).toEqual([
      302,
      PAGE,
      'Origin',
    ])
    expect(told(await astro(POLICY)({ request: from(PAGE) }, async () => made()))).toEqual([302, PAGE, 'Origin'])
  })
})

describe('React Router', () => {
  it('a soft redirect of a data request, a 204 with headers of the router, keeps them', async () => {
    const headers = { 'X-Remix-Redirect': '/login', 'X-Remix-Status': '302' }
    const handler = routerAll(POLICY, async () => new Response(null, { status: 204, headers }))
    const response = await handler(from(PAGE, '/a.data'))
    expect([...told(response), response.headers.get('X-Remix-Redirect')]).toEqual([204, PAGE, 'Origin', '/login'])
  })

  it("redirect() that a loader throws carries the headers, and data() stays the router's own", async () => {
    const thrown = redirect('/login')
    const response = await router(POLICY)({ request: from(PAGE) }, () => Promise.reject(thrown))
    expect([...told(response), response.headers.get('Location')]).toEqual([302, PAGE, 'Origin', '/login'])
    const notFound = data('no', { status: 404 })
    await expect(router(POLICY)({ request: from(PAGE) }, () => Promise.reject(notFound))).rejects.toBe(notFound)
  })

  it('an action that takes POST alone needs no OPTIONS', async () => {
    const handler = routerAll(POLICY, async () => new Response(null, { status: 405 }))
    expect((await handler(preflight(PAGE, '/store', 'POST', 'content-type'))).status).toBe(204)
  })
})

describe('Next', () => {
  it('a preflight is answered by the proxy itself, and never goes on to the route', async () => {
    const response = await proxy(POLICY)(preflight(PAGE), {})
    expect([...told(response), response.headers.has('x-middleware-next')]).toEqual([204, PAGE, 'Origin', false])
  })

  it('a proxy of yours that redirects or refuses is read by the page', async () => {
    for (const own of [Response.redirect('https://app.example/login', 307), new Response('no', { status: 401 })]) {
      expect(told(await proxy(POLICY, () => own)(from(PAGE), {}))).toEqual([own.status, PAGE, 'Origin'])
    }
  })

  it('two origins are told each its own, not a list of both', async () => {
    const { GET } = next(
      { origins: [PAGE, 'https://admin.example'] },
      { GET: async (_request: Request) => new Response('x') },
    )
    expect(shared(await GET(from('https://admin.example')))).toBe('https://admin.example')
    expect(shared(await GET(from(PAGE)))).toBe(PAGE)
  })
})

describe('Bun.serve', () => {
  const server: BunServer = { upgrade: () => false }
  type Called = (request: Request, server: BunServer) => Promise<Response>

  it('false for one method stays what it is, and is no method of the path', async () => {
    const { routes } = bun(POLICY, { routes: { '/': { GET: new Response('got'), HEAD: false as const } } })
    const table = routes['/'] as unknown as Record<string, Called | false>
    expect(table.HEAD).toBe(false)
    const plain = await (table.OPTIONS as Called)(from(PAGE, '/', { method: 'OPTIONS' }), server)
    expect(plain.headers.get('Allow')).toBe('GET, OPTIONS')
    expect(await (await (table.GET as Called)(from(PAGE), server)).text()).toBe('got')
  })

  it('what error answers by itself grants nothing to a list, and everything to "*"', async () => {
    const error = () => new Response('gone', { status: 404, headers: { 'Access-Control-Allow-Origin': PAGE } })
    const asked = async (source: Parameters<typeof bun>[0]) => {
      const made = bun(source as never, { error, fetch: () => new Response('x') })
        .error as unknown as () => Promise<Response>
      return told(await made())
    }
    expect(await asked(POLICY as never)).toEqual([404, null, 'Origin'])
    expect(await asked({ origins: '*' } as never)).toEqual([404, '*', null])
    expect(await asked((() => POLICY) as never)).toEqual([404, null, 'Origin'])
  })
})

describe('Deno.serve', () => {
  it('a handler that gives no Response is an error that the page can read, and that onError is told', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    for (const given of [{ ok: true }, 'text', null, undefined]) {
      const handler = (async (_request: Request) => given) as unknown as (request: Request) => Promise<Response>
      expect(told(await deno(POLICY, handler)(from(PAGE)))).toEqual([500, PAGE, 'Origin'])
      const onError = vi.fn(() => new Response('told', { status: 503 }))
      const made = deno(POLICY, { handler, onError })
      expect(told(await made.handler(from(PAGE)))).toEqual([503, PAGE, 'Origin'])
      expect(onError).toHaveBeenCalledTimes(1)
    }
  })
})

describe('Workers', () => {
  const context = { waitUntil() {}, passThroughOnException() {}, props: {} }

  it('a policy that the bindings could not give is asked for again, and one that they gave is kept', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const answers = [null, undefined, POLICY, null]
    const source = vi.fn((_env: object) => answers.shift() as never)
    const worker = workers(source, {
      fetch: async (_request: Request, _env: object, _ctx: typeof context) => new Response('x'),
    })
    const env = {}
    const told: (string | null)[] = []
    for (let i = 0; i < 4; i++) told.push(shared(await worker.fetch(from(PAGE), env, context)))
    expect([told, source.mock.calls.length]).toEqual([[null, null, PAGE, PAGE], 3])
  })

  it('an error is no page of the platform without headers', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const worker = workers(POLICY, {
      fetch: async (_request: Request, _env: object, _ctx: typeof context) =>
        raise(new Error('on purpose')) as Response,
    })
    expect(told(await worker.fetch(from(PAGE), {}, context))).toEqual([500, PAGE, 'Origin'])
  })
})

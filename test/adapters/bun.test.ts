// The shapes that Bun.serve takes, without Bun: test/runtimes runs the same on it.
import { describe, expect, it, vi } from 'vitest'
import { type BunServer, withCors } from '../../adapters/bun.ts'
import { type Cors, CorsPolicyError, createCors, perRequest } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const OTHER = 'https://other.example'
const POLICY = { origins: [PAGE, OTHER], methods: ['PUT'] } as const

const server: BunServer = { upgrade: () => true }
const from = (origin: string, init: RequestInit = {}) =>
  new Request('https://api.example.com/', { ...init, headers: { Origin: origin, ...init.headers } })
const preflight = () => from(PAGE, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })
type Called = (request: Request, server: BunServer) => Promise<Response>
const route = (options: { routes?: object }, path: string) =>
  (options.routes as Record<string, unknown>)[path] as Called & Record<string, Called>

function sharedWith(response: Response): string | null {
  return response.headers.get('Access-Control-Allow-Origin')
}

describe('withCors() of corsmith/bun', () => {
  it('keeps every option it does not know', () => {
    const websocket = { message: () => {} }
    expect(withCors(POLICY, { port: 3000, websocket, fetch: () => new Response() })).toMatchObject({
      port: 3000,
      websocket,
    })
  })

  it('throws for a policy with a defect', () => {
    expect(() => withCors({ origins: [DEFECT] }, {})).toThrow(CorsPolicyError)
  })

  it('calls fetch on the server, with the server', async () => {
    const { fetch } = withCors(POLICY, {
      fetch(this: BunServer | undefined, _request: Request, given: BunServer) {
        return Response.json({ same: given === server && this === server })
      },
    }) as unknown as { fetch: Called }
    const response = await fetch(from(PAGE), server)
    expect(await response.json()).toEqual({ same: true })
    expect(sharedWith(response)).toBe(PAGE)
  })

  it('answers preflights, and 404 with the header set, where there are only routes', async () => {
    const { fetch } = withCors(POLICY, { routes: {} }) as unknown as { fetch: Called }
    expect((await fetch(preflight(), server)).status).toBe(204)
    const missing = await fetch(from(PAGE), server)
    expect([missing.status, sharedWith(missing)]).toEqual([404, PAGE])
  })

  it('passes on nothing, after an upgrade', async () => {
    const { fetch } = withCors(POLICY, {
      fetch: (request, given) => (given.upgrade(request) ? undefined : new Response()),
    })
    expect(await fetch(from(PAGE), server)).toBeUndefined()
  })

  it('calls error with what was thrown, and adds the header set to its response', async () => {
    const error = vi.fn(() => new Response('sorry', { status: 503 }))
    const thrown = new Error('on purpose')
    const options = withCors(POLICY, { error, routes: { '/': () => Promise.reject(thrown) } })
    const response = await route(options, '/')(from(PAGE), server)
    expect(error).toHaveBeenCalledWith(thrown)
    expect([response.status, await response.text(), sharedWith(response)]).toEqual([503, 'sorry', PAGE])
  })

  it('answers an empty 500 where error gives nothing', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const options = withCors(POLICY, {
      error: () => undefined,
      routes: { '/': () => Promise.reject(new Error('on purpose')) },
    })
    const response = await route(options, '/')(from(PAGE), server)
    expect([response.status, sharedWith(response)]).toEqual([500, PAGE])
    expect(print).toHaveBeenCalled()
    print.mockRestore()
  })

  it('sends a static Response again and again, and leaves it as it was', async () => {
    const fixed = new Response('hello', { headers: { Vary: 'Accept' } })
    const serve = route(withCors(POLICY, { routes: { '/': fixed } }), '/')
    const [one, two] = [await serve(from(PAGE), server), await serve(from(OTHER), server)]
    expect([sharedWith(one), sharedWith(two), sharedWith(fixed)]).toEqual([PAGE, OTHER, null])
    expect([await one.text(), await two.text()]).toEqual(['hello', 'hello'])
    expect(two.headers.get('Vary')).toBe('Accept, Origin')
    expect((await serve(preflight(), server)).status).toBe(204)
  })

  it('sends a file as a Response of its own', async () => {
    const response = await route(
      withCors(POLICY, { routes: { '/': new Blob(['file'], { type: 'text/plain' }) } }),
      '/',
    )(from(PAGE), server)
    expect([await response.text(), sharedWith(response)]).toEqual(['file', PAGE])
  })

  it('leaves false, an HTML import and a folder to Bun', () => {
    const html = { index: './index.html', files: [] }
    const folder = { dir: './public' }
    const { routes } = withCors(POLICY, { routes: { '/a': false as const, '/b': html, '/c': folder } })
    expect(routes).toEqual({ '/a': false, '/b': html, '/c': folder })
  })

  it('adds OPTIONS to a table of methods', async () => {
    const table = route(
      withCors(POLICY, { routes: { '/': { GET: () => new Response('got'), PUT: new Response('put') } } }),
      '/',
    )
    expect((await table.OPTIONS?.(preflight(), server))?.status).toBe(204)
    const plain = await table.OPTIONS?.(from(PAGE, { method: 'OPTIONS' }), server)
    expect([plain?.status, plain?.headers.get('Allow'), plain && sharedWith(plain)]).toEqual([
      204,
      'GET, PUT, HEAD, OPTIONS',
      PAGE,
    ])
    expect(await (await table.PUT?.(from(PAGE, { method: 'PUT' }), server))?.text()).toBe('put')
  })

  it('leaves a plain OPTIONS to the table, or to fetch, where they answer it', async () => {
    const own = route(withCors(POLICY, { routes: { '/': { OPTIONS: () => new Response('own') } } }), '/')
    expect(await (await own.OPTIONS?.(from(PAGE, { method: 'OPTIONS' }), server))?.text()).toBe('own')
    const fallback = route(
      withCors(POLICY, { routes: { '/': { GET: () => new Response() } }, fetch: () => new Response('fetch') }),
      '/',
    )
    expect(await (await fallback.OPTIONS?.(from(PAGE, { method: 'OPTIONS' }), server))?.text()).toBe('fetch')
  })

  it('takes a Cors, a function of the request, and a policy chosen per request', async () => {
    const sources = [createCors(POLICY), () => POLICY, perRequest(() => createCors(POLICY))]
    for (const source of sources) {
      const { fetch } = withCors(source as Cors, { fetch: () => new Response('hello') }) as unknown as {
        fetch: Called
      }
      expect(sharedWith(await fetch(from(PAGE), server))).toBe(PAGE)
    }
  })
})

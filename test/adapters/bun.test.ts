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

  it('answers an empty 500 where error gives nothing, and where there is none', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const thrown = new Error('on purpose')
    for (const error of [() => undefined, undefined]) {
      const options = withCors(POLICY, { error, routes: { '/': () => Promise.reject(thrown) } })
      const response = await route(options, '/')(from(PAGE), server)
      expect([response.status, sharedWith(response)]).toEqual([500, PAGE])
      expect(print).toHaveBeenLastCalledWith(thrown)
    }
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

  describe('a file', () => {
    /** A file as `Bun.file` gives it: a Blob with a name that says whether it is there. */
    const file = (isThere: () => boolean) =>
      Object.assign(new File(['content'], 'a.txt'), { exists: vi.fn(async () => isThere()) })

    it('is answered by fetch, as in Bun, as long as it is missing', async () => {
      let isThere = false
      const fetch = vi.fn(function (this: unknown, _request: Request, given: BunServer) {
        return new Response(`fetch ${this === server && given === server}`)
      })
      const serve = route(withCors(POLICY, { fetch, routes: { '/': file(() => isThere) } }), '/')
      const missing = await serve(from(PAGE), server)
      expect([await missing.text(), sharedWith(missing)]).toEqual(['fetch true', PAGE])
      isThere = true
      const found = await serve(from(PAGE), server)
      expect([await found.text(), sharedWith(found)]).toEqual(['content', PAGE])
      isThere = false
      expect(await (await serve(from(PAGE), server)).text()).toBe('fetch true')
    })

    it('that cannot say whether it is there is sent', async () => {
      const given = new File(['content'], 'a.txt')
      const sent = await route(withCors(POLICY, { routes: { '/': given } }), '/')(from(PAGE), server)
      expect([await sent.text(), sharedWith(sent)]).toEqual(['content', PAGE])
    })

    it('that is missing is a 404 where there is no fetch', async () => {
      const missing = await route(withCors(POLICY, { routes: { '/': file(() => false) } }), '/')(from(PAGE), server)
      expect([missing.status, sharedWith(missing)]).toEqual([404, PAGE])
    })
  })

  it('looks once whether a static value is a file', async () => {
    const fixed = new Response('hello')
    const clone = vi.spyOn(fixed, 'clone')
    const blob = Object.assign(new Blob(['hello']), { exists: vi.fn(async () => false) })
    const options = withCors(POLICY, { routes: { '/fixed': fixed, '/blob': blob } })
    for (let i = 0; i < 3; i++) {
      expect(await (await route(options, '/fixed')(from(PAGE), server)).text()).toBe('hello')
      expect(await (await route(options, '/blob')(from(PAGE), server)).text()).toBe('hello')
    }
    // A copy for each answer, and one that was looked at.
    expect(clone).toHaveBeenCalledTimes(4)
    expect(blob.exists).not.toHaveBeenCalled()
  })

  it.each([
    [{ GET: () => new Response(), HEAD: false as const }, 'GET, OPTIONS'],
    [{ PUT: () => new Response() }, 'PUT, OPTIONS'],
    [{ HEAD: () => new Response() }, 'HEAD, OPTIONS'],
  ])('allows in a plain OPTIONS what the table answers: %o', async (methods, allowed) => {
    const table = route(withCors(POLICY, { routes: { '/': methods } }), '/')
    const plain = await table.OPTIONS?.(from(PAGE, { method: 'OPTIONS' }), server)
    expect(plain?.headers.get('Allow')).toBe(allowed)
  })

  it('takes an object for a table only where every key is a method', () => {
    const odd = { '/a': { GET: 1, index: 2 }, '/b': { indexGET: 1 }, '/c': { GETindex: 1 }, '/d': {}, '/e': null }
    expect(withCors(POLICY, { routes: odd as never }).routes).toEqual(odd)
  })

  it('takes a function for a handler, whatever it carries', async () => {
    const handler = Object.assign(() => new Response('own'), { GET: 1 })
    const response = await route(withCors(POLICY, { routes: { '/': handler } }), '/')(from(PAGE), server)
    expect([await response.text(), sharedWith(response)]).toEqual(['own', PAGE])
  })

  it.each([
    ['a policy for all', { origins: '*' } as const, '*', null],
    ['a policy for some', POLICY, null, 'Origin'],
    ['a function', () => POLICY, null, 'Origin'],
  ])('knows no origin where Bun itself calls error: %s', async (_, source, origin, vary) => {
    const { error } = withCors(source as unknown as Cors, {
      error: (_: Error) => new Response('sorry', { status: 500 }),
    })
    const response = (await error(new Error('on purpose'))) as Response
    expect([await response.text(), sharedWith(response), response.headers.get('Vary')]).toEqual(['sorry', origin, vary])
    const silent = withCors(source as unknown as Cors, { error: (_: Error) => undefined })
    expect(await silent.error(new Error('on purpose'))).toBeUndefined()
  })
})

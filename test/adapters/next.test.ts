// Both halves as functions, and what Next's own helpers throw. test/runtimes runs them in `next start`.
import { forbidden, notFound, permanentRedirect, redirect } from 'next/navigation.js'
import { NextRequest, NextResponse } from 'next/server.js'
import { describe, expect, it, vi } from 'vitest'
import { proxy, withCors } from '../../adapters/next.ts'
import { type Cors, type CorsPolicy, CorsPolicyError, createCors, perRequest } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], requestHeaders: ['Content-Type'] } as const
const CONTEXT = { params: Promise.resolve({}) } as never
const EVENT = {}
const from = (origin: string, init: RequestInit = {}) =>
  new NextRequest('https://api.example.com/api', { ...(init as object), headers: { Origin: origin, ...init.headers } })
const preflight = () => from(PAGE, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })

/** Calls a handler as Next does, whatever it declares. */
function call(handler: unknown, request: Request): Promise<Response> {
  return (handler as (request: Request, context: never) => Promise<Response>)(request, CONTEXT)
}

function sharedWith(response: Response): string | null {
  return response.headers.get('Access-Control-Allow-Origin')
}

describe('proxy()', () => {
  it('lets a request through as NextResponse.next() does', async () => {
    const response = await proxy(POLICY)(from(PAGE), EVENT)
    expect(response.headers.get('x-middleware-next')).toBe(NextResponse.next().headers.get('x-middleware-next'))
    expect(sharedWith(response)).toBe(PAGE)
    expect(response.headers.get('Vary')).toBe('Origin')
  })

  it('answers a preflight before a proxy of yours', async () => {
    const next = vi.fn()
    expect((await proxy(POLICY, next)(preflight(), EVENT)).status).toBe(204)
    expect(next).not.toHaveBeenCalled()
  })

  it('puts the header set on what a proxy of yours returns, and keeps what Next reads from it', async () => {
    const next = () => {
      const response = NextResponse.rewrite('https://api.example.com/other', {
        request: { headers: new Headers({ 'X-User': '1' }) },
      })
      response.cookies.set('a', '1')
      return response
    }
    const response = await proxy(POLICY, next)(from(PAGE), EVENT)
    expect(sharedWith(response)).toBe(PAGE)
    expect(response.headers.get('x-middleware-rewrite')).toBe('https://api.example.com/other')
    expect(response.headers.get('x-middleware-request-x-user')).toBe('1')
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/'])
  })

  it.each([undefined, null, Promise.resolve(undefined)])(
    'goes on where a proxy of yours returns %s',
    async (nothing) => {
      const response = await proxy(POLICY, () => nothing)(from(PAGE), EVENT)
      expect(response.headers.get('x-middleware-next')).toBe('1')
    },
  )

  it('answers a 500 that the page can read where a proxy of yours throws', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const response = await proxy(POLICY, () => Promise.reject(new Error('on purpose')))(from(PAGE), EVENT)
    expect([response.status, sharedWith(response)]).toEqual([500, PAGE])
    print.mockRestore()
  })

  it('takes a policy chosen per request, which is told of the event', async () => {
    const resolve = vi.fn(() => createCors(POLICY))
    const response = await proxy(perRequest(resolve))(from(PAGE), EVENT)
    expect(sharedWith(response)).toBe(PAGE)
    expect(resolve).toHaveBeenCalledWith(expect.any(Request), EVENT)
  })

  it('throws for a policy with a defect', () => {
    expect(() => proxy({ origins: [DEFECT] })).toThrow(CorsPolicyError)
  })
})

describe('withCors() of corsmith/next', () => {
  it('permits the methods that are exported', async () => {
    const { OPTIONS } = withCors(POLICY, {
      GET: () => new Response(),
      PUT: () => new Response(),
      DELETE: () => new Response(),
    })
    const response = await call(OPTIONS, preflight())
    expect([response.status, response.headers.get('Access-Control-Allow-Methods')]).toEqual([204, 'PUT,DELETE'])
  })

  it('leaves the methods of a policy that names them', async () => {
    const { OPTIONS } = withCors({ ...POLICY, methods: ['PATCH'] }, { PUT: () => new Response() })
    expect((await call(OPTIONS, preflight())).headers.get('Access-Control-Allow-Methods')).toBe('PATCH')
  })

  it.each([
    ['a policy', POLICY],
    ['a Cors', createCors(POLICY)],
    ['an AsyncCors', perRequest(() => createCors(POLICY))],
    ['a function that gives a policy', () => POLICY],
    ['a function that gives a Cors', () => createCors(POLICY)],
    ['a function that gives an AsyncCors', () => perRequest(() => createCors(POLICY))],
  ] as const)('permits the methods that are exported for %s, and PUT on no other route', async (_, source) => {
    const methodsOf = async (handlers: Record<string, () => Response>) => {
      const { OPTIONS } = withCors(source as () => Cors, handlers)
      return (await call(OPTIONS, preflight())).headers.get('Access-Control-Allow-Methods')
    }
    const respond = () => new Response()
    expect(await methodsOf({ GET: respond, PUT: respond, DELETE: respond })).toBe('PUT,DELETE')
    expect(await methodsOf({ PATCH: respond })).toBe('PATCH')
    expect(await methodsOf({ GET: respond, POST: respond, HEAD: respond })).toBeNull()
  })

  it.each([{ methods: [] }, { methods: ['PATCH'] }, { methods: '*' }] as const)(
    'leaves %o of a Cors, and what it forbids, as they are',
    async (named) => {
      const policy = createCors({ ...POLICY, ...named, refused: 'forbid' } as CorsPolicy)
      const { OPTIONS, PUT } = withCors(policy, { PUT: () => new Response() })
      const expected = policy.preflight(preflight())?.headers.get('Access-Control-Allow-Methods')
      expect((await call(OPTIONS, preflight())).headers.get('Access-Control-Allow-Methods')).toBe(expected)
      expect((await call(PUT, from('https://evil.example', { method: 'PUT' }))).status).toBe(403)
    },
  )

  it('takes methods that are undefined for methods that are not named', async () => {
    const { OPTIONS } = withCors({ ...POLICY, methods: undefined } as unknown as Cors, { PUT: () => new Response() })
    expect((await call(OPTIONS, preflight())).headers.get('Access-Control-Allow-Methods')).toBe('PUT')
  })

  it('varies by Origin where a function chose "*", with the methods that are exported', async () => {
    const { OPTIONS } = withCors(() => createCors({ origins: '*' }), { PUT: () => new Response() })
    const response = await call(OPTIONS, preflight())
    expect(
      ['Access-Control-Allow-Origin', 'Access-Control-Allow-Methods', 'Vary'].map((name) => response.headers.get(name)),
    ).toEqual(['*', 'PUT', 'Origin'])
  })

  it('keeps what perRequest does with whom no policy was chosen for', async () => {
    const source = perRequest(() => null, { refused: 'forbid' })
    const { PUT } = withCors(source, { PUT: () => new Response() })
    expect((await call(PUT, from(PAGE, { method: 'PUT' }))).status).toBe(403)
  })

  it('answers a plain OPTIONS as Next does, or leaves it to yours', async () => {
    const { OPTIONS } = withCors(POLICY, { GET: () => new Response(), PUT: () => new Response() })
    const response = await call(OPTIONS, from(PAGE, { method: 'OPTIONS' }))
    expect([response.status, response.headers.get('Allow'), sharedWith(response)]).toEqual([
      204,
      'GET, HEAD, OPTIONS, PUT',
      PAGE,
    ])
    const writing = withCors(POLICY, { PUT: () => new Response() })
    const answer = await call(writing.OPTIONS, from(PAGE, { method: 'OPTIONS' }))
    expect(answer.headers.get('Allow')).toBe('OPTIONS, PUT')
    const own = withCors(POLICY, { OPTIONS: () => new Response('own') })
    expect(await (await call(own.OPTIONS, from(PAGE, { method: 'OPTIONS' }))).text()).toBe('own')
  })

  it('hands on the request and its context', async () => {
    const GET = vi.fn((_request: Request, _context: never) => new Response())
    const request = from(PAGE)
    await call(withCors(POLICY, { GET }).GET, request)
    expect(GET).toHaveBeenCalledWith(request, CONTEXT)
  })

  it.each([
    ['redirect()', () => redirect('/a;b'), 307, '/a;b'],
    ['permanentRedirect()', () => permanentRedirect('https://elsewhere.example/'), 308, 'https://elsewhere.example/'],
    ['notFound()', () => notFound(), 404, null],
  ])('answers with what %s means', async (_name, GET: () => never, status, location) => {
    const response = await call(withCors(POLICY, { GET }).GET, from(PAGE))
    expect([response.status, response.headers.get('Location'), sharedWith(response)]).toEqual([status, location, PAGE])
  })

  it.each([
    ['POST', 'application/x-www-form-urlencoded', 303],
    ['POST', 'multipart/form-data; boundary=a', 303],
    ['POST', 'text/plain; a=multipart/form-data', 307],
    ['POST', undefined, 307],
    ['PUT', 'application/x-www-form-urlencoded', 307],
  ])('redirects a %s of %s with %i, as Next does', async (method, type, status) => {
    const handlers = withCors(POLICY, { POST: () => redirect('/done'), PUT: () => redirect('/done') })
    const headers = new Headers(type === undefined ? {} : { 'Content-Type': type })
    const request = from(PAGE, { method, headers: { ...Object.fromEntries(headers) } })
    const response = await call(handlers[method as 'PUT'], request)
    expect([response.status, response.headers.get('Location')]).toEqual([status, '/done'])
  })

  it('answers forbidden() with 403', async () => {
    process.env.__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS = 'true'
    const response = await call(withCors(POLICY, { GET: () => forbidden() }).GET, from(PAGE))
    delete process.env.__NEXT_EXPERIMENTAL_AUTH_INTERRUPTS
    expect([response.status, sharedWith(response)]).toEqual([403, PAGE])
  })

  it.each([{ digest: 'DYNAMIC_SERVER_USAGE' }, { code: 'NEXT_STATIC_GEN_BAILOUT' }])(
    'throws on what Next throws to itself: %o',
    async (mark) => {
      const signal = Object.assign(new Error('leave'), mark)
      const { GET } = withCors(POLICY, { GET: () => Promise.reject<Response>(signal) })
      await expect(call(GET, from(PAGE))).rejects.toBe(signal)
    },
  )

  it.each([null, undefined, 'a text', 5, {}, { digest: 5 }, { code: 'OTHER' }, new Error('on purpose')])(
    'answers %o that is thrown with a 500 that the page can read, and prints it',
    async (thrown) => {
      const print = vi.spyOn(console, 'error').mockImplementation(() => {})
      const response = await call(withCors(POLICY, { GET: () => Promise.reject<Response>(thrown) }).GET, from(PAGE))
      expect([response.status, sharedWith(response)]).toEqual([500, PAGE])
      expect(print).toHaveBeenCalledWith(thrown)
      print.mockRestore()
    },
  )

  it('names a handler that returned nothing', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const GET = (() => undefined) as unknown as () => Response
    const response = await call(withCors(POLICY, { GET }).GET, from(PAGE))
    expect([response.status, sharedWith(response)]).toEqual([500, PAGE])
    expect(print).toHaveBeenCalledWith(new TypeError('withCors: this route handler returned no Response'))
    print.mockRestore()
  })

  it('answers an error with a 500 that the page can read, or with onError, or leaves it to Next', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const thrown = new Error('on purpose')
    const handlers = { GET: () => Promise.reject<Response>(thrown) }
    const response = await call(withCors(POLICY, handlers).GET, from(PAGE))
    expect([response.status, sharedWith(response)]).toEqual([500, PAGE])
    const onError = vi.fn(() => new Response(null, { status: 503 }))
    const made = await call(withCors(POLICY, handlers, { onError }).GET, from(PAGE))
    expect([made.status, sharedWith(made)]).toEqual([503, PAGE])
    await expect(call(withCors(POLICY, handlers, { onError: 'rethrow' }).GET, from(PAGE))).rejects.toBe(thrown)
    print.mockRestore()
  })

  it('takes a thrown Response for the response', async () => {
    const { GET } = withCors(POLICY, { GET: () => Promise.reject<Response>(new Response('thrown', { status: 418 })) })
    const response = await call(GET, from(PAGE))
    expect([response.status, sharedWith(response)]).toEqual([418, PAGE])
  })
})

import { describe, expect, it, vi } from 'vitest'
import {
  createPermitting,
  createResolver,
  createWrapper,
  memoizeByObject,
  requireResponse,
  resolvePolicy,
  wrapNext,
  wrapWith,
} from '../../src/adapter.ts'
import { type Cors, createCors, perRequest } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const cors = createCors({ origins: [PAGE], methods: ['PUT'] })
const from = (init: RequestInit = {}) =>
  new Request('https://api.example.com/', { ...init, headers: { Origin: PAGE, ...init.headers } })
const preflight = () => from({ method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })

function shared(response: Response): unknown[] {
  return [response.status, response.headers.get('Access-Control-Allow-Origin')]
}

/** A constant with a body, the second time. */
async function used(): Promise<Response> {
  const response = cors.apply(from(), new Response('sent before'))
  await response.text()
  return response
}

describe('resolvePolicy()', () => {
  it('gives a policy that was chosen once', async () => {
    expect(await resolvePolicy(cors, from())).toBe(cors)
  })

  it('asks a policy chosen per request once for each request, with what else there is', async () => {
    const resolve = vi.fn((_request: Request, _tenant: string) => cors)
    const policy = perRequest(resolve)
    const request = from()
    expect(await resolvePolicy(policy, request, 'acme')).toBe(cors)
    expect(await resolvePolicy(policy, request, 'acme')).toBe(cors)
    expect(resolve.mock.calls).toEqual([[request, 'acme']])
  })

  it('gives a closed policy where none can be had', async () => {
    const policy = perRequest(() => Promise.reject(new Error('on purpose')), { onError: () => {} })
    const chosen = await resolvePolicy(policy, from())
    expect(chosen.decide(from()).shared).toBe(false)
    expect(chosen.headers(from()).get('Vary')).toBe('Origin')
  })

  it('finds the policy by a key that another copy of the package knows too', () => {
    expect('corsmith.resolve' in perRequest(() => cors)).toBe(true)
  })
})

describe('createResolver()', () => {
  it('shows the policy that answers where none can be had', () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const chosen = createResolver<void>(() => null as never)()
    expect(chosen).toMatchObject({ policy: { origins: [], refused: 'pass' } })
    print.mockRestore()
  })

  it('makes a policy that varies by Origin once, not for each request', () => {
    const open = createCors({ origins: '*' })
    const corsFor = createResolver<number>(() => open)
    expect(corsFor(1)).not.toBe(open)
    expect(corsFor(2)).toBe(corsFor(1))
  })
})

describe('createPermitting()', () => {
  const permit = (policy: Cors) => createPermitting(['PUT', 'DELETE'])(policy)
  const varies = (policy: Cors) => permit(policy).headers(from()).get('Vary')

  it('permits the methods under a policy that names none, and leaves one that names some', () => {
    const answer = permit(createCors({ origins: [PAGE] })).preflight(preflight())
    expect(answer?.headers.get('Access-Control-Allow-Methods')).toBe('PUT,DELETE')
    expect(permit(cors)).toBe(cors)
  })

  it('leaves a policy as it is where there are no methods', () => {
    const open = createCors({ origins: '*' })
    expect(createPermitting([])(open)).toBe(open)
  })

  it('varies by Origin where the policy did', () => {
    const open = createCors({ origins: '*' })
    expect(varies(open)).toBeNull()
    expect(varies(createCors({ origins: [PAGE] }))).toBe('Origin')
    expect(varies(createResolver<void>(() => open)() as Cors)).toBe('Origin')
  })
})

describe('memoizeByObject()', () => {
  it('makes once for each object', () => {
    const make = memoizeByObject((key: object) => ({ key }))
    const [a, b] = [{}, {}]
    expect(make(a)).toBe(make(a))
    expect(make(a)).not.toBe(make(b))
  })

  it('makes each time for text, null and nothing', () => {
    const make = vi.fn((key: unknown) => ({ key }))
    const memoized = memoizeByObject(make)
    for (const key of ['a', 'a', null, null, undefined]) expect(memoized(key)).toEqual({ key })
    expect(make).toHaveBeenCalledTimes(5)
  })

  it('makes again where nothing was made', () => {
    const given = [null, { late: true }]
    const memoized = memoizeByObject(() => given.shift() as object)
    const key = {}
    expect([memoized(key), memoized(key), memoized(key)]).toEqual([null, { late: true }, { late: true }])
  })
})

describe('createWrapper()', () => {
  it('answers synchronously where policy and handler do', () => {
    const response = createWrapper<Request>(cors)(() => new Response())(from())
    expect(shared(response as Response)).toEqual([200, PAGE])
  })

  it('asks a function for each request, and hands on what else a handler is called with', async () => {
    const source = vi.fn(() => cors)
    const handler = vi.fn((_request: Request, _env: object) => new Response())
    const wrapped = createWrapper<Request>(source)(handler)
    const [request, env] = [from(), {}]
    expect(shared(await wrapped(request, env))).toEqual([200, PAGE])
    expect(source).toHaveBeenCalledWith(request)
    expect(handler).toHaveBeenCalledWith(request, env)
  })
})

describe('wrapWith()', () => {
  it('wraps with a policy of either kind', async () => {
    for (const policy of [cors, perRequest(() => cors)]) {
      expect(shared(await wrapWith(policy, () => new Response())(from()))).toEqual([200, PAGE])
    }
  })
})

describe('wrapNext()', () => {
  it('puts the header set on what comes next, and answers preflights before it', async () => {
    const next = vi.fn(() => new Response(null, { status: 404 }))
    expect(shared(await wrapNext(cors, next, from()))).toEqual([404, PAGE])
    expect(shared(await wrapNext(cors, next, preflight()))).toEqual([204, PAGE])
    expect(next).toHaveBeenCalledTimes(1)
  })

  it('throws on what comes next throws, and takes a thrown Response for the response', async () => {
    const thrown = { location: '/login' }
    await expect(wrapNext(cors, () => Promise.reject(thrown), from())).rejects.toBe(thrown)
    const response = await wrapNext(cors, () => Promise.reject(new Response(null, { status: 401 })), from())
    expect(shared(response)).toEqual([401, PAGE])
  })

  it('answers an empty 500 with the header set for a response that was sent before', async () => {
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(shared(await wrapNext(cors, used, from()))).toEqual([500, PAGE])
    expect(print).toHaveBeenCalledTimes(1)
    print.mockRestore()
  })
})

describe('requireResponse()', () => {
  it('throws for a handler that forgot to answer, at once or later', async () => {
    expect(() => requireResponse(() => undefined as unknown as Response)()).toThrow('returned no Response')
    await expect(requireResponse(async () => null as unknown as Response)()).rejects.toThrow('returned no Response')
  })

  it('hands on arguments and response', () => {
    const response = new Response()
    expect(requireResponse((given: Response) => given)(response)).toBe(response)
  })
})

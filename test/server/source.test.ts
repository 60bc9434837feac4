import { describe, expect, it, vi } from 'vitest'
import { createWrapper, requireResponse, resolvePolicy, wrapNext, wrapWith } from '../../src/adapter.ts'
import { createCors, perRequest } from '../../src/index.ts'

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

import type { MiddlewareHandler } from 'astro'
import { describe, expect, it, vi } from 'vitest'
import { cors, withCors } from '../../adapters/astro.ts'
import { CorsPolicyError } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const from = (init: RequestInit = {}) =>
  new Request('https://api.example.com/', { ...init, headers: { Origin: PAGE, ...init.headers } })
const preflight = () => from({ method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })

function shared(response: Response): unknown[] {
  return [response.status, response.headers.get('Access-Control-Allow-Origin'), response.headers.get('Vary')]
}

describe('withCors() of corsmith/astro', () => {
  it('wraps the fetch of src/fetch.ts, and keeps the request that Astro made', async () => {
    const fetch = vi.fn((_request: Request) => new Response('rendered'))
    const request = from()
    expect(shared(await withCors(POLICY, { fetch }).fetch(request))).toEqual([200, PAGE, 'Origin'])
    expect(fetch.mock.calls[0]?.[0]).toBe(request)
    expect((await withCors(POLICY, { fetch }).fetch(preflight())).status).toBe(204)
  })

  it('throws for a policy with a defect', () => {
    expect(() => withCors({ origins: [DEFECT] }, { fetch: () => new Response() })).toThrow(CorsPolicyError)
  })
})

describe('cors() of corsmith/astro', () => {
  it('is a middleware of Astro', () => {
    const onRequest: MiddlewareHandler = cors(POLICY)
    expect(onRequest).toBeTypeOf('function')
  })

  it('puts the header set on what comes next, and answers preflights before it', async () => {
    const next = vi.fn(async () => new Response('rendered'))
    expect(shared(await cors(POLICY)({ request: from() }, next))).toEqual([200, PAGE, 'Origin'])
    expect((await cors(POLICY)({ request: preflight() }, next)).status).toBe(204)
    expect(next).toHaveBeenCalledTimes(1)
  })

  it('leaves what comes next to throw', async () => {
    const thrown = new Error('on purpose')
    await expect(cors(POLICY)({ request: from() }, () => Promise.reject(thrown))).rejects.toBe(thrown)
  })
})

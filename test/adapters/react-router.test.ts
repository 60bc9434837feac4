import type { MiddlewareFunction } from 'react-router'
import { describe, expect, it, vi } from 'vitest'
import { cors, withCors } from '../../adapters/react-router.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const from = (init: RequestInit = {}) =>
  new Request('https://api.example.com/', { ...init, headers: { Origin: PAGE, ...init.headers } })
const preflight = () => from({ method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } })

function shared(response: Response): unknown[] {
  return [response.status, response.headers.get('Access-Control-Allow-Origin'), response.headers.get('Vary')]
}

describe('cors() of corsmith/react-router', () => {
  it('is a middleware of the router', () => {
    const middleware: MiddlewareFunction<Response>[] = [cors(POLICY)]
    expect(middleware).toHaveLength(1)
  })

  it('puts the header set on what comes next, and answers preflights before it', async () => {
    const next = vi.fn(async () => new Response('rendered'))
    expect(shared(await cors(POLICY)({ request: from() }, next))).toEqual([200, PAGE, 'Origin'])
    expect((await cors(POLICY)({ request: preflight() }, next)).status).toBe(204)
    expect(next).toHaveBeenCalledTimes(1)
  })

  it('tells a policy chosen per request of the arguments', async () => {
    const args = { request: from(), params: { tenant: 'acme' } }
    const policy = perRequest((_request: Request, given: typeof args) =>
      given.params.tenant === 'acme' ? createCors(POLICY) : null,
    )
    expect(shared(await cors(policy)(args, async () => new Response()))).toEqual([200, PAGE, 'Origin'])
  })
})

describe('withCors() of corsmith/react-router', () => {
  it('wraps a request handler, and hands on what else it is called with', async () => {
    const handler = vi.fn(
      async (_request: Request, _context?: { user: string }) => new Response('rendered', { status: 404 }),
    )
    const wrapped = withCors(POLICY, handler)
    expect(shared(await wrapped(from(), { user: 'ada' }))).toEqual([404, PAGE, 'Origin'])
    expect(handler).toHaveBeenCalledWith(expect.any(Request), { user: 'ada' })
    expect((await wrapped(preflight())).status).toBe(204)
  })

  it('throws for a policy with a defect', () => {
    expect(() => withCors({ origins: [DEFECT] }, async () => new Response())).toThrow(CorsPolicyError)
  })
})

import type { Handle } from '@sveltejs/kit/hooks'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/sveltekit.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const from = (init: RequestInit = {}) =>
  new Request('https://api.example.com/', { ...init, headers: { Origin: PAGE, ...init.headers } })

function shared(response: Response): unknown[] {
  return [response.status, response.headers.get('Access-Control-Allow-Origin'), response.headers.get('Vary')]
}

describe('cors() of corsmith/sveltekit', () => {
  it('is a handle of Kit', () => {
    const handle: Handle = cors(POLICY)
    expect(handle).toBeTypeOf('function')
  })

  it('puts the header set on what Kit resolves', async () => {
    const event = { request: from() }
    const response = await cors(POLICY)({ event, resolve: () => new Response('rendered', { status: 404 }) })
    expect(shared(response)).toEqual([404, PAGE, 'Origin'])
  })

  it('answers a preflight before Kit', async () => {
    const event = { request: from({ method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'PUT' } }) }
    const resolve = () => expect.fail('resolved a preflight')
    expect((await cors(POLICY)({ event, resolve })).status).toBe(204)
  })

  it('leaves to Kit what another hook throws: a redirect, an error', async () => {
    const redirect = { status: 303, location: '/login' }
    await expect(cors(POLICY)({ event: { request: from() }, resolve: () => Promise.reject(redirect) })).rejects.toBe(
      redirect,
    )
  })

  it('takes a function of the event, and tells a policy chosen per request of it', async () => {
    const event = { request: from(), locals: { tenant: 'acme' } }
    const resolve = () => new Response()
    const byEvent = cors((given: typeof event) =>
      given.locals.tenant === 'acme' ? POLICY : { origins: [] as string[] },
    )
    expect(shared(await byEvent({ event, resolve }))).toEqual([200, PAGE, 'Origin'])
    const policy = perRequest((_request: Request, given: typeof event) =>
      given.locals.tenant === 'acme' ? createCors(POLICY) : null,
    )
    expect(shared(await cors(policy)({ event, resolve }))).toEqual([200, PAGE, 'Origin'])
  })

  it('throws for a policy with a defect', () => {
    expect(() => cors({ origins: [DEFECT] })).toThrow(CorsPolicyError)
  })
})

// hono/combine runs middleware by itself, outside of the place where Hono renders errors.
import { Hono, type MiddlewareHandler } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { every, except, some } from 'hono/combine'
import { HTTPException } from 'hono/http-exception'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import type { AnyCors } from '../../src/adapter.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { corsNames } from '../support/loopback.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], requestHeaders: ['Authorization'] } as const
const token = bearerAuth({ token: 'secret' })

function guarded(middleware: MiddlewareHandler): Hono {
  return new Hono().use(middleware).get('/', (c) => c.text('hello'))
}

describe.each([
  ['a policy', POLICY],
  ['an AsyncCors', perRequest(() => createCors(POLICY))],
] as const)('cors() of corsmith/hono with %s inside hono/combine', (_, source) => {
  const policy = cors(source as AnyCors)

  it('lets every() answer 401 as Hono would, with the headers', async () => {
    const app = guarded(every(policy, token))
    const refused = await app.request(from(PAGE))
    expect([refused.status, refused.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer realm=""'])
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(refused.headers.get('Vary')).toBe('Origin')
    const shared = await app.request(from(PAGE, '/', { headers: { Authorization: 'Bearer secret' } }))
    expect([shared.status, shared.headers.get('Access-Control-Allow-Origin')]).toEqual([200, PAGE])
  })

  it('says nothing to a stranger whom every() refuses', async () => {
    const refused = await guarded(every(policy, token)).request(from(STRANGER))
    expect([refused.status, corsNames(refused.headers), refused.headers.get('Vary')]).toEqual([401, [], 'Origin'])
  })

  it('answers the preflight before the token is asked for', async () => {
    const answer = await guarded(every(policy, token)).request(preflight(PAGE, '/', 'GET', 'authorization'))
    expect([answer.status, answer.headers.get('Access-Control-Allow-Headers')]).toEqual([204, 'authorization'])
  })

  it('keeps the headers on what app.onError makes of the error, a Response of its own included', async () => {
    for (const onError of [
      (error: Error) => new Response(error.message, { status: 418 }),
      (error: Error) => Response.json({ error: error.message }, { status: 418, headers: { 'X-Own': '1' } }),
    ]) {
      const app = new Hono()
        .use(every(policy, () => Promise.reject(new Error('broken'))))
        .get('/', (c) => c.text('hello'))
        .onError(onError)
      const answer = await app.request(from(PAGE))
      expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([418, PAGE])
      expect(await answer.text()).toContain('broken')
    }
  })

  it('lets some() go on to the next middleware', async () => {
    const fails: MiddlewareHandler = () => Promise.reject(new HTTPException(403))
    const app = guarded(some(every(policy, fails), every(policy, token)))
    const answer = await app.request(from(PAGE, '/', { headers: { Authorization: 'Bearer secret' } }))
    expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([200, PAGE])
    expect(answer.headers.get('Vary')).toBe('Origin')
  })

  it('is left out where except() says so', async () => {
    const app = new Hono().use(except('/public/*', policy)).get('*', (c) => c.text('hello'))
    expect((await app.request(from(PAGE, '/x'))).headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(corsNames((await app.request(from(PAGE, '/public/x'))).headers)).toEqual([])
  })
})

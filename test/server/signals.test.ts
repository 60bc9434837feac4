// Responses that mean something to a server or a framework besides what they say to a client.
import { App } from 'astro/app'
import { describe, expect, it } from 'vitest'
import { withCors } from '../../adapters/astro.ts'
import { createCors } from '../../src/index.ts'
import { APP, actual, cors, STRANGER } from '../support/exchanges.ts'

const policy = () => createCors({ origins: [APP] })
const shared = { 'Access-Control-Allow-Origin': APP, Vary: 'origin' }

/** As Astro does: the cookies that its adapter for a platform writes last hang on the response. */
function withCookies(response: Response): Response {
  Reflect.set(response, Symbol.for('astro.cookies'), { consume: () => ['session=1; Path=/'] })
  return response
}

describe('a response that is copied', () => {
  it.each([
    ['a redirect', () => Response.redirect('https://api.example.net/home')],
    ['a 204', () => new Response(null, { status: 204 })],
    ['an answer to HEAD', () => new Response('x')],
    ['one with headers of its own', () => new Response('x', { headers: { 'Access-Control-Allow-Origin': '*' } })],
  ])("keeps the cookies that Astro's adapters write last: %s", async (_, make) => {
    const response = withCookies(make())
    const method = _ === 'an answer to HEAD' ? 'HEAD' : 'GET'
    const sent = await withCors({ origins: [APP] }, { fetch: (_request) => response }).fetch(actual(APP, { method }))
    expect(sent).not.toBe(response)
    expect([...App.getSetCookieFromResponse(sent)]).toEqual(['session=1; Path=/'])
    expect(cors(sent)).toEqual(shared)
  })

  it('keeps what stands on it under a name, as the hooks of a WebSocket do', () => {
    const hooks = { open() {} }
    const response = Object.assign(new Response(null, { status: 426 }), { crossws: hooks })
    const sent = policy().apply(actual(STRANGER), response) as typeof response
    expect([sent === response, sent.crossws === hooks]).toEqual([false, true])
  })

  it('takes over nothing that is a part of the other object', async () => {
    const own = Symbol('own')
    const response = Object.assign(new Response(null, { status: 404, headers: { 'X-A': '1' } }), { [own]: 1 })
    const sent = policy().apply(actual(APP), response) as typeof response
    expect(Object.hasOwn(sent, own)).toBe(false)
    sent.headers.set('X-A', '2')
    expect([response.headers.get('X-A'), sent.headers.get('X-A')]).toEqual(['1', '2'])
  })

  it('is not spoilt by a property that cannot be set', () => {
    const response = Object.defineProperty(new Response(null), 'frozen', { value: 1, writable: false })
    expect(cors(policy().apply(actual(APP), Object.freeze(response)))).toEqual(shared)
  })
})

describe('a response that bears the header of a signal', () => {
  it('is an answer where it has a body', async () => {
    const headers = { 'x-hono-already-sent': 'true', Vary: 'Origin' }
    const sent = policy().apply(actual(APP), new Response('x', { headers }))
    expect([cors(sent), await sent.text()]).toEqual([shared, 'x'])
  })
})

describe('a response that is no answer', () => {
  it.each([
    ['Response.error()', Response.error()],
    ['the signal of @hono/node-server', new Response(null, { headers: { 'x-hono-already-sent': 'true' } })],
  ])('is given back as it is: %s', (_, signal) => {
    for (const origin of [APP, STRANGER, null]) {
      for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
        expect(policy().apply(actual(origin, { method }), signal)).toBe(signal)
        expect(policy().wrap(() => signal)(actual(origin, { method }))).toBe(signal)
      }
    }
    expect([...signal.headers.keys()].filter((name) => name !== 'x-hono-already-sent')).toEqual([])
  })
})

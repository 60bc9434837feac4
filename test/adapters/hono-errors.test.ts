import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import type { AnyCors } from '../../src/adapter.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { corsNames } from '../support/loopback.ts'
import { from, PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE] } as const

/** What is thrown on purpose; the types ask for an Error. */
function raise(thrown: unknown): never {
  throw thrown
}

let printed: MockInstance
beforeEach(() => {
  printed = vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  printed.mockRestore()
})

describe.each([
  ['a policy', POLICY],
  ['an AsyncCors', perRequest(() => createCors(POLICY))],
] as const)('errors behind cors() of corsmith/hono with %s', (_, source) => {
  it('carry the header set when Hono renders a thrown Error', async () => {
    const app = new Hono().use(cors(source as AnyCors)).get('/', () => raise(new Error('broken')))
    const response = await app.request(from(PAGE))
    expect(response.status).toBe(500)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(await response.text()).toBe('Internal Server Error')
  })

  it('say nothing to a stranger', async () => {
    const app = new Hono().use(cors(source as AnyCors)).get('/', () => raise(new Error('broken')))
    const response = await app.request(from(STRANGER))
    expect(response.status).toBe(500)
    expect(corsNames(response.headers)).toEqual([])
    expect(response.headers.get('Vary')).toBe('Origin')
  })

  it('carry the header set when they are an HTTPException, with and without a Response', async () => {
    const res = new Response('come back', { status: 503, headers: { 'Retry-After': '9' } })
    const app = new Hono()
      .use(cors(source as AnyCors))
      .get('/plain', () => raise(new HTTPException(401, { message: 'no' })))
      .get('/response', () => raise(new HTTPException(503, { res })))
    const plain = await app.request(from(PAGE, '/plain'))
    expect([plain.status, await plain.text()]).toEqual([401, 'no'])
    expect(plain.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    const own = await app.request(from(PAGE, '/response'))
    expect([own.status, own.headers.get('Retry-After'), await own.text()]).toEqual([503, '9', 'come back'])
    expect(own.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(corsNames(res.headers)).toEqual([])
  })

  it('are rendered by app.onError, and by that of a sub-application', async () => {
    const sub = new Hono()
      .get('/', () => raise(new Error('inner')))
      .onError((error, c) => c.text(`sub: ${error.message}`, 502))
    const app = new Hono()
      .use(cors(source as AnyCors))
      .get('/', () => raise(new Error('outer')))
      .route('/sub', sub)
      .onError((error, c) => c.text(`app: ${error.message}`, 418))
    for (const [path, status, text] of [
      ['/', 418, 'app: outer'],
      ['/sub', 502, 'sub: inner'],
    ] as const) {
      const response = await app.request(from(PAGE, path))
      expect([response.status, await response.text()]).toEqual([status, text])
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    }
  })

  it('may be a thrown Response, which is the response', async () => {
    const app = new Hono()
      .use(cors(source as AnyCors))
      .get('/', () => raise(Response.redirect('https://elsewhere.example/', 307)))
    const response = await app.request(from(PAGE))
    expect([response.status, response.headers.get('Location')]).toEqual([307, 'https://elsewhere.example/'])
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it.each([['a string'], [undefined], [null], [42]])(
    'become a 500 when %s is thrown, which Hono would not survive',
    async (thrown) => {
      const app = new Hono().use(cors(source as AnyCors)).get('/', () => raise(thrown))
      const response = await app.request(from(PAGE))
      expect([response.status, await response.text()]).toEqual([500, ''])
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
      expect(printed).toHaveBeenCalledWith(thrown)
    },
  )

  it('carry the header set when app.onError itself throws', async () => {
    const app = new Hono()
      .use(cors(source as AnyCors))
      .get('/', () => raise(new Error('broken')))
      .onError(() => raise(new Error('broken too')))
    const response = await app.request(from(PAGE))
    expect(response.status).toBe(500)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it('carry the header set when a handler forgot to return a response', async () => {
    const app = new Hono().use(cors(source as AnyCors)).get('/', (() => {}) as never)
    const response = await app.request(from(PAGE))
    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error'])
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(response.headers.get('Vary')).toBe('Origin')
    expect(printed.mock.lastCall?.[0]).toMatchObject({ message: expect.stringContaining('not finalized') })
  })

  it('leave of what was prepared before a handler forgot its response what the policy leaves', async () => {
    const app = new Hono()
      .use(async (c, next) => {
        c.header('Vary', 'Accept')
        c.header('Access-Control-Allow-Origin', '*')
        c.header('Access-Control-Foo', '1')
        c.header('Set-Cookie', 'a=1', { append: true })
        c.header('Set-Cookie', 'b=2', { append: true })
        await next()
      })
      .use(cors(source as AnyCors))
      .get('/', (() => {}) as never)
    const response = await app.request(from(PAGE))
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([500, PAGE])
    expect(response.headers.get('Vary')).toBe('Accept, Origin')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    const refused = await app.request(from(STRANGER))
    expect([refused.status, corsNames(refused.headers), refused.headers.get('Vary')]).toEqual([
      500,
      [],
      'Accept, Origin',
    ])
  })

  it('are an empty 500 where the body of a response is in use, and say why', async () => {
    const app = new Hono().use(cors(source as AnyCors)).get('/', async () => {
      const response = new Response('read already', { headers: { 'Access-Control-Allow-Origin': '*' } })
      await response.text()
      return response
    })
    const response = await app.request(from(PAGE))
    expect([response.status, await response.text()]).toEqual([500, ''])
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(printed.mock.lastCall?.[0]).toBeInstanceOf(TypeError)
    expect(corsNames((await app.request(from(STRANGER))).headers)).toEqual([])
  })
})

import { H3, HTTPError, toWebHandler } from 'h3'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/h3.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const from = (path: string, init: RequestInit = {}) =>
  new Request(`https://api.example.com${path}`, { ...init, headers: { Origin: PAGE, ...init.headers } })

function shared(response: Response): unknown[] {
  return [response.status, response.headers.get('Access-Control-Allow-Origin'), response.headers.get('Vary')]
}

describe('cors() of corsmith/h3', () => {
  it('keeps the Vary of a handler, set on the event or on its Response', async () => {
    const app = new H3().register(cors(POLICY))
    app.get('/event', (event) => {
      event.res.headers.set('Vary', 'Accept')
      return 'hello'
    })
    app.get('/response', () => new Response('hello', { headers: { Vary: 'Accept' } }))
    expect(shared(await app.fetch(from('/event')))).toEqual([200, PAGE, 'Accept, Origin'])
    expect(shared(await app.fetch(from('/response')))).toEqual([200, PAGE, 'Accept, Origin'])
  })

  it('puts the header set on errors and on what is not found', async () => {
    const app = new H3({ silent: true }).register(cors(POLICY))
    app.get('/teapot', () => {
      throw new HTTPError({ status: 418 })
    })
    expect(shared(await app.fetch(from('/teapot')))).toEqual([418, PAGE, 'Origin'])
    expect(shared(await app.fetch(from('/nowhere')))).toEqual([404, PAGE, 'Origin'])
  })

  it('covers routes that were there before, and app.request', async () => {
    const app = new H3().get('/', () => 'hello').register(cors(POLICY))
    expect(shared(await app.request('/', { headers: { Origin: PAGE } }))).toEqual([200, PAGE, 'Origin'])
    expect(shared(await app.request(from('/')))).toEqual([200, PAGE, 'Origin'])
    expect(shared(await toWebHandler(app)(from('/')))).toEqual([200, PAGE, 'Origin'])
    const headers = { 'Access-Control-Request-Method': 'PUT' }
    expect((await app.request(from('/', { method: 'OPTIONS', headers }))).status).toBe(204)
  })

  it('hands on the request as it is, or with what app.request is told beside it', async () => {
    const app = new H3().register(cors(POLICY)).get('/', (event) => event.req.headers.get('X-Own') ?? 'none')
    const request = from('/')
    let seen: unknown
    app.get('/seen', (event) => {
      seen = event.req
      return ''
    })
    const given = from('/seen')
    await app.request(given)
    expect(seen).toBe(given)
    const headers = { Origin: PAGE, 'X-Own': 'told' }
    expect(await (await app.request(request)).text()).toBe('none')
    expect(await (await app.request(request, { headers })).text()).toBe('told')
  })

  it('adds no app.request where there is none', async () => {
    const app = { fetch: (request: Request) => new Response(request.url) }
    cors(POLICY)(app)
    expect(shared(await app.fetch(from('/')))).toEqual([200, PAGE, 'Origin'])
    expect(app).not.toHaveProperty('request')
  })

  it('leaves the hooks of a WebSocket on the response they are tied to', async () => {
    const hooks = {}
    const app = new H3().register(cors(POLICY))
    app.get('/ws', () => Object.assign(new Response('upgrade, please', { status: 426 }), { crossws: hooks }))
    const response = await app.fetch(from('/ws', { headers: { Upgrade: 'websocket' } }))
    expect((response as Response & { crossws?: unknown }).crossws).toBe(hooks)
  })

  it('takes a function of the request, and a policy chosen per request', async () => {
    for (const source of [() => POLICY, perRequest(() => createCors(POLICY))]) {
      const app = new H3().register(cors(source as () => typeof POLICY)).get('/', () => 'hello')
      expect(shared(await app.fetch(from('/')))).toEqual([200, PAGE, 'Origin'])
    }
  })

  it('throws for a policy with a defect', () => {
    expect(() => cors({ origins: [DEFECT] })).toThrow(CorsPolicyError)
  })
})

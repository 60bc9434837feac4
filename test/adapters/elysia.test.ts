// The application as a Fetch handler; test/runtimes runs it on Bun's router.
import { Elysia, status } from 'elysia'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/elysia.ts'
import { CorsPolicyError, createCors, perRequest } from '../../src/index.ts'

const PAGE = 'https://app.example.com'
const DEFECT: string = `${PAGE}/`
const POLICY = { origins: [PAGE], methods: ['PUT'] } as const
const from = (path: string, init: RequestInit = {}) =>
  new Request(`https://api.example.com${path}`, { ...init, headers: { Origin: PAGE, ...init.headers } })

function shared(response: Response): unknown[] {
  return [response.status, response.headers.get('Access-Control-Allow-Origin'), response.headers.get('Vary')]
}

describe('cors() of corsmith/elysia', () => {
  it('keeps the Vary of a handler, set on `set` or on its Response', async () => {
    const app = new Elysia()
      .use(cors(POLICY))
      .get('/set', ({ set }) => {
        set.headers.vary = 'Accept'
        return 'hello'
      })
      .get(
        '/response',
        () => new Response('hello', { headers: { Vary: 'Accept', 'Access-Control-Allow-Origin': '*' } }),
      )
    expect(shared(await app.fetch(from('/set')))).toEqual([200, PAGE, 'Accept, Origin'])
    expect(shared(await app.fetch(from('/response')))).toEqual([200, PAGE, 'Accept, Origin'])
  })

  it('puts the header set on errors that onError renders, on refusals, and on what is not found', async () => {
    const app = new Elysia()
      .use(cors(POLICY))
      .onError(({ code }) => (code === 'UNKNOWN' ? new Response('rendered', { status: 503 }) : undefined))
      .get('/throws', () => {
        throw new Error('on purpose')
      })
      .get('/teapot', () => status(418, 'teapot'))
    expect(shared(await app.fetch(from('/throws')))).toEqual([503, PAGE, 'Origin'])
    expect(shared(await app.fetch(from('/teapot')))).toEqual([418, PAGE, 'Origin'])
    expect(shared(await app.fetch(from('/nowhere')))).toEqual([404, PAGE, 'Origin'])
  })

  it('answers a preflight, and leaves a plain OPTIONS to the application', async () => {
    const app = new Elysia().use(cors(POLICY)).options('/', () => 'own')
    const headers = { 'Access-Control-Request-Method': 'PUT' }
    expect((await app.fetch(from('/', { method: 'OPTIONS', headers }))).status).toBe(204)
    expect(await (await app.fetch(from('/', { method: 'OPTIONS' }))).text()).toBe('own')
  })

  it('covers what plugins add', async () => {
    const plugin = new Elysia({ name: 'plugin' }).get('/plugged', () => 'hello')
    const app = new Elysia().use(cors(POLICY)).use(plugin)
    expect(shared(await app.fetch(from('/plugged')))).toEqual([200, PAGE, 'Origin'])
  })

  it('wraps each function of Elysia once, which is asked for with every request', () => {
    let around: unknown
    const app = { config: {}, wrap: (given: never) => (around = given) }
    cors(POLICY)(app)
    const [wrap, handler] = [around as (handler: () => Response) => unknown, () => new Response()]
    expect(wrap(handler)).toBe(wrap(handler))
    expect(wrap(() => new Response())).not.toBe(wrap(handler))
  })

  it('takes a function of the request, and a policy chosen per request', async () => {
    for (const source of [() => POLICY, perRequest(() => createCors(POLICY))]) {
      const app = new Elysia().use(cors(source as () => typeof POLICY)).get('/', () => 'hello')
      expect(shared(await app.fetch(from('/')))).toEqual([200, PAGE, 'Origin'])
    }
  })

  it('says what to write where Elysia has no hook', () => {
    expect(() => new Elysia({ aot: false }).use(cors(POLICY))).toThrow('createCors(policy).wrap(app.fetch)')
  })

  it('throws for a policy with a defect', () => {
    expect(() => cors({ origins: [DEFECT] })).toThrow(CorsPolicyError)
  })
})

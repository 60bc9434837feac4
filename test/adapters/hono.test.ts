import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { corsNames } from '../support/loopback.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const POLICY = {
  origins: [PAGE],
  credentials: true,
  methods: ['PUT'],
  requestHeaders: ['Content-Type'],
  exposedHeaders: ['X-Total'],
  maxAge: 60,
} as const

describe('cors() of corsmith/hono', () => {
  it('puts the header set on a 200 to an allowed origin', async () => {
    const app = new Hono().use(cors(POLICY)).get('/', (c) => c.json({ ok: true }))
    const response = await app.request(from(PAGE))
    expect(response.status).toBe(200)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(response.headers.get('Access-Control-Expose-Headers')?.toLowerCase()).toBe('x-total')
    expect(response.headers.get('Vary')).toBe('Origin')
    expect(await response.json()).toEqual({ ok: true })
  })

  it.each([STRANGER, 'null', `${PAGE}, ${PAGE}`, null])('says nothing but Vary to %s', async (origin) => {
    const app = new Hono().use(cors({ ...POLICY, timingAllowOrigin: true })).get('/', (c) => c.text('hello'))
    const response = await app.request(from(origin))
    expect(response.status).toBe(200)
    expect(corsNames(response.headers)).toEqual([])
    expect(response.headers.get('Vary')).toBe('Origin')
    expect(await response.text()).toBe('hello')
  })

  it('puts the header set on a 404', async () => {
    const app = new Hono().use(cors(POLICY))
    const response = await app.request(from(PAGE, '/nowhere'))
    expect(response.status).toBe(404)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(await response.text()).toBe('404 Not Found')
  })

  it('puts the header set on what app.notFound renders', async () => {
    const app = new Hono().use(cors(POLICY)).notFound((c) => c.json({ missing: c.req.path }, 404))
    const response = await app.request(from(PAGE, '/nowhere'))
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(await response.json()).toEqual({ missing: '/nowhere' })
  })

  it('answers a preflight before middleware that wants to know who is asking', async () => {
    const asked: string[] = []
    const auth = createMiddleware(async (c, next) => {
      asked.push(c.req.method)
      return c.req.header('Authorization') === undefined ? c.text('who are you?', 401) : await next()
    })
    const app = new Hono().use(cors(POLICY), auth).put('/users/1', (c) => c.text('changed'))
    const answer = await app.request(preflight(PAGE, '/users/1', 'PUT', 'content-type'))
    expect(answer.status).toBe(204)
    expect(answer.headers.get('Access-Control-Allow-Methods')).toBe('PUT')
    expect(answer.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toBe('content-type')
    expect(answer.headers.get('Access-Control-Max-Age')).toBe('60')
    expect(await answer.text()).toBe('')
    expect(asked).toEqual([])
    const refused = await app.request(from(PAGE, '/users/1', { method: 'PUT' }))
    expect(refused.status).toBe(401)
    expect(refused.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it('answers a preflight from a stranger with 403 and Vary alone', async () => {
    const app = new Hono().use(cors(POLICY)).all('/', (c) => c.text('reached'))
    const answer = await app.request(preflight(STRANGER))
    expect(answer.status).toBe(403)
    expect([...answer.headers.keys()]).toEqual(['vary'])
    expect(await answer.text()).toBe('')
  })

  it('leaves an OPTIONS request that is no preflight to the route of the application', async () => {
    const app = new Hono().use(cors(POLICY)).options('/dav', (c) => c.body(null, 200, { Allow: 'GET, PROPFIND' }))
    const response = await app.request(from(PAGE, '/dav', { method: 'OPTIONS' }))
    expect(response.headers.get('Allow')).toBe('GET, PROPFIND')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(response.headers.has('Access-Control-Allow-Methods')).toBe(false)
    const withoutOrigin = await app.request('/dav', {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'PUT' },
    })
    expect(withoutOrigin.headers.get('Allow')).toBe('GET, PROPFIND')
  })

  it('gives HEAD the headers of GET', async () => {
    const app = new Hono().use(cors(POLICY)).get('/', (c) => c.text('hello'))
    const [get, head] = await Promise.all([app.request(from(PAGE)), app.request(from(PAGE, '/', { method: 'HEAD' }))])
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(get.headers))
    expect(await head.text()).toBe('')
  })

  it('keeps the Vary of the handler', async () => {
    const app = new Hono()
      .use(cors(POLICY))
      .get('/list', (c) => c.text('a', 200, { Vary: 'Accept-Encoding' }))
      .get('/star', (c) => c.text('a', 200, { Vary: '*' }))
      .get('/same', (c) => c.text('a', 200, { Vary: 'origin' }))
    expect((await app.request(from(PAGE, '/list'))).headers.get('Vary')).toBe('Accept-Encoding, Origin')
    expect((await app.request(from(PAGE, '/star'))).headers.get('Vary')).toBe('*')
    expect((await app.request(from(PAGE, '/same'))).headers.get('Vary')).toBe('origin')
  })

  it('keeps two Set-Cookie lines apart', async () => {
    const cookies = ['a=1; Path=/', 'b=2; Expires=Thu, 01 Jan 2099 00:00:00 GMT']
    const app = new Hono()
      .use(cors(POLICY))
      .get('/helper', (c) => {
        for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
        return c.body(null, 204)
      })
      .get('/response', () => new Response(null, { headers: cookies.map((cookie) => ['Set-Cookie', cookie]) }))
    for (const path of ['/helper', '/response'])
      expect((await app.request(from(PAGE, path))).headers.getSetCookie()).toEqual(cookies)
  })

  it('leaves what is outside of its path alone', async () => {
    const app = new Hono()
      .use('/api/*', cors(POLICY))
      .get('/api/users', (c) => c.text('users'))
      .get('/', (c) => c.text('page', 200, { 'Access-Control-Allow-Origin': 'https://other.example' }))
    const page = await app.request(from(PAGE, '/'))
    expect(page.headers.get('Access-Control-Allow-Origin')).toBe('https://other.example')
    expect(page.headers.has('Vary')).toBe(false)
    expect((await app.request(preflight(PAGE, '/'))).status).toBe(404)
    expect((await app.request(preflight(PAGE, '/api/users'))).status).toBe(204)
  })

  it('works below app.route and basePath, for the sub-application and for the whole', async () => {
    const users = new Hono().use(cors(POLICY)).get('/:id', (c) => c.text(c.req.param('id')))
    const app = new Hono().basePath('/v1').route('/users', users)
    const inside = await app.request(from(PAGE, '/v1/users/7'))
    expect(await inside.text()).toBe('7')
    expect(inside.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect((await app.request(preflight(PAGE, '/v1/users/7'))).status).toBe(204)
    expect(corsNames((await app.request(from(PAGE, '/v1/other'))).headers)).toEqual([])

    const outer = new Hono()
      .basePath('/v1')
      .use(cors(POLICY))
      .route(
        '/plain',
        new Hono().get('/', (c) => c.text('p')),
      )
    expect((await outer.request(from(PAGE, '/v1/plain'))).headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect((await outer.request(preflight(PAGE, '/v1/plain'))).status).toBe(204)
  })
})

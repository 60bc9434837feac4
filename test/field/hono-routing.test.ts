// Where users of Hono put the middleware, and what they ask for there.
import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { proxy } from 'hono/proxy'
import { secureHeaders } from 'hono/secure-headers'
import { timeout } from 'hono/timeout'
import { trimTrailingSlash } from 'hono/trailing-slash'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { createBrowser } from '../../src/browser.ts'
import { corsNames } from '../support/loopback.ts'
import { from, PAGE, preflight, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], methods: ['PUT'], requestHeaders: ['Content-Type', 'Authorization'] } as const
const ALLOW = 'Access-Control-Allow-Origin'

describe('cors() of corsmith/hono', () => {
  it('covers a base path, 404s below it included, and nothing beside it', async () => {
    const app = new Hono()
      .basePath('/v1')
      .use(cors(POLICY))
      .put('/users', (c) => c.text('saved'))
    expect((await app.request(preflight(PAGE, '/v1/users'))).status).toBe(204)
    expect((await app.request(from(PAGE, '/v1/nowhere'))).headers.get(ALLOW)).toBe(PAGE)
    expect(corsNames((await app.request(from(PAGE, '/users'))).headers)).toEqual([])
  })

  it('covers a group with its preflights, and not its neighbours', async () => {
    const group = new Hono().use(cors(POLICY)).put('/users', (c) => c.text('saved'))
    const app = new Hono().route('/group', group).get('/beside', (c) => c.text('beside'))
    expect((await app.request(preflight(PAGE, '/group/users'))).status).toBe(204)
    expect((await app.request(from(PAGE, '/group/users', { method: 'PUT' }))).headers.get(ALLOW)).toBe(PAGE)
    expect(corsNames((await app.request(from(PAGE, '/beside'))).headers)).toEqual([])
  })

  it('covers a mounted application', async () => {
    const app = new Hono().use('/legacy/*', cors(POLICY)).mount('/legacy', () => new Response('legacy'))
    expect((await app.request(preflight(PAGE, '/legacy/x'))).status).toBe(204)
    expect((await app.request(from(PAGE, '/legacy/x'))).headers.get(ALLOW)).toBe(PAGE)
  })

  it('covers a path with two stars, as guides to authentication write it', async () => {
    const app = new Hono()
      .use('/api/auth/**', cors(POLICY))
      .on(['GET', 'POST'], '/api/auth/**', (c) => c.json({ session: null }))
    const asked = await app.request(preflight(PAGE, '/api/auth/sign-in/email', 'POST', 'content-type'))
    expect([asked.status, asked.headers.get(ALLOW)]).toEqual([204, PAGE])
  })

  it('on a PUT route alone does not see its preflight; on a path it does', async () => {
    const alone = new Hono().put('/users', cors(POLICY), (c) => c.text('saved'))
    expect((await alone.request(preflight(PAGE, '/users'))).status).toBe(404)
    const onPath = new Hono().use('/users', cors(POLICY)).put('/users', (c) => c.text('saved'))
    expect((await onPath.request(preflight(PAGE, '/users'))).status).toBe(204)
  })

  it('before a token check answers preflights and lets the page read the 401', async () => {
    const app = new Hono()
      .use(cors(POLICY))
      .use(bearerAuth({ token: 'secret' }))
      .get('/', (c) => c.text('in'))
    const browser = createBrowser({ fetch: app.fetch })
    const outcome = await browser
      .page(PAGE)
      .request('https://api.example/', { headers: { Authorization: 'Bearer no' } })
    expect(outcome.shared && outcome.response.status).toBe(401)
  })

  it('leaves the check of csrf() as it is', async () => {
    const app = new Hono()
      .use(cors(POLICY))
      .use(csrf({ origin: PAGE }))
      .post('/', (c) => c.text('sent'))
    const form = { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }
    expect((await app.request(from(PAGE, '/', form))).status).toBe(200)
    const refused = await app.request(from(STRANGER, '/', form))
    expect([refused.status, corsNames(refused.headers)]).toEqual([403, []])
  })

  it.each([
    ['a time-out', '/slow', 504],
    ['a body that is too large', '/small', 413],
    ['too many requests', '/often', 429],
    ['a redirect of a slash at the end', '/slow/', 301],
  ])('lets the page read %s', async (_, path, status) => {
    const app = new Hono({ strict: true })
      .use(cors({ ...POLICY, exposedHeaders: ['RateLimit-*', 'Retry-After'] }))
      .use(trimTrailingSlash({ alwaysRedirect: true }))
      .use('/slow', timeout(5))
      .get('/slow', () => new Promise<Response>(() => {}))
      .get('/often', (c) => c.text('later', 429, { 'RateLimit-Remaining': '0', 'Retry-After': '9' }))
      .post('/small', bodyLimit({ maxSize: 2 }), (c) => c.text('read'))
    const post = { method: 'POST', body: 'too much', headers: { 'Content-Length': '8' } }
    const answer = await app.request(from(PAGE, path, status === 413 ? post : {}))
    expect([answer.status, answer.headers.get(ALLOW)]).toEqual([status, PAGE])
    if (status === 429)
      expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('retry-after,ratelimit-remaining')
  })

  it('replaces what an API behind hono/proxy says of CORS', async () => {
    const api = () =>
      new Response('api', { headers: { [ALLOW]: '*', 'Access-Control-Allow-Credentials': 'true', Vary: 'Accept' } })
    const app = new Hono()
      .use(cors(POLICY))
      .all('*', () => proxy('http://api.example/', { customFetch: async () => api() }))
    const shared = await app.request(from(PAGE))
    expect([shared.headers.get(ALLOW), shared.headers.get('Vary')]).toEqual([PAGE, 'Accept, Origin'])
    expect(shared.headers.has('Access-Control-Allow-Credentials')).toBe(false)
    expect(corsNames((await app.request(from(STRANGER))).headers)).toEqual([])
  })

  it('beside secureHeaders() is read by fetch; an image of another site is not', async () => {
    const app = new Hono()
      .use(cors(POLICY))
      .use(secureHeaders())
      .get('/', (c) => c.text('hello'))
    const page = createBrowser({ fetch: app.fetch }).page(PAGE)
    expect((await page.request('https://api.elsewhere.test/')).shared).toBe(true)
    const image = await page.request('https://api.elsewhere.test/', { mode: 'no-cors' })
    expect(!image.shared && image.failure.code).toBe('resource-policy')
  })
})

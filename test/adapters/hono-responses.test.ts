import { Hono } from 'hono'
import { stream, streamSSE } from 'hono/streaming'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { corsNames, gate, listen } from '../support/loopback.ts'
import { from, PAGE, STRANGER } from '../support/pages.ts'

const OTHER = 'https://admin.example'
const POLICY = { origins: [PAGE, OTHER], credentials: true } as const

/** What an API behind us may say of CORS, and is not to be believed. */
const FOREIGN = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Credentials': 'false',
  'Access-Control-Allow-Methods': 'DELETE',
  'Access-Control-Expose-Headers': '*',
  'Access-Control-Max-Age': '9',
}

describe('responses behind cors() of corsmith/hono', () => {
  it('are redirects with the header set', async () => {
    const app = new Hono()
      .use(cors(POLICY))
      .get('/helper', (c) => c.redirect('/next', 303))
      .get('/platform', () => Response.redirect('https://api.example/next', 308))
    for (const [path, status] of [
      ['/helper', 303],
      ['/platform', 308],
    ] as const) {
      const response = await app.request(from(PAGE, path))
      expect(response.status).toBe(status)
      expect(response.headers.get('Location')).toMatch(/\/next$/)
      expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    }
  })

  it.each([204, 304])('keep status %i and stay without a body', async (status) => {
    const app = new Hono().use(cors(POLICY)).get('/', () => new Response(null, { status, headers: { ETag: '"1"' } }))
    const response = await app.request(from(PAGE))
    expect([response.status, response.headers.get('ETag'), response.body]).toEqual([status, '"1"', null])
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it('are streams whose first part arrives before the last is written', async () => {
    const first = gate()
    const app = new Hono()
      .use(cors(POLICY))
      .get('/stream', (c) =>
        stream(c, async (body) => {
          await body.write('one')
          await first.opened
          await body.write('two')
        }),
      )
      .get('/events', (c) =>
        streamSSE(c, async (events) => {
          await events.writeSSE({ data: 'one' })
          await first.opened
          await events.writeSSE({ data: 'two' })
        }),
      )
    const [plain, events] = await Promise.all([app.request(from(PAGE, '/stream')), app.request(from(PAGE, '/events'))])
    const [plainReader, eventReader] = [plain, events].map((response) => response.body?.getReader())
    const decode = (chunk?: { value?: Uint8Array | undefined }) => new TextDecoder().decode(chunk?.value)
    expect(decode(await plainReader?.read())).toBe('one')
    expect(decode(await eventReader?.read())).toBe('data: one\n\n')
    first.open()
    expect(decode(await plainReader?.read())).toBe('two')
    expect(decode(await eventReader?.read())).toBe('data: two\n\n')
    expect(events.headers.get('Content-Type')).toContain('text/event-stream')
    for (const response of [plain, events]) expect(response.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
  })

  it('may come from fetch(), whose headers are immutable, and lose what the upstream says of CORS', async () => {
    await using upstream = await listen((_, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2'])
      response.writeHead(418, { ...FOREIGN, 'Content-Type': 'text/plain', Vary: 'Accept' }).end('tea')
    })
    const app = new Hono().use(cors(POLICY)).get('/', () => fetch(upstream.origin))
    const shared = await app.request(from(PAGE))
    expect([shared.status, await shared.text()]).toEqual([418, 'tea'])
    expect(corsNames(shared.headers)).toEqual(['access-control-allow-credentials', 'access-control-allow-origin'])
    expect(shared.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(shared.headers.get('Access-Control-Allow-Credentials')).toBe('true')
    expect(shared.headers.get('Vary')).toBe('Accept, Origin')
    expect(shared.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(corsNames((await app.request(from(STRANGER))).headers)).toEqual([])
  })

  it('lose what the application says of CORS, before and after', async () => {
    const app = new Hono()
      .use(cors(POLICY))
      .use(async (c, next) => {
        c.header('Access-Control-Allow-Origin', '*')
        c.header('X-Before', '1')
        await next()
        c.header('Access-Control-Allow-Methods', 'DELETE')
        c.header('X-After', '1')
      })
      .get('/text', (c) => c.text('a'))
      .get('/empty', (c) => c.body(null, 204))
    for (const path of ['/text', '/empty']) {
      const shared = await app.request(from(PAGE, path))
      expect(shared.headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
      expect(shared.headers.has('Access-Control-Allow-Methods')).toBe(false)
      expect([shared.headers.get('X-Before'), shared.headers.get('X-After')]).toEqual(['1', '1'])
      expect(corsNames((await app.request(from(STRANGER, path))).headers)).toEqual([])
    }
  })

  it('keep what middleware around cors() sets with c.header', async () => {
    const app = new Hono()
      .use(async (c, next) => {
        c.header('X-Before', '1')
        await next()
        c.header('X-After', '1')
      })
      .use(cors(POLICY))
      .get('/text', (c) => c.text('a'))
      .get('/empty', (c) => c.body(null, 204))
      .get('/redirect', (c) => c.redirect('/text'))
    for (const path of ['/text', '/empty', '/redirect']) {
      const { headers } = await app.request(from(PAGE, path))
      expect([headers.get('X-Before'), headers.get('X-After')]).toEqual(['1', '1'])
      expect(headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    }
  })

  it('may be constants of a module, which two origins ask for at once', async () => {
    const noContent = new Response(null, { status: 204 })
    const moved = Response.redirect('https://api.example/', 301)
    const app = new Hono()
      .use('/api/*', cors(POLICY))
      .get('/api/empty', () => noContent)
      .get('/api/moved', () => moved)
      .get('/plain', () => noContent)
    const origins = [PAGE, OTHER, STRANGER, null, PAGE]
    for (const path of ['/api/empty', '/api/moved']) {
      const responses = await Promise.all(origins.map((origin) => app.request(from(origin, path))))
      const allowed = responses.map((response) => response.headers.get('Access-Control-Allow-Origin'))
      expect(allowed).toEqual([PAGE, OTHER, null, null, PAGE])
    }
    expect(corsNames((await app.request(from(PAGE, '/plain'))).headers)).toEqual([])
    expect([...noContent.headers]).toEqual([])
  })
})

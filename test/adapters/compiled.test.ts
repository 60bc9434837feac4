// The adapters of Node's frameworks around a compiled policy: they do what those around a written policy do.
import { createServer } from 'node:http'
import Fastify from 'fastify'
import Koa from 'koa'
import { describe, expect, it } from 'vitest'
import { cors as fastify } from '../../adapters/runtime/fastify.ts'
import { cors as koa } from '../../adapters/runtime/koa.ts'
import { cors as node } from '../../adapters/runtime/node.ts'
import { perRequest } from '../../src/index.ts'
import { assemble } from '../../src/runtime.ts'
import { VERSION } from '../../src/spec/version.ts'
import { ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const compiled = assemble(
  { origins: [PAGE] },
  {
    version: VERSION,
    match: (origin) => (origin === PAGE ? PAGE : null),
    vary: 'Origin',
    status: 204,
    preflight: [],
    shared: [],
    widening: [],
    parts: [],
    echo: null,
    forbid: null,
  },
)

const SERVERS = {
  'node:http': async () => {
    const handle = node(compiled)
    return ready(createServer((req, res) => handle(req, res, () => res.end('hello'))).listen(0, '127.0.0.1'))
  },
  Fastify: async () => {
    const app = Fastify()
    await app.register(fastify(compiled))
    app.get('/', async () => 'hello')
    await app.listen({ port: 0, host: '127.0.0.1' })
    return ready(app.server)
  },
  Koa: async () => {
    const app = new Koa().use(koa(compiled)).use((ctx) => {
      ctx.body = 'hello'
    })
    return ready(app.listen(0, '127.0.0.1'))
  },
}

describe('a compiled policy', () => {
  it.each(Object.entries(SERVERS))('is served by %s', async (_, start) => {
    await using server = await start()
    const read = await send(server, { path: '/', headers: { Origin: PAGE } })
    expect([read.status, read.body, read.headers['access-control-allow-origin']]).toEqual([200, 'hello', PAGE])
    const asked = (origin: string) =>
      send(server, {
        path: '/',
        method: 'OPTIONS',
        headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
      })
    const preflight = await asked(PAGE)
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, PAGE])
    expect((await asked(STRANGER)).headers['access-control-allow-origin']).toBeUndefined()
  })

  it('that is chosen per request makes a request without an origin wait for nothing', async () => {
    const order: string[] = []
    const handle = node(perRequest(() => compiled))
    const app = createServer((req, res) => {
      handle(req, res, () => {
        order.push('handler')
        res.end('hello')
      })
      order.push('after')
    })
    await using server = await ready(app.listen(0, '127.0.0.1'))
    expect((await send(server, { path: '/items', headers: { Host: 'api.example.com' } })).body).toBe('hello')
    expect(order).toEqual(['handler', 'after'])
  })
})

// What people reported about CORS in Fastify, Socket.IO and Node's own servers, tried with corsmith/node. See docs/field-reports.
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import { connect as connectH2, createServer as createServerH2 } from 'node:http2'
import type { AddressInfo } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { cors, requestHead } from '../../adapters/node.ts'
import { CorsPolicyError, createCors } from '../../src/index.ts'
import { listen, open, ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'], requestHeaders: ['X-Client'] } as const
const FROM_PAGE = { headers: { Origin: PAGE } }
const ASKING = { method: 'OPTIONS', headers: { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' } }

async function fastify(routes: (app: FastifyInstance) => void) {
  const handle = cors(POLICY)
  const app = Fastify({
    frameworkErrors: (error, req, reply) => handle(req.raw, reply.raw, () => void reply.send(error as never)),
  })
  app.addHook('onRequest', (req, reply, done) => handle(req.raw, reply.raw, done))
  routes(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return ready(app.server)
}

describe('Fastify', () => {
  it('a path that cannot be decoded is shared, and so is its preflight', async () => {
    await using server = await fastify(() => {})
    for (const path of ['/a%g1', '/%E0%', `/${'x'.repeat(3)}%C0%AF`]) {
      const answer = await send(server, { path, ...FROM_PAGE })
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([400, PAGE])
    }
    expect((await send(server, { path: '/a%g1', ...ASKING })).status).toBe(204)
  })

  it.each([
    ['a handler that only knows Node', false],
    ['a reply that was taken over', true],
  ])('an event stream is shared: %s', async (_, isHijacked) => {
    await using server = await fastify((app) => {
      app.get('/events', (_req, reply) => {
        if (isHijacked) reply.hijack()
        reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Transfer-Encoding': 'chunked' })
        reply.raw.write('data: 1\n\n')
      })
    })
    const { headers, stream } = await open(server, { path: '/events', ...FROM_PAGE })
    expect(headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' })
    stream.destroy()
  })

  it('a route for everything stands beside preflights: there is no route for OPTIONS to collide with', async () => {
    await using server = await fastify((app) => {
      app.all('/*', (req, reply) => reply.header('Vary', 'Accept').send(req.method))
    })
    expect((await send(server, { path: '/any', ...ASKING })).status).toBe(204)
    const own = await send(server, { method: 'OPTIONS', path: '/any', ...FROM_PAGE })
    expect([own.body, own.headers.vary]).toEqual(['OPTIONS', 'Accept, Origin'])
  })

  it('two policies for two prefixes, index routes included: a preflight has no route, so a scope would not see it', async () => {
    const [all, own] = [createCors({ origins: '*' }), createCors(POLICY)]
    const handle = cors((req) => (req.url?.startsWith('/public') ? all : own))
    const app = Fastify()
    app.addHook('onRequest', (req, reply, done) => handle(req.raw, reply.raw, done))
    for (const prefix of ['/public', '/private'])
      app.register(async (scope) => void scope.get('/', async () => 'hello'), { prefix })
    await app.listen({ port: 0, host: '127.0.0.1' })
    await using server = await ready(app.server)
    expect((await send(server, { path: '/public', ...FROM_PAGE })).headers['access-control-allow-origin']).toBe('*')
    for (const path of ['/private', '/private/'])
      expect((await send(server, { path, ...ASKING })).headers['access-control-allow-origin']).toBe(PAGE)
  })

  it('preflights stay out of the log where the policy stands before Fastify', async () => {
    const lines: string[] = []
    const handle = cors(POLICY)
    const app = Fastify({
      logger: { stream: { write: (line: string) => void lines.push(line) } },
      serverFactory: (handler, options) =>
        createServer(options as never, (req, res) => handle(req, res, () => handler(req, res))),
    })
    app.put('/', async () => 'put')
    await app.listen({ port: 0, host: '127.0.0.1' })
    await using server = await ready(app.server as never)
    expect((await send(server, ASKING)).status).toBe(204)
    expect(lines.filter((line) => line.includes('OPTIONS'))).toEqual([])
    const put = await send(server, { method: 'PUT', ...FROM_PAGE })
    expect(put.headers['access-control-allow-origin']).toBe(PAGE)
    expect(lines.some((line) => line.includes('PUT'))).toBe(true)
  })

  it('a test that injects a request sees the header set', async () => {
    const handle = cors(POLICY)
    const app = Fastify()
    app.addHook('onRequest', (req, reply, done) => handle(req.raw, reply.raw, done))
    app.get('/', async () => 'hello')
    const answer = await app.inject({ url: '/', headers: { origin: PAGE } })
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' })
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: '/',
      headers: { origin: PAGE, 'access-control-request-method': 'PUT' },
    })
    expect(preflight.statusCode).toBe(204)
  })
})

describe('Socket.IO', () => {
  const polling = '/socket.io/?EIO=4&transport=polling'
  const handshake = (port: number, origin: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`, { origin })
      socket.on('open', () => {
        socket.terminate()
        resolve('open')
      })
      socket.on('error', () => resolve('refused'))
    })

  it('one policy stands before an API and its sockets, and says who may open one', async () => {
    const policy = createCors({ ...POLICY, refused: 'forbid' })
    const handle = cors(policy)
    const server = createServer((req, res) => handle(req, res, () => res.end('api')))
    const io = new Server(server)
    io.engine.use(handle)
    await using loopback = await ready(server)
    expect((await send(loopback, FROM_PAGE)).headers['access-control-allow-origin']).toBe(PAGE)
    expect((await send(loopback, { path: polling, ...FROM_PAGE })).headers['access-control-allow-origin']).toBe(PAGE)
    expect((await send(loopback, { path: polling, headers: { Origin: STRANGER } })).status).toBe(403)
    expect(await handshake(loopback.port, PAGE)).toBe('open')
    expect(await handshake(loopback.port, STRANGER)).toBe('refused')
    io.disconnectSockets(true)
  })

  it('"*" with credentials does not construct', () => {
    expect(() => cors({ origins: '*', credentials: true, requestHeaders: '*' } as never)).toThrow(CorsPolicyError)
  })

  it('an engine that is fed by hand has its polling shared, and its WebSockets guarded', async () => {
    const policy = createCors(POLICY)
    const io = new Server()
    const server = createServer()
    io.attach(server)
    const [upgrade] = server.listeners('upgrade') as ((...args: unknown[]) => void)[]
    server.removeAllListeners('upgrade')
    server.on('upgrade', (req, socket, head) => {
      if (policy.guard(requestHead(req)) === null) upgrade?.(req, socket, head)
      else socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
    })
    io.engine.use(cors(policy))
    await using loopback = await ready(server)
    expect((await send(loopback, { path: polling, ...FROM_PAGE })).headers['access-control-allow-origin']).toBe(PAGE)
    expect(await handshake(loopback.port, PAGE)).toBe('open')
    expect(await handshake(loopback.port, STRANGER)).toBe('refused')
    io.disconnectSockets(true)
  })

  it('a middleware that sends a header with every answer also sends it with a handshake', async () => {
    const server = createServer()
    const io = new Server(server)
    io.engine.use(cors(POLICY))
    io.engine.use((_req: unknown, res: { setHeader(name: string, value: string): void }, next: () => void) => {
      res.setHeader('X-Own', '1')
      next()
    })
    await using loopback = await ready(server)
    const path = '/socket.io/?EIO=4&transport=websocket'
    const headers = {
      Origin: PAGE,
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    }
    const pending = request({ port: loopback.port, host: '127.0.0.1', path, headers }).end()
    const [response, socket] = await once(pending, 'upgrade')
    socket.destroy()
    expect([response.statusCode, response.headers['x-own']]).toEqual([101, '1'])
  })

  it('a client that falls back from WebSocket to polling arrives over both', async () => {
    const server = createServer()
    const io = new Server(server)
    io.engine.use(cors(POLICY))
    await using loopback = await ready(server)
    const socket = connect(loopback.origin, { extraHeaders: { origin: PAGE, 'X-Client': '1' }, reconnection: false })
    await new Promise((resolve) => socket.io.engine.once('upgrade', resolve))
    expect(socket.io.engine.transport.name).toBe('websocket')
    socket.close()
    await io.close()
  })
})

describe("Node's own servers", () => {
  const overH2 = async (listener: Parameters<typeof createServerH2>[1]) => {
    const handle = cors(POLICY)
    const server = createServerH2((req, res) => handle(req, res, () => listener?.(req as never, res as never)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const session = connectH2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    const [headers] = await once(session.request({ ':path': '/', origin: PAGE }), 'response')
    session.destroy()
    server.close()
    return headers as Record<string, unknown>
  }

  it('HTTP/2: two lines of one name in a list are two lines', async () => {
    const headers = await overH2((_req, res) => {
      res.writeHead(200, ['set-cookie', 'a=1', 'set-cookie', 'b=2'] as never)
      res.end()
    })
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(headers['access-control-allow-origin']).toBe(PAGE)
  })

  it('HTTP/2 has no setHeaders, and nothing here asks for it', async () => {
    const headers = await overH2((_req, res) => {
      expect('setHeaders' in res).toBe(false)
      res.setHeader('vary', 'accept')
      ;(res as unknown as { flushHeaders(): void }).flushHeaders()
      res.end()
    })
    expect(headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'accept, Origin' })
  })

  it('pairs with a name that stands twice stay two lines, whoever else waits for headers', async () => {
    const handle = cors(POLICY)
    await using server = await listen((req, res) => {
      // What on-headers does, as sessions and compression use it: a listener that runs before writeHead.
      const writeHead = res.writeHead
      res.writeHead = ((...args: Parameters<typeof writeHead>) => {
        res.setHeader('X-Late', '1')
        return writeHead.apply(res, args)
      }) as typeof writeHead
      const pairs = [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
      ]
      handle(req, res, () => res.writeHead(200, pairs as never).end())
    })
    const { headers } = await send(server, FROM_PAGE)
    expect(headers).toMatchObject({ 'set-cookie': ['a=1', 'b=2'], 'x-late': '1', 'access-control-allow-origin': PAGE })
  })

  it.each([
    ['no listener takes', undefined],
    ['a listener declines', () => false],
  ])('an Upgrade that %s is answered like any other request', async (_, shouldUpgradeCallback) => {
    const handle = cors({ ...POLICY, refused: 'forbid' })
    const options = { shouldUpgradeCallback } as object
    const server = createServer(options, (req, res) => handle(req, res, () => res.end('hello')))
    if (shouldUpgradeCallback !== undefined) server.on('upgrade', (_req, socket) => socket.destroy())
    await using loopback = await ready(server)
    const upgrade = { Connection: 'Upgrade', Upgrade: 'h2c' }
    const page = await send(loopback, { headers: { Origin: PAGE, ...upgrade } })
    expect(page.headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' })
    expect((await send(loopback, { headers: { Origin: STRANGER, ...upgrade } })).status).toBe(403)
  })

  it('a server that says headers of CORS by hand is put right', async () => {
    const handle = cors(POLICY)
    await using server = await listen((req, res) =>
      handle(req, res, () => {
        res.setHeader('Access-Control-Allow-Origin', '*')
        res.setHeader('Access-Control-Allow-Headers', 'Content-Type')
        if (req.method === 'OPTIONS') res.writeHead(204)
        res.end()
      }),
    )
    const preflight = await send(server, ASKING)
    expect(preflight.headers['access-control-allow-headers']).toBe('x-client')
    const answer = await send(server, FROM_PAGE)
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE)
    expect(answer.headers['access-control-allow-headers']).toBeUndefined()
  })
})

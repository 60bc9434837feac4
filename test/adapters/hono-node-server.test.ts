import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer, upgradeWebSocket } from '@hono/node-server'
import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { cors } from '../../adapters/hono.ts'
import type { AnyCors } from '../../src/adapter.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { corsNames, gate, listen, open, ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'] } as const

function serve(app: Hono) {
  const websocket = { server: new WebSocketServer({ noServer: true }) }
  return ready(createAdaptorServer({ fetch: app.fetch, websocket }) as Server)
}

describe.each([
  ['a policy', POLICY],
  ['an AsyncCors', perRequest(() => createCors(POLICY))],
] as const)('Hono over @hono/node-server behind cors() with %s', (_, source) => {
  it('answers preflights, actual requests, errors and 404s', async () => {
    const app = new Hono()
      .use(cors(source as AnyCors))
      .get('/', (c) => c.text('hello'))
      .get('/fail', () => {
        throw new Response('thrown', { status: 503 })
      })
    await using server = await serve(app)
    const preflight = await send(server, {
      method: 'OPTIONS',
      headers: { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' },
    })
    expect([preflight.status, preflight.headers['access-control-allow-methods'], preflight.body]).toEqual([
      204,
      'PUT',
      '',
    ])
    for (const [path, status, body] of [
      ['/', 200, 'hello'],
      ['/nowhere', 404, '404 Not Found'],
      ['/fail', 503, 'thrown'],
    ] as const) {
      const answer = await send(server, { path, headers: { Origin: PAGE } })
      expect([answer.status, answer.body]).toEqual([status, body])
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' })
      expect(corsNames((await send(server, { path, headers: { Origin: STRANGER } })).headers)).toEqual([])
    }
  })

  it('refuses two Origin lines, and HEAD has no body', async () => {
    await using server = await serve(new Hono().use(cors(source as AnyCors)).get('/', (c) => c.text('hello')))
    const twice = await send(server, { headers: { Origin: [PAGE, PAGE] } })
    expect([corsNames(twice.headers), twice.headers.vary]).toEqual([[], 'Origin'])
    const head = await send(server, { method: 'HEAD', headers: { Origin: PAGE } })
    expect([head.headers['access-control-allow-origin'], head.body]).toEqual([PAGE, ''])
  })

  it('passes a proxied response on, with one value of everything and both cookies', async () => {
    await using upstream = await listen((_, response) => {
      response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Set-Cookie': ['a=1', 'b=2'] }).end('proxied')
    })
    await using server = await serve(new Hono().use(cors(source as AnyCors)).get('/', () => fetch(upstream.origin)))
    const answer = await send(server, { headers: { Origin: PAGE } })
    expect(answer.body).toBe('proxied')
    expect(answer.rawHeaders.filter((name) => name.toLowerCase() === 'access-control-allow-origin')).toHaveLength(1)
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE)
    expect(answer.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  })

  it('streams events one by one', async () => {
    const first = gate()
    const app = new Hono().use(cors(source as AnyCors)).get('/', (c) =>
      streamSSE(c, async (events) => {
        await events.writeSSE({ data: 'one' })
        await first.opened
      }),
    )
    await using server = await serve(app)
    const answer = await open(server, { headers: { Origin: PAGE } })
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE)
    const [chunk] = await once(answer.stream, 'data')
    expect(String(chunk)).toBe('data: one\n\n')
    first.open()
    await once(answer.stream, 'end')
  })

  it.each([PAGE, STRANGER])('leaves WebSocket upgrades of %s to the application', async (origin) => {
    const app = new Hono().use(cors(source as AnyCors)).get(
      '/ws',
      upgradeWebSocket(() => ({ onMessage: (event, socket) => socket.send(`echo ${event.data}`) })),
    )
    await using server = await serve(app)
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { origin })
    await once(socket, 'open')
    socket.send('hello')
    const [message] = await once(socket, 'message')
    expect(String(message)).toBe('echo hello')
    socket.close()
    await once(socket, 'close')
  })
})

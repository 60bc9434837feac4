// corsmith/node around the listener of @hono/node-server: the way for handlers that write to Node's own response.
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { getRequestListener as getRequestListener1 } from '@hono/node-server-1'
import { RESPONSE_ALREADY_SENT as SENT_1 } from '@hono/node-server-1/utils/response'
import { Hono } from 'hono'
import { describe, expect, it, vi } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { corsNames, type Loopback, ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'] } as const

type Outgoing = { Bindings: { outgoing: ServerResponse } }

function application(sent: Response): Hono<Outgoing> {
  return new Hono<Outgoing>()
    .get('/', (c) => c.text('hello'))
    .get('/stream', () => new Response(new Blob(['hello']).stream()))
    .get('/fail', () => {
      throw new Error('on purpose')
    })
    .get('/raw', (c) => {
      c.env.outgoing.writeHead(201, { 'Content-Type': 'text/plain', Vary: 'Accept' })
      c.env.outgoing.end('raw')
      return sent
    })
    .get('/late', (c) => {
      setTimeout(() => c.env.outgoing.writeHead(201, { Vary: 'Accept' }).end('raw'), 20)
      return sent
    })
}

async function serve(listener: unknown): Promise<Loopback> {
  const handle = cors(POLICY)
  return ready(createServer((req, res) => handle(req, res, () => (listener as RequestListener)(req, res))))
}

describe.each([
  ['2', getRequestListener(application(RESPONSE_ALREADY_SENT).fetch as never)],
  ['1', getRequestListener1(application(SENT_1).fetch as never)],
])('cors() of corsmith/node around @hono/node-server %s', (_, listener) => {
  it.each([
    ['/', 200, 'hello', 'Origin'],
    ['/stream', 200, 'hello', 'Origin'],
    ['/nowhere', 404, '404 Not Found', 'Origin'],
    ['/fail', 500, 'Internal Server Error', 'Origin'],
    ['/raw', 201, 'raw', 'Accept, Origin'],
    ['/late', 201, 'raw', 'Accept, Origin'],
  ])('shares %s', async (path, status, body, vary) => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    await using server = await serve(listener)
    const page = await send(server, { path, headers: { Origin: PAGE } })
    expect([page.status, page.body, page.headers.vary]).toEqual([status, body, vary])
    expect(page.headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
    })
    const stranger = await send(server, { path, headers: { Origin: STRANGER } })
    expect([stranger.status, corsNames(stranger.headers), stranger.headers.vary]).toEqual([status, [], vary])
    printed.mockRestore()
  })

  it('answers a preflight', async () => {
    await using server = await serve(listener)
    const headers = { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' }
    const { status, headers: got } = await send(server, { method: 'OPTIONS', path: '/raw', headers })
    expect([status, got['access-control-allow-methods']]).toEqual([204, 'PUT'])
  })
})

// One policy for Socket.IO, as its documentation shows for middleware: `io.engine.use(…)`. Its WebSockets come with a stand-in for a response.
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { io as connect } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { cors, requestHead } from '../../adapters/node.ts'
import type { CorsPolicy } from '../../src/index.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { type Loopback, ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, requestHeaders: ['X-Client'] } as const satisfies CorsPolicy
const POLLING = '/socket.io/?EIO=4&transport=polling'

type Options = ConstructorParameters<typeof Server>[1]

async function serve(source: unknown, options: Options = {}): Promise<Loopback> {
  const server = createServer()
  const io = new Server(server, options)
  io.on('connection', (socket) => socket.on('hello', (name, answer) => answer(`hello ${name}`)))
  io.engine.use(cors(source as typeof POLICY))
  const loopback = await ready(server)
  return {
    ...loopback,
    async [Symbol.asyncDispose]() {
      io.disconnectSockets(true)
      server.closeAllConnections()
      await io.close()
    },
  }
}

/** Says hello over one transport. Returns what came back, or why nothing did. */
function hello({ origin: url }: Loopback, transport: string, origin: string | undefined): Promise<string> {
  const extraHeaders = origin === undefined ? {} : { origin }
  const socket = connect(url, { transports: [transport], extraHeaders, reconnection: false, forceNew: true })
  return new Promise<string>((resolve) => {
    socket.on('connect', () => socket.emit('hello', 'Ada', resolve))
    socket.on('connect_error', () => resolve('refused'))
  }).finally(() => socket.close())
}

describe.each([
  ['a policy', POLICY],
  ['a policy chosen per request', perRequest(async () => createCors(POLICY))],
])('Socket.IO behind cors() of corsmith/node with %s', (_, source) => {
  it.each([
    ['polling', PAGE],
    ['polling', STRANGER],
    ['polling', undefined],
    ['websocket', PAGE],
    ['websocket', STRANGER],
    ['websocket', undefined],
  ])('talks over %s to %s', async (transport, origin) => {
    await using server = await serve(source)
    expect(await hello(server, transport, origin)).toBe('hello Ada')
    // And the server goes on.
    expect((await send(server, { path: POLLING })).status).toBe(200)
  })

  it('shares polling with the page, and with nobody else', async () => {
    await using server = await serve(source)
    const page = await send(server, { path: POLLING, headers: { Origin: PAGE } })
    expect(page.headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    })
    const stranger = await send(server, { path: POLLING, headers: { Origin: STRANGER } })
    expect(stranger.headers['access-control-allow-origin']).toBeUndefined()
    expect(stranger.headers.vary).toBe('Origin')
    const bad = await send(server, { path: '/socket.io/?EIO=4&transport=none', headers: { Origin: PAGE } })
    expect([bad.status, bad.headers['access-control-allow-origin']]).toEqual([400, PAGE])
  })

  it('answers preflights', async () => {
    await using server = await serve(source)
    const asking = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-client' }
    const page = await send(server, { method: 'OPTIONS', path: POLLING, headers: { Origin: PAGE, ...asking } })
    expect([page.status, page.headers['access-control-allow-headers']]).toEqual([204, 'x-client'])
    const stranger = await send(server, { method: 'OPTIONS', path: POLLING, headers: { Origin: STRANGER, ...asking } })
    expect(stranger.status).toBe(403)
  })
})

describe('Socket.IO and strangers', () => {
  it.each([
    ['polling', PAGE, 'hello Ada'],
    ['polling', STRANGER, 'refused'],
    ['websocket', PAGE, 'hello Ada'],
    ['websocket', STRANGER, 'refused'],
    ['websocket', undefined, 'hello Ada'],
  ])('refused: "forbid" over %s from %s: %s', async (transport, origin, answer) => {
    await using server = await serve({ ...POLICY, refused: 'forbid' })
    expect(await hello(server, transport, origin)).toBe(answer)
  })

  it.each([
    ['polling', STRANGER, 'refused'],
    ['websocket', STRANGER, 'refused'],
    ['websocket', PAGE, 'hello Ada'],
  ])('a guard in allowRequest, over %s from %s: %s', async (transport, origin, answer) => {
    const policy = createCors(POLICY)
    const allowRequest: NonNullable<Options>['allowRequest'] = (req, callback) =>
      callback(null, policy.guard(requestHead(req)) === null)
    await using server = await serve(policy, { allowRequest })
    expect(await hello(server, transport, origin)).toBe(answer)
  })
})

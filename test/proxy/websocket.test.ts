import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { varsFor } from '../support/edge.ts'
import { corsNames, type Loopback, listen, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'
import { OPENING, type Running } from '../support/runtimes.ts'

const NO_SOCKET = 'HTTP/1.1 404 Not Found\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n'

const PLAIN = 'HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 0\r\n\r\n'

describe.each(OPENING)('WebSockets through a proxy in %s', (_, start) => {
  let upstream: Loopback
  let edge: Running
  const reached: IncomingMessage[] = []
  let closed: Promise<unknown[]>
  beforeAll(async () => {
    upstream = await listen((_, response) => response.end())
    const sockets = new WebSocketServer({ noServer: true })
    sockets.on('connection', (socket, request) => {
      reached.push(request)
      closed = once(socket, 'close')
      socket.on('message', (data: Buffer, isBinary: boolean) => socket.send(isBinary ? data : `echo ${data}`))
    })
    upstream.server.on('upgrade', (request, socket, head) => {
      if (request.url === '/none') socket.end(NO_SOCKET)
      else if (request.url === '/plain') socket.end(PLAIN)
      else sockets.handleUpgrade(request, socket, head, (made) => sockets.emit('connection', made, request))
    })
    edge = await start(varsFor(upstream.origin))
  })
  afterAll(async () => {
    await edge[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
  })
  beforeEach(() => {
    reached.length = 0
  })

  const connect = (
    options: { readonly origin?: string; readonly headers?: Record<string, string> },
    path = '/chat?room=1',
  ) => new WebSocket(`ws://127.0.0.1:${edge.port}${path}`, options)

  it.each([
    ['a page that the policy allows', { origin: PAGE }],
    ['a client that is no browser', { origin: undefined }],
    ["a page of the edge's own origin", { origin: STRANGER, headers: { 'Sec-Fetch-Site': 'same-origin' } }],
  ])('carry what %s and the upstream say to each other, and how they part', async (_, { origin, ...rest }) => {
    const options = origin === undefined ? rest : { origin, ...rest }
    const socket = connect(options)
    await once(socket, 'open')
    socket.send('hello')
    expect(String((await once(socket, 'message'))[0])).toBe('echo hello')
    const bytes = Buffer.from([0, 255, 1])
    socket.send(bytes)
    expect((await once(socket, 'message'))[0]).toEqual(bytes)
    expect(reached.map(({ url }) => url)).toEqual(['/chat?room=1'])
    expect(reached[0]?.headers.origin).toBe(origin)
    expect(reached[0]?.headers.via).toBe('1.1 corsmith')
    socket.close(4001, 'bye')
    await once(socket, 'close')
    const [code, reason] = await closed
    expect([code, String(reason)]).toEqual([4001, 'bye'])
  })

  it.each([STRANGER, 'null', `${PAGE}.evil.example`])(
    'are a 403 for a page of %s, and the upstream hears nothing',
    async (origin) => {
      const socket = connect({ origin })
      const [, answer] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
      expect([answer.statusCode, corsNames(answer.headers), answer.headers.vary]).toEqual([403, [], 'Origin'])
      expect(reached).toEqual([])
      answer.resume()
    },
  )

  it.each([
    ['/none', 404],
    ['/plain', 200],
  ])(
    'are what the upstream says of %s when it wants none, with the header set as on any other answer',
    async (path, status) => {
      for (const [origin, expected] of [
        [PAGE, PAGE],
        [undefined, undefined],
      ] as const) {
        const headers = { Upgrade: 'websocket', Connection: 'Upgrade', ...(origin && { Origin: origin }) }
        const answer = await send(edge, { path, headers })
        expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([status, expected])
        expect(answer.headers.vary).toBe('Origin')
      }
    },
  )
})

// The origin API's side of the proxy server: connections that are kept, broken off, encrypted or turned into a tunnel.
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer as createHttpsServer, globalAgent } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { createProxyServer, type ProxyServerOptions } from '../../adapters/node-proxy.ts'
import { selfSigned } from '../support/certificate.ts'
import { listen, listenRaw, open, readAll, ready, send, talk } from '../support/loopback.ts'
import { PAGE } from '../support/pages.ts'

const CORS = { origins: [PAGE] } as const

const start = (upstream: string, more: Partial<ProxyServerOptions> = {}) =>
  ready(createProxyServer({ upstream, cors: CORS, ...more }) as Server)

const KEPT = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'
const UPGRADE = 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'

describe('a connection that the API kept open', () => {
  /** Answers the first request of the first connection; what happens to the second is up to the test. */
  const closing = (second: (socket: { resetAndDestroy(): void; end(text: string): void }) => void) =>
    listenRaw((socket, received, nth) => {
      if (nth === 1 && received.split('HTTP/1.1').length > 2) second(socket)
      else socket.write(KEPT)
    })

  it('is replaced by a new one where it turns out to be closed, and the request is sent once more', async () => {
    await using upstream = await closing((socket) => socket.resetAndDestroy())
    await using server = await start(upstream.origin)
    expect((await send(server, { path: '/one' })).status).toBe(200)
    expect((await send(server, { path: '/two' })).status).toBe(200)
    expect(upstream.connections.map(({ received }) => received.match(/^GET \S+/gm))).toEqual([
      ['GET /one', 'GET /two'],
      ['GET /two'],
    ])
  })

  it('is not replaced for a request with a body, which is spent', async () => {
    await using upstream = await closing((socket) => socket.resetAndDestroy())
    await using server = await start(upstream.origin)
    await send(server)
    expect((await send(server, { method: 'POST', body: 'text' })).status).toBe(502)
    await send(server)
    expect(upstream.connections).toHaveLength(2)
  })

  it('is not replaced where the API answered what cannot be read', async () => {
    await using upstream = await closing((socket) => socket.end('no HTTP\r\n\r\n'))
    await using server = await start(upstream.origin)
    await send(server)
    expect((await send(server)).status).toBe(502)
    expect(upstream.connections).toHaveLength(1)
  })

  it('serves the next request after an answer without a body', async () => {
    await using upstream = await listen((request, response) => {
      response.writeHead(Number(request.url?.slice(1))).end()
    })
    let connections = 0
    upstream.server.on('connection', () => connections++)
    await using server = await start(upstream.origin)
    for (const status of [204, 304, 205, 204]) expect((await send(server, { path: `/${status}` })).status).toBe(status)
    expect(connections).toBe(1)
  })
})

describe('an API that breaks off', () => {
  it('is a 502 where a new connection is reset, and asked once', async () => {
    await using upstream = await listenRaw((socket) => socket.resetAndDestroy())
    await using server = await start(upstream.origin)
    expect((await send(server)).status).toBe(502)
    expect(upstream.connections).toHaveLength(1)
  })

  it('is hung up on when the client has left', async () => {
    await using upstream = await listenRaw(() => {})
    await using server = await start(upstream.origin)
    const client = connect(server.port, '127.0.0.1').on('error', () => {})
    client.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const there = await vi.waitFor(() => {
      expect(upstream.connections[0]?.received).toContain('\r\n\r\n')
      return upstream.connections[0]?.socket
    })
    const closed = there && once(there, 'close')
    client.destroy()
    await closed
  })

  it('is a 502 where its status is none, and hung up on', async () => {
    await using upstream = await listenRaw(
      (socket) => void socket.write('HTTP/1.1 999 Odd\r\nContent-Length: 9\r\n\r\nodd'),
    )
    await using server = await start(upstream.origin)
    expect((await send(server)).status).toBe(502)
    const [first] = upstream.connections
    if (first && !first.socket.closed) await once(first.socket, 'close')
  })

  it('is a 502 where it switches protocols without being asked, and hung up on', async () => {
    await using upstream = await listenRaw((socket) => void socket.write(`${SWITCHED}\r\n`))
    await using server = await start(upstream.origin)
    expect((await send(server)).status).toBe(502)
    const [first] = upstream.connections
    if (first && !first.socket.closed) await once(first.socket, 'close')
  })
})

describe('an API behind https', () => {
  it('is trusted only with a certificate that this machine trusts', async () => {
    const certificate = selfSigned()
    const upstream = createHttpsServer(certificate, (_, response) => response.end('hello'))
    upstream.listen(0, '127.0.0.1')
    await once(upstream, 'listening')
    await using server = await start(`https://127.0.0.1:${(upstream.address() as AddressInfo).port}`)
    expect((await send(server)).status).toBe(502)
    globalAgent.options.ca = certificate.cert
    const answer = await send(server).finally(() => delete globalAgent.options.ca)
    expect([answer.status, answer.body]).toEqual([200, 'hello'])
    upstream.closeAllConnections()
    upstream.close()
  })
})

describe('a body that the API encoded', () => {
  it('arrives as it is, with its label', async () => {
    const body = gzipSync('hello')
    await using upstream = await listen((request, response) => {
      expect(request.headers['accept-encoding']).toBe('gzip')
      response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': body.length }).end(body)
    })
    await using server = await start(upstream.origin)
    const answer = await open(server, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body.length) })
    expect((await readAll(answer.stream)).equals(body)).toBe(true)
  })
})

describe('a tunnel', () => {
  it('carries what was sent together with the handshake, both ways, and the bytes of its headers', async () => {
    await using upstream = await listenRaw((socket, received) => {
      const own = 'X-Name: caf\xe9\r\nX-Access-Control-Own: 1\r\nTiming-Allow-Origin-Own: 1\r\n'
      if (received.endsWith('first')) socket.end(', goodbye')
      else socket.write(`${SWITCHED}${own}Timing-Allow-Origin: *\r\n\r\nwelcome`, 'latin1')
    })
    await using server = await start(upstream.origin)
    const answer = await talk(server.port, `GET / HTTP/1.1\r\n${UPGRADE}first`)
    expect(answer).toBe(
      `${SWITCHED}X-Name: caf\xe9\r\nX-Access-Control-Own: 1\r\nTiming-Allow-Origin-Own: 1\r\n\r\nwelcome, goodbye`,
    )
  })

  it('that is refused has the headers, byte by byte, and the body of the refusal', async () => {
    await using upstream = await listenRaw((socket) => {
      socket.end('HTTP/1.1 404 Not Found\r\nX-Name: caf\xe9\r\nContent-Length: 7\r\n\r\nno room', 'latin1')
    })
    await using server = await start(upstream.origin)
    const answer = await talk(server.port, `GET / HTTP/1.1\r\n${UPGRADE}`)
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n.*x-name: caf\xe9\r\n.*Connection: close\r\n\r\nno room$/s)
  })

  it.each(['the client', 'the API'])('ends for both where %s resets it', async (who) => {
    await using upstream = await listenRaw((socket) => void socket.write(`${SWITCHED}\r\n`))
    await using server = await start(upstream.origin)
    const client = connect(server.port, '127.0.0.1').on('error', () => {})
    client.write(`GET / HTTP/1.1\r\n${UPGRADE}`)
    await once(client, 'data')
    const there = upstream.connections[0]?.socket
    const [breaking, other] = who === 'the client' ? [client, there] : [there, client]
    const closed = other && once(other, 'close')
    breaking?.resetAndDestroy()
    await closed
  })

  it('is not waited for once the client has left', async () => {
    await using upstream = await listenRaw(() => {})
    await using server = await start(upstream.origin)
    const client = connect(server.port, '127.0.0.1').on('error', () => {})
    client.write(`GET / HTTP/1.1\r\n${UPGRADE}`)
    const there = await vi.waitFor(() => {
      expect(upstream.connections[0]?.received).toContain('\r\n\r\n')
      return upstream.connections[0]?.socket
    })
    const closed = there && once(there, 'close')
    client.resetAndDestroy()
    await closed
  })
})

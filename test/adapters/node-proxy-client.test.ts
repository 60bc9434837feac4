// The client's side of the proxy server, byte by byte: what it reads, and how an answer ends.
import { once } from 'node:events'
import { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createProxyServer, type ProxyServerOptions } from '../../adapters/node-proxy.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { selfSigned } from '../support/certificate.ts'
import { gate, listen, listenRaw, open, readAll, ready, send, talk } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'
import { startUpstream } from '../support/upstream.ts'

const CORS = { origins: [PAGE] } as const

const start = (upstream: string, more: Partial<ProxyServerOptions> = {}) =>
  ready(createProxyServer({ upstream, cors: CORS, ...more }) as Server)

/** Counts the connections that a server has open. */
const connectionsOf = (server: Server) =>
  new Promise<number>((resolve) => void server.getConnections((_, count) => resolve(count)))

/** Waits without timers, which a test may have replaced. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 5_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Connects, and gives back the socket with all that it has received. */
async function dial(port: number): Promise<{ readonly socket: Socket; readonly received: () => string }> {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.on('error', () => {})
  socket.on('data', (part) => {
    received += part.toString('latin1')
  })
  await once(socket, 'connect')
  return { socket, received: () => received }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('what createProxyServer() declines', () => {
  it.each([
    ['GET * HTTP/1.1\r\nHost: localhost', 400, 'This request has no address that can be read.\n'],
    ['GET / HTTP/1.1\r\nHost: evil.test', 403, 'This server does not answer to "evil.test".\n'],
    ['TRACE / HTTP/1.1\r\nHost: localhost', 405, 'This method cannot be forwarded.\n'],
  ])('says why, in text: %j', async (head, status, text) => {
    await using server = await start('http://127.0.0.1:9', { hosts: [] })
    const answer = await talk(server.port, `${head}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer.toLowerCase()).toContain('\r\ncontent-type: text/plain; charset=utf-8\r\n')
    expect(answer).toContain(text)
  })

  it.each(['CONNECT localhost:80 HTTP/1.1', 'TRACK / HTTP/1.1'])('never forwards %s', async (line) => {
    await using upstream = await startUpstream()
    await using server = await start(upstream.origin)
    expect(await talk(server.port, `${line}\r\nHost: localhost\r\n\r\n`)).toMatch(/^(?:HTTP\/1\.1 400 .*)?$/s)
    expect(upstream.hits).toEqual([])
  })
})

describe('what createProxyServer() reads', () => {
  it('takes a POST that names no length for one without a body', async () => {
    await using upstream = await startUpstream()
    await using server = await start(upstream.origin)
    expect(await talk(server.port, 'POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toContain(
      ' 200 OK',
    )
    expect(upstream.hits.map(({ body, headers }) => [body, headers['transfer-encoding']])).toEqual([['', undefined]])
  })

  it('forwards a GET without a word of a body', async () => {
    await using upstream = await startUpstream()
    await using server = await start(upstream.origin)
    await send(server)
    expect(upstream.hits[0]?.headers).not.toHaveProperty('transfer-encoding')
    expect(upstream.hits[0]?.headers).not.toHaveProperty('content-length')
  })

  it('takes a connection that a TLS server hands over for https', async () => {
    await using upstream = await startUpstream()
    await using server = await start(upstream.origin)
    const front = createTlsServer(selfSigned(), (socket) => server.server.emit('connection', socket))
    front.listen(0, '127.0.0.1')
    await once(front, 'listening')
    const { port } = front.address() as { port: number }
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false })
    socket.write('GET / HTTP/1.1\r\nHost: api.test\r\nConnection: close\r\n\r\n')
    expect(String(await readAll(socket))).toContain(' 200 OK')
    front.close()
    await send(server)
    expect(upstream.hits.map(({ headers }) => headers['x-forwarded-proto'])).toEqual(['https', 'http'])
  })

  it('breaks off a body whose client has left, also for a policy that reads it', async () => {
    const { opened: isBegun, open: begun } = gate()
    const { opened: isOver, open: over } = gate()
    let outcome: unknown
    const cors = perRequest(async (request: Request) => {
      const text = request.clone().text()
      begun()
      outcome = await text.catch((error: Error) => error.message)
      over()
      return createCors(CORS)
    })
    await using server = await start('http://127.0.0.1:9', { cors })
    const { socket } = await dial(server.port)
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${PAGE}\r\nContent-Length: 10\r\n\r\nhalf`)
    await isBegun
    socket.destroy()
    await isOver
    expect(outcome).toBe('The client went away.')
  })

  it('survives a client that leaves while a policy is chosen', async () => {
    const { opened: isAsked, open: asked } = gate()
    const { opened: isChosen, open: choose } = gate()
    const cors = perRequest(async () => {
      asked()
      await isChosen
      return createCors(CORS)
    })
    await using server = await start('http://127.0.0.1:9', { cors })
    const { socket } = await dial(server.port)
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${PAGE}\r\nContent-Length: 10\r\n\r\nhalf`)
    await isAsked
    socket.destroy()
    await vi.waitFor(async () => expect(await connectionsOf(server.server)).toBe(0))
    choose()
    expect(await talk(server.port, `OPTIONS / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).toContain(
      ' 502 ',
    )
  })

  it('takes no more of an upload than the API takes', async () => {
    await using upstream = await listenRaw((socket) => void socket.pause())
    await using server = await start(upstream.origin)
    const { socket } = await dial(server.port)
    const length = 64 * 2 ** 20
    const written = vi.fn()
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${PAGE}\r\nContent-Length: ${length}\r\n\r\n`)
    socket.write(Buffer.alloc(length), written)
    await vi.waitFor(() => expect(upstream.connections).toHaveLength(1))
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect(written).not.toHaveBeenCalled()
    socket.destroy()
  })

  it('serves the next request of a connection whose body the API did not want', async () => {
    await using upstream = await listenRaw((socket, received) => {
      const isPost = received.startsWith('POST')
      socket.end(`HTTP/1.1 ${isPost ? 413 : 200} Said\r\nContent-Length: 4\r\nConnection: close\r\n\r\nsaid`)
      if (isPost) socket.pause()
    })
    await using server = await start(upstream.origin)
    const { socket, received } = await dial(server.port)
    const length = 3_000_000
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${PAGE}\r\nContent-Length: ${length}\r\n\r\n`)
    socket.write(Buffer.alloc(200_000))
    await vi.waitFor(() => expect(received()).toContain('413'), { timeout: 5000 })
    socket.write(Buffer.alloc(length - 200_000))
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    await vi.waitFor(() => expect(received()).toContain('HTTP/1.1 200 Said'), { timeout: 5000 })
  })

  it('serves the next request of a connection whose short body the API did not want to its end', async () => {
    await using upstream = await listenRaw((socket, received) => {
      const isPost = received.startsWith('POST')
      if (!isPost || received.endsWith('half'))
        socket.end(`HTTP/1.1 ${isPost ? 413 : 200} Said\r\nContent-Length: 4\r\nConnection: close\r\n\r\nsaid`)
    })
    await using server = await start(upstream.origin)
    const { socket, received } = await dial(server.port)
    socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${PAGE}\r\nContent-Length: 10\r\n\r\nhalf`)
    await vi.waitFor(() => expect(received()).toContain('413'))
    socket.write('other.GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    await vi.waitFor(() => expect(received()).toContain('HTTP/1.1 200 Said'))
  })

  it('waits five seconds for the rest of a body that it refused', async () => {
    await using server = await start('http://127.0.0.1:9')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const ask = async (body: string) => {
      const dialed = await dial(server.port)
      dialed.socket.write(
        `POST / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${STRANGER}\r\nContent-Length: 10\r\n\r\n${body}`,
      )
      await until(() => dialed.received().includes('403'))
      return dialed.socket
    }
    const whole = await ask('half')
    whole.write('other.')
    await until(() => vi.getTimerCount() === 0)
    const never = await ask('half')
    await until(() => vi.getTimerCount() > 0)
    const closed = once(never, 'close')
    vi.advanceTimersByTime(4_900)
    await new Promise((resolve) => setImmediate(resolve))
    expect([never.readableEnded, whole.readableEnded]).toEqual([false, false])
    vi.advanceTimersByTime(200)
    await closed
    expect(whole.readableEnded).toBe(false)
    whole.destroy()
  })
})

describe('what createProxyServer() answers', () => {
  it('sends the headers of a stream that is still silent', async () => {
    const { opened: isRead, open: read } = gate()
    await using upstream = await listen(async (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
      await isRead
      response.end('data: one\n\n')
    })
    await using server = await start(upstream.origin)
    const answer = await open(server, { headers: { Origin: PAGE } })
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE)
    read()
    expect(String(await readAll(answer.stream))).toBe('data: one\n\n')
  })

  it.each([
    ['418 Short and stout', '418 Short and stout'],
    ['404 ', '404 Not Found'],
    ['299 ', '299 '],
  ])('passes on the status line "%s" as "%s"', async (said, expected) => {
    await using upstream = await listenRaw((socket) => {
      socket.end(`HTTP/1.1 ${said}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
    })
    await using server = await start(upstream.origin)
    const request = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n'
    expect((await talk(server.port, `${request}\r\n`)).split('\r\n')[0]).toBe(`HTTP/1.1 ${expected}`)
    const upgrade = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'
    expect((await talk(server.port, upgrade)).split('\r\n')[0]).toBe(`HTTP/1.1 ${expected}`)
  })

  it('leaves no connection open where all are to be closed', async () => {
    await using upstream = await listenRaw((socket, received) => {
      if (/upgrade: websocket/i.test(received))
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')
    })
    await using server = await start(upstream.origin)
    const [idle, tunnel] = [await dial(server.port), await dial(server.port)]
    const closed = Promise.all([once(idle.socket, 'close'), once(tunnel.socket, 'close')])
    idle.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    tunnel.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await vi.waitFor(() => expect([idle.received(), tunnel.received()].join()).toMatch(/ 200 .* 101 /s))
    server.server.closeAllConnections()
    await closed
  })
})

describe('an Upgrade that createProxyServer() refuses', () => {
  const ASKING = `GET / HTTP/1.1\r\nHost: localhost\r\nOrigin: ${STRANGER}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`

  it('leaves no connection behind whose client sent more than it should', async () => {
    await using server = await start('http://127.0.0.1:9')
    const { socket, received } = await dial(server.port)
    socket.write(`${ASKING}and more`)
    await vi.waitFor(() => expect(received()).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n.*Connection: close\r\n\r\n$/s))
    socket.destroy()
    await vi.waitFor(async () => expect(await connectionsOf(server.server)).toBe(0))
  })

  it('hangs up after five seconds on a client that stays', async () => {
    await using server = await start('http://127.0.0.1:9')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
    socket.write(ASKING)
    for await (const part of socket) expect(String(part)).toContain(' 403 ')
    expect(await connectionsOf(server.server)).toBe(1)
    vi.advanceTimersByTime(5_100)
    await until(async () => (await connectionsOf(server.server)) === 0)
    socket.destroy()
  })
})

describe('an Upgrade to something else than a WebSocket', () => {
  const H2C = 'Host: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n'

  it('is left out, and the body of the request is not', async () => {
    await using upstream = await startUpstream()
    await using server = await start(upstream.origin)
    const answer = await talk(server.port, `POST / HTTP/1.1\r\n${H2C}Content-Length: 4\r\n\r\ntext`, /hello/)
    expect(answer).toContain('HTTP/1.1 200 ')
    expect(upstream.hits.map(({ body }) => body)).toEqual(['text'])
  })

  it.each([
    ['POST / HTTP/1.1', 'Content-Length: 4\r\n\r\ntext', 400],
    ['POST / HTTP/1.1', 'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ['POST / HTTP/1.1', 'Content-Length: 0\r\n\r\n', 200],
    ['GET / HTTP/1.1', '\r\n', 200],
  ])('of a runtime that accepts all: %s with %j is a %i', async (line, rest, status) => {
    await using upstream = await startUpstream()
    await using server = await start(upstream.origin)
    // Node before 24.9 asks nobody, and hands every Upgrade to the listener.
    await using front = await ready(
      new Server({ shouldUpgradeCallback: () => true }).on('upgrade', (...given) =>
        server.server.emit('upgrade', ...given),
      ),
    )
    const answer = await talk(front.port, `${line}\r\n${H2C}${rest}`)
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    expect(answer.includes('This server only upgrades to WebSockets: send the request without Upgrade.')).toBe(
      status === 400,
    )
    expect(upstream.hits).toHaveLength(status === 200 ? 1 : 0)
  })
})

import { once } from 'node:events'
import { Agent, request as requestOf, type Server, STATUS_CODES } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { createProxyServer, type ProxyServerOptions } from '../../adapters/node-proxy.ts'
import { corsmith } from '../cli/run.ts'
import { gate, type Loopback, listen, ready, send, talk } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

const CORS = { origins: [PAGE] } as const

/** Starts a proxy server before an origin API. */
const start = (upstream: string, more: Partial<ProxyServerOptions> = {}) =>
  ready(createProxyServer({ upstream, cors: CORS, ...more }) as Server)

describe('createProxyServer()', () => {
  let upstream: Upstream
  let server: Loopback
  beforeAll(async () => {
    upstream = await startUpstream()
    server = await start(upstream.origin, { hosts: ['api.test'] })
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await upstream[Symbol.asyncDispose]()
  })

  it.each([10, 50_000, 300_000, 3_000_000])(
    'answers the next request of a connection after one with %i bytes that it refused',
    async (length) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const ask = async (method: string, origin: string, body?: Buffer) => {
        const headers = { Origin: origin, ...(body && { 'Content-Length': body.length }) }
        const request = requestOf({ host: '127.0.0.1', port: server.port, method, agent, headers })
        request.end(body)
        const [answer] = await once(request, 'response')
        await once(answer.resume(), 'end')
        return answer.statusCode
      }
      expect(await ask('POST', STRANGER, Buffer.alloc(length))).toBe(403)
      expect(await ask('GET', PAGE)).toBe(200)
      expect(await ask('POST', PAGE, Buffer.alloc(length))).toBe(200)
      agent.destroy()
    },
  )

  it.each([
    ['localhost', 200],
    ['LOCALHOST:1', 200],
    ['app.localhost', 200],
    ['127.0.0.1:8080', 200],
    ['127.1.2.3', 200],
    ['127.100.20.3:1', 200],
    ['1.127.0.1', 403],
    ['[::1]:8080', 200],
    ['api.test', 200],
    ['API.test:80', 200],
    ['evil.test', 403],
    ['localhost.evil.test', 403],
    ['127.0.0.1.nip.io', 403],
    ['evil-localhost', 403],
    ['localhost@evil.test', 400],
    ['localhost/x?', 400],
    ['localhost#', 400],
    ['local host', 400],
    ['localhost:', 400],
    ['localhost:80x', 400],
    ['[::1]x', 400],
    ['x[::1]', 400],
    ['[]', 400],
    ['a/localhost', 400],
    ['', 400],
  ])('answers to Host: %s with %i', async (host, status) => {
    const answer = await talk(
      server.port,
      `GET / HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${PAGE}\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toContain(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`)
    expect(answer.includes('Access-Control-Allow-Origin') || answer.includes('access-control-allow-origin')).toBe(
      status === 200,
    )
  })

  it.each([
    ['http://localhost/users?a=b', 'evil.test', 200, '/users?a=b'],
    ['http://localhost', 'evil.test', 200, '/'],
    ['http://localhost?a=b', 'evil.test', 200, '/?a=b'],
    ['http://localhost#a', 'localhost', 400, undefined],
    ['/to?next=http://evil.test/users', 'localhost', 200, '/to?next=http://evil.test/users'],
    ['HTTPS://API.test/x', 'localhost', 200, '/x'],
    ['http://evil.test/users', 'localhost', 403, undefined],
    ['http://user@localhost/users', 'localhost', 400, undefined],
    ['ftp://localhost/users', 'localhost', 400, undefined],
    ['//evil.test/users', 'localhost', 200, '//evil.test/users'],
    ['*', 'localhost', 400, undefined],
  ])('reads the target %s with Host: %s', async (target, host, status, path) => {
    upstream.hits.length = 0
    const method = target === '*' ? 'OPTIONS' : 'GET'
    const answer = await talk(server.port, `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(answer).toContain(`HTTP/1.1 ${status} `)
    expect(upstream.hits.map((hit) => hit.path)).toEqual(path === undefined ? [] : [path])
  })

  it('answers HTTP/1.0, and any Host where none is named', async () => {
    expect(await talk(server.port, 'GET / HTTP/1.0\r\n\r\n')).toContain('200 OK')
    await using any = await start(upstream.origin)
    expect((await send(any, { headers: { Host: 'api.example' } })).status).toBe(200)
    expect(upstream.hits.at(-1)?.headers['x-forwarded-host']).toBe('api.example')
  })

  it('refuses TRACE, and a GET or HEAD with a body, and says so', async () => {
    expect((await send(server, { method: 'TRACE' })).status).toBe(405)
    for (const method of ['GET', 'HEAD'])
      for (const headers of [{ 'Content-Length': 4 }, { 'Transfer-Encoding': 'chunked' }]) {
        const answer = await send(server, { method, headers: { Origin: PAGE, ...headers }, body: 'text' })
        expect([method, answer.status, answer.headers['access-control-allow-origin']]).toEqual([method, 400, PAGE])
      }
  })

  it('sends a body whose end nobody told in chunks, with DELETE too', async () => {
    for (const method of ['POST', 'DELETE']) {
      const answer = await send(server, {
        method,
        headers: { Origin: PAGE, 'Transfer-Encoding': 'chunked' },
        body: 'text',
      })
      expect([answer.status, upstream.hits.at(-1)?.body]).toEqual([200, 'text'])
    }
  })

  it('answers a request for another upgrade as if it asked for none', async () => {
    const answer = await talk(
      server.port,
      `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n`,
      /hello/,
    )
    expect(answer).toContain('HTTP/1.1 200 ')
    expect(upstream.hits.at(-1)?.headers).not.toHaveProperty('http2-settings')
  })

  it('says 504 and hangs up on an API that is too late, and 502 where there is none', async () => {
    await using silent = await listen(() => {})
    await using late = await start(silent.origin, { timeoutMs: 200 })
    expect((await send(late, { headers: { Origin: PAGE } })).status).toBe(504)
    await silent[Symbol.asyncDispose]()
    expect((await send(late)).status).toBe(502)
  })

  it('asks once more where a connection that was kept open turns out to be closed', async () => {
    await using closing = await listen((_, response) => {
      response.end('hello')
      setTimeout(() => response.socket?.destroy(), 5)
    })
    closing.server.keepAliveTimeout = 0
    await using before = await start(closing.origin)
    for (let i = 0; i < 20; i++) {
      expect((await send(before)).status).toBe(200)
      await new Promise((resolve) => setTimeout(resolve, i))
    }
  })

  it('takes the address of the connection for the client, or what is said', async () => {
    await send(server)
    expect(upstream.hits.at(-1)?.headers['x-forwarded-for']).toBe('127.0.0.1')
    await using told = await start(upstream.origin, {
      clientAddress: (request) => request.headers.get('Fly-Client-IP'),
    })
    await send(told, { headers: { 'Fly-Client-IP': '192.0.2.7' } })
    expect(upstream.hits.at(-1)?.headers['x-forwarded-for']).toBe('192.0.2.7')
  })

  it('refuses an option that is none', () => {
    expect(() => createProxyServer({ upstream: 'http://a', cors: CORS, host: 'a' } as never)).toThrow(
      '"host" is not an option',
    )
  })
})

describe('a WebSocket through createProxyServer()', () => {
  it('is a tunnel: what was sent at once arrives, and each side learns that the other left', async () => {
    const { opened: closed, open: close } = gate()
    await using upstream = await listen(() => {})
    const sockets = new WebSocketServer({ server: upstream.server })
    sockets.on('connection', (socket) => {
      socket.send('welcome')
      socket.on('close', close)
    })
    await using server = await start(upstream.origin)
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/`, ['chat'], { origin: PAGE })
    expect(String((await once(socket, 'message'))[0])).toBe('welcome')
    expect(socket.protocol).toBe('chat')
    socket.terminate()
    await closed
    const other = new WebSocket(`ws://127.0.0.1:${server.port}/`, ['chat'], { origin: PAGE })
    await once(other, 'open')
    for (const each of sockets.clients) each.terminate()
    await once(other, 'close')
  })

  it('is a 403 for a name that is not ours, a 504 where nobody answers, a 502 where nobody is', async () => {
    await using silent = await listen(() => {})
    silent.server.on('upgrade', (_, socket) => socket.resume().on('end', () => socket.end()))
    await using server = await start(silent.origin, { hosts: [], timeoutMs: 200 })
    const lines = (host: string) =>
      `GET / HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${PAGE}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    expect(await talk(server.port, lines('evil.test'))).toContain('HTTP/1.1 403 ')
    expect(await talk(server.port, lines('localhost'))).toContain('HTTP/1.1 504 ')
    await silent[Symbol.asyncDispose]()
    expect(await talk(server.port, lines('localhost'))).toContain('HTTP/1.1 502 ')
  })

  it('says nothing of CORS in its 101', async () => {
    await using upstream = await listen(() => {})
    upstream.server.on('upgrade', (_, socket) => {
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nAccess-Control-Allow-Origin: *\r\nX-Own: 1\r\n\r\nfirst',
      )
      socket.resume().on('end', () => socket.end())
    })
    await using server = await start(upstream.origin)
    const answer = await talk(
      server.port,
      'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n',
      /first/,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 101 .*X-Own: 1.*\r\n\r\nfirst$/s)
    expect(answer).not.toMatch(/Access-Control/i)
  })
})

describe('corsmith proxy', () => {
  /** Runs the command and does something while it listens. */
  async function during(argv: readonly string[], act: (port: number) => Promise<void>): Promise<void> {
    let printed = ''
    await corsmith(['proxy', ...argv, '--port', '0'], {
      print: (text) => {
        printed = text
      },
      untilStopped: () => act(Number(new URL(printed.split(' ')[0] ?? '').port)),
    })
  }

  it('listens on 127.0.0.1 alone', async () => {
    await during(['http://127.0.0.1:9', '--origins', PAGE], async (port) => {
      const others = Object.values(networkInterfaces())
        .flat()
        .filter((each) => each !== undefined && !each.internal && each.family === 'IPv4')
        .map((each) => each?.address ?? '')
      for (const host of ['127.0.0.2', ...others]) {
        const socket = connect(port, host)
        const outcome = await Promise.race([
          once(socket, 'connect').then(() => 'open'),
          once(socket, 'error').then(([error]) => error.code),
        ]).catch((error) => error.code)
        socket.destroy()
        expect([host, outcome]).toEqual([host, 'ECONNREFUSED'])
      }
    })
  })

  it('answers to loopback, to its public name and to what it is told, and opens WebSockets', async () => {
    await using upstream = await startUpstream()
    const sockets = new WebSocketServer({ server: upstream.server })
    sockets.on('connection', (socket) => socket.send('welcome'))
    const names = ['--public-origin', 'https://api.example', '--allow-host', 'My.test']
    await during([upstream.origin, '--origins', PAGE, ...names], async (port) => {
      for (const [host, status] of [
        ['localhost', 200],
        ['api.example', 200],
        ['my.test', 200],
        ['evil.test', 403],
      ] as const)
        expect([host, (await send({ port }, { headers: { Host: host } })).status]).toEqual([host, status])
      expect(upstream.hits.at(-1)?.headers['x-forwarded-host']).toBe('api.example')
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`, { origin: PAGE })
      expect(String((await once(socket, 'message'))[0])).toBe('welcome')
      const closed = once(socket, 'close')
      const refused = new WebSocket(`ws://127.0.0.1:${port}/`, { origin: STRANGER })
      const [, answer] = await once(refused, 'unexpected-response')
      expect(answer.statusCode).toBe(403)
      // The command ends although somebody is still connected.
      void closed
    })
  })
})

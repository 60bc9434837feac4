import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createProxy } from '../../src/proxy.ts'
import { gate, listen, open, readAll, send } from '../support/loopback.ts'
import { from, PAGE, STRANGER } from '../support/pages.ts'
import { startNodeProxy } from '../support/runtimes.ts'

/** The dispatcher that Node's own fetch uses, and the undici package as well. */
function agentOf(): new (options: object) => object {
  void fetch('data:,')
  return Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1')).constructor
}

const CORS = { origins: [PAGE] } as const
const TEXT = 'compressed '.repeat(100)

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

afterEach(() => {
  vi.restoreAllMocks()
})

describe('createProxy() under Node', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
  ])('takes the label off a body in %s, which fetch decodes', async (encoding, body) => {
    await using upstream = await listen((request, response) => {
      expect(request.headers['accept-encoding']).toBe('identity')
      response.writeHead(200, { 'Content-Encoding': encoding, 'Content-Length': body.length, ETag: '"1"' }).end(body)
    })
    await using proxy = await startNodeProxy({ upstream: upstream.origin, cors: CORS })
    const answer = await send(proxy, { headers: { 'Accept-Encoding': 'gzip, br' } })
    expect(answer.body).toBe(TEXT)
    expect(answer.headers).not.toHaveProperty('content-encoding')
    expect(answer.headers).not.toHaveProperty('content-length')
    expect(answer.headers.etag).toBe('"1"')
  })

  it.each(['compress', 'aes128gcm', 'gzip, secret'])(
    'keeps the label on a body in %s, which fetch does not',
    async (encoding) => {
      const body = gzipSync(TEXT)
      await using upstream = await listen((_, response) => {
        response.writeHead(200, { 'Content-Encoding': encoding, 'Content-Length': body.length }).end(body)
      })
      await using proxy = await startNodeProxy({ upstream: upstream.origin, cors: CORS })
      const answer = await open(proxy)
      expect(answer.headers).toMatchObject({ 'content-encoding': encoding, 'content-length': String(body.length) })
      expect((await readAll(answer.stream)).equals(body)).toBe(true)
    },
  )

  it.each([
    ['plain', {}, Buffer.from('data: one\n\n')],
    ['decoded', { 'Content-Encoding': 'gzip' }, gzipSync('data: one\n\n', { finishFlush: constants.Z_SYNC_FLUSH })],
  ])(
    'lets go of the upstream when the client leaves a %s body, long after the garbage was collected',
    async (_, headers, part) => {
      const { opened: hangUp, open: hungUp } = gate()
      await using upstream = await listen((_, response) => {
        response.on('close', hungUp).writeHead(200, headers).write(part)
      })
      const client = new AbortController()
      const proxy = createProxy({ upstream: upstream.origin, cors: CORS })
      const response = await proxy(new Request('http://edge.example/', { signal: client.signal }))
      const reader = response.body?.getReader()
      await reader?.read()
      for (let i = 0; i < 5; i++) {
        collectGarbage()
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
      client.abort()
      await hangUp
      await expect(reader?.read()).rejects.toThrow('abort')
    },
  )

  it('ends silent streams when the runtime does, and not with a dispatcher that waits', async () => {
    await using upstream = await listen((request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: one\n\n')
      request.socket.setTimeout(0)
    })
    const Agent = agentOf()
    const read = async (bodyTimeout: number) => {
      const dispatcher = new Agent({ headersTimeout: bodyTimeout, bodyTimeout })
      const init = { dispatcher } as unknown as RequestInit
      const proxy = createProxy({ upstream: upstream.origin, cors: CORS, fetch: (request) => fetch(request, init) })
      const reader = (await proxy(from(PAGE))).body?.getReader()
      await reader?.read()
      const next = reader?.read().then(
        () => 'more',
        () => 'broken off',
      )
      const outcome = await Promise.race([next, new Promise((resolve) => setTimeout(resolve, 3000, 'silent'))])
      await reader?.cancel().catch(() => {})
      return outcome
    }
    expect(await Promise.all([read(500), read(0)])).toEqual(['broken off', 'silent'])
  })

  it('leaves no listener on a signal that many requests share', async () => {
    const warned = vi.fn()
    process.on('warning', warned)
    await using upstream = await listen((_, response) => response.end('hello'))
    const { signal } = new AbortController()
    const proxy = createProxy({ upstream: upstream.origin, cors: CORS })
    for (let i = 0; i < 50; i++) {
      const response = await proxy(new Request('http://edge.example/', { signal }))
      expect(await response.text()).toBe('hello')
    }
    await new Promise((resolve) => setImmediate(resolve))
    process.off('warning', warned)
    expect(warned).not.toHaveBeenCalled()
  })

  it('answers an upgrade with 501, and that of a stranger with 403', async () => {
    const proxy = createProxy({ upstream: 'http://127.0.0.1:9', cors: CORS })
    const headers = { Upgrade: 'WebSocket', Connection: 'Upgrade' }
    expect((await proxy(from(PAGE, '/', { headers }))).status).toBe(501)
    expect((await proxy(from(STRANGER, '/', { headers }))).status).toBe(403)
  })

  it('answers with 502, prints and hides what no rule foresaw', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
    const error = new Error('secret of http://10.0.0.1')
    const proxy = createProxy({
      upstream: 'http://127.0.0.1:9',
      cors: CORS,
      clientAddress: () => {
        throw error
      },
    })
    const response = await proxy(from(PAGE))
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([502, PAGE])
    expect(await response.text()).toBe('The edge could not forward this request.\n')
    expect(printed).toHaveBeenCalledWith(error)
  })

  it('sends with the fetch it was given', async () => {
    const sent = vi.fn(async (request: Request) => new Response(`${request.method} ${request.url}`))
    const proxy = createProxy({ upstream: new URL('https://api.example/v1/'), cors: CORS, fetch: sent })
    const response = await proxy(from(PAGE, '/a?b', { method: 'POST', body: 'text' }))
    expect(await response.text()).toBe('POST https://api.example/v1/a?b')
    expect(await sent.mock.calls[0]?.[0].text()).toBe('text')
    expect(sent.mock.calls[0]?.[0].redirect).toBe('manual')
  })

  it.each([1, 999])('makes a 502 of status %i, which no Response can have', async (status) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const odd = new Proxy(new Response('odd'), {
      get: (target, key) => (key === 'status' ? status : Reflect.get(target, key, target)),
    })
    const proxy = createProxy({ upstream: 'http://127.0.0.1:9', cors: CORS, fetch: async () => odd })
    const response = await proxy(from(PAGE))
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([502, PAGE])
  })

  it('streams an upload of unknown length as it comes', async () => {
    const { opened: isRead, open: read } = gate()
    await using upstream = await listen(async (request, response) => {
      const [part] = await once(request, 'data')
      expect([String(part), request.headers['transfer-encoding']]).toEqual(['one', 'chunked'])
      read()
      response.end((await readAll(request)).toString())
    })
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('one'))
        await isRead
        controller.enqueue(new TextEncoder().encode('two'))
        controller.close()
      },
    })
    const proxy = createProxy({ upstream: upstream.origin, cors: CORS })
    const init = { method: 'POST', body, duplex: 'half' }
    expect(await (await proxy(new Request('http://edge.example/', init))).text()).toBe('two')
  })
})

import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createProxy } from '../../src/proxy.ts'
import { varsFor } from '../support/edge.ts'
import { open, readAll, send } from '../support/loopback.ts'
import { from, PAGE } from '../support/pages.ts'
import { ALL_RUNTIMES } from '../support/runtimes.ts'

/** An origin API that answers everything with the same bytes. */
async function saying(answer: string | Buffer): Promise<AsyncDisposable & { readonly origin: string }> {
  const server = createServer((socket) => {
    socket.on('error', () => {}).once('data', () => socket.write(answer))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close()
    },
  }
}

const answerOf = (head: string, body = 'body') =>
  Buffer.from(`HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)

describe.each(ALL_RUNTIMES)('an odd answer through a proxy in %s', (runtime, start) => {
  it.each(['Très bien', 'Doesn’t exist', 'найдено', '🎉'])(
    'keeps its status where the reason phrase is %s',
    async (phrase) => {
      await using upstream = await saying(answerOf(`404 ${phrase}`))
      await using edge = await start(varsFor(upstream.origin))
      const answer = await send(edge, { headers: { Origin: PAGE } })
      expect([answer.status, answer.headers['access-control-allow-origin'], answer.body]).toEqual([404, PAGE, 'body'])
    },
  )

  it('is an answer with the header set where the body is not the gzip that it is said to be', async () => {
    await using upstream = await saying(answerOf('200 OK\r\nContent-Encoding: gzip', 'this is no gzip'))
    await using edge = await start(varsFor(upstream.origin))
    const answer = await open(edge, { headers: { Origin: PAGE } })
    expect(answer.headers['access-control-allow-origin']).toBe(PAGE)
    // Where nobody decodes, the bytes are passed on.
    const passesOn = ['workerd', 'node:http', 'Deno'].includes(runtime)
    expect(answer.status).toBe(passesOn ? 200 : 502)
    expect(String(await readAll(answer.stream))).toBe(
      passesOn ? 'this is no gzip' : 'The origin API sent a body that is not what its Content-Encoding says.\n',
    )
  })

  it.each([
    ['gzip', gzipSync('compressed')],
    ['zstd', zstdCompressSync('compressed')],
  ])('is readable where the body is in %s although nobody asked for that', async (coding, body) => {
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`
    await using upstream = await saying(Buffer.concat([Buffer.from(head), body]))
    await using edge = await start(varsFor(upstream.origin))
    const answer = await open(edge, { headers: { 'Accept-Encoding': 'identity' } })
    const received = await readAll(answer.stream)
    const { 'content-encoding': label } = answer.headers
    expect([undefined, coding]).toContain(label)
    const decode = coding === 'gzip' ? gunzipSync : zstdDecompressSync
    expect(String(label === undefined ? received : decode(received))).toBe('compressed')
  })

  it('is a 502 with the header set where it is a 101 that nobody asked for', async () => {
    await using upstream = await saying(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    )
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '2000' }))
    const answer = await send(edge, { headers: { Origin: PAGE } })
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([502, PAGE])
  })
})

describe('createProxy()', () => {
  const through = (answer: Response, decodesBodies = true) =>
    createProxy({
      upstream: 'https://api.example',
      cors: { origins: [PAGE] },
      fetch: async () => answer,
      runtime: { upgrades: true, decodesBodies },
    })

  it('makes a 502 of a 101 that nobody asked for, and passes one on that was', async () => {
    const opened = Object.defineProperty(new Response(null), 'status', { value: 101 })
    expect((await through(opened)(from(PAGE))).status).toBe(502)
    const headers = { Upgrade: 'websocket', Connection: 'Upgrade' }
    expect(await through(opened)(from(PAGE, '/', { headers }))).toBe(opened)
  })

  it('passes the parts of a decoded body on as they come, and lets go of it', async () => {
    let isCancelled = false
    const parts = ['one', 'two', 'three']
    const body = new ReadableStream({
      pull(controller) {
        const part = parts.shift()
        if (part === undefined) controller.close()
        else controller.enqueue(new TextEncoder().encode(part))
      },
      cancel() {
        isCancelled = true
      },
    })
    const answer = new Response(body, { headers: { 'Content-Encoding': 'gzip', 'Content-Length': '9' } })
    const response = await through(answer)(from(PAGE))
    expect(response.headers.has('Content-Encoding')).toBe(false)
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (const part of ['one', 'two']) expect(new TextDecoder().decode((await reader.read()).value)).toBe(part)
    await reader.cancel()
    expect(isCancelled).toBe(true)
  })

  it('keeps the length and the reason phrase of a body that nobody decodes, and the label of one that nobody asked to', async () => {
    const plain = new Response('abc', { status: 404, statusText: 'Not Here', headers: { 'Content-Length': '3' } })
    const response = await through(plain)(from(PAGE))
    expect([response.statusText, response.headers.get('Content-Length')]).toEqual(['Not Here', '3'])
    const encoded = () => new Response('abc', { headers: { 'Content-Encoding': 'gzip', 'Content-Length': '3' } })
    expect((await through(encoded(), false)(from(PAGE))).headers.get('Content-Encoding')).toBe('gzip')
    const head = new Response(null, { headers: { 'Content-Encoding': 'gzip' } })
    expect((await through(head)(from(PAGE, '/', { method: 'HEAD' }))).status).toBe(200)
  })

  it('keeps the label of a body that fetch left as it was, and no other', async () => {
    const label = async (part: Uint8Array<ArrayBuffer> | string) => {
      const body = new ReadableStream({
        start(controller) {
          controller.enqueue(part)
          controller.close()
        },
      })
      const answer = new Response(body, { headers: { 'Content-Encoding': 'gzip', 'Content-Length': '9' } })
      const { headers } = await through(answer)(from(PAGE))
      return [headers.get('Content-Encoding'), headers.get('Content-Length')]
    }
    for (const part of [gzipSync('x'), zstdCompressSync('x')])
      expect(await label(Uint8Array.from(part))).toEqual(['gzip', '9'])
    for (const part of [[], [0x1f], [0x1f, 0x8b, 0], [0, 0x8b, 8], [0x28, 0xb5, 0x2f], [0x28, 0, 0x2f, 0xfd]])
      expect(await label(Uint8Array.from(part))).toEqual([null, null])
    expect(await label('decoded')).toEqual([null, null])
  })

  it('keeps the label where one of two codings is none that fetch decodes', async () => {
    const answer = new Response('abc', { headers: { 'Content-Encoding': 'gzip, secret' } })
    expect((await through(answer)(from(PAGE))).headers.get('Content-Encoding')).toBe('gzip, secret')
  })

  it.each(['br', 'deflate', 'GZIP', 'x-gzip', 'zstd'])(
    'takes the label %s off a body that fetch decoded',
    async (coding) => {
      const answer = new Response('abc', { headers: { 'Content-Encoding': coding } })
      expect((await through(answer)(from(PAGE))).headers.has('Content-Encoding')).toBe(false)
    },
  )

  it('reads a decoded body to its end, the empty one too', async () => {
    for (const text of ['', 'all of it']) {
      const answer = new Response(text, { headers: { 'Content-Encoding': 'br' } })
      expect(await (await through(answer)(from(PAGE))).text()).toBe(text)
    }
  })
})

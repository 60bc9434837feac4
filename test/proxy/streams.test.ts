import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as requestOf } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { startEdge, varsFor } from '../support/edge.ts'
import { gate, listen, open, readAll, send } from '../support/loopback.ts'
import { PAGE } from '../support/pages.ts'
import { residentMemory } from '../support/resident.ts'
import { ALL_RUNTIMES } from '../support/runtimes.ts'

const MB = 2 ** 20

describe.each(ALL_RUNTIMES)('bodies through a proxy in %s', (runtime, start) => {
  it('are ranges where a range was asked for', async () => {
    const content = '0123456789'
    await using upstream = await listen((request, response) => {
      expect(request.headers['if-range']).toBe('"1"')
      const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
      const part = content.slice(Number(from), Number(to) + 1)
      const headers = {
        'Content-Range': `bytes ${from}-${to}/10`,
        'Accept-Ranges': 'bytes',
        'Content-Length': part.length,
      }
      response.writeHead(206, { ...headers, ETag: '"1"' }).end(part)
    })
    await using edge = await start(varsFor(upstream.origin, { CORS_EXPOSED_HEADERS: 'Content-Range, Accept-Ranges' }))
    const answer = await send(edge, { headers: { Origin: PAGE, Range: 'bytes=2-5', 'If-Range': '"1"' } })
    expect([answer.status, answer.body]).toEqual([206, '2345'])
    expect(answer.headers).toMatchObject({
      'content-range': 'bytes 2-5/10',
      'accept-ranges': 'bytes',
      'content-length': '4',
      etag: '"1"',
      'access-control-allow-origin': PAGE,
    })
    expect(answer.headers['access-control-expose-headers']?.toLowerCase()).toBe('content-range,accept-ranges')
  })

  it('are events that arrive one by one, before the stream ends', async () => {
    const { opened: isRead, open: read } = gate()
    await using upstream = await listen(async (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: one\n\n')
      await isRead
      response.end('data: two\n\n')
    })
    await using edge = await start(varsFor(upstream.origin))
    const answer = await open(edge, { headers: { Origin: PAGE, Accept: 'text/event-stream' } })
    expect(answer.headers).toMatchObject({ 'content-type': 'text/event-stream', 'access-control-allow-origin': PAGE })
    const [first] = await once(answer.stream, 'data')
    expect(String(first)).toBe('data: one\n\n')
    read()
    expect(String(await readAll(answer.stream))).toBe('data: two\n\n')
  })

  it.each([
    ['with its Content-Length', 6],
    ['with its Content-Length, and large', 2 ** 17],
    ['in chunks', undefined],
  ])('are an upload %s, which is passed on while it arrives', async (_, length) => {
    const { opened: hasArrived, open: arrived } = gate()
    await using upstream = await listen(async (request, response) => {
      const { 'content-length': size, 'transfer-encoding': encoding } = request.headers
      // Deno's fetch sends every stream in chunks.
      const sized = length === undefined || runtime === 'Deno' ? undefined : String(length)
      expect([size, encoding]).toEqual([sized, sized === undefined ? 'chunked' : undefined])
      const [part] = await once(request, 'data')
      arrived()
      response.end(String(part.length + (await readAll(request)).length))
    })
    await using edge = await start(varsFor(upstream.origin))
    const headers = { Origin: PAGE, ...(length === undefined ? {} : { 'Content-Length': length }) }
    const request = requestOf({ host: '127.0.0.1', port: edge.port, method: 'POST', headers, agent: false })
    const answered = once(request, 'response')
    request.write('one')
    await hasArrived
    request.end(Buffer.alloc((length ?? 6) - 3))
    const [answer] = await answered
    expect([answer.statusCode, String(await readAll(answer))]).toEqual([200, String(length ?? 6)])
  })

  it('are a large upload, byte for byte', async () => {
    const sent = randomBytes(5 * MB)
    await using upstream = await listen(async (request, response) => {
      response.end(String((await readAll(request)).equals(sent)))
    })
    await using edge = await start(varsFor(upstream.origin))
    expect((await send(edge, { method: 'PUT', headers: { Origin: PAGE }, body: sent })).body).toBe('true')
  })
})

describe('bodies through the edge worker', () => {
  it('stay compressed, byte for byte, under their name', async () => {
    const body = gzipSync('compressed '.repeat(100))
    await using upstream = await listen((_, response) => {
      const headers = { 'Content-Encoding': 'gzip', 'Content-Length': body.length, 'Content-Type': 'text/plain' }
      response.writeHead(200, headers).end(body)
    })
    await using edge = await startEdge(varsFor(upstream.origin))
    const answer = await open(edge, { headers: { Origin: PAGE, 'Accept-Encoding': 'gzip' } })
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(body.length) })
    expect((await readAll(answer.stream)).equals(body)).toBe(true)
  })

  it.runIf(process.platform === 'linux').each([
    ['fast', 0],
    ['slow', 10],
  ])(
    'never pile up: 100 MB to a %s reader leave the memory of workerd below 32 MB more',
    { timeout: 30_000 },
    async (_, delay) => {
      await using upstream = await listen(async (_, response) => {
        response.writeHead(200, { 'Content-Length': 100 * MB, 'Content-Type': 'application/octet-stream' })
        const part = Buffer.alloc(MB / 4, 1)
        for (let i = 0; i < 400; i++) if (!response.write(part)) await once(response, 'drain')
        response.end()
      })
      await using edge = await startEdge(varsFor(upstream.origin))
      expect((await send(edge, { method: 'OPTIONS' })).status).toBe(200)
      const memory = () => edge.pids.reduce((sum, pid) => sum + residentMemory(pid), 0)
      const before = memory()
      expect(before).toBeGreaterThan(MB)
      const answer = await open(edge, { headers: { Origin: PAGE } })
      let size = 0
      let most = 0
      for await (const chunk of answer.stream) {
        const isNext = Math.floor(size / MB) !== Math.floor((size + chunk.length) / MB)
        size += chunk.length
        if (!isNext) continue
        most = Math.max(most, memory())
        if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
      }
      expect(size).toBe(100 * MB)
      expect(most - before).toBeLessThan(32 * MB)
    },
  )

  it.runIf(process.platform === 'linux')(
    'never pile up: nor does an upload of 100 MB that is taken slowly',
    { timeout: 30_000 },
    async () => {
      await using upstream = await listen(async (request, response) => {
        let size = 0
        for await (const chunk of request) {
          const isNext = Math.floor(size / MB) !== Math.floor((size + chunk.length) / MB)
          size += chunk.length
          if (isNext) await new Promise((resolve) => setTimeout(resolve, 5))
        }
        response.end(String(size))
      })
      await using edge = await startEdge(varsFor(upstream.origin))
      const memory = () => edge.pids.reduce((sum, pid) => sum + residentMemory(pid), 0)
      await send(edge, { method: 'POST', body: Buffer.alloc(MB) })
      const before = memory()
      const headers = { Origin: PAGE, 'Content-Length': 100 * MB }
      const request = requestOf({ host: '127.0.0.1', port: edge.port, method: 'POST', headers, agent: false })
      const answered = once(request, 'response')
      const part = Buffer.alloc(MB / 4, 1)
      let most = 0
      for (let i = 0; i < 400; i++) {
        if (!request.write(part)) await once(request, 'drain')
        most = Math.max(most, memory())
      }
      request.end()
      const [answer] = await answered
      expect(String(await readAll(answer))).toBe(String(100 * MB))
      expect(most - before).toBeLessThan(32 * MB)
    },
  )
})

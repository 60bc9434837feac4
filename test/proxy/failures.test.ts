import { once } from 'node:events'
import { type ClientRequest, request as requestOf } from 'node:http'
import { describe, expect, it, vi } from 'vitest'
import { varsFor } from '../support/edge.ts'
import { gate, listen, open, readAll, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'
import { ALL_RUNTIMES } from '../support/runtimes.ts'

/** Opens an upload that is not finished, and whose end somebody else decides. */
function upload(port: number, length: number | null): ClientRequest {
  const headers = { Origin: PAGE, ...(length !== null && { 'Content-Length': length }) }
  const request = requestOf({ host: '127.0.0.1', port, method: 'POST', path: '/upload', headers, agent: false })
  request.on('error', () => {})
  request.flushHeaders()
  return request
}

describe.each(ALL_RUNTIMES)('failures behind a proxy in %s', (runtime, start) => {
  it.each(['GET', 'POST'])('are a 504 with the header set when no answer to a %s begins in time', async (method) => {
    await using upstream = await listen(() => {})
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '200' }))
    const sent = { method, headers: { Origin: PAGE }, ...(method === 'POST' && { body: 'text' }) }
    const answer = await send(edge, sent)
    expect([answer.status, answer.headers['content-type']]).toEqual([504, 'text/plain; charset=utf-8'])
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' })
    expect(answer.body).toBe('The origin API did not answer within 200 ms.\n')
  })

  it('are no matter of the time that a client takes for its upload', async () => {
    await using upstream = await listen(async (request, response) => {
      response.end(String((await readAll(request)).length))
    })
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '200' }))
    const request = upload(edge.port, 2 ** 17)
    const answered = once(request, 'response')
    request.write(Buffer.alloc(2 ** 16))
    await new Promise((resolve) => setTimeout(resolve, 700))
    request.end(Buffer.alloc(2 ** 16))
    const [answer] = await answered
    expect([answer.statusCode, String(await readAll(answer))]).toEqual([200, String(2 ** 17)])
  })

  it('hang up on an upstream that is too late', async () => {
    const { opened: hangUp, open: hungUp } = gate()
    await using upstream = await listen((request) => request.on('close', hungUp).on('error', () => {}))
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '200' }))
    expect((await send(edge)).status).toBe(504)
    await hangUp
  })

  it('are no matter of time once an answer has begun', async () => {
    await using upstream = await listen(async (_, response) => {
      response.writeHead(200).write('one')
      await new Promise((resolve) => setTimeout(resolve, 400))
      response.end('two')
    })
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '200' }))
    expect((await send(edge)).body).toBe('onetwo')
  })

  it.each([
    ['of a known length', 8 * 2 ** 14],
    ['in chunks', null],
  ])('are no matter of time while a body %s is still being sent', async (_, length) => {
    await using upstream = await listen(async (request, response) => {
      response.end(String((await readAll(request)).length))
    })
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '300' }))
    const part = Buffer.alloc(2 ** 14)
    const request = upload(edge.port, length)
    const answered = once(request, 'response')
    for (let i = 0; i < 8; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      request.write(part)
    }
    request.end()
    const [answer] = await answered
    expect([answer.statusCode, String(await readAll(answer))]).toEqual([200, String(8 * part.length)])
  })

  it('are a 504 when a body is being sent that nobody takes', async () => {
    await using upstream = await listen((request) => request.pause())
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '300' }))
    const request = upload(edge.port, 2 ** 26)
    const answered = once(request, 'response')
    const chunk = Buffer.alloc(2 ** 16)
    const more = () => {
      while (!request.destroyed && request.write(chunk));
    }
    request.on('drain', more)
    more()
    const [answer] = await answered
    expect(answer.statusCode).toBe(504)
    request.destroy()
  })

  it.each([
    ['refuses the connection', null],
    ['hangs up without an answer', (socket: { destroy(): void }) => socket.destroy()],
    ['talks no HTTP', (socket: { end(text: string): void }) => socket.end('SSH-2.0-OpenSSH_9\r\n\r\n')],
  ])('are a 502 with the header set when the upstream %s', async (_, misbehave) => {
    await using upstream = await listen((request) => misbehave?.(request.socket))
    if (misbehave === null) await upstream[Symbol.asyncDispose]()
    await using edge = await start(varsFor(upstream.origin))
    for (const [origin, allowed] of [
      [PAGE, PAGE],
      [STRANGER, undefined],
    ] as const) {
      const answer = await send(edge, { headers: { Origin: origin } })
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([502, allowed])
      expect([answer.headers.vary, answer.body]).toEqual(['Origin', 'The origin API could not be reached.\n'])
      // Where the origin API lives is not for everybody to know.
      expect(JSON.stringify([answer.rawHeaders, answer.body])).not.toContain(new URL(upstream.origin).port)
    }
  })

  it.each([{ 'Content-Length': 1000 }, {}])(
    'end the answer early when the upstream dies in the middle of it: %o',
    async (headers) => {
      await using upstream = await listen((request, response) => {
        response.writeHead(200, headers).write('part', () => request.socket.destroy())
      })
      await using edge = await start(varsFor(upstream.origin))
      const whole = open(edge, { headers: { Origin: PAGE } }).then((answer) => {
        expect(answer.status).toBe(200)
        return readAll(answer.stream)
      })
      // Bun may reset the connection before what it had of the answer has left.
      await expect(whole).rejects.toThrow(runtime === 'Bun' ? /aborted|ECONNRESET|hang up/ : 'aborted')
      if (runtime !== 'Bun') expect((await open(edge, { headers: { Origin: PAGE } })).status).toBe(200)
    },
  )

  it.each(['before the answer', 'during the answer'])(
    'let go of the upstream when the client hangs up %s',
    async (when) => {
      const { opened: hangUp, open: hungUp } = gate()
      const arrived = vi.fn()
      await using upstream = await listen((request, response) => {
        arrived()
        request.on('close', hungUp).on('error', () => {})
        if (when === 'during the answer') response.write('part')
      })
      await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '0' }))
      const request = requestOf({ host: '127.0.0.1', port: edge.port, headers: { Origin: PAGE }, agent: false })
      request.on('error', () => {}).end()
      if (when === 'during the answer') await once((await once(request, 'response'))[0], 'data')
      else await vi.waitFor(() => expect(arrived).toHaveBeenCalled())
      // A local workerd takes a FIN for a half-closed connection, and notices what it cannot miss.
      request.socket?.resetAndDestroy()
      await hangUp
    },
  )

  it('let go of the upstream when the client hangs up in the middle of an upload', async () => {
    const { opened: hangUp, open: hungUp } = gate()
    const arrived = vi.fn()
    await using upstream = await listen((request) => {
      request
        .once('data', arrived)
        .on('close', hungUp)
        .on('error', () => {})
    })
    await using edge = await start(varsFor(upstream.origin, { TIMEOUT_MS: '0' }))
    const request = upload(edge.port, 100)
    request.write('part')
    await vi.waitFor(() => expect(arrived).toHaveBeenCalled())
    request.destroy()
    await hangUp
  })

  it('pass an answer on that came before the upload was finished', async () => {
    await using upstream = await listen((_, response) => {
      response.writeHead(413, { Connection: 'close' }).end('too large')
    })
    await using edge = await start(varsFor(upstream.origin))
    const request = upload(edge.port, 2 ** 20)
    const answered = once(request, 'response')
    request.write('part')
    const [answer] = await answered
    expect([answer.statusCode, answer.headers['access-control-allow-origin']]).toEqual([413, PAGE])
    request.destroy()
  })
})

// Bodies on their way to the origin API, and the clock that runs beside them.
import { describe, expect, it } from 'vitest'
import { createProxy, type ProxyOptions } from '../../src/proxy.ts'
import { from, PAGE } from '../support/pages.ts'

const LATE_MS = 100
const through = (fetch: (request: Request) => Promise<Response>, options: Partial<ProxyOptions> = {}) =>
  createProxy({ upstream: 'https://api.example', cors: { origins: [PAGE] }, timeoutMs: LATE_MS, fetch, ...options })

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function upload(body: ReadableStream, length?: number | string): Request {
  const headers = length === undefined ? {} : { 'Content-Length': String(length) }
  return from(PAGE, '/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
}

/** An origin API that answers once it has the whole body, as `fetch` would: not after an abort. */
async function whole(request: Request): Promise<Response> {
  const gone = new Promise<never>((_, reject) => request.signal.addEventListener('abort', reject))
  return new Response(await Promise.race([request.text(), gone]))
}

/** A body that comes later than the time-out. */
function slow(): ReadableStream {
  return new ReadableStream({
    async start(controller) {
      await pause(4 * LATE_MS)
      controller.enqueue(new TextEncoder().encode('late'))
      controller.close()
    },
  })
}

describe('the time-out', () => {
  it.each([
    ['runs', 4, 504],
    ['runs', 65_536, 504],
    ['stands still', 65_537, 200],
    ['stands still', undefined, 200],
  ])('%s while a body of %s bytes is still to come', async (_, length, status) => {
    expect((await through(whole)(upload(slow(), length))).status).toBe(status)
  })

  it('is over once an answer has begun, although the upload goes on', async () => {
    let sent: Request | undefined
    const answer = through(async (request) => {
      sent = request
      await request.body?.getReader().read()
      return new Response('early')
    })
    const endless = new ReadableStream({
      async pull(controller) {
        await pause(LATE_MS / 10)
        controller.enqueue(new Uint8Array(2 ** 16))
      },
    })
    expect(await (await answer(upload(endless))).text()).toBe('early')
    await pause(3 * LATE_MS)
    expect(sent?.signal.aborted).toBe(false)
  })
})

describe('an upload', () => {
  it('that the client breaks off is broken off at the origin API too', async () => {
    const broken = new ReadableStream({
      async pull(controller) {
        controller.error(new Error('connection reset'))
      },
    })
    const answer = await through(async (request) => new Response(await request.text()))(upload(broken))
    expect(answer.status).toBe(502)
  })

  it('that the origin API does not want is not read from the client any more', async () => {
    let cancelled: unknown
    const endless = new ReadableStream({
      async pull(controller) {
        await pause(1)
        controller.enqueue(new Uint8Array(2 ** 16))
      },
      cancel: (reason) => {
        cancelled = reason
      },
    })
    const answer = await through(async (request) => {
      await request.body?.cancel(new Error('too large'))
      return new Response(null, { status: 413 })
    })(upload(endless))
    expect(answer.status).toBe(413)
    await expect.poll(() => cancelled).toBeInstanceOf(Error)
  })

  it('ends where its reader says so, even with an empty part', async () => {
    const parts = [new TextEncoder().encode('one'), new Uint8Array(0)]
    const readerOf = () => ({
      read: async () => {
        const value = parts.shift()
        if (value === undefined) throw new Error('read behind the end')
        return { done: parts.length === 0, value }
      },
      cancel: async () => {},
    })
    const runtime = { upgrades: false, decodesBodies: true, readerOf }
    const answer = await through(whole, { runtime })(upload(new Blob(['one']).stream()))
    expect([answer.status, await answer.text()]).toEqual([200, 'one'])
  })

  it('passes through the stream that the runtime makes for its length', async () => {
    const lengths: (number | null)[] = []
    const runtime = {
      upgrades: false,
      decodesBodies: true,
      through(length: number | null) {
        lengths.push(length)
        return new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()
      },
    }
    const proxy = through(whole, { runtime })
    for (const length of ['65537', '1e9', '65537.5', '65537, 65537', undefined])
      expect((await proxy(upload(new Blob(['one']).stream(), length))).status).toBe(200)
    expect(lengths).toEqual([65_537, null, null, null, null])
  })
})

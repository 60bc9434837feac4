import { env as bindings, exports } from 'cloudflare:workers'
import { withCors } from 'corsmith/workers'
import { describe, expect, it } from 'vitest'
import { allowed, from } from './requests.ts'
import { OTHER, PAGE, STRANGER } from './worker.ts'

const { ASSETS } = bindings as unknown as { readonly ASSETS: Fetcher }
const { Plain } = exports as unknown as { readonly Plain: Fetcher }

/** A worker that answers with whatever it is told to. */
function answering(
  respond: (request: Request) => Response | Promise<Response>,
): (request: Request) => Promise<Response> {
  const handle = withCors({ origins: [PAGE, OTHER], credentials: true }, (request: Request) => respond(request))
  return async (request) => await handle(request)
}

const FOREIGN = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*', Vary: 'Accept' }

describe('responses behind withCors() in workerd', () => {
  it.each([
    ['without a body', () => new Response(null, { status: 204 })],
    ['that redirect', () => Response.redirect('https://api.example/next', 307)],
    ['of a 304', () => new Response(null, { status: 304, headers: { ETag: '"1"' } })],
  ])('may be constants of a module %s, which many origins ask for at once', async (_, make) => {
    const constant = make()
    const handle = answering(() => constant)
    const origins = [PAGE, OTHER, STRANGER, null, OTHER, PAGE]
    const responses = await Promise.all(origins.map((origin) => handle(from(origin))))
    expect(responses.map(allowed)).toEqual([PAGE, OTHER, null, null, OTHER, PAGE])
    for (const response of responses) {
      expect(response.status).toBe(constant.status)
      expect(response.headers.get('Vary')).toBe('Origin')
    }
    expect(allowed(constant)).toBeNull()
  })

  it('may come from a service binding, whose headers are immutable', async () => {
    const inner = await Plain.fetch('https://inner.example/')
    expect(() => inner.headers.set('X-A', '1')).toThrow('immutable')
    const response = await answering(() => Plain.fetch('https://inner.example/'))(from(PAGE))
    expect([allowed(response), await response.text()]).toEqual([PAGE, expect.stringMatching(/^Plain /)])
  })

  it('may come from the assets, whose headers are immutable', async () => {
    const handle = answering((request) => ASSETS.fetch(request.url))
    const response = await handle(from(PAGE, {}, '/data.json'))
    expect([response.status, allowed(response), await response.json()]).toEqual([200, PAGE, { asset: true }])
    const missing = await handle(from(PAGE, {}, '/nowhere'))
    expect([missing.status, allowed(missing)]).toEqual([404, PAGE])
  })

  it('may come from the cache, stored for one origin and read by another', async () => {
    const key = 'https://cache.example/one'
    const handle = answering(async (request) => {
      const known = await caches.default.match(key)
      if (known !== undefined) return known
      const made = new Response(`for ${request.headers.get('Origin')}`, {
        headers: { ...FOREIGN, 'Cache-Control': 'max-age=60' },
      })
      await caches.default.put(key, made.clone())
      return made
    })
    for (const [origin, expected] of [
      [PAGE, PAGE],
      [OTHER, OTHER],
      [STRANGER, null],
      [null, null],
    ] as const) {
      const response = await handle(from(origin))
      expect([allowed(response), await response.text()]).toEqual([expected, `for ${PAGE}`])
      expect(response.headers.has('Access-Control-Expose-Headers')).toBe(false)
      expect(response.headers.get('Vary')).toBe('Accept, Origin')
    }
  })

  it('may be put into the cache afterwards', async () => {
    const key = 'https://cache.example/two'
    const response = await answering(() => new Response('a', { headers: { 'Cache-Control': 'max-age=60' } }))(
      from(PAGE),
    )
    await caches.default.put(key, response.clone())
    expect(await (await caches.default.match(key))?.text()).toBe('a')
    expect(await response.text()).toBe('a')
  })

  it('keep two Set-Cookie lines apart', async () => {
    const headers = new Headers()
    for (const cookie of ['a=1; Path=/', 'b=2; Expires=Thu, 01 Jan 2099 00:00:00 GMT'])
      headers.append('Set-Cookie', cookie)
    for (const body of ['text', null]) {
      const response = await answering(() => new Response(body, { headers }))(from(PAGE))
      expect(response.headers.getSetCookie()).toEqual(headers.getSetCookie())
      expect(allowed(response)).toBe(PAGE)
    }
  })

  it('stay compressed where the worker compressed them itself', async () => {
    const text = 'compressed '.repeat(50)
    const zipped = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
    const bytes = await new Response(zipped).bytes()
    const handle = answering(
      () => new Response(bytes, { headers: { 'Content-Encoding': 'gzip' }, encodeBody: 'manual' }),
    )
    const response = await handle(from(PAGE))
    expect([allowed(response), response.headers.get('Content-Encoding')]).toEqual([PAGE, 'gzip'])
    expect(await response.bytes()).toEqual(bytes)
  })

  it('are streams that are passed on while they are written', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const response = await answering(() => new Response(readable))(from(PAGE))
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    for (const part of ['one', 'two']) {
      void writer.write(new TextEncoder().encode(part))
      expect(new TextDecoder().decode((await reader.read()).value)).toBe(part)
    }
    await writer.close()
    expect((await reader.read()).done).toBe(true)
  })

  it.each([PAGE, STRANGER])('are WebSockets, as they were made, for %s', async (origin) => {
    let made: Response | undefined
    const handle = answering(() => {
      const { 0: client, 1: server } = new WebSocketPair()
      server.accept()
      server.addEventListener('message', ({ data }) => server.send(`echo ${data}`))
      made = new Response(null, { status: 101, webSocket: client })
      return made
    })
    const response = await handle(from(origin, { headers: { Upgrade: 'websocket' } }))
    expect(response).toBe(made)
    const socket = response.webSocket
    const answered = new Promise((resolve) => socket?.addEventListener('message', ({ data }) => resolve(data)))
    socket?.accept()
    socket?.send('hello')
    expect(await answered).toBe('echo hello')
    socket?.close()
  })

  it('are what was thrown, where that is a Response', async () => {
    const response = await answering(() => {
      throw new Response('thrown', { status: 418 })
    })(from(PAGE))
    expect([response.status, allowed(response), await response.text()]).toEqual([418, PAGE, 'thrown'])
  })
})

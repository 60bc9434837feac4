// The parts of corsmith/workers that are plain web code, in Node. test/workerd and test/proxy run all of it in workerd.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEdgeProxy, type WorkerContext, type WorkerObject, withCors } from '../../adapters/workers.ts'
import type { ProxyOptions } from '../../src/proxy.ts'
import { from, PAGE } from '../support/pages.ts'

const CTX: WorkerContext = { waitUntil: () => {}, passThroughOnException: () => {}, props: undefined }

/** Options of an edge whose origin API answers with the headers that reached it. */
const options = (): ProxyOptions => ({
  upstream: 'https://api.internal/v1',
  cors: { origins: [PAGE] },
  fetch: async (request: Request) => Response.json({ url: request.url, ...Object.fromEntries(request.headers) }),
})

let printed: ReturnType<typeof vi.spyOn>
beforeEach(() => {
  printed = vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  printed.mockRestore()
})

describe('createEdgeProxy()', () => {
  it('forwards, and takes the address of the client from the platform alone', async () => {
    const proxy = createEdgeProxy(options())
    const told = {
      'cf-connecting-ip': '192.0.2.1',
      'cf-connecting-ipv6': '2001:db8::1',
      'cf-ipcountry': 'AT',
      'cf-pseudo-ipv4': '240.0.0.1',
      'cf-visitor': '{"scheme":"https"}',
      'cf-worker': 'example.com',
    }
    const headers = { ...told, 'X-Forwarded-For': '198.51.100.1' }
    const response = await proxy.fetch(from(PAGE, '/users', { headers }), {}, CTX)
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([200, PAGE])
    expect(await response.json()).toMatchObject({
      url: 'https://api.internal/v1/users',
      'x-forwarded-for': '192.0.2.1',
      ...told,
    })
    const without = await proxy.fetch(from(PAGE), {}, CTX)
    expect(await without.json()).not.toHaveProperty('x-forwarded-for')
  })

  it('hands on an Upgrade, and a body as it was encoded', async () => {
    const fetch = async (request: Request) =>
      new Response(request.headers.get('Upgrade'), { headers: { 'Content-Encoding': 'gzip' } })
    const proxy = createEdgeProxy({ ...options(), fetch })
    const headers = { Upgrade: 'websocket', Connection: 'Upgrade' }
    const response = await proxy.fetch(from(PAGE, '/', { headers }), {}, CTX)
    expect([response.status, response.headers.get('Content-Encoding')]).toEqual([200, 'gzip'])
    expect(await response.text()).toBe('websocket')
  })

  it('lets the options say where the address of the client is', async () => {
    const proxy = createEdgeProxy({ ...options(), clientAddress: () => '192.0.2.9' })
    expect(await (await proxy.fetch(from(PAGE), {}, CTX)).json()).toMatchObject({ 'x-forwarded-for': '192.0.2.9' })
  })

  it('reads the bindings once per env', async () => {
    const read = vi.fn((env: { readonly page: string }) => ({ ...options(), cors: { origins: [env.page] } }))
    const proxy = createEdgeProxy(read)
    for (const env of [{ page: PAGE }, { page: 'https://other.example' }])
      for (let i = 0; i < 2; i++) {
        const response = await proxy.fetch(from(env.page), env, CTX)
        expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([200, env.page])
      }
    expect(read).toHaveBeenCalledTimes(2)
  })

  it.each([
    ['an error', new TypeError('"UPSTREAM" is missing'), '"UPSTREAM" is missing'],
    ['something else', 'a text', 'a text'],
  ])('answers each request with why it cannot start, and prints that once: %s', async (_, thrown, said) => {
    const proxy = createEdgeProxy(() => {
      throw thrown
    })
    const env = {}
    const text = `This edge worker is not configured.\n${said}\n`
    for (let i = 0; i < 2; i++) {
      const response = await proxy.fetch(from(PAGE), env, CTX)
      expect([response.status, await response.text()]).toEqual([500, text])
      expect([...response.headers]).toEqual([
        ['cache-control', 'no-store'],
        ['content-type', 'text/plain; charset=utf-8'],
      ])
    }
    expect(printed.mock.calls).toEqual([[text]])
  })

  it('refuses options with a defect before any request', () => {
    expect(() => createEdgeProxy({ ...options(), upstream: 'ftp://x' })).toThrow(TypeError)
  })
})

describe('withCors() of corsmith/workers', () => {
  it('asks a function once per env for its policy', async () => {
    const source = vi.fn((env: { readonly page: string }) => ({ origins: [env.page] }))
    const handle = withCors(
      source,
      (_request: Request, _env: { readonly page: string }, _ctx: WorkerContext) => new Response(),
    )
    const env = { page: PAGE }
    for (const given of [env, env, { page: PAGE }])
      expect((await handle(from(PAGE), given, CTX)).headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    expect(source).toHaveBeenCalledTimes(2)
  })

  it('names a class without fetch', () => {
    expect(() => withCors({ origins: [PAGE] }, class {})).toThrow(
      new TypeError('withCors: this class has no method fetch to wrap'),
    )
  })

  it('wraps a class and keeps its name, its env and its context', async () => {
    class Greeter {
      readonly ctx: WorkerContext
      readonly env: { readonly greeting: string }
      constructor(ctx: WorkerContext, env: { readonly greeting: string }) {
        this.ctx = ctx
        this.env = env
      }
      fetch(_request: Request): Response | Promise<Response> {
        return new Response(this.env.greeting)
      }
    }
    const Wrapped = withCors((env: { readonly page: string }) => ({ origins: [env.page] }), Greeter)
    expect(Wrapped.name).toBe('Greeter')
    const worker = new Wrapped(CTX, { greeting: 'hello', page: PAGE } as { greeting: string })
    const response = await worker.fetch(from(PAGE))
    expect([await response.text(), response.headers.get('Access-Control-Allow-Origin')]).toEqual(['hello', PAGE])
  })

  it('keeps the other handlers of an object, and answers a 500 where it has no fetch', async () => {
    const scheduled = () => {}
    const worker = withCors({ origins: [PAGE] }, { scheduled } as WorkerObject<object> & { scheduled(): void })
    expect(worker.scheduled).toBe(scheduled)
    const response = (await worker.fetch?.(from(PAGE), {}, CTX)) as Response
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([500, PAGE])
  })
})

// A handler that writes Node's own response, and tells the server so by a Response that is no answer.
import { once } from 'node:events'
import type { Server, ServerResponse } from 'node:http'
import { createAdaptorServer, getRequestListener } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createAdaptorServer as createAdaptorServer1 } from '@hono/node-server-1'
import { RESPONSE_ALREADY_SENT as RESPONSE_ALREADY_SENT_1 } from '@hono/node-server-1/utils/response'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { describe, expect, it } from 'vitest'
import { cors } from '../../adapters/hono.ts'
import { cors as nodeCors } from '../../adapters/node.ts'
import type { AnyCors } from '../../src/adapter.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { listen, ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true } as const
const SOURCES = [
  ['a policy', POLICY],
  ['an AsyncCors', perRequest(() => createCors(POLICY))],
  ['a function', () => POLICY],
] as const
const SERVERS = [
  ['1', createAdaptorServer1, RESPONSE_ALREADY_SENT_1],
  ['2', createAdaptorServer, RESPONSE_ALREADY_SENT],
] as const

/** Writes at once, or when the handler has long returned, as what takes `(req, res)` does. */
function app(sentinel: Response, middleware: MiddlewareHandler | null, written: (error: unknown) => void): Hono {
  const outgoing = (c: Context) => (c.env as { outgoing: ServerResponse }).outgoing
  const write = (res: ServerResponse) => {
    try {
      res.writeHead(201, { 'Content-Type': 'text/plain' }).end('raw')
      written(null)
    } catch (error) {
      written(error)
    }
  }
  const hono = new Hono()
  if (middleware) hono.use(middleware)
  return hono
    .get('/now', (c) => {
      write(outgoing(c))
      return sentinel
    })
    .get('/later', (c) => {
      setTimeout(() => write(outgoing(c)), 20)
      return sentinel
    })
    .get('/thrown', (c) => {
      setTimeout(() => write(outgoing(c)), 20)
      throw sentinel
    })
}

describe.each(SERVERS)('RESPONSE_ALREADY_SENT of @hono/node-server %s', (_, createServer, sentinel) => {
  describe.each(SOURCES)('behind cors() with %s', (__, source) => {
    it.each(
      ['/now', '/later', '/thrown'].flatMap((path) => [PAGE, STRANGER, null].map((origin) => [path, origin] as const)),
    )('is left as it is: %s of %s is what the handler wrote', async (path, origin) => {
      const { promise, resolve } = Promise.withResolvers<unknown>()
      const hono = app(sentinel, cors(source as AnyCors), resolve)
      await using server = await ready(createServer({ fetch: hono.fetch }) as Server)
      const answer = await send(server, { path, headers: origin === null ? {} : { Origin: origin } })
      expect(await promise).toBeNull()
      expect([answer.status, answer.body]).toEqual([201, 'raw'])
      expect([...sentinel.headers.keys()]).toEqual(['x-hono-already-sent'])
    })
  })

  it('is left as it is by wrap() and apply() too', async () => {
    const hono = app(sentinel, null, () => {})
    const policy = createCors(POLICY)
    const wrapped = policy.wrap((request: Request, env: object) => hono.fetch(request, env))
    await using server = await ready(createServer({ fetch: wrapped as typeof hono.fetch }) as Server)
    const answer = await send(server, { path: '/later', headers: { Origin: PAGE } })
    expect([answer.status, answer.body]).toEqual([201, 'raw'])
    const head = new Request('https://api.example/', { method: 'HEAD', headers: { Origin: PAGE } })
    expect(policy.apply(head, sentinel)).toBe(sentinel)
  })
})

describe('corsmith/node around @hono/node-server', () => {
  it('puts the header set on what a handler writes itself', async () => {
    const hono = app(RESPONSE_ALREADY_SENT, null, () => {})
    const listener = getRequestListener(hono.fetch)
    const handle = nodeCors(POLICY)
    await using server = await listen((req, res) => handle(req, res, () => void listener(req, res)))
    const answer = await send(server, { path: '/later', headers: { Origin: PAGE } })
    expect([answer.status, answer.body, answer.headers['access-control-allow-origin']]).toEqual([201, 'raw', PAGE])
    await once(server.server.close(), 'close')
  })
})

describe('a response that only looks like a signal', () => {
  it('is an answer where it has a body', () => {
    const request = new Request('https://api.example/', { headers: { Origin: PAGE } })
    for (const own of [{}, { 'Access-Control-Allow-Origin': '*' }]) {
      const response = new Response('sent', { headers: { 'x-hono-already-sent': 'true', ...own } })
      expect(createCors(POLICY).apply(request, response).headers.get('Access-Control-Allow-Origin')).toBe(PAGE)
    }
  })
})

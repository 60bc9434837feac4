// Each adapter lets developers see what was decided, and no stranger: through its own framework, or node:http over a socket.
import { readdirSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Elysia } from 'elysia'
import express from 'express'
import Fastify from 'fastify'
import { H3 } from 'h3'
import { Hono } from 'hono'
import Koa from 'koa'
import { afterAll, describe, expect, it } from 'vitest'
import * as astro from '../../adapters/astro.ts'
import * as bun from '../../adapters/bun.ts'
import * as deno from '../../adapters/deno.ts'
import * as elysia from '../../adapters/elysia.ts'
import * as fastify from '../../adapters/fastify.ts'
import * as h3 from '../../adapters/h3.ts'
import * as hono from '../../adapters/hono.ts'
import * as koa from '../../adapters/koa.ts'
import * as next from '../../adapters/next.ts'
import { cors, explainMiddleware, type NodeRequest } from '../../adapters/node.ts'
import * as reactRouter from '../../adapters/react-router.ts'
import * as sveltekit from '../../adapters/sveltekit.ts'
import * as workers from '../../adapters/workers.ts'
import { createCors, perRequest } from '../../src/index.ts'
import { explainTo } from '../../src/log.ts'
import { APP, STRANGER } from '../support/exchanges.ts'

type Ask = (init: RequestInit) => Promise<Response>

const policy = createCors({ origins: [APP], exposedHeaders: ['ETag'] })
const TOKEN = 'the token of a developer'
const options = {
  isDeveloper: async (request: Request) => request.headers.get('authorization') === TOKEN,
}
const nodeOptions = { isDeveloper: async ({ headers }: NodeRequest) => headers.authorization === TOKEN }
const CACHED = {
  'Cache-Control': 'public, max-age=600',
  'CDN-Cache-Control': 'max-age=600',
  'Server-Timing': 'db;dur=5',
}
const hello = (_request: Request) => new Response('hello', { headers: CACHED })

const ASKED = new Request('https://api.example/hello')

/** Asks a Fetch handler. */
const fetching =
  (handler: (request: Request) => Response | Promise<Response>): Ask =>
  async (init) =>
    handler(new Request('https://api.example/hello', init))

const servers: { close(): unknown }[] = []
afterAll(() => {
  for (const server of servers) server.close()
})

/** Asks a listener of Node over a socket. */
async function listening(listener: RequestListener): Promise<Ask> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return (init) => fetch(`http://127.0.0.1:${port}/hello`, init)
}

const explain = explainMiddleware(policy, nodeOptions)

const SERVERS: Readonly<Record<string, () => Ask | Promise<Ask>>> = {
  workers: () => fetching(explainTo(policy, (request) => workers.withCors(policy, hello)(request), options)),
  deno: () => fetching(explainTo(policy, (request) => deno.withCors(policy, { fetch: hello }).fetch(request), options)),
  bun: () => {
    const { fetch } = bun.withCors(policy, { fetch: hello })
    return fetching(explainTo(policy, (request) => fetch.call(undefined as never, request), options))
  },
  astro: () =>
    fetching(explainTo(policy, (request) => astro.withCors(policy, { fetch: hello }).fetch(request), options)),
  'react-router': () =>
    fetching(
      explainTo(
        policy,
        (request) => reactRouter.withCors(policy, async (request: Request) => hello(request))(request),
        options,
      ),
    ),
  next: () => {
    const { GET } = next.withCors(policy, { GET: hello })
    return fetching(explainTo(policy, (request) => GET(request as never), options))
  },
  sveltekit: () =>
    fetching((request) =>
      explainTo(
        policy,
        () => sveltekit.cors(policy)({ event: { request }, resolve: () => hello(request) }),
        options,
      )(request),
    ),
  hono: () => {
    const app = new Hono().use(hono.cors(policy)).get('/hello', () => hello(ASKED))
    return fetching(explainTo(policy, (request) => app.fetch(request), options))
  },
  h3: () => {
    const app = new H3().register(h3.cors(policy)).get('/hello', () => hello(ASKED))
    return fetching(explainTo(policy, async (request) => await app.fetch(request), options))
  },
  elysia: () => {
    const app = new Elysia().use(elysia.cors(policy)).get('/hello', () => hello(ASKED))
    return fetching(explainTo(policy, (request) => app.handle(request), options))
  },
  node: () =>
    listening((req, res) =>
      explain(req, res, () => cors(policy)(req, res, () => res.writeHead(200, CACHED).end('hello'))),
    ),
  'node, in Express': () => {
    const app = express().use(explain, cors(policy))
    app.get('/hello', (_req, res) => void res.set(CACHED).send('hello'))
    return listening(app)
  },
  fastify: async () => {
    const app = Fastify()
    servers.push(app)
    app.addHook('onRequest', ({ raw }, reply, done) => explain(raw, reply.raw, done))
    await app.register(fastify.cors(policy))
    app.get('/hello', (_request, reply) => reply.headers(CACHED).send('hello'))
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    return (init) => fetch(`${address}/hello`, init)
  },
  koa: () => {
    const app = new Koa()
    app.use((ctx, then) => new Promise<void>((done) => explain(ctx.req, ctx.res, () => done(then()))))
    app.use(koa.cors(policy))
    app.use((ctx) => {
      ctx.set(CACHED)
      ctx.body = 'hello'
    })
    return listening(app.callback())
  },
}

/** Adapters whose answers are those of another server, with the reason. */
const WITHOUT = {
  'node-proxy': 'a whole server, which stands in front of the API: give it to explainTo as a Fetch proxy, createProxy',
}

it('every adapter is asked', () => {
  const adapters = readdirSync(join(import.meta.dirname, '../../adapters/runtime')).map((file) =>
    file.replace('.ts', ''),
  )
  const asked = Object.keys(SERVERS).map((name) => name.split(',')[0] ?? '')
  expect(adapters.filter((name) => !asked.includes(name) && !(name in WITHOUT))).toEqual([])
})

describe.each(Object.entries(SERVERS))('%s', async (_, start) => {
  const ask = await start()
  const asked = (origin: string, token: string, init: RequestInit = {}) =>
    ask({ ...init, headers: { Origin: origin, Authorization: token, ...init.headers } })

  it.each([
    [STRANGER, `origin-not-allowed: add \\"${STRANGER}\\" to origins`],
    [APP, `allowed by ${APP}`],
  ])('tells a developer what was decided about %s', async (origin, said) => {
    const response = await asked(origin, TOKEN)
    expect(await response.text()).toBe('hello')
    expect(response.headers.get('Server-Timing')).toBe(`db;dur=5, corsmith;desc="${said}"`)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.has('CDN-Cache-Control')).toBe(false)
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(origin === APP ? APP : null)
  })

  it('tells a stranger nothing', async () => {
    for (const token of ['', 'guess', `${TOKEN}x`]) {
      const response = await asked(STRANGER, token)
      expect(await response.text()).toBe('hello')
      expect(response.headers.get('Server-Timing')).toBe('db;dur=5')
      expect(response.headers.get('Cache-Control')).toBe('public, max-age=600')
    }
  })

  it('tells nothing in the answer to a preflight', async () => {
    const response = await asked(STRANGER, TOKEN, {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'PUT' },
    })
    expect(response.headers.get('Server-Timing') ?? '').not.toContain('corsmith')
  })
})

describe('explainMiddleware()', () => {
  it.each([
    [
      'throws',
      () => {
        throw new Error('down')
      },
    ],
    ['rejects', () => Promise.reject(new Error('down'))],
    ['gives a text', () => 'true' as never],
  ])('tells nothing, and answers, where isDeveloper %s', async (_, isDeveloper) => {
    const quiet = explainMiddleware(policy, { isDeveloper })
    const ask = await listening((req, res) => quiet(req, res, () => cors(policy)(req, res, () => res.end('hello'))))
    const response = await ask({ headers: { Origin: STRANGER } })
    expect([await response.text(), response.headers.get('Server-Timing')]).toEqual(['hello', null])
  })

  it('explains a policy that is chosen per request', async () => {
    const chosen = perRequest((request: Request) => (new URL(request.url).pathname === '/hello' ? policy : null))
    const told = explainMiddleware(chosen, { isDeveloper: () => true })
    const ask = await listening((req, res) => told(req, res, () => cors(chosen)(req, res, () => res.end('hello'))))
    const response = await ask({ headers: { Origin: STRANGER } })
    expect(response.headers.get('Server-Timing')).toContain('origin-not-allowed')
  })

  it.each([
    ['HEAD', 200],
    ['GET', 304],
  ])('leaves the answer to %s with %i alone', async (method, status) => {
    const told = explainMiddleware(policy, { isDeveloper: () => true })
    const ask = await listening((req, res) => told(req, res, () => void res.writeHead(status, CACHED).end()))
    const response = await ask({ method, headers: { Origin: STRANGER } })
    expect([response.headers.get('Server-Timing'), response.headers.get('Cache-Control')]).toEqual([
      'db;dur=5',
      'public, max-age=600',
    ])
  })

  it('throws where isDeveloper is no function', () => {
    expect(() => explainMiddleware(policy, {} as never)).toThrow('explainMiddleware: isDeveloper is a function')
  })
})

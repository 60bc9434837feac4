// Two policies that cover one request are said in development, once, and never in production.
import { getRequestListener } from '@hono/node-server'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as hono from '../../adapters/hono.ts'
import { cors } from '../../adapters/node.ts'
import { createCors } from '../../src/index.ts'
import { listen, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const OUTER = createCors({ origins: [PAGE] })
const INNER = createCors({ origins: [STRANGER] })
type Listener = Parameters<typeof listen>[0]
type Made = (outer: typeof OUTER, inner: typeof INNER) => Listener | Promise<Listener>

const passed = (middleware: ReturnType<typeof cors>) => (ctx: Koa.Context, next: Koa.Next) =>
  new Promise<void>((resolve) => middleware(ctx.req, ctx.res, resolve)).then(next)

const APPS: Readonly<Record<string, Made>> = {
  Express: (outer, inner) =>
    express()
      .use(cors(outer))
      .use(
        '/api',
        express
          .Router()
          .use(cors(inner))
          .get('/x', (_req, res) => void res.send('x')),
      ),
  Fastify: async (outer, inner) => {
    const app = Fastify()
    app.addHook('onRequest', (req, reply, done) => cors(outer)(req.raw, reply.raw, done))
    const handle = cors(inner)
    await app.register(async (router) => {
      router.addHook('onRequest', (req, reply, done) => handle(req.raw, reply.raw, done))
      router.get('/api/x', async () => 'x')
    })
    await app.ready()
    return app.routing as unknown as Listener
  },
  Koa: (outer, inner) => {
    const app = new Koa().use(passed(cors(outer))).use(passed(cors(inner)))
    app.use((ctx) => {
      ctx.body = 'x'
    })
    return app.callback()
  },
  Hono: (outer, inner) => {
    const app = new Hono()
      .use(hono.cors(outer))
      .use('/api/*', hono.cors(inner))
      .get('/api/x', (c) => c.text('x'))
    return getRequestListener(app.fetch) as Listener
  },
}

beforeEach(() => vi.stubEnv('NODE_ENV', 'development'))
afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

async function said(
  make: Made,
  outer = OUTER,
  inner = INNER,
): Promise<{ lines: readonly unknown[][]; allowed: unknown }> {
  const print = vi.spyOn(console, 'warn').mockImplementation(() => {})
  await using server = await listen(await make(outer, inner))
  const first = await send(server, { path: '/api/x', headers: { Origin: PAGE } })
  await send(server, { path: '/api/x?again', headers: { Origin: STRANGER } })
  return { lines: print.mock.calls, allowed: first.headers['access-control-allow-origin'] }
}

describe.each(Object.entries(APPS))('two policies in %s', (_, make) => {
  it('are said once in development, and the outer one decides', async () => {
    const { lines, allowed } = await said(make)
    expect(lines).toHaveLength(1)
    expect(lines[0]?.[0]).toMatch(/^corsmith: two policies cover GET \/api\/x\. The outer one decides/)
    expect(allowed).toBe(PAGE)
  })

  it('are not said in production, nor where they are one', async () => {
    expect((await said(make, OUTER, OUTER)).lines).toEqual([])
    vi.stubEnv('NODE_ENV', 'production')
    expect((await said(make)).lines).toEqual([])
  })
})

// What people reported about CORS in Express, Koa and NestJS, tried with corsmith/node. See docs/field-reports.
import 'reflect-metadata'
import { Controller, Get, Module, UnauthorizedException } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { ExpressAdapter } from '@nestjs/platform-express'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import express from 'express'
import Koa from 'koa'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { type CorsPolicy, CorsPolicyError, createCors, policyFromEnv } from '../../src/index.ts'
import { corsNames, listen, open, ready, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const POLICY = { origins: [PAGE], credentials: true, methods: ['PUT'], requestHeaders: ['Content-Type'] } as const
const FROM_PAGE = { headers: { Origin: PAGE } }
const FROM_STRANGER = { headers: { Origin: STRANGER } }
const asking = (path: string) => ({
  method: 'OPTIONS',
  path,
  headers: { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' },
})

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

describe('Express', () => {
  it('an answer to a request without Origin varies by it, and so do files with one origin', async () => {
    const app = express()
      .use(cors(POLICY))
      .use(express.static(import.meta.dirname))
    await using server = await listen(app)
    const path = '/node-field-express.test.ts'
    const plain = await send(server, { path })
    expect([plain.status, plain.headers.vary]).toEqual([200, 'Origin'])
    const again = await send(server, { path, headers: { Origin: PAGE, 'If-None-Match': plain.headers.etag ?? '' } })
    expect([again.status, again.headers['access-control-allow-origin']]).toEqual([304, PAGE])
  })

  it('preflights of every path are answered by app.use alone, without a route for OPTIONS', async () => {
    const app = express().use(cors(POLICY))
    app.put('/users/:id', (_req, res) => void res.send('put'))
    await using server = await listen(app)
    for (const path of ['/users/1', '/nowhere', '/'])
      expect((await send(server, asking(path))).headers['access-control-allow-methods']).toBe('PUT')
  })

  it('a promise around the middleware settles for preflights too, once it listens for the end', async () => {
    const handle = cors(POLICY)
    const outcomes: boolean[] = []
    await using server = await listen(async (req, res) => {
      const isPassed = await new Promise<boolean>((resolve) => {
        res.once('close', () => resolve(false))
        handle(req, res, () => resolve(true))
      })
      outcomes.push(isPassed)
      if (isPassed) res.end('hello')
    })
    expect((await send(server, asking('/'))).status).toBe(204)
    expect((await send(server, FROM_PAGE)).body).toBe('hello')
    expect(outcomes).toEqual([false, true])
  })

  it('what a body parser refuses is shared', async () => {
    const app = express()
      .use(cors(POLICY))
      .use(express.json({ limit: 10 }))
    await using server = await listen(app)
    const post = (body: string) =>
      send(server, { method: 'POST', body, headers: { Origin: PAGE, 'Content-Type': 'application/json' } })
    for (const [body, status] of [
      ['{"name":"much too long"}', 413],
      ['{', 400],
    ] as const) {
      const answer = await post(body)
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([status, PAGE])
    }
  })

  it('a session id in the head of an event stream can be read', async () => {
    const app = express().use(cors({ ...POLICY, exposedHeaders: ['Mcp-Session-Id'] }))
    app.post('/mcp', (_req, res) => {
      res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Mcp-Session-Id': '1' })
      res.write('data: 1\n\n')
    })
    await using server = await listen(app)
    const { headers, stream } = await open(server, { method: 'POST', path: '/mcp', headers: { Origin: PAGE } })
    expect(headers['access-control-expose-headers']).toBe('mcp-session-id')
    stream.destroy()
  })
})

describe('Koa', () => {
  const hello: Koa.Middleware = (ctx) => {
    ctx.body = 'hello'
  }

  function behind(policy: CorsPolicy, then: Koa.Middleware): ReturnType<Koa['callback']> {
    const handle = cors(policy as typeof POLICY)
    const app = new Koa()
    app.silent = true
    app.use(async (ctx, next) => {
      const isPassed = await new Promise((resolve) => {
        ctx.res.once('close', () => resolve(false))
        handle(ctx.req, ctx.res, () => resolve(true))
      })
      if (isPassed) await next()
      else ctx.respond = false
    })
    return app.use(then).callback()
  }

  it('an error, which removes all headers, is shared', async () => {
    const listener = behind(POLICY, (ctx) => ctx.throw(416, 'no such range'))
    await using server = await listen(listener as never)
    const answer = await send(server, FROM_PAGE)
    expect([answer.status, answer.headers['access-control-allow-origin'], answer.headers.vary]).toEqual([
      416,
      PAGE,
      'Origin',
    ])
  })

  it('an origin that is not listed is no error, and reads nothing', async () => {
    await using server = await listen(behind(POLICY, hello) as never)
    const answer = await send(server, FROM_STRANGER)
    expect([answer.status, answer.body, corsNames(answer.headers)]).toEqual([200, 'hello', []])
  })

  it('refused: "forbid" keeps an origin that is not listed from the handler', async () => {
    const then = vi.fn()
    await using server = await listen(behind({ ...POLICY, refused: 'forbid' }, then) as never)
    expect((await send(server, FROM_STRANGER)).status).toBe(403)
    expect(then).not.toHaveBeenCalled()
  })

  it('what answers OPTIONS or says "*" further in takes nothing over', async () => {
    const listener = behind(POLICY, (ctx) => {
      ctx.set('Access-Control-Allow-Origin', '*')
      ctx.status = 204
    })
    await using server = await listen(listener as never)
    const preflight = await send(server, asking('/'))
    expect([
      preflight.headers['access-control-allow-origin'],
      preflight.headers['access-control-allow-methods'],
    ]).toEqual([PAGE, 'PUT'])
    expect((await send(server, FROM_PAGE)).headers['access-control-allow-origin']).toBe(PAGE)
  })

  it('headers of cross-origin isolation stand beside the header set', async () => {
    const listener = behind(POLICY, (ctx) => {
      ctx.set({ 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' })
      ctx.body = 'hello'
    })
    await using server = await listen(listener as never)
    expect((await send(server, FROM_PAGE)).headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'access-control-allow-origin': PAGE,
    })
  })
})

class AppController {
  hello(): string {
    return 'hello'
  }
  secret(): never {
    throw new UnauthorizedException()
  }
}
class AppModule {}
for (const name of ['hello', 'secret'] as const) {
  const method = Object.getOwnPropertyDescriptor(AppController.prototype, name) as PropertyDescriptor
  Reflect.defineMetadata('design:paramtypes', [], AppController.prototype, name)
  Get(name)(AppController.prototype, name, method)
}
Controller()(AppController)
Module({ controllers: [AppController] })(AppModule)

describe.each([
  ['Express', () => new ExpressAdapter()],
  ['Fastify', () => new FastifyAdapter()],
])('NestJS on %s', (_, adapter) => {
  it('one middleware serves both platforms, twice over, and what a guard refuses is shared', async () => {
    const app = await NestFactory.create(AppModule, adapter(), { logger: false })
    const handle = cors(POLICY)
    app.use(handle)
    // A library that brings CORS of its own.
    app.use(cors({ origins: '*' }))
    await app.listen(0, '127.0.0.1')
    const server = await ready(app.getHttpServer())
    for (const [path, status] of [
      ['/hello', 200],
      ['/secret', 401],
      ['/nowhere', 404],
    ] as const) {
      const answer = await send(server, { path, ...FROM_PAGE })
      expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([status, PAGE])
      expect(corsNames((await send(server, { path, ...FROM_STRANGER })).headers)).toEqual([])
    }
    expect((await send(server, asking('/hello'))).headers['access-control-allow-methods']).toBe('PUT')
    await app.close()
  })

  it('a list that comes from the environment, and every port of this machine', async () => {
    const env = { CORS_ORIGINS: `${PAGE}, http://localhost:*`, CORS_CREDENTIALS: 'true' }
    const app = await NestFactory.create(AppModule, adapter(), { logger: false })
    app.use(cors(policyFromEnv(env)))
    await app.listen(0, '127.0.0.1')
    const server = await ready(app.getHttpServer())
    for (const [origin, expected] of [
      [PAGE, PAGE],
      ['http://localhost:5173', 'http://localhost:5173'],
      [STRANGER, undefined],
    ] as const) {
      const answer = await send(server, { path: '/hello', headers: { Origin: origin } })
      expect(answer.headers['access-control-allow-origin']).toBe(expected)
    }
    // Without Origin: a health check, an app on a phone.
    expect((await send(server, { path: '/hello' })).body).toBe('hello')
    await app.close()
  })

  it('an unset variable never means everybody', () => {
    const env: Record<string, string | undefined> = {}
    const origins = env.CORS_ORIGIN?.split(',') ?? '*'
    expect(() => createCors({ origins, credentials: true } as never)).toThrow(CorsPolicyError)
    expect(() => policyFromEnv(env)).toThrow(CorsPolicyError)
  })
})

// What is printed for servers on Node, run as it stands, with an application that speaks CORS wrongly below it.
import 'reflect-metadata'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { All, Controller, Module, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import express, { type Express } from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { Server as SocketServer } from 'socket.io'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as denoAdapter from '../../../../adapters/deno.ts'
import * as fastifyAdapter from '../../../../adapters/fastify.ts'
import * as honoAdapter from '../../../../adapters/hono.ts'
import * as koaAdapter from '../../../../adapters/koa.ts'
import * as node from '../../../../adapters/node.ts'
import * as corsmith from '../../../../src/index.ts'
import { send } from '../../../support/raw-http.ts'
import { serve } from '../../../support/serve-fetch.ts'
import type { Stage } from '../../stage.ts'
import { runAwaitingCode, runCode } from './pasted-code.ts'
import { provesAll, type Start, textFor } from './proofs.ts'
import { WRONG } from './wrong-api.ts'

const MODULES = {
  corsmith,
  'corsmith/node': node,
  'corsmith/fastify': fastifyAdapter,
  'corsmith/koa': koaAdapter,
  'corsmith/hono': honoAdapter,
  'npm:corsmith/deno': denoAdapter,
  fastify: { default: Fastify },
  hono: { Hono },
  'node:http': { createServer },
  'socket.io': { Server: SocketServer },
}

// The applications throw on purpose, and a thrown error is printed.
beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
afterAll(() => void vi.restoreAllMocks())

/** What an application answers, login first. */
function statusOf(method: string, url: string): number {
  if (method === 'OPTIONS' || url.startsWith('/closed')) return 401
  if (url.startsWith('/error')) return 500
  return url.startsWith('/missing') ? 404 : 200
}

const HEADERS = [...WRONG, ['ETag', '"1"']] as const

/** Answers on Node's own response, whatever framework it is in. */
function answer(req: IncomingMessage, res: ServerResponse): void {
  for (const [name, value] of HEADERS) res.appendHeader(name, value)
  res.statusCode = statusOf(req.method ?? '', req.url ?? '')
  res.end('ok')
}

async function listen(server: Server, close: () => unknown = () => {}): Promise<Stage> {
  if (!server.listening) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      await close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const STARTS: readonly (readonly [target: 'node' | 'express' | 'fastify' | 'koa' | 'nestjs', start: Start])[] = [
  [
    'node',
    (text) => {
      let made: Server | undefined
      const own = (listener: RequestListener) => {
        made = createServer(listener)
        return made
      }
      runCode(text, { ...MODULES, 'node:http': { createServer: own } }, { handler: answer }, 'nothing')
      if (made === undefined) throw new Error('no server was made')
      return listen(made)
    },
  ],
  [
    'express',
    (text) => {
      const app = runCode(text, MODULES, { app: express() }, 'app') as Express
      app.use(answer)
      return listen(createServer(app))
    },
  ],
  [
    'fastify',
    async (text) => {
      const app = (await runAwaitingCode(text, MODULES, {}, 'app')).result as FastifyInstance
      app.addHttpMethod('PURGE')
      app.addHook('onRequest', async (request, reply) => {
        for (const [name, value] of HEADERS) reply.header(name, value)
        if (statusOf(request.method, request.url) === 401) return reply.code(401).send('no')
      })
      app.all('/*', (request, reply) => {
        if (request.url.startsWith('/error')) throw new Error('no')
        reply.code(statusOf(request.method, request.url)).send('ok')
      })
      await app.listen({ port: 0, host: '127.0.0.1' })
      return listen(app.server, () => app.close())
    },
  ],
  [
    'koa',
    (text) => {
      const app = runCode(text, MODULES, { app: new Koa() }, 'app') as Koa
      app.silent = true
      app.use((ctx) => {
        for (const [name, value] of HEADERS) ctx.append(name, value)
        if (ctx.url.startsWith('/error')) throw new Error('no')
        ctx.status = statusOf(ctx.method, ctx.url)
        ctx.body = 'ok'
      })
      return listen(createServer(app.callback()))
    },
  ],
  [
    'nestjs',
    async (text) => {
      class AppController {
        answer(req: never, res: never): void {
          answer(req, res)
        }
      }
      const handler = Object.getOwnPropertyDescriptor(AppController.prototype, 'answer')
      if (handler === undefined) throw new Error('no handler')
      All('*path')(AppController.prototype, 'answer', handler)
      Req()(AppController.prototype, 'answer', 0)
      Res()(AppController.prototype, 'answer', 1)
      Controller()(AppController)
      class AppModule {}
      Module({ controllers: [AppController] })(AppModule)
      const app = await NestFactory.create(AppModule, { logger: false })
      runCode(text, MODULES, { app }, 'app')
      await app.listen(0, '127.0.0.1')
      return listen(app.getHttpServer() as Server, () => app.close())
    },
  ],
]

describe.each(STARTS)('what is printed for %s, in the real one', (target, start) => {
  provesAll(target, start)
})

async function handle(request: Request): Promise<Response> {
  const status = statusOf(request.method, new URL(request.url).pathname)
  if (status === 500) throw new Error('no')
  return new Response('ok', { status, headers: HEADERS.map(([name, value]) => [name, value] as [string, string]) })
}

type Handler = (request: Request) => Response | Promise<Response>

async function serving(fetch: Handler): Promise<Stage> {
  const server = await serve(fetch)
  return { origin: server.origin, close: async () => server[Symbol.asyncDispose]() }
}

/** What takes a handler of Requests, and how it is run. */
const HANDLERS: readonly (readonly [
  target: 'fetch' | 'vercel' | 'netlify' | 'supabase',
  run: (text: string) => Handler,
])[] = [
  ['fetch', (text) => (runCode(text, MODULES, { handler: handle }, 'default') as { fetch: Handler }).fetch],
  ['vercel', (text) => (runCode(text, MODULES, { handler: handle }, 'default') as { fetch: Handler }).fetch],
  [
    'netlify',
    (text) => {
      const own = runCode(text, MODULES, {}, 'default') as (request: Request, context: object) => Promise<Response>
      return (request) => own(request, { next: () => handle(request) })
    },
  ],
  [
    'supabase',
    (text) => {
      const served: Handler[] = []
      runCode(text, MODULES, { handler: handle, Deno: { serve: (own: Handler) => served.push(own) } }, 'nothing')
      const [own] = served
      if (own === undefined) throw new Error('nothing was served')
      return own
    },
  ],
]

describe.each(HANDLERS)('what is printed for %s, run', (target, run) => {
  provesAll(target, (text) => serving(run(text)))
})

describe('what is printed for Hono, in the real one', () => {
  provesAll('hono', async (text) => {
    const app = runCode(text, MODULES, {}, 'app') as Hono
    app.all('*', (c) => handle(c.req.raw))
    return serving(app.fetch)
  })
})

describe('what is printed for Socket.IO, in the real one', () => {
  it('shares polling with the origins of the policy, and refuses strangers', async () => {
    const { text } = textFor('socketio', { origins: ['https://app.example.com'], credentials: true })
    const httpServer = createServer()
    const io = runCode(text, MODULES, { httpServer }, 'io') as SocketServer
    const server = await listen(httpServer, () => io.close())
    try {
      const poll = (origin: string) =>
        send(`${server.origin}/socket.io/?EIO=4&transport=polling`, { headers: { Origin: origin } })
      const [own, stranger] = [await poll('https://app.example.com'), await poll('https://stranger.example.org')]
      expect([own.status, own.all('Access-Control-Allow-Origin')]).toEqual([200, ['https://app.example.com']])
      expect([stranger.status, stranger.all('Access-Control-Allow-Origin')]).toEqual([403, []])
    } finally {
      await server.close()
    }
  })
})

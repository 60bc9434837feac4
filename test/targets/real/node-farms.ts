/** Servers on Node that run printed code as it stands, with an application that speaks CORS wrongly below it. */
import 'reflect-metadata'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import fastifyCorsPackage from '@fastify/cors'
import { All, Controller, Module, Req, Res } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import expressCorsPackage from 'cors'
import express, { type Express } from 'express'
import Fastify, { type FastifyInstance } from 'fastify'
import { Hono } from 'hono'
import Koa from 'koa'
import { Server as SocketServer } from 'socket.io'
import * as denoAdapter from '../../../adapters/deno.ts'
import * as fastifyAdapter from '../../../adapters/fastify.ts'
import * as honoAdapter from '../../../adapters/hono.ts'
import * as koaAdapter from '../../../adapters/koa.ts'
import * as node from '../../../adapters/node.ts'
import * as corsmith from '../../../src/index.ts'
import type { Stage } from '../../diagnose/stage.ts'
import { runAwaitingCode, runCode } from './pasted-code.ts'
import { WRONG } from './wrong-api.ts'

export const MODULES = {
  corsmith,
  'corsmith/node': node,
  'corsmith/fastify': fastifyAdapter,
  'corsmith/koa': koaAdapter,
  'corsmith/hono': honoAdapter,
  'npm:corsmith/deno': denoAdapter,
  cors: { default: expressCorsPackage },
  '@fastify/cors': { default: fastifyCorsPackage },
  fastify: { default: Fastify },
  hono: { Hono },
  'node:http': { createServer },
  'socket.io': { Server: SocketServer },
}

/** What an application answers, login first. */
export function statusOf(method: string, url: string): number {
  if (method === 'OPTIONS' || url.startsWith('/closed')) return 401
  if (url.startsWith('/error')) return 500
  if (url.startsWith('/moved')) return 302
  return url.startsWith('/missing') ? 404 : 200
}

export const HEADERS = [...WRONG, ['ETag', '"1"']] as const

/** What an application says that leaves CORS to a package. */
const OWN = HEADERS.filter(([name]) => !/^(access-control|timing)-/i.test(name))

/** Answers on Node's own response, whatever framework it is in. */
export function answer(req: IncomingMessage, res: ServerResponse): void {
  answerWith(HEADERS, req, res)
}

function answerWith(headers: typeof HEADERS | typeof OWN, req: IncomingMessage, res: ServerResponse): void {
  const url = req.url ?? ''
  for (const [name, value] of headers) res.appendHeader(name, value)
  res.statusCode = statusOf(req.method ?? '', url)
  if (url.startsWith('/moved')) res.setHeader('Location', '/x')
  if (!url.startsWith('/stream')) return void res.end('ok')
  res.write('a')
  setTimeout(() => res.end('bc'), 5)
}

export async function listen(server: Server, close: () => unknown = () => {}): Promise<Stage> {
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

type Start = (text: string) => Promise<Stage>

export const STARTS: readonly (readonly [
  target: 'node' | 'express' | 'fastify' | 'koa' | 'nestjs' | 'express-cors' | 'fastify-cors',
  start: Start,
])[] = [
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
  [
    'express-cors',
    (text) => {
      const app = runCode(text, MODULES, { app: express() }, 'app') as Express
      app.use((req, res) => answerWith(OWN, req, res))
      return listen(createServer(app))
    },
  ],
  [
    'fastify-cors',
    async (text) => {
      const app = Fastify()
      app.addHttpMethod('PURGE')
      await (runCode(
        `const done = (async () => {\n${text.replaceAll(/^import .*$/gm, '')}\n})()`,
        {},
        { app, fastifyCors: fastifyCorsPackage },
        'done',
      ) as Promise<void>)
      app.addHook('onRequest', async (request, reply) => {
        for (const [name, value] of OWN)
          reply.header(name, name === 'Vary' ? [reply.getHeader(name), value].filter(Boolean).join(', ') : value)
        if (statusOf(request.method, request.url) === 401) return reply.code(401).send('no')
      })
      app.route({
        method: ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'PURGE'],
        url: '/*',
        handler: (request, reply) => {
          if (request.url.startsWith('/error')) throw new Error('no')
          if (request.url.startsWith('/moved')) return reply.redirect('/x', 302)
          return reply.code(statusOf(request.method, request.url)).send('ok')
        },
      })
      await app.listen({ port: 0, host: '127.0.0.1' })
      return listen(app.server, () => app.close())
    },
  ],
]

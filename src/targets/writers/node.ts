import { type OwnTarget, own } from '../row.ts'

/** Servers on Node's own request and response share one middleware. */

const REPLACES = 'what handlers set themselves is replaced'

export const express: OwnTarget<'express'> = own({
  name: 'express',
  title: 'Express',
  kind: 'code',
  language: 'ts',
  where: 'Above every route and every other app.use: a preflight must not meet authentication.',
  removes: `Remove app.use(cors()) of the cors package, app.options('*', …), and res.header('Access-Control-…'); ${REPLACES}.`,
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/node'

app.use(cors(${policy}))`,
})

export const node: OwnTarget<'node'> = own({
  name: 'node',
  title: 'node:http',
  kind: 'code',
  language: 'ts',
  where: 'Around the whole request listener.',
  removes: `Remove res.setHeader('Access-Control-…') and the branch for OPTIONS; ${REPLACES}.`,
  proof: 'run',
  write: (policy) => `import { createServer } from 'node:http'
import { cors } from 'corsmith/node'

const handleCors = cors(${policy})
createServer((req, res) => handleCors(req, res, () => handler(req, res)))`,
})

export const fastify: OwnTarget<'fastify'> = own({
  name: 'fastify',
  title: 'Fastify',
  kind: 'code',
  language: 'ts',
  where:
    'On the root instance, above every other hook and plugin, with await. frameworkErrors covers what Fastify answers before its hooks.',
  removes: `Remove @fastify/cors, and reply.header('Access-Control-…'); ${REPLACES}.`,
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/fastify'
import Fastify from 'fastify'

const handleCors = cors(${policy})
const app = Fastify({ frameworkErrors: handleCors.frameworkErrors })
await app.register(handleCors)`,
})

export const koa: OwnTarget<'koa'> = own({
  name: 'koa',
  title: 'Koa',
  kind: 'code',
  language: 'ts',
  where: 'Above every other app.use: a preflight must not meet authentication.',
  removes: `Remove @koa/cors, and ctx.set('Access-Control-…'); ${REPLACES}.`,
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/koa'

app.use(cors(${policy}))`,
})

export const nestjs: OwnTarget<'nestjs'> = own({
  name: 'nestjs',
  title: 'NestJS',
  kind: 'code',
  language: 'ts',
  where: 'In main.ts, right below NestFactory.create and above every other app.use.',
  removes: `Remove app.enableCors() and the cors option of NestFactory.create; ${REPLACES}.`,
  proof: 'run',
  write: (policy) => `import { cors } from 'corsmith/node'

app.use(cors(${policy}))`,
})

export const socketio: OwnTarget<'socketio'> = own({
  name: 'socketio',
  title: 'Socket.IO',
  kind: 'code',
  language: 'ts',
  where:
    'Where the server is made. CORS keeps no stranger from a WebSocket, in no library, so allowRequest refuses them over both transports.',
  removes: 'Remove the cors option of new Server(…).',
  proof: 'run',
  write: (policy) => `import { createCors } from 'corsmith'
import { cors, requestHead } from 'corsmith/node'
import { Server } from 'socket.io'

const policy = createCors(${policy})
const io = new Server(httpServer, {
  allowRequest: (req, callback) => callback(null, policy.guard(requestHead(req)) === null),
})
io.engine.use(cors(policy))`,
})

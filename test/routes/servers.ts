// Routers of many kinds, each with the routes of the table. Each answers with the name of the route that it took, in `X-Route`.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Elysia } from 'elysia'
import express from 'express'
import express4 from 'express4'
import Fastify from 'fastify'
import { H3, toNodeHandler } from 'h3'
import { Hono } from 'hono'
import Koa from 'koa'
import * as elysia from '../../adapters/elysia.ts'
import * as h3 from '../../adapters/h3.ts'
import * as hono from '../../adapters/hono.ts'
import { cors } from '../../adapters/node.ts'
import type { AnyCors } from '../../src/adapter.ts'
import { createProxy } from '../../src/proxy.ts'
import { type Loopback, listen } from '../support/loopback.ts'
import { type Running, startApp } from '../support/runtimes.ts'
import { serve } from '../support/serve-fetch.ts'
import { ROUTES } from './table.ts'

const answer = (name: string) => new Response(name, { headers: { 'X-Route': name } })
const respond = (name: string) => (_req: unknown, res: ServerResponse) => {
  res.setHeader('X-Route', name)
  res.end(name)
}

/** Registers each route: `register(name, path, methods)`, with `wildcard` as the router's own word for everything below. */
function each(wildcard: string, register: (name: string, path: string, methods: readonly string[]) => void): void {
  for (const [name, path, methods] of ROUTES) {
    const own = path.replace('*', wildcard)
    register(name, own, methods)
    // A router's `/*` may leave out the path itself.
    if (path.endsWith('/*')) register(name, own.slice(0, -wildcard.length - 1), methods)
  }
}

function expressApp(make: typeof express, source: AnyCors, wildcard: string): RequestListener {
  const app = make().use(cors(source as never))
  each(wildcard, (name, path, methods) => {
    const handler = respond(name) as never
    if (methods.length === 0) app.all(path.replace(' ', '%20'), handler)
    else for (const method of methods) app[method.toLowerCase() as 'put'](path.replace(' ', '%20'), handler)
  })
  return app as unknown as RequestListener
}

/** A router that decodes, merges, drops matrix parameters and ignores case: what servers behind an edge do. */
function lax(url: string, method: string): string | null {
  let path = url.split('?')[0] ?? '/'
  for (let i = 0; i < 2; i++) path = unescaped(path)
  path = path.replaceAll(/;[^/]*/g, '').replaceAll('\\', '/')
  if (!URL.canParse(`http://host${path.replaceAll(/\/+/g, '/')}`)) return null
  path = new URL(`http://host${path.replaceAll(/\/+/g, '/')}`).pathname
  const segments = unescaped(path)
    .toLowerCase()
    .split('/')
    .filter((segment) => segment !== '')
  const found = ROUTES.find(([, pattern, methods]) => {
    const wanted = pattern.toLowerCase().split('/').slice(1)
    const isBelow = wanted.at(-1) === '*'
    const fixed = isBelow ? wanted.slice(0, -1) : wanted
    return (
      (isBelow ? segments.length >= fixed.length : segments.length === fixed.length) &&
      fixed.every((part, i) => part.startsWith(':') || part === segments[i]) &&
      (methods.length === 0 || methods.includes(method))
    )
  })
  return found?.[0] ?? null
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function laxListener(req: IncomingMessage, res: ServerResponse): void {
  const name = lax(req.url ?? '/', req.method ?? 'GET')
  if (name === null) res.writeHead(404).end()
  else respond(name)(req, res)
}

type Start = (source: AnyCors) => Promise<Running>

/** An edge with the routes, before a server that reads paths laxly. */
async function edge(source: AnyCors): Promise<Running> {
  const upstream: Loopback = await listen(laxListener)
  const proxy = await serve(createProxy({ upstream: upstream.origin, cors: source }))
  return {
    port: proxy.port,
    origin: proxy.origin,
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

export const SERVERS: Readonly<Record<string, Start>> = {
  'Express 5': (source) => listen(expressApp(express, source, '*rest')),
  'Express 4': (source) => listen(expressApp(express4 as unknown as typeof express, source, '*')),
  Fastify: async (source) => {
    const handle = cors(source as never)
    const app = Fastify({
      exposeHeadRoutes: false,
      routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, caseSensitive: false },
    })
    app.addHook('onRequest', (req, reply, done) => handle(req.raw, reply.raw, done))
    each('*', (name, url, methods) => {
      const method = methods.length === 0 ? ['GET', 'HEAD', 'PUT', 'DELETE', 'POST'] : [...methods]
      const isTaken = name === 'item'
      app.route({
        method: isTaken ? method.filter((one) => !['PUT', 'DELETE'].includes(one)) : method,
        url,
        handler: async (_req, reply) => reply.header('X-Route', name).send(name),
      })
    })
    await app.ready()
    return listen(app.routing as unknown as RequestListener)
  },
  'Koa, by hand': (source) => {
    const handle = cors(source as never)
    const app = new Koa()
    app.silent = true
    app.use(async (ctx, next) => {
      const isPassed = await new Promise<boolean>((resolve) => {
        ctx.res.once('close', () => resolve(false))
        handle(ctx.req, ctx.res, () => resolve(true))
      })
      if (isPassed) await next()
      else ctx.respond = false
    })
    app.use((ctx) => {
      const name = lax(ctx.path, ctx.method)
      if (name === null) return
      ctx.set('X-Route', name)
      ctx.body = name
    })
    return listen(app.callback())
  },
  Hono: (source) => {
    const app = new Hono().use(hono.cors(source as never))
    each('*', (name, path, methods) => {
      if (methods.length === 0) app.all(path, () => answer(name))
      else app.on([...methods], path, () => answer(name))
    })
    return listen(getRequestListener(app.fetch) as RequestListener)
  },
  h3: (source) => {
    const app = new H3({ silent: true }).register(h3.cors(source as never))
    each('**', (name, path, methods) => {
      if (methods.length === 0) app.all(path, () => answer(name))
      else for (const method of methods) app.on(method as 'PUT', path, () => answer(name))
    })
    return listen(toNodeHandler(app) as unknown as RequestListener)
  },
  Elysia: (source) => {
    const app = new Elysia().use(elysia.cors(source as never))
    each('*', (name, path, methods) => {
      if (methods.length === 0) app.all(path, () => answer(name))
      else for (const method of methods) app.route(method, path, () => answer(name))
    })
    return serve(app.fetch as never)
  },
  'an edge before a lax server': edge,
}

/** Servers of other runtimes. They hold the sources themselves; the argument is the name of one. */
export const RUNTIMES: Readonly<Record<string, (source: string) => Promise<Running>>> = {
  'Bun.serve': (source) => startApp('bun', ['run'], { source }, 'routes-bun.ts'),
  'Deno.serve with Hono': (source) =>
    startApp(
      'deno',
      ['run', '--no-prompt', '--no-check', '--allow-net=127.0.0.1', '--allow-env', '--allow-read'],
      { source },
      'routes-deno.ts',
    ),
}

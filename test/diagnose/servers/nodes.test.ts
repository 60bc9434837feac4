import 'reflect-metadata'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Controller, Get, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import fastify, { type FastifyInstance } from 'fastify'
import { H3, toNodeHandler } from 'h3'
import Koa from 'koa'
import { Server as SocketServer } from 'socket.io'
import { createServer as createVite, type Plugin } from 'vite'
import { describe, expect, it } from 'vitest'
import { cors } from '../../../adapters/node.ts'
import { ORIGIN, type Request, type Stage } from '../stage.ts'
import { applied, ask } from './apply.ts'

const MARK = 'Access-Control-Allow-Origin'

/** A real framework, a mistake in it, and what it is recognized by. */
interface Row {
  readonly name: string
  readonly start: () => Promise<Stage>
  readonly path?: string
  readonly request?: Request
  readonly finding: string
  readonly target: string
}

async function listening(server: Server, close: () => Promise<unknown> = async () => {}): Promise<Stage> {
  if (!server.listening) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await close()
      server.close()
    },
  }
}

function koa(use: (app: Koa) => void): Promise<Stage> {
  const app = new Koa()
  app.silent = true
  use(app)
  return listening(createServer(app.callback()))
}

async function fastifyApp(use: (app: FastifyInstance) => void): Promise<Stage> {
  const app = fastify()
  use(app)
  await app.listen({ port: 0, host: '127.0.0.1' })
  return listening(app.server, () => app.close())
}

function h3App(use: (app: H3) => void): Promise<Stage> {
  const app = new H3({ silent: true })
  use(app)
  return listening(createServer(toNodeHandler(app)))
}

class Items {
  find(): object {
    return { ok: true }
  }
}
Get('items')(Items.prototype, 'find', Object.getOwnPropertyDescriptor(Items.prototype, 'find') ?? {})
Controller()(Items)
class App {}
Module({ controllers: [Items] })(App)

async function nest(
  options: Parameters<Awaited<ReturnType<typeof NestFactory.create>>['enableCors']>[0] | null,
): Promise<Stage> {
  const app = await NestFactory.create(App, { logger: false })
  if (options !== null) app.enableCors(options)
  await app.listen(0, '127.0.0.1')
  return listening(app.getHttpServer() as Server, () => app.close())
}

function sockets(options: ConstructorParameters<typeof SocketServer>[1]): Promise<Stage> {
  const server = createServer((_, response) => response.writeHead(404).end())
  const io = new SocketServer(server, options)
  return listening(server, () => io.close())
}

const HANDSHAKE = '/socket.io/?EIO=4&transport=polling'
const TENANT = { headers: { 'X-Tenant': '1' } } as const
const signsIn: Koa.Middleware = (context, next) => {
  if (context.get('Authorization') === '') context.throw(401)
  return next()
}

const ROWS: readonly Row[] = [
  {
    name: 'Koa: no CORS at all',
    start: () =>
      koa((app) =>
        app.use((context) => {
          if (context.path === '/x') context.body = {}
        }),
      ),
    finding: 'never-shared',
    target: 'server',
  },
  {
    name: 'Koa: authentication above CORS, and a session',
    start: () =>
      koa((app) => {
        app.use((context, next) => {
          context.set('Set-Cookie', 'koa.sess=x')
          return next()
        })
        app.use(signsIn)
      }),
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'koa',
  },
  {
    name: 'Koa: headers set by hand are lost when the handler throws',
    start: () =>
      koa((app) =>
        app.use((context) => {
          context.set(MARK, ORIGIN)
          if (context.path === '/x') throw new Error('no')
          context.body = 'x'
        }),
      ),
    finding: 'handler-threw',
    target: 'server',
  },
  {
    name: 'Fastify: no CORS at all',
    start: () => fastifyApp((app) => app.get('/x', async () => ({}))),
    finding: 'never-shared',
    target: 'fastify',
  },
  {
    name: 'Fastify: OPTIONS has no route',
    start: () => fastifyApp((app) => app.get('/x', async (_, reply) => reply.header(MARK, ORIGIN).send({}))),
    request: TENANT,
    finding: 'options-not-routed',
    target: 'fastify',
  },
  {
    name: 'Fastify: headers on success alone',
    start: () =>
      fastifyApp((app) => {
        app.get('/', async (_, reply) => reply.header(MARK, ORIGIN).send({}))
        app.get('/x', async () => {
          throw new Error('no')
        })
      }),
    finding: 'handler-threw',
    target: 'fastify',
  },
  {
    name: 'h3: no CORS at all',
    start: () => h3App((app) => app.get('/x', () => ({ ok: true }))),
    finding: 'never-shared',
    target: 'h3',
  },
  {
    name: 'NestJS: enableCors() was forgotten',
    start: () => nest(null),
    path: '/items',
    finding: 'never-shared',
    target: 'nestjs',
  },
  {
    name: 'NestJS: another origin',
    start: () => nest({ origin: ['https://b.example.com'] }),
    path: '/items',
    finding: 'origin-not-listed',
    target: 'nestjs',
  },
  {
    name: 'NestJS: allowedHeaders without X-Tenant',
    start: () => nest({ origin: ORIGIN, allowedHeaders: ['Content-Type'] }),
    path: '/items',
    request: TENANT,
    finding: 'header-not-listed',
    target: 'nestjs',
  },
  {
    name: 'NestJS: * with credentials',
    start: () => nest({ credentials: true }),
    path: '/items',
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'nestjs',
  },
  {
    name: 'socketio/socket.io (2020): version 3 shares with no other origin unless it is told to',
    start: () => sockets({}),
    path: HANDSHAKE,
    finding: 'socket-io-cors',
    target: 'socketio',
  },
  {
    name: 'Socket.IO: the origin with a trailing slash',
    start: () => sockets({ cors: { origin: `${ORIGIN}/` } }),
    path: HANDSHAKE,
    finding: 'origin-trailing-slash',
    target: 'socketio',
  },
  {
    name: 'Socket.IO: * with credentials',
    start: () => sockets({ cors: { origin: '*' } }),
    path: HANDSHAKE,
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'socketio',
  },
  {
    name: 'node:http: the error says that the origin is not allowed, in words of its own',
    start: () =>
      listening(
        createServer((request, response) => {
          const isKnown = request.headers.origin === undefined
          response.writeHead(isKnown ? 200 : 418).end(isKnown ? '{}' : 'go away')
        }),
      ),
    finding: 'origin-refused-with-error',
    target: 'server',
  },
]

describe('corsmith check in front of the frameworks of Node', () => {
  it.each(ROWS)('$name → $finding ($target)', async ({ start, path = '/x', request = {}, finding, target }) => {
    const staged = await start()
    try {
      const diagnosis = await ask(staged.origin, path, request)
      const [first] = diagnosis.findings
      expect([diagnosis.conclusion, first?.code, first?.fix?.target]).toEqual(['blocked', finding, target])
      const after = first?.fix == null ? null : await applied(first.fix, staged, path, request)
      expect(after?.conclusion).toBe('allowed')
    } finally {
      await staged.close()
    }
  })
})

/** The dev server of Vite, whose own modules a page elsewhere loads. */
async function vite(cors?: false | { readonly origin: RegExp }, plugins: Plugin[] = []): Promise<Stage> {
  const server = await createVite({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    server: { host: '127.0.0.1', port: 0, watch: null, ...(cors !== undefined && { cors }) },
    plugins,
  })
  await server.listen(0)
  const { port } = (server.httpServer as Server).address() as AddressInfo
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() }
}

describe('corsmith check of a dev server of Vite', () => {
  it('names the setting for the page of a webview, which ends it', async () => {
    const origin = 'vscode-webview://10kbrrqvl8foiqadlf2vq1l9snpjtar16g1350ud9j16se4j4bj9'
    const closed = await vite()
    const { findings } = await ask(closed.origin, '/@vite/client', { origin })
    await closed.close()
    expect(findings[0]?.code).toBe('product-cors-setting')
    expect(findings[0]?.fix?.advice).toBe(`Add ${origin} to server.cors.origin in vite.config.`)
    const open = await vite({ origin: /^vscode-webview:/ })
    const { conclusion } = await ask(open.origin, '/@vite/client', { origin })
    await open.close()
    expect(conclusion).toBe('allowed')
  })

  /** A framework that runs in the dev server: its API, with the policy that it has, and a page for every other path. */
  const framework = (policy: ReturnType<typeof cors> | null): Plugin => ({
    name: 'framework',
    configureServer: ({ middlewares }) => {
      if (policy !== null) middlewares.use(policy)
      middlewares.use((request, response) => {
        if (request.url === '/x') return void response.setHeader('Content-Type', 'application/json').end('{}')
        response.statusCode = request.url === '/' ? 200 : 404
        response.setHeader('Content-Type', 'text/html').end('<script type="module" src="/@vite/client"></script>')
      })
    },
  })
  const policy = cors({ origins: [ORIGIN], methods: ['PUT'] })

  it('says that Vite answers OPTIONS before the policy of a framework, and with which line it does not', async () => {
    const before = await vite(undefined, [framework(policy)])
    const { findings } = await ask(before.origin, '/x', { method: 'PUT' })
    await before.close()
    expect(findings[0]?.code).toBe('preflight-by-another-policy')
    expect(findings[0]?.fix?.advice).toContain('server: { cors: false }')
    const after = await vite(false, [framework(policy)])
    const { conclusion } = await ask(after.origin, '/x', { method: 'PUT' })
    await after.close()
    expect(conclusion).toMatch(/^allowed/)
  })

  it('names the setting of Vite where the framework has no policy', async () => {
    const server = await vite(undefined, [framework(null)])
    const { findings } = await ask(server.origin, '/x', { method: 'PUT' })
    await server.close()
    expect(findings[0]?.code).toBe('product-cors-setting')
    expect(findings[0]?.fix?.advice).toBe(`Add ${ORIGIN} to server.cors.origin in vite.config.`)
  })
})

describe('corsmith check of astro dev', () => {
  it('names the setting of its check, which runs before every policy', async () => {
    const server = await listening(
      createServer((request, response) => {
        if (request.headers['sec-fetch-site'] !== 'cross-site') return void response.end('{}')
        response.writeHead(403, { 'Content-Type': 'text/plain' }).end('Cross-origin request blocked')
      }),
    )
    const { findings } = await ask(server.origin, '/x', { method: 'PUT' })
    await server.close()
    expect(findings[0]?.code).toBe('cross-site-refused')
    expect(findings[0]?.fix?.advice).toContain('In Astro: security.allowedDomains in astro.config')
  })
})

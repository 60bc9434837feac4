// The libraries themselves, each behind a way to ask many requests of one option set.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import fastifyCors from '@fastify/cors'
import corsPackage from 'cors'
import { Elysia } from 'elysia'
import express from 'express'
import Fastify from 'fastify'
import { H3, handleCors } from 'h3'
import { Hono } from 'hono'
import { cors as honoCors } from 'hono/cors'
import Koa from 'koa'
import { inject } from 'light-my-request'
import type { PeerOptions } from '../../src/migrate/meaning.ts'
import type { PeerName } from '../../src/migrate/peer.ts'
import { type AskedRequest, fieldsOf, type GivenAnswer } from '../../src/migrate/wire.ts'
import { startNext } from './real-next.ts'
import { startSpring } from './real-spring.ts'

/** Asks a library, one list of requests per option set. A text says why it refuses the options. */
export interface Real extends AsyncDisposable {
  askAll(
    batch: readonly { options: PeerOptions; requests: readonly AskedRequest[] }[],
  ): Promise<readonly (readonly GivenAnswer[] | string)[]>
}

// Express prints what a handler throws, except in tests.
process.env.NODE_ENV ??= 'test'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']
type Ask = (request: AskedRequest) => Promise<GivenAnswer>

function given(status: number, headers: Iterable<readonly [string, unknown]>): GivenAnswer {
  const lines = [...headers].flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)] as const))
  const isReached = lines.some(([name]) => name.toLowerCase() === 'x-reached')
  return { status, headers: lines.filter(([name]) => /^(access-control-|vary)/i.test(name)), isReached }
}

const MAKERS: { readonly [name in PeerName]?: (options: PeerOptions) => Ask | Promise<Ask> } = {
  express: (options) => {
    const app = express().disable('x-powered-by')
    app.use(corsPackage(options as never), (_req, res) => void res.set('X-Reached', '1').end('reached'))
    return async (request) => {
      const response = await inject(app as never, {
        method: request.method as 'GET',
        url: '/x',
        headers: fieldsOf(request),
      })
      return given(response.statusCode, Object.entries(response.headers))
    }
  },
  hono: (options) => {
    const app = new Hono().use(honoCors(options as never)).all('*', (c) => c.text('reached', 200, { 'X-Reached': '1' }))
    return async (request) => {
      const response = await app.request('/x', { method: request.method, headers: fieldsOf(request) })
      return given(response.status, response.headers)
    }
  },
  koa: async (options) => {
    const module = await import(pathToFileURL(npmPeer('@koa/cors')).href)
    const app = new Koa()
    app.use(module.default({ ...options })).use((ctx) => {
      ctx.set('X-Reached', '1')
      ctx.body = 'reached'
    })
    return async (request) => {
      const response = await inject(app.callback() as never, {
        method: request.method as 'GET',
        url: '/x',
        headers: fieldsOf(request),
      })
      return given(response.statusCode, Object.entries(response.headers))
    }
  },
  elysia: async (options) => {
    const module = await import(pathToFileURL(npmPeer('@elysiajs/cors')).href)
    const app = new Elysia().use(module.cors({ ...options }))
    for (const method of METHODS)
      app.route(method, '/x', () => new Response('reached', { headers: { 'X-Reached': '1' } }))
    return async (request) => {
      const asked = new Request('http://localhost/x', { method: request.method, headers: fieldsOf(request) })
      const response = await app.fetch(asked)
      return given(response.status, response.headers)
    }
  },
  itty: async (options) => {
    const { Router, cors } = await import(pathToFileURL(npmPeer('itty-router')).href)
    const { preflight, corsify } = cors({ ...options })
    const router = Router({ before: [preflight], finally: [corsify] })
    router.all('*', () => new Response('reached', { headers: { 'X-Reached': '1' } }))
    return async (request) => {
      const asked = new Request('http://localhost/x', { method: request.method, headers: fieldsOf(request) })
      const response = await router.fetch(asked)
      return given(response.status, response.headers)
    }
  },
  remix: async (options) => {
    const { cors } = await import(pathToFileURL(join(NPM_FOLDER, 'node_modules/remix-utils/build/server/cors.js')).href)
    return async (request) => {
      const asked = new Request('http://localhost/x', { method: request.method, headers: fieldsOf(request) })
      const response = await cors(asked, new Response('reached', { headers: { 'X-Reached': '1' } }), { ...options })
      return given(response.status, response.headers)
    }
  },
  whatwg: async (options) => {
    const { createServerAdapter, useCORS } = await import(pathToFileURL(npmPeer('@whatwg-node/server')).href)
    const adapter = createServerAdapter(() => new Response('reached', { headers: { 'X-Reached': '1' } }), {
      plugins: [useCORS({ ...options })],
    })
    return async (request) => {
      const asked = new Request('http://localhost/x', { method: request.method, headers: fieldsOf(request) })
      const response = await adapter.fetch(asked)
      return given(response.status, response.headers)
    }
  },
  h3: (options) => {
    const app = new H3({ silent: true })
    const reached = { headers: { 'X-Reached': '1' } }
    app.all('/x', (event) => handleCors(event, options as never) || new Response('reached', reached))
    return async (request) => {
      const response = await app.request('/x', { method: request.method, headers: fieldsOf(request) })
      return given(response.status, response.headers)
    }
  },
  fastify: async (options) => {
    const app = Fastify({ exposeHeadRoutes: false })
    await app.register(fastifyCors, options as never)
    app.route({
      method: METHODS.filter((method) => method !== 'OPTIONS'),
      url: '/*',
      handler: async (_req, reply) => reply.header('X-Reached', '1').send('reached'),
    })
    await app.ready()
    return async (request) => {
      const response = await app.inject({ method: request.method as 'GET', url: '/x', headers: fieldsOf(request) })
      return given(response.statusCode, Object.entries(response.headers))
    }
  },
}

/** Starts a library; null where it cannot run here. */
export async function startReal(peer: PeerName): Promise<Real | null> {
  const make = MAKERS[peer]
  if (peer === 'spring') return startSpring()
  if (peer === 'next') return startNext()
  if (['koa', 'elysia', 'itty', 'remix', 'whatwg'].includes(peer) && !hasNpmPeers()) return null
  if (make === undefined) return startPython(peer)
  return {
    async askAll(batch) {
      const results: (GivenAnswer[] | string)[] = []
      for (const { options, requests } of batch) {
        try {
          const ask = await make(options)
          const answers: GivenAnswer[] = []
          for (const request of requests) answers.push(await ask(request))
          results.push(answers)
        } catch (error) {
          results.push(error instanceof Error ? error.message : String(error))
        }
      }
      return results
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** Where the libraries are installed that no other test uses. */
export const NPM_FOLDER = join(tmpdir(), 'corsmith-npm-peers')
const NPM_PACKAGES = [
  ...['@koa/cors@5.0.0', '@elysiajs/cors@1.4.2', 'elysia@1.4.30'],
  ...[
    'itty-router@5.0.24',
    'remix-utils@10.0.0',
    '@whatwg-node/server@0.13.0',
    'graphql@16.15.0',
    'graphql-yoga@5.24.1',
  ],
]

function npmPeer(name: string): string {
  return createRequire(join(NPM_FOLDER, 'package.json')).resolve(name)
}

/** Installs the libraries that no test of this repository uses otherwise, once. */
function hasNpmPeers(): boolean {
  const isThere = () =>
    NPM_PACKAGES.map((name) => name.slice(0, name.lastIndexOf('@')))
      .concat('@sinclair/typebox')
      .every((name) => existsSync(join(NPM_FOLDER, 'node_modules', name)))
  if (isThere() || process.env.MIGRATE_INSTALL === undefined) return isThere()
  try {
    const words = ['install', '--prefix', NPM_FOLDER, '--ignore-scripts', '--no-audit', '--no-fund', ...NPM_PACKAGES]
    execFileSync('npm', words, { stdio: 'ignore' })
  } catch {}
  return isThere()
}

const PACKAGES = join(import.meta.dirname, 'peers.txt')

/** How a Python that has the packages is called, where one is installed. `.ci/run` makes it. */
export const PEERS_PYTHON = 'corsmith-peers-python'

/**
 * Finds a Python that has the packages. `npm run test:migrate` installs them once where there is none, into a folder for temporary
 * files.
 */
export function pythonWithPeers(): string | null {
  const folder = join(tmpdir(), 'corsmith-python-peers')
  const python = join(folder, 'bin', 'python')
  const runs = (command: string) => {
    try {
      execFileSync(command, ['-c', 'import flask_cors, corsheaders'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }
  if (runs(PEERS_PYTHON)) return PEERS_PYTHON
  if (process.env.MIGRATE_INSTALL === undefined) return null
  if (runs(python)) return python
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' })
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', PACKAGES], { stdio: 'inherit' })
  } catch {
    return null
  }
  return runs(python) ? python : null
}

function startPython(peer: PeerName): Real | null {
  const python = pythonWithPeers()
  if (python === null) return null
  const child: ChildProcess = spawn(python, [join(import.meta.dirname, 'peers.py'), peer], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  return {
    async askAll(batch) {
      const asked = batch.map(({ options, requests }) => ({
        options,
        requests: requests.map((request) => [request.method, fieldsOf(request)]),
      }))
      child.stdin?.write(`${JSON.stringify(asked)}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`${peer} ended`)
      const answers: readonly (string | readonly { status: number; headers: [string, string][] }[])[] =
        JSON.parse(value)
      return answers.map((each) =>
        typeof each === 'string' ? each : each.map(({ status, headers }) => given(status, headers)),
      )
    },
    async [Symbol.asyncDispose]() {
      child.kill()
    },
  }
}

/** Starts a file of a Python application; null where the libraries are missing. */
export function startPythonFile(
  peer: 'flask' | 'django',
  text: string,
  path: string,
): { ask(requests: readonly AskedRequest[]): Promise<readonly GivenAnswer[]>; stop(): void } | null {
  const python = pythonWithPeers()
  if (python === null) return null
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-python-'))
  const file = join(folder, 'file.py')
  writeFileSync(file, text)
  const child = spawn(python, [join(import.meta.dirname, 'written/file.py'), peer, file, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(requests) {
      child.stdin.write(`${JSON.stringify(requests.map((request) => [request.method, fieldsOf(request)]))}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`${peer} ended`)
      const answers: readonly { status: number; headers: [string, string][] }[] = JSON.parse(value)
      return answers.map(({ status, headers }) => given(status, headers))
    },
    stop() {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

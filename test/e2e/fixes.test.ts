// What `corsmith check` prints, in real servers, before a real browser: it blocks, then it shares, nobody loses and no stranger gains.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import expressCors from 'cors'
import express from 'express'
import fastify, { type FastifyInstance } from 'fastify'
import { Hono } from 'hono'
import { cors as honoCors } from 'hono/cors'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import * as fastifyAdapter from '../../adapters/fastify.ts'
import * as honoAdapter from '../../adapters/hono.ts'
import * as nodeAdapter from '../../adapters/node.ts'
import { createWireClient } from '../../src/cli/wire-client.ts'
import { diagnose, snippet, type Target } from '../../src/diagnose.ts'
import { apache, haproxy } from '../diagnose/servers/daemon.ts'
import { nginx } from '../diagnose/servers/nginx.ts'
import { python } from '../diagnose/servers/python.ts'
import { type Stage, stage } from '../diagnose/stage.ts'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { type Component, describeWith } from '../support/component.ts'
import { findDaemon, findNginx, findPythonModule } from '../support/programs.ts'
import { serve } from '../support/serve-fetch.ts'
import { runAwaitingCode, runCode } from '../targets/real/pasted-code.ts'

/** Three sites, whose names Chromium itself takes for loopback. */
const [PAGE, FRIEND, STRANGER] = ['app.localhost', 'friend.localhost', 'stranger.localhost'] as const

const [chromium, nginxProgram, apacheProgram, haproxyProgram, flask, flaskCors, django, corsheaders] =
  await Promise.all([
    findChromium(),
    findNginx(),
    findDaemon('apache2'),
    findDaemon('haproxy'),
    findPythonModule('Flask', 'flask', 'apt-get install python3-flask'),
    findPythonModule('Flask-CORS', 'flask_cors', 'apt-get install python3-flask-cors'),
    findPythonModule('Django', 'django', 'apt-get install python3-django'),
    findPythonModule('django-cors-headers', 'corsheaders', 'apt-get install python3-django-cors-headers'),
  ])

/** A server that shares with one site, and what is printed pasted into it. */
interface Row {
  readonly target: Target
  readonly needs: readonly Component[]
  readonly path: string
  /** What of its list the server names to nobody: where that is all, the owner copies it, as the note says. */
  readonly hides?: 'some' | 'all'
  readonly wrong: (friend: string, app: string) => Promise<Stage>
  readonly pasted: (text: string, app: string) => Promise<Stage>
}

async function fastifyApp(app: FastifyInstance): Promise<Stage> {
  app.get('/data', async () => ({ ok: true }))
  app.put('/data', async () => ({ ok: true }))
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return { origin, close: () => app.close() }
}

async function expressApp(app: express.Express): Promise<Stage> {
  app.all('/data', (_, response) => void response.json({ ok: true }))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function honoApp(app: Hono): Promise<Stage> {
  app.all('/data', (c) => c.json({ ok: true }))
  const server = await serve((request) => app.fetch(request))
  return { origin: server.origin, close: async () => server[Symbol.asyncDispose]() }
}

const MODULES = {
  'corsmith/node': nodeAdapter,
  'corsmith/fastify': fastifyAdapter,
  'corsmith/hono': honoAdapter,
  fastify: { default: fastify },
  hono: { Hono },
}

const ROWS: readonly Row[] = [
  {
    target: 'nginx',
    needs: [nginxProgram],
    path: '/data',
    wrong: (friend, app) =>
      nginx(`location / { add_header Access-Control-Allow-Origin ${friend} always; proxy_pass ${app}; }`),
    pasted: (text, app) => {
      const [maps = '', rules = ''] = text.split(/^(?=# in every location)/m)
      return nginx(`location / {\n${rules}\nproxy_pass ${app}; }`, maps)
    },
  },
  {
    target: 'apache',
    needs: [apacheProgram],
    path: '/data',
    wrong: (friend, app) => apache(`Header always set Access-Control-Allow-Origin "${friend}"\nProxyPass / ${app}/`),
    pasted: (text, app) => apache(`${text}\nProxyPass / ${app}/`),
  },
  {
    target: 'haproxy',
    needs: [haproxyProgram],
    path: '/data',
    wrong: (friend, app) => haproxy(`http-response set-header Access-Control-Allow-Origin ${friend}`, app),
    pasted: (text, app) => haproxy(text.replaceAll('\n', '\n  '), app),
  },
  {
    target: 'express',
    needs: [],
    path: '/data',
    wrong: (friend) => {
      const app = express()
      app.use(expressCors({ origin: friend }))
      return expressApp(app)
    },
    pasted: (text) => expressApp(runCode(text, MODULES, { app: express() }, 'app') as express.Express),
  },
  {
    target: 'fastify',
    needs: [],
    path: '/data',
    wrong: (friend) => {
      const app = fastify()
      app.addHook('onSend', async (_, reply) => void reply.header('Access-Control-Allow-Origin', friend))
      return fastifyApp(app)
    },
    pasted: async (text) => fastifyApp((await runAwaitingCode(text, MODULES, {}, 'app')).result as FastifyInstance),
  },
  {
    target: 'hono',
    needs: [],
    path: '/data',
    hides: 'all',
    wrong: (friend) => honoApp(new Hono().use(honoCors({ origin: friend }))),
    pasted: (text) => honoApp(runCode(text, MODULES, {}, 'app') as Hono),
  },
  {
    target: 'flask',
    needs: [flask, flaskCors],
    path: '/items',
    hides: 'some',
    wrong: (friend) =>
      python(
        'flask_cors_app.py',
        JSON.stringify(`from flask_cors import CORS\nCORS(app, origins=['${friend}'], methods=['GET'])`),
      ),
    pasted: (text) => python('flask_cors_app.py', JSON.stringify(text)),
  },
  {
    target: 'django',
    needs: [django, corsheaders],
    path: '/items',
    hides: 'all',
    wrong: (friend) =>
      python(
        'django_app.py',
        JSON.stringify(
          `INSTALLED_APPS = ['corsheaders']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware', *MIDDLEWARE]\nCORS_ALLOWED_ORIGINS = ['${friend}']`,
        ),
      ),
    pasted: (text) => python('django_app.py', JSON.stringify(text)),
  },
]

let browser: Browser
let pages: Stage
let app: Stage
const open = new Map<string, Page>()
const client = createWireClient({ timeoutMs: 3000, insecure: false })

const siteOf = (host: string): string => `http://${host}:${new URL(pages.origin).port}`

beforeAll(async () => {
  if (!chromium.present) return
  browser = await launchChromium(chromium)
  pages = await stage(() => ({ headers: [['Content-Type', 'text/html']], body: '<!doctype html><title>x</title>' }))
  app = await stage(({ method }) =>
    method === 'OPTIONS' ? { status: 405 } : { headers: [['Content-Type', 'application/json']], body: '{"ok":true}' },
  )
  for (const host of [PAGE, FRIEND, STRANGER]) {
    const page = await browser.newPage()
    await page.goto(siteOf(host))
    open.set(host, page)
  }
})
afterAll(() => Promise.all([browser?.close(), pages?.close(), app?.close()]))

type Sent = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string }

/** Says what each site reads: the status, or that Chromium blocks it. */
async function reads(url: string, init: Sent = {}): Promise<Readonly<Record<string, number | string>>> {
  const said: Record<string, number | string> = {}
  for (const [host, page] of open)
    said[host] = await page.evaluate(
      ([target, options]) =>
        fetch(target, options).then(
          ({ status }) => status,
          () => 'blocked',
        ),
      [url, init] as const,
    )
  return said
}

for (const { target, needs, path, hides, wrong, pasted } of ROWS) {
  describeWith([chromium, ...needs], `what check prints for ${target}, before Chromium`, () => {
    it.each([
      ['GET', {}],
      ['PUT', { 'Content-Type': 'application/json' }],
    ] as const)('lets the page send %s, keeps who could read, and refuses strangers', async (method, headers) => {
      const init = { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) }
      const before = await wrong(siteOf(FRIEND), app.origin)
      let text = ''
      try {
        const url = `${before.origin}${path}`
        expect(await reads(url, init)).toMatchObject({ [PAGE]: 'blocked', [STRANGER]: 'blocked' })
        expect(await reads(url)).toEqual({ [PAGE]: 'blocked', [FRIEND]: 200, [STRANGER]: 'blocked' })
        const { findings } = await diagnose(url, { ...init, origin: siteOf(PAGE), transport: client, target })
        const fix = findings[0]?.fix
        expect([findings[0]?.code, fix?.target, fix?.proof?.holds]).toEqual([expect.any(String), target, true])
        expect(fix?.note?.includes('may allow more origins') ?? false).toBe(hides !== undefined)
        const policy = fix?.policy
        if (policy == null || !Array.isArray(policy.origins)) throw new Error('no list of origins')
        const all = { ...policy, origins: [...policy.origins, siteOf(FRIEND)] }
        text = (hides === 'all' ? snippet(target, all) : fix?.snippet) ?? ''
      } finally {
        await before.close()
      }
      const after = await pasted(text, app.origin)
      try {
        const url = `${after.origin}${path}`
        // Django's own check of CSRF answers PUT with 403, which the page may read.
        expect(await reads(url, init)).toMatchObject({ [PAGE]: expect.any(Number), [STRANGER]: 'blocked' })
        expect(await reads(url)).toEqual({ [PAGE]: 200, [FRIEND]: 200, [STRANGER]: 'blocked' })
      } finally {
        await after.close()
      }
    })
  })
}

// Set-ups as public applications have them, rebuilt small: each is run with its own library and with the policy that `migrate` makes of it,
// under pages of a real browser. What changes is what the report says.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import corsPackage from 'cors'
import express from 'express'
import Fastify from 'fastify'
import type { Hono } from 'hono'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cors } from '../../adapters/node.ts'
import { type Migration, migrate, peerNamed } from '../../src/migrate/migrate.ts'
import type { PeerName } from '../../src/migrate/peer.ts'
import { findOptions, languageOf } from '../../src/migrate/source/calls.ts'
import { pythonWithPeers } from '../migrate/real.ts'
import { findChromium, launchChromium } from '../support/chromium.ts'
import { describeWith } from '../support/component.ts'
import { type Loopback, listen } from '../support/loopback.ts'

const SETUPS = join(import.meta.dirname, '../migrate/setups')
const COPIES = join(import.meta.dirname, '../../node_modules/.cache/corsmith/setups')
const python = pythonWithPeers()
const chromium = await findChromium()

/** What a page tries. */
const CALLS: Readonly<
  Record<string, { method?: string; headers?: Record<string, string>; credentials?: 'include'; body?: string }>
> = {
  read: {},
  'read with cookies': { credentials: 'include' },
  'write JSON with cookies': {
    method: 'PUT',
    credentials: 'include',
    headers: { 'Content-Type': 'application/json' },
    body: '{}',
  },
  'delete with a token': { method: 'DELETE', headers: { Authorization: 'Bearer 1' } },
  'read with a header of its own': { headers: { 'X-Own': '1' } },
}

/** Each set-up: its library, and what is refused afterwards that was shared before, by page. */
const APPLICATIONS: readonly (readonly [
  file: string,
  peer: PeerName,
  lost: Readonly<Record<string, readonly string[]>>,
])[] = [
  ['clinic.mjs', 'express', {}],
  [
    'travel.mjs',
    'express',
    {
      own: ['read with cookies', 'write JSON with cookies'],
      stranger: ['read with cookies', 'write JSON with cookies'],
    },
  ],
  ['shop.mjs', 'nest', {}],
  ['notes.mjs', 'hono', {}],
  ['boards.mjs', 'fastify', { own: ['read with cookies'], stranger: ['read with cookies'] }],
  ...(python === null
    ? []
    : ([
        ['books.py', 'flask', {}],
        ['dealers.py', 'django', {}],
      ] as const)),
]

describeWith([chromium], 'the set-ups of public applications, before and after', () => {
  let browser: Browser
  let pages: Readonly<Record<'own' | 'stranger', Loopback>>
  const servers: AsyncDisposable[] = []
  const children: ChildProcess[] = []
  beforeAll(async () => {
    browser = await launchChromium(chromium)
    const blank: RequestListener = (_req, res) =>
      void res.setHeader('Content-Type', 'text/html').end('<title>page</title>')
    pages = { own: await listen(blank), stranger: await listen(blank) }
    servers.push(pages.own, pages.stranger)
    mkdirSync(COPIES, { recursive: true })
  })
  afterAll(async () => {
    for (const child of children) child.kill()
    await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()))
    await browser.close()
  })

  /** Where the pages stand: the own one by name, as the set-ups list it; the stranger by address. */
  const originOf = (page: 'own' | 'stranger') =>
    `http://${page === 'own' ? 'localhost' : '127.0.0.1'}:${pages[page].port}`

  async function outcomes(page: 'own' | 'stranger', url: string): Promise<Record<string, string>> {
    const opened = await browser.newPage()
    await opened.goto(originOf(page))
    try {
      return await opened.evaluate(
        async ([at, calls]) => {
          const results: Record<string, string> = {}
          for (const [name, init] of Object.entries(calls)) {
            try {
              const response = await fetch(at, init)
              results[name] = `read ${response.status}, X-Total ${response.headers.get('X-Total')}`
            } catch {
              results[name] = 'refused'
            }
          }
          return results
        },
        [url, CALLS] as const,
      )
    } finally {
      await opened.close()
    }
  }

  /** A copy of a set-up that names the page of this run. */
  function copied(file: string): { readonly path: string; readonly text: string } {
    const text = readFileSync(join(SETUPS, file), 'utf8').replaceAll('http://localhost:43001', originOf('own'))
    const path = join(COPIES, `${pages.own.port}-${file}`)
    writeFileSync(path, text)
    return { path, text }
  }

  async function before(file: string, path: string): Promise<string> {
    if (file.endsWith('.py')) return startPython(file, path)
    const module = await import(pathToFileURL(path).href)
    const reached: RequestListener = (_req, res) => void res.setHeader('X-Total', '1').end('reached')
    const server = await listen(await listenerOf(module, reached))
    servers.push(server)
    return `${server.origin}/x`
  }

  async function listenerOf(module: Record<string, unknown>, reached: RequestListener): Promise<RequestListener> {
    if (module.app !== undefined) {
      const app = module.app as Hono
      return getRequestListener(
        app.all('*', (c) => c.text('reached', 200, { 'X-Total': '1' })).fetch,
      ) as RequestListener
    }
    if (typeof module.register === 'function') {
      const app = Fastify()
      await module.register(app)
      app.removeAllContentTypeParsers()
      app.addContentTypeParser('*', { parseAs: 'string' }, (_req, body, done) => done(null, body))
      app.all('/x', async (_req, reply) => reply.header('X-Total', '1').send('reached'))
      await app.ready()
      return app.routing as unknown as RequestListener
    }
    const used: unknown[] = [module.middleware]
    if (typeof module.configure === 'function')
      module.configure({ enableCors: (options: never) => used.splice(0, 1, corsPackage(options)) })
    return express()
      .set('env', 'test')
      .use(used[0] as never)
      .use(reached as never) as unknown as RequestListener
  }

  /** Runs the application itself, or a Django one around its settings. */
  async function startPython(file: string, path: string): Promise<string> {
    const port = await freePort()
    const runner = join(import.meta.dirname, '../migrate/django_app.py')
    const words = file === 'dealers.py' ? [runner, path, String(port)] : [path, String(port)]
    const child = spawn(python ?? 'python3', words, { stdio: 'ignore' })
    children.push(child)
    for (let i = 0; i < 100; i++) {
      try {
        await fetch(`http://127.0.0.1:${port}/x`)
        break
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
    return `http://127.0.0.1:${port}/x`
  }

  async function freePort(): Promise<number> {
    await using server = await listen(() => {})
    return server.port
  }

  async function after({ policy }: Migration): Promise<string> {
    const handle = cors(policy as never)
    const server = await listen((req, res) => handle(req, res, () => void res.setHeader('X-Total', '1').end('reached')))
    servers.push(server)
    return `${server.origin}/x`
  }

  it.each(APPLICATIONS)('%s, from %s', async (file, peer, lost) => {
    const { path, text } = copied(file)
    const [place] = findOptions(text, languageOf(file) ?? 'javascript', peer)
    const [options] = place?.options ? (peerNamed(peer)?.parts?.(place.options) ?? [place.options]) : []
    expect(options).toBeDefined()
    const migration = migrate(peer, options ?? {})
    const urls = [await before(file, path), await after(migration)] as const
    for (const page of ['own', 'stranger'] as const) {
      const [was, is] = [await outcomes(page, urls[0]), await outcomes(page, urls[1])]
      const changed = Object.keys(CALLS).filter((call) => was[call] !== is[call])
      expect([file, page, changed], JSON.stringify({ was, is })).toEqual([file, page, lost[page] ?? []])
      expect(changed.map((call) => is[call])).toEqual(changed.map(() => 'refused'))
    }
    const isLost = Object.keys(lost).length > 0
    expect(
      migration.changes.some(({ direction, what }) => direction === 'refused' && what.startsWith('pages of')),
    ).toBe(isLost || file === 'dealers.py')
  })
})

// A Worker with a Durable Object, a service binding, the cache and a schedule, in workerd.
import { join } from 'node:path'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { corsNames, send } from '../support/loopback.ts'
import { PAGE, STRANGER } from '../support/pages.ts'

const root = join(import.meta.dirname, '../..')
let workerd: Miniflare
let server: { readonly port: number }

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [join(import.meta.dirname, 'workers/room.js')],
    bundle: true,
    format: 'esm',
    write: false,
    external: ['cloudflare:workers'],
    alias: Object.fromEntries(
      ['hono', 'workers'].map((name) => [`corsmith/${name}`, join(root, `adapters/${name}.ts`)]),
    ),
  })
  workerd = new Miniflare(
    convertV4MiniflareOptions({
      name: 'room',
      modules: [{ type: 'ESModule', path: 'room.mjs', contents: bundle.outputFiles[0]?.text ?? '' }],
      compatibilityDate: '2026-10-01',
      durableObjects: { ROOM: 'Room' },
      serviceBindings: { API: { name: 'room', entrypoint: 'Api' } },
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.ERROR),
    }),
  )
  server = { port: Number((await workerd.ready).port) }
})
afterAll(() => workerd?.dispose())

describe('a Worker behind corsmith', () => {
  it.each([
    ['/room', 200, 'room'],
    ['/service', 200, '/service'],
    ['/rpc', 200, 'hello you'],
    ['/rewritten', 200, '<p>new</p>'],
    ['/cached', 200, 'cached'],
    ['/cached', 200, 'cached'],
    ['/nowhere', 404, '404 Not Found'],
  ])('shares %s with its page, and with nobody else', async (path, status, body) => {
    const shared = await send(server, { path, headers: { Origin: PAGE } })
    expect([shared.status, shared.body, shared.headers['access-control-allow-origin']]).toEqual([status, body, PAGE])
    expect(shared.rawHeaders.filter((name) => name.toLowerCase() === 'access-control-allow-origin')).toHaveLength(1)
    const refused = await send(server, { path, headers: { Origin: STRANGER } })
    expect([refused.status, refused.body, corsNames(refused.headers)]).toEqual([status, body, []])
    expect(refused.headers.vary).toMatch(/(^|, )Origin$/)
  })

  it('answers the preflight of what another service would answer', async () => {
    const headers = { Origin: PAGE, 'Access-Control-Request-Method': 'PUT' }
    const asked = await send(server, { method: 'OPTIONS', path: '/service', headers })
    expect([asked.status, asked.headers['access-control-allow-methods']]).toEqual([204, 'PUT'])
  })

  it('opens a WebSocket to a Durable Object', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/room`, { origin: PAGE })
    const echoed = await new Promise((resolve, reject) => {
      socket.on('open', () => socket.send('hello'))
      socket.on('message', (message) => resolve(String(message)))
      socket.on('error', reject)
    })
    socket.close()
    expect(echoed).toBe('echo hello')
  })

  it('keeps the other handlers of the Worker', async () => {
    await (await workerd.getWorker()).scheduled({ cron: '* * * * *' })
    expect((await send(server, { path: '/ticks', headers: { Origin: PAGE } })).body).toBe('1')
  })
})

import { join } from 'node:path'
import { createCors } from 'corsmith'
import { type BunServer, withCors } from 'corsmith/bun'
import { ANSWERS, OPTIONS_ANSWER, PATHS, toResponse } from '../../conformance/app.ts'
import { tryAll } from '../../conformance/construct.ts'
import { NAMES, nameOf, POLICIES, pathOf } from '../../conformance/policies.ts'
import { app, byPolicy } from './fetch.ts'
import { sourceOf } from './sources.ts'

declare const Bun: { serve(options: object): unknown; file(path: string): Blob }

const [, , port, mode] = process.argv
const { guard } = createCors(POLICIES.std)

function upgradeOr(
  request: Request,
  server: BunServer,
  otherwise: typeof app,
): Response | undefined | Promise<Response | undefined> {
  if (pathOf(request.url) !== '/ws') return otherwise(request)
  const refused = guard(request)
  if (refused) return refused
  return server.upgrade(request) ? undefined : new Response('not upgraded', { status: 500 })
}

const websocket = { message: (socket: { send(data: unknown): void }, data: unknown) => socket.send(data) }
const onNothing = async (request: Request) => (await app(request)) ?? new Response('nothing', { status: 500 })

/** One handler for everything. */
const handlers = {
  fetch: byPolicy<[BunServer], unknown>((source) => {
    const { fetch } = withCors(source, {
      fetch: (request: Request, server: BunServer) => upgradeOr(request, server, onNothing),
    })
    return (request, server) => fetch(request, server)
  }),
}

/** The same as a table of routes: tables of methods, handlers, static Responses, and what only Bun can serve. */
async function routes(): Promise<object> {
  const table = Object.fromEntries(
    NAMES.flatMap((name) =>
      PATHS.map((path) => {
        const ready = ANSWERS[path]
        const isStatic = ready !== undefined && path !== '/ok' && ready.status !== 304
        const get = isStatic ? toResponse(ready) : (request: Request) => onNothing(request)
        if (path === '/opt') return [`/${name}${path}`, { GET: get, OPTIONS: toResponse(OPTIONS_ANSWER) }]
        if (path === '/vary') return [`/${name}${path}`, get]
        return [`/${name}${path}`, { GET: get, POST: path === '/json-only' ? get : onNothing }]
      }),
    ),
  )
  const source = (request: Request) => sourceOf(nameOf(request.url)) as never
  return withCors(source, {
    routes: {
      ...table,
      '/std/file': Bun.file(join(import.meta.dirname, 'page.html')),
      '/std/gone': Bun.file('gone.txt'),
      '/std/gone-static': new Response(Bun.file('gone.txt')),
      '/std/gone-table': { GET: new Response(Bun.file('gone.txt')) },
      '/std/gone-later': () => new Response(Bun.file('gone.txt')),
      '/std/off': false,
      '/std/folder/*': { dir: join(import.meta.dirname, '..', '..', 'conformance') },
      '/std/page': (await import('./page.html' as string)).default,
      '/std/ws': (request: Request, server: BunServer) => upgradeOr(request, server, onNothing),
      '/constructed': () => Response.json(tryAll((policy) => withCors(policy, { fetch: app }))),
    },
    fetch: () => new Response('not found', { status: 404 }),
    error: () => new Response('from the error hook', { status: 500 }),
  })
}

Bun.serve({
  port: Number(port),
  hostname: '127.0.0.1',
  development: false,
  websocket,
  ...(mode === 'routes' ? await routes() : handlers),
})

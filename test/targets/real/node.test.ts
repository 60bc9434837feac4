// What is printed for servers on Node, run as it stands, with an application that speaks CORS wrongly below it.
import { createServer } from 'node:http'
import type { Hono } from 'hono'
import type { Server as SocketServer } from 'socket.io'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Stage } from '../../diagnose/stage.ts'
import { send } from '../../support/raw-http.ts'
import { serve } from '../../support/serve-fetch.ts'
import { eachAlone } from './farm.ts'
import { HEADERS, listen, MODULES, STARTS, statusOf } from './node-farms.ts'
import { runCode } from './pasted-code.ts'
import { provesAll, textFor } from './proofs.ts'

// The applications throw on purpose, and a thrown error is printed.
beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))
afterAll(() => void vi.restoreAllMocks())

describe.each(STARTS)('what is printed for %s, in the real one', (target, start) => {
  provesAll(target, eachAlone(start))
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
  provesAll(
    target,
    eachAlone((text) => serving(run(text))),
  )
})

describe('what is printed for Hono, in the real one', () => {
  provesAll(
    'hono',
    eachAlone(async (text) => {
      const app = runCode(text, MODULES, {}, 'app') as Hono
      app.all('*', (c) => handle(c.req.raw))
      return serving(app.fetch)
    }),
  )
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

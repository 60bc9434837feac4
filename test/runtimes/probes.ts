// What no single request shows: WebSockets, streams, memory, aborted requests, many at once.
import { readFile } from 'node:fs/promises'
import { WebSocket } from 'ws'
import { STREAM_BYTES } from '../conformance/app.ts'
import { MISCONFIGURATIONS } from '../conformance/construct.ts'
import { A, B, STRANGER } from '../conformance/policies.ts'
import { judge, type Line, type Reply, type RowRequest } from '../conformance/row.ts'
import { open, openH2 } from './client.ts'

/** A server to probe. */
export interface Probed {
  readonly port: number
  readonly base: string
  readonly pid: number
  readonly http2: boolean
  ask(path: string, request: RowRequest): Promise<Reply>
}

export interface Probe {
  readonly id: string
  readonly title: string
  /** Returns every difference; none means that it holds. */
  run(server: Probed): Promise<readonly string[]>
}

const STD = { origin: A, credentials: true, expose: ['X-Req-Id'], vary: ['Origin'] }
const get = (path: string, ...headers: readonly Line[]): RowRequest => ({ method: 'GET', path, headers })

export const PROBES: readonly Probe[] = [
  { id: 'S27', title: 'a WebSocket from an allowed origin echoes', run: (server) => echo(server) },
  {
    id: 'S27b',
    title: 'a WebSocket from a stranger is refused',
    run: async ({ port, base }) => {
      const status = await upgradeStatus(`ws://127.0.0.1:${port}${base}/std/ws`, STRANGER)
      return status === 403 ? [] : [`status: expected 403, got ${status}`]
    },
  },
  {
    id: 'A.S23',
    title: '900,000 commas in Access-Control-Request-Headers',
    run: async ({ ask }) => {
      const started = performance.now()
      const headers: Line[] = [
        ['Origin', A],
        ['Access-Control-Request-Method', 'PUT'],
        ['Access-Control-Request-Headers', ','.repeat(900_000)],
      ]
      const reply = await ask('/echo/ok', { method: 'OPTIONS', path: '/ok', headers })
      const seconds = (performance.now() - started) / 1000
      const isEchoed = reply.lines.some(([, value]) => value.includes(',,,'))
      return [
        ...(isEchoed ? ['the commas came back'] : []),
        ...(seconds > 5 ? [`took ${seconds} s`] : []),
        ...(await alive(ask)),
      ]
    },
  },
  {
    id: 'H9',
    title: 'one constant empty Response to 40 requests of two origins at once',
    run: async ({ ask }) => {
      const origins = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? A : B))
      const replies = await Promise.all(
        origins.map((origin) => ask('/std/constant-empty', get('/', ['Origin', origin]))),
      )
      return replies
        .flatMap((reply, i) => judge({ expect: { status: 404, ...STD, origin: origins[i] ?? null } }, reply))
        .slice(0, 3)
    },
  },
  {
    id: 'H10',
    title: 'one constant Response with a body, sent again: never for another origin',
    run: async ({ ask }) => {
      const origins = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? A : B))
      const replies = await Promise.all(origins.map((origin) => ask('/std/constant', get('/', ['Origin', origin]))))
      return replies
        .flatMap((reply, i) => judge({ expect: { status: [200, 500], ...STD, origin: origins[i] ?? null } }, reply))
        .slice(0, 3)
    },
  },
  {
    id: 'H11',
    title: 'a Response whose body is in use elsewhere',
    run: async ({ ask }) => {
      await ask('/std/locked', get('/', ['Origin', A]))
      return alive(ask)
    },
  },
  {
    id: 'H12',
    title: 'server-sent events arrive one by one, and the client leaves',
    run: (server) => leave(server, '/std/sse', 'data: 1'),
  },
  {
    id: 'H13',
    title: 'a client leaves in the middle of a stream',
    run: (server) => leave(server, '/std/stream', 'xxxx'),
  },
  { id: 'H14', title: 'a stream of 100 MB, in flat memory', run: flat },
  ...MISCONFIGURATIONS.map(
    ({ id, title }): Probe => ({
      id,
      title: `a policy that does not construct: ${title}`,
      async run({ ask }) {
        const { body } = await ask('/constructed', { method: 'GET', path: '/' })
        const code: unknown = body.startsWith('{') ? JSON.parse(body)[id] : body
        return code === 'ERR_CORS_POLICY' ? [] : [`expected ERR_CORS_POLICY, got ${code}`]
      },
    }),
  ),
]

async function alive(ask: Probed['ask']): Promise<readonly string[]> {
  return judge({ expect: { status: 200, ...STD, body: 'ok' } }, await ask('/std/ok', get('/ok', ['Origin', A])))
}

function echo({ port, base }: Probed): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${base}/std/ws`, { origin: A })
    socket.on('open', () => socket.send('hello'))
    socket.on('message', (data) => {
      socket.close()
      resolve(String(data) === 'hello' ? [] : [`expected hello, got ${data}`])
    })
    socket.on('error', (error) => resolve([error.message]))
    setTimeout(() => resolve(['no echo within 2 s']), 2000)
  })
}

function upgradeStatus(url: string, origin: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { origin })
    socket.on('open', () => {
      socket.close()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, response) => {
      response.destroy()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', () => resolve(0))
    setTimeout(() => resolve(0), 2000)
  })
}

/** Reads until a text arrives, then cuts the connection; the server must go on. */
async function leave({ port, base, http2, ask }: Probed, path: string, text: string): Promise<readonly string[]> {
  const head = await new Promise<string>((resolve) => {
    const socket = (http2 ? openH2 : open)(port, base + path, get(path, ['Origin', A]))
    let seen = ''
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1')
      if (!seen.includes(text)) return
      socket.destroy()
      resolve(seen)
    })
    socket.on('error', () => resolve(seen))
    setTimeout(() => socket.destroy(), 5000).unref()
    socket.on('close', () => resolve(seen))
  })
  const isShared = head.toLowerCase().includes(`access-control-allow-origin: ${A}\r\n`)
  return [
    ...(head.includes(text) ? [] : [`${text} never came: ${head.slice(0, 60)}`]),
    ...(isShared ? [] : ['no Access-Control-Allow-Origin']),
    ...(await alive(ask)),
  ]
}

/** A client that stops reading stops the server from producing: what is made and not read would have to be kept. */
async function flat({ port, base, pid, http2, ask }: Probed): Promise<readonly string[]> {
  const before = await residentMegabytes(pid)
  let made = 0
  const bytes = await new Promise<number>((resolve) => {
    const socket = (http2 ? openH2 : open)(port, `${base}/std/stream`, get('/stream', ['Origin', A]))
    let count = 0
    let hasPaused = false
    socket.on('data', (chunk) => {
      count += chunk.length
      if (hasPaused) return
      hasPaused = true
      socket.pause()
      setTimeout(async () => {
        made = Number((await ask('/std/produced', get('/produced'))).body) / MEGABYTE
        socket.resume()
      }, 500)
    })
    socket.on('close', () => resolve(count))
    socket.on('error', () => resolve(count))
    setTimeout(() => socket.destroy(), 20_000).unref()
  })
  const grown = (await residentMegabytes(pid)) - before
  return [
    ...(bytes >= STREAM_BYTES ? [] : [`${bytes} bytes of ${STREAM_BYTES}`]),
    ...(made > 0 && made <= 32 ? [] : [`${made.toFixed(1)} MB were made while nobody read`]),
    ...(grown <= 160 ? [] : [`memory grew by ${grown} MB`]),
  ]
}

const MEGABYTE = 1024 * 1024

/** 0 where the system does not tell: then memory is not judged. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createWireClient } from '../../src/cli/wire-client.ts'
import { type DiagnoseOptions, type Diagnosis, diagnose, type PageRequest, type Transport } from '../../src/diagnose.ts'

/** What a staged server sees of a request. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly origin: string | undefined
  readonly isPreflight: boolean
  readonly headers: IncomingMessage['headers']
}

/** What a staged server answers. */
export interface Said {
  readonly status?: number
  readonly headers?: readonly (readonly [string, string])[]
  readonly body?: string
  /** The reason phrase of the status line. */
  readonly reason?: string
  /** Closes the connection without an answer. */
  readonly destroy?: true
  /** Answers nothing, and keeps the connection. */
  readonly hang?: true
}

export type Handler = (asked: Asked) => Said

/** A server on a socket of loopback. */
export interface Stage {
  readonly origin: string
  readonly close: () => Promise<void>
}

export async function stage(handler: Handler): Promise<Stage> {
  const server = createServer((request, response) => {
    const said = handler({
      method: request.method ?? '',
      path: request.url ?? '',
      origin: request.headers.origin,
      isPreflight: request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined,
      headers: request.headers,
    })
    if (said.destroy) return void request.socket.destroy()
    if (said.hang) return
    response.sendDate = false
    response.writeHead(said.status ?? 200, said.reason, (said.headers ?? []).flat())
    response.end(said.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
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

const client = createWireClient({ timeoutMs: 2000, insecure: false })

/** Sends what is meant for any host to a staged server. */
export function sendingTo(origin: string): Transport {
  return (request) => {
    const url = new URL(request.url)
    const there = new URL(origin)
    return client({ ...request, url: `${there.origin}${url.pathname}${url.search}` })
  }
}

/** A request whose parts have defaults. */
export type Request = Partial<PageRequest> &
  Partial<Pick<DiagnoseOptions, 'send' | 'security' | 'target' | 'transport'>>

export const ORIGIN = 'https://app.example.com'

/** Examines a staged server. The URL is pretended, so that signatures may look at hosts. */
export async function examine(handler: Handler, request: Request = {}): Promise<Diagnosis> {
  const staged = await stage(handler)
  try {
    const { url = 'https://api.example.com/items', ...options } = request
    return await diagnose(url, { origin: ORIGIN, transport: sendingTo(staged.origin), ...options })
  } finally {
    await staged.close()
  }
}

/// <reference types="node" />
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UsageError } from './io.ts'

/** A server that listens. */
export interface Listening {
  readonly url: string
  readonly close: () => Promise<void>
}

/** Serves a Fetch handler over `node:http`, on loopback only: this is for development. */
export async function listen(
  handle: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<Listening> {
  const server = createServer((request, response) => {
    void serve(handle, request, response)
  })
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    server.once('error', resolve)
    server.listen(port, '127.0.0.1', () => resolve(null))
  })
  if (failure !== null) {
    throw new UsageError(
      `--port ${port}: ${failure.code === 'EADDRINUSE' ? 'something listens there already' : failure.code}`,
    )
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  handle: (request: Request) => Response | Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  try {
    const response = await handle(toRequest(incoming, gone.signal))
    const headers: [string, string][] = [...response.headers]
    outgoing.writeHead(response.status, response.statusText, headers.flat())
    if (response.body === null) outgoing.end()
    else await pipeline(Readable.fromWeb(response.body as unknown as Parameters<typeof Readable.fromWeb>[0]), outgoing)
  } catch {
    // The client went away, or sent what no Request can hold.
    if (outgoing.headersSent) outgoing.destroy()
    else outgoing.writeHead(400).end()
  }
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers()
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '')
  }
  const method = incoming.method ?? 'GET'
  const hasBody =
    method !== 'GET' && method !== 'HEAD' && (headers.has('Content-Length') || headers.has('Transfer-Encoding'))
  // `duplex` says that the body is still arriving; the types of the runtime do not know it everywhere.
  const init = { method, headers, signal, ...(hasBody ? { body: Readable.toWeb(incoming), duplex: 'half' } : {}) }
  return new Request(
    `http://${incoming.headers.host ?? '127.0.0.1'}${incoming.url ?? '/'}`,
    init as unknown as RequestInit,
  )
}

// A Fetch handler behind node:http, with nothing of a proxy in it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Loopback, ready } from './loopback.ts'

/** Serves a Fetch handler with node:http, streaming both ways. */
export function serve(handler: (request: Request) => Response | Promise<Response>): Promise<Loopback> {
  return ready(
    createServer(async (incoming, outgoing) => {
      const gone = new AbortController()
      outgoing.on('close', () => {
        if (!outgoing.writableFinished) gone.abort()
      })
      const request = requestOf(incoming, gone.signal)
      await write(request === null ? new Response(null, { status: 400 }) : await handler(request), outgoing)
    }),
  )
}

/** Null for what a Request cannot be made of, such as a Host with a user name. */
function requestOf(incoming: IncomingMessage, signal: AbortSignal): Request | null {
  const headers = new Headers()
  for (const [i, name] of incoming.rawHeaders.entries())
    if (i % 2 === 0) headers.append(name, incoming.rawHeaders[i + 1] ?? '')
  const { method = '', url = '' } = incoming
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const path = url.startsWith('/') ? url : new URL(url).pathname
  const body = hasBody && { body: Readable.toWeb(incoming) as unknown as ReadableStream, duplex: 'half' }
  try {
    return new Request(`http://${incoming.headers.host}${path}`, { method, headers, signal, ...body })
  } catch {
    return null
  }
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, [...response.headers].flat())
  outgoing.flushHeaders()
  if (response.body === null) outgoing.end()
  else await pipeline(Readable.fromWeb(response.body as never), outgoing).catch(() => outgoing.destroy())
}

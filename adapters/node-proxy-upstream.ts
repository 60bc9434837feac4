/// <reference types="node" />
// The origin API's side of the proxy server: requests are sent with node:http, and a WebSocket
// becomes a tunnel.
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type Duplex, Readable } from 'node:stream'
import { fromRawHeaders, pipeBody } from './node-proxy-messages.ts'

/**
 * Sends a request with `node:http`. Node's `fetch` opens no WebSocket, decodes bodies, and has a
 * time-out of its own.
 */
export async function send(request: Request): Promise<Response> {
  try {
    return await exchange(request)
  } catch (error) {
    // The origin API closed an idle connection just as it was used again, before it read anything.
    // A request with a body is not repeated, because the body is spent.
    if (error instanceof StaleConnectionError && request.body === null) return exchange(request)
    throw error
  }
}

/** An idle connection that the other side closed at the moment it was used again. */
class StaleConnectionError extends Error {}

function exchange(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  const isUpgrade = request.headers.has('Upgrade')
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method: request.method, headers: headersOf(request), signal: request.signal })
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      reject(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnectionError() : error)
    })
    outgoing.once('response', (answer) => resolve(responseOf(answer)))
    outgoing.once('upgrade', (answer, socket, head) => {
      if (isUpgrade) return resolve(responseOfTunnel({ answer, socket, head }))
      socket.destroy()
      reject(new Error('The origin API switched protocols without being asked.'))
    })
    // A later reject has no effect, so this only matters where nothing else settled the Promise.
    outgoing.once('close', () => reject(new Error('The connection was closed without an answer.')))
    sendBody(request, outgoing, reject)
  })
}

function headersOf(request: Request): Record<string, string> {
  const headers = Object.fromEntries(request.headers)
  if (request.headers.has('Upgrade')) headers.connection = 'Upgrade'
  // For some methods Node would send a body without a length and without chunks.
  else if (request.body !== null && !request.headers.has('Content-Length')) headers['transfer-encoding'] = 'chunked'
  return headers
}

function sendBody(request: Request, outgoing: ClientRequest, fail: (error: unknown) => void): void {
  if (request.body === null) {
    outgoing.end()
    return
  }
  pipeBody(request.body, outgoing).catch(fail)
}

/** A message that a client received: it has a status. */
type Answered = IncomingMessage & { readonly statusCode: number; readonly statusMessage: string }

/** Rejects for a status that a Response cannot have. */
async function responseOf(answer: IncomingMessage): Promise<Response> {
  const { statusCode: status, statusMessage: statusText } = answer as Answered
  const headers = fromRawHeaders(answer.rawHeaders)
  // A Response with one of these statuses cannot have a body.
  const isEmpty = [204, 205, 304].includes(status)
  // The connection is free only when the answer has been read.
  if (isEmpty) answer.resume()
  const body = isEmpty ? null : (Readable.toWeb(answer) as unknown as ReadableStream)
  return new Response(body, { status, statusText, headers })
}

/**
 * The constructor of Response refuses 101, so the status is set afterwards. A policy leaves a 101
 * alone.
 */
function responseOfTunnel(tunnel: Tunnel): Response {
  const response = Object.defineProperty(new Response(null), 'status', { value: 101 })
  tunnels.set(response, tunnel)
  return response
}

/** A connection that an origin API has turned into a WebSocket. */
export interface Tunnel {
  readonly answer: IncomingMessage
  readonly socket: Duplex
  /** The first bytes after the answer's headers. */
  readonly head: Buffer
}

const tunnels = new WeakMap<Response, Tunnel>()

/** Gives the connection behind a 101; null for any other answer. */
export function tunnelOf(response: Response): Tunnel | null {
  return tunnels.get(response) ?? null
}

/** Sends the origin API's 101 to the client, and connects both sockets. */
export function connectTunnel({ answer, socket: upstream, head }: Tunnel, client: Duplex): void {
  const lines = answer.rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !isCorsHeader(name) ? [`${name}: ${answer.rawHeaders[index + 1]}\r\n`] : [],
  )
  client.write(`HTTP/1.1 101 ${answer.statusMessage}\r\n${lines.join('')}\r\n`, 'latin1')
  upstream.unshift(head)
  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', () => {}).once('close', () => other.destroy())
    one.pipe(other)
  }
}

/** The edge removes the origin API's CORS headers, on a 101 too. */
function isCorsHeader(name: string): boolean {
  return /^(?:access-control-|timing-allow-origin$)/i.test(name)
}

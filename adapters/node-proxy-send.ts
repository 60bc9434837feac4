/// <reference types="node" />
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { type Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A connection that an origin API has turned into a WebSocket. */
export interface Tunnel {
  readonly answer: IncomingMessage
  readonly socket: Duplex
  /** What the origin API said right after its answer. */
  readonly head: Buffer
}

const tunnels = new WeakMap<Response, Tunnel>()

/** The connection behind a 101; null for any other answer. */
export function tunnelOf(response: Response): Tunnel | null {
  return tunnels.get(response) ?? null
}

/**
 * Sends a request with `node:http`, which, unlike Node's `fetch`, opens WebSockets, leaves bodies encoded, and waits as long as it is
 * told to.
 */
export async function send(request: Request): Promise<Response> {
  try {
    return await exchange(request)
  } catch (error) {
    // A connection that was kept open may be closed by the other side at the moment it is used again. Nothing was received.
    if (error instanceof StaleConnection && request.body === null) return exchange(request)
    throw error
  }
}

class StaleConnection extends Error {}

function exchange(request: Request): Promise<Response> {
  const url = new URL(request.url)
  const open = url.protocol === 'https:' ? requestHttps : requestHttp
  const isUpgrade = request.headers.has('Upgrade')
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method: request.method, headers: headersOf(request), signal: request.signal })
    outgoing.once('error', (error: NodeJS.ErrnoException) => {
      reject(outgoing.reusedSocket && error.code === 'ECONNRESET' ? new StaleConnection() : error)
    })
    outgoing.once('response', (answer) => {
      try {
        resolve(responseOf(request, answer))
      } catch (error) {
        answer.destroy()
        reject(error)
      }
    })
    outgoing.once('upgrade', (answer, socket, head) => {
      if (isUpgrade) return resolve(responseOfTunnel({ answer, socket, head }))
      socket.destroy()
      reject(new Error('The connection became another one.'))
    })
    // However it ended: what was settled before stays.
    outgoing.once('close', () => reject(new Error('The connection was closed without an answer.')))
    sendBody(request, outgoing, reject)
  })
}

function headersOf(request: Request): Record<string, string> {
  const headers = Object.fromEntries(request.headers)
  if (request.headers.has('Upgrade')) headers.connection = 'Upgrade'
  // For some methods Node sends a body without saying where it ends.
  else if (request.body !== null && !request.headers.has('Content-Length')) headers['transfer-encoding'] = 'chunked'
  return headers
}

function sendBody(request: Request, outgoing: ClientRequest, fail: (error: unknown) => void): void {
  if (request.body === null) {
    outgoing.end()
    return
  }
  const body = Readable.fromWeb(request.body as unknown as Parameters<typeof Readable.fromWeb>[0])
  pipeline(body, outgoing).catch(fail)
}

/** @throws {RangeError} for a status that no Response can have. */
function responseOf(request: Request, answer: IncomingMessage): Response {
  const { statusCode = 0, statusMessage = '' } = answer
  const headers = new Headers()
  for (const [index, name] of answer.rawHeaders.entries())
    if (index % 2 === 0) headers.append(name, answer.rawHeaders[index + 1] ?? '')
  const hasBody = request.method !== 'HEAD' && ![204, 205, 304].includes(statusCode)
  if (!hasBody) answer.resume()
  const body = hasBody ? (Readable.toWeb(answer) as unknown as ReadableStream) : null
  return new Response(body, { status: statusCode, statusText: statusMessage, headers })
}

/** No Response can be made with 101, and a policy leaves one that says 101 as it is. */
function responseOfTunnel(tunnel: Tunnel): Response {
  const response = Object.defineProperty(new Response(null), 'status', { value: 101 })
  tunnels.set(response, tunnel)
  return response
}

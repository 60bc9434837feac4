/// <reference types="node" />
// The client's side of the proxy server: from a message of node:http to a Request, and from a
// Response back.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { type Duplex, Readable, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A message that a server received: it has a method and a target. */
type Received = IncomingMessage & { readonly method: string; readonly url: string }

/** The answer to a request that the server does not accept. */
export interface Declined {
  readonly status: 400 | 403 | 405
  readonly text: string
}

/**
 * Makes a Request from what `node:http` received.
 *
 * @param hosts the host names that the server answers to; undefined for any
 */
export function readRequest(
  incoming: IncomingMessage,
  signal: AbortSignal,
  hosts: readonly string[] | undefined,
): Request | Declined {
  const { method, rawHeaders } = incoming as Received
  const url = urlOf(incoming as Received)
  if (url === null) return { status: 400, text: 'This request has no address that can be read.' }
  if (hosts !== undefined && !isLoopback(url.hostname) && !hosts.includes(url.hostname))
    return { status: 403, text: `This server does not answer to ${JSON.stringify(url.hostname)}.` }
  if (method === 'TRACE' || method === 'CONNECT' || method === 'TRACK')
    return { status: 405, text: 'This method cannot be forwarded.' }
  const headers = fromRawHeaders(rawHeaders)
  const hasBody =
    method !== 'GET' && method !== 'HEAD' && (headers.has('Content-Length') || headers.has('Transfer-Encoding'))
  // `duplex` says that the body still arrives. Not all versions of the types have it.
  const init = { method, headers, signal, ...(hasBody ? { body: bodyOf(incoming), duplex: 'half' } : {}) }
  return new Request(url, init as RequestInit)
}

/** Reads a list in which each name is followed by its value. */
export function fromRawHeaders(raw: readonly string[]): Headers {
  const headers = new Headers()
  for (const [i, name] of raw.entries()) if (i % 2 === 0) headers.append(name, raw[i + 1] as string)
  return headers
}

/** A host and a port, without a character that would change how the rest of the URL is read. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i

/**
 * Gives the URL of a request; null if it cannot be read. A request-target in absolute form contains
 * the host, and then `Host` does not count.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
function urlOf({ url, headers, socket }: Received): URL | null {
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  const { authority, path = url } = /^https?:\/\/(?<authority>[^/?#]*)(?<path>.*)/i.exec(url)?.groups ?? {}
  const host = authority ?? headers.host ?? 'localhost'
  if (!HOST.test(host) || /^[^/?]/.test(path)) return null
  return URL.parse(`${scheme}://${host}${path}`)
}

/** Tells whether a name always leads to the machine itself. No other site can have such a name. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    // The URL parser has refused a name that ends in a number and is not an IPv4 address.
    /^127\.[\d.]+$/.test(hostname)
  )
}

/**
 * Reads the body only on demand. A body that is never read can then be discarded by `discardRest`.
 */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  let listeners: { readonly data: (part: Buffer) => void; readonly end: () => void }
  incoming.pause()
  return new ReadableStream(
    {
      start(controller) {
        const data = (part: Buffer): void => {
          controller.enqueue(part)
          incoming.pause()
        }
        const end = () => controller.close()
        listeners = { data, end }
        incoming.on('data', data).once('end', end)
        // It is too late to matter where the body has ended.
        incoming.once('close', () => controller.error(new Error('The client went away.')))
      },
      pull() {
        incoming.resume()
      },
      // A stream that was canceled can neither take a part nor be closed.
      cancel() {
        incoming.off('data', listeners.data).off('end', listeners.end)
      },
    },
    { highWaterMark: 0 },
  )
}

/** Writes a Response as the answer of `node:http`. */
export async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, phraseOf(response), [...response.headers].flat())
  if (response.body === null) {
    outgoing.end()
    return
  }
  // Send the headers now: the body may be a stream that is silent for long.
  outgoing.flushHeaders()
  await pipeBody(response.body, outgoing)
}

/**
 * Writes a body to its end.
 *
 * @throws {Error} when either side breaks off
 */
export function pipeBody(body: ReadableStream, target: Writable): Promise<void> {
  const source = Readable.fromWeb(body as unknown as Parameters<typeof Readable.fromWeb>[0])
  // A pipeline refuses a target that is closed already, and then does not listen to the source. An
  // error that is not listened to would end the process.
  return pipeline(
    source.on('error', () => {}),
    target,
  )
}

/** Milliseconds that a client may go on sending after the answer. */
const DISCARD_MS = 5000

/**
 * Discards the rest of a request's body after the answer. A connection whose last body was not read
 * never serves another request. If the connection were closed while the client sends, the client
 * could lose the answer.
 */
export function discardRest(incoming: IncomingMessage): void {
  if (!incoming.complete) discard(incoming.removeAllListeners('data'))
}

function discard(stream: Readable): void {
  const late = setTimeout(() => stream.destroy(), DISCARD_MS).unref()
  stream
    .once('close', () => clearTimeout(late))
    .on('error', () => {})
    .resume()
}

/**
 * Writes an answer to a refused upgrade. `node:http` has handed the socket over, so this writes
 * HTTP itself.
 */
export async function writeToSocket(response: Response, socket: Duplex): Promise<void> {
  const { status, headers, body } = response
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${status} ${phraseOf(response)}\r\n${lines.join('')}Connection: close\r\n\r\n`, 'latin1')
  if (body === null) socket.end()
  else await pipeBody(body, socket)
  // With unread bytes a socket stays open after its client has left.
  discard(socket)
}

function phraseOf({ status, statusText }: Response): string {
  return statusText === '' ? (STATUS_CODES[status] ?? '') : statusText
}

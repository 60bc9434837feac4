/// <reference types="node" />
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { type Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** How long a client may go on sending a body that nobody wants, in milliseconds. */
const PATIENCE = 5000

/** Writes a Response as the answer of `node:http`. */
export async function answerWith(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, phraseOf(response), [...response.headers].flat())
  if (response.body === null) {
    outgoing.end()
    return
  }
  // A stream that is silent for long is under way all the same.
  outgoing.flushHeaders()
  await pipeline(Readable.fromWeb(response.body as unknown as Parameters<typeof Readable.fromWeb>[0]), outgoing)
}

/**
 * Lets the rest of a request go by. A connection whose last request was not read to its end never answers another one, and one that
 * is closed while the client still sends may lose the answer as well.
 */
export function letGo(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return
  const late = setTimeout(() => incoming.destroy(), PATIENCE).unref()
  incoming.once('close', () => clearTimeout(late)).on('error', () => {})
  incoming.removeAllListeners('data').resume()
}

/** Answers a request for an upgrade as any other, on a connection that `node:http` has given up. */
export async function answerSocket(response: Response, socket: Duplex): Promise<void> {
  const { status, headers, body } = response
  const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`HTTP/1.1 ${status} ${phraseOf(response)}\r\n${lines.join('')}Connection: close\r\n\r\n`, 'latin1')
  if (body === null) socket.end()
  else await pipeline(Readable.fromWeb(body as unknown as Parameters<typeof Readable.fromWeb>[0]), socket)
}

function phraseOf({ status, statusText }: Response): string {
  return statusText === '' ? (STATUS_CODES[status] ?? '') : statusText
}

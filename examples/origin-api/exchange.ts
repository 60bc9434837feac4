/** What every handler needs of an exchange: the query, the body, an answer in JSON. */

import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers one request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** What a request body held: a value, or why there is none, with the status that says so. */
export type Body = { readonly value: unknown } | { readonly status: 400 | 413; readonly error: string }

const MOST_BYTES = 64 * 1024

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`)
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length })
  response.end(body)
}

/** Reads a body: JSON where the request says so, text otherwise. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    // The rest is still read, and dropped: a client that is sending would not see an answer on a closed connection.
    if (size <= MOST_BYTES) chunks.push(chunk)
  }
  if (size > MOST_BYTES) return { status: 413, error: `a body holds at most ${MOST_BYTES} bytes` }
  const text = Buffer.concat(chunks).toString('utf8')
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return { value: text }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { status: 400, error: 'the body is no JSON' }
  }
}

/** Returns the path of a request without its query. The host is not looked at: the request target is all that is read. */
export function pathOf(request: IncomingMessage): string {
  const [path = '/'] = (request.url ?? '/').split('?', 1)
  return path
}

/** Returns the query of a request. */
function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams((request.url ?? '').slice(pathOf(request).length))
}

/** Reads a whole number from the query; null when something else stands there. */
export function wholeNumber(request: IncomingMessage, name: string, otherwise: number, most: number): number | null {
  const text = queryOf(request).get(name)
  if (text === null) return otherwise
  return /^\d{1,15}$/.test(text) && Number(text) <= most ? Number(text) : null
}

/** Returns a signal that aborts when the client has gone. */
export function whenGone(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}

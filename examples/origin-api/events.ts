/** `/api/events`: a stream of server-sent events that ends by itself, and goes on where a client lost it. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { sendJson, whenGone, wholeNumber } from './exchange.ts'

/** Sends `?count=` events, `?every=` milliseconds apart, then one named `done`. `Last-Event-ID` says which came before. */
export async function events(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const count = wholeNumber(request, 'count', 5, 10_000)
  const every = wholeNumber(request, 'every', 250, 60_000)
  if (count === null || every === null) return sendJson(response, 400, { error: 'count and every are whole numbers' })
  response.writeHead(200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' })
  if (request.method === 'HEAD') return void response.end()
  const gone = whenGone(response)
  const seen = Number(request.headers['last-event-id'] ?? 0)
  for (let id = Number.isInteger(seen) && seen > 0 ? seen + 1 : 1; id <= count; id += 1) {
    response.write(`id: ${id}\ndata: {"tick":${id},"of":${count}}\n\n`)
    await sleep(every, undefined, { signal: gone })
  }
  response.end('event: done\ndata: {}\n\n')
}

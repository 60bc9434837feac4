// An origin API that remembers what reached it.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { type Loopback, listen, readAll } from './loopback.ts'

/** A request that reached the origin API. */
export interface Hit {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** An origin API. */
export interface Upstream extends Loopback {
  /** Whatever reached it, body included, in order. */
  readonly hits: Hit[]
}

/** Starts an origin API that reads each request to its end, remembers it, and answers. */
export async function startUpstream(
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.end('hello'),
): Promise<Upstream> {
  const hits: Hit[] = []
  const server = await listen(async (request, response) => {
    const { method = '', url = '', headers } = request
    hits.push({ method, path: url, headers, body: (await readAll(request)).toString() })
    answer(request, response)
  })
  return { ...server, hits }
}

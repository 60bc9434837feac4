import type { Bytes } from '../spec/bytes.ts'
import type { Body, BodyReader, Runtime } from './options.ts'

/** How an exchange with the origin API ended without an answer. */
export type ExchangeFailure = { readonly failed: 502 | 504; readonly reason: string }

/** Measures how long the origin API takes. */
export interface Clock {
  /** Starts the time-out from the beginning. It must not be running. */
  wind(): void
  /** Stops the time-out until `wind` is called. */
  stop(): void
}

/**
 * Keeps the Requests behind a body alive while the body is read. Node forwards an abort to a
 * Request only while the Request is reachable. Without this map the origin API would not learn that
 * the client has left.
 */
const requestsBehind = new WeakMap<ReadableStream, unknown>()

/**
 * Sends a request, and gives up when no answer has begun within `timeoutMs` milliseconds.
 *
 * The time-out ends when the answer begins, because event streams and downloads take as long as
 * they take. 0 sets no limit; the runtime's `fetch` may still have one.
 *
 * @param makeRequest makes the request to send. The clock lets it stop the time-out during an
 *   upload.
 * @param client the request that the edge received. If it is aborted, the exchange is too.
 */
export async function sendUpstream(
  send: (request: Request) => Promise<Response>,
  makeRequest: (signal: AbortSignal, clock: Clock) => Request,
  client: Request,
  timeoutMs: number,
): Promise<Response | ExchangeFailure> {
  const ended = new AbortController()
  let isLate = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = timeoutMs === 0
  const stop = () => clearTimeout(timer)
  const wind = () => {
    if (!isOver) timer = setTimeout(end, timeoutMs)
  }
  const end = () => {
    isLate = true
    ended.abort()
  }
  wind()
  try {
    // `AbortSignal.any` would do the same, and costs more than the rest of this function. Some
    // runtimes give a Request no signal.
    const leave = () => ended.abort(client.signal.reason)
    if (client.signal?.aborted) leave()
    client.signal?.addEventListener('abort', leave, { once: true })
    const request = makeRequest(ended.signal, { wind, stop })
    const answer = await send(request)
    if (answer.body !== null) requestsBehind.set(answer.body, [client, request])
    return answer
  } catch {
    // The error may name the address of the origin API, which is not public.
    return isLate
      ? { failed: 504, reason: `The origin API did not answer within ${timeoutMs} ms.` }
      : { failed: 502, reason: 'The origin API could not be reached.' }
  } finally {
    isOver = true
    stop()
  }
}

/** Bodies up to this size, in bytes, are sent without a stop of the clock: they take no time. */
const SMALL = 65_536

/**
 * Gives the body of a request for the origin API, and lets the clock run only while the origin API
 * has something to do: to accept a part, or to answer once it has all of them. While the client
 * sends, the clock stands still.
 */
export function timedBody(
  request: Request,
  clock: Clock,
  { through = () => new TransformStream(), readerOf = (body) => body.getReader() }: Runtime,
): Body | null {
  const length = readLength(request.headers.get('Content-Length'))
  if (request.body === null || (length !== null && length <= SMALL)) return request.body
  const { readable, writable } = through(length)
  void passOn(readerOf(request.body), writable, clock)
  return readable
}

/** Never rejects. An error of either side ends both, so `exchange` sees it. */
async function passOn(reader: BodyReader, writable: WritableStream<Bytes>, clock: Clock): Promise<void> {
  const writer = writable.getWriter()
  try {
    for (;;) {
      clock.stop()
      const { done, value } = await reader.read()
      clock.wind()
      if (done || value === undefined) break
      await writer.write(value)
    }
    await writer.close()
  } catch (error) {
    await Promise.allSettled([reader.cancel(error), writer.abort(error)])
  }
}

/** Reads a `Content-Length`; null where it is not one plain number. */
function readLength(field: string | null): number | null {
  const length = Number(field)
  return Number.isSafeInteger(length) && String(length) === field ? length : null
}

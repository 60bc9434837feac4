/** How an exchange with the origin API ended without an answer. */
export type ExchangeFailure = { readonly failed: 502 | 504; readonly reason: string }

/** What decides that the origin API takes too long. */
export interface Clock {
  /** Gives the origin API all of its time again. */
  wind(): void
  /** Gives it any time, until the clock is wound up. */
  stop(): void
}

/**
 * Node tells a Request of its signal only while somebody holds the Request. So whoever reads the body of an answer holds both that
 * led to it, and the origin API learns that the client has left.
 */
const held = new WeakMap<ReadableStream, unknown>()

/** Lets a body that is read in the place of another hold what that one held. */
export function holdAlike(body: ReadableStream, other: ReadableStream): void {
  held.set(body, [other, held.get(other)])
}

/**
 * Fetches, and gives up when no answer has begun `timeoutMs` after the request was passed on. The body of an answer may take as long
 * as it likes: event streams and downloads are no time-outs. Zero waits as long as the runtime's `fetch` does.
 */
export async function exchange(
  send: (request: Request) => Promise<Response>,
  makeRequest: (signal: AbortSignal, clock: Clock) => Request,
  client: Request,
  timeoutMs: number,
): Promise<Response | ExchangeFailure> {
  const late = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = timeoutMs === 0
  const stop = () => clearTimeout(timer)
  const wind = () => {
    stop()
    if (!isOver) timer = setTimeout(() => late.abort(), timeoutMs)
  }
  wind()
  try {
    // Not every runtime gives a Request a signal.
    const signal = client.signal ? AbortSignal.any([client.signal, late.signal]) : late.signal
    const request = makeRequest(signal, { wind, stop })
    const answer = await send(request)
    if (answer.body !== null) held.set(answer.body, [client, request])
    return answer
  } catch {
    // Why it failed may name the origin API, which is not for everybody to know.
    return late.signal.aborted
      ? { failed: 504, reason: `The origin API did not answer within ${timeoutMs} ms.` }
      : { failed: 502, reason: 'The origin API could not be reached.' }
  } finally {
    isOver = true
    stop()
  }
}

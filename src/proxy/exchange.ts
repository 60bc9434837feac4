/** How an exchange with the origin API ended without an answer. */
export type ExchangeFailure = { readonly failed: 502 | 504; readonly reason: string }

/**
 * Node tells a Request of its signal only while somebody holds the Request. So whoever reads the body of an answer holds both that
 * led to it, and the origin API learns that the client has left.
 */
const held = new WeakMap<ReadableStream, readonly [client: Request, upstream: Request]>()

/**
 * Fetches, and gives up when nothing has moved for `timeoutMs` before an answer begins: no part of the request's body passed on, no
 * answer. The answer's body may take as long as it likes: event streams and downloads are no time-outs. Zero waits for ever.
 */
export async function exchange(
  send: (request: Request) => Promise<Response>,
  makeRequest: (signal: AbortSignal, onPart: () => void) => Request,
  client: Request,
  timeoutMs: number,
): Promise<Response | ExchangeFailure> {
  const clock = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = timeoutMs === 0
  const wind = () => {
    if (isOver) return
    clearTimeout(timer)
    timer = setTimeout(() => clock.abort(), timeoutMs)
  }
  try {
    wind()
    // Not every runtime gives a Request a signal.
    const request = makeRequest(client.signal ? AbortSignal.any([client.signal, clock.signal]) : clock.signal, wind)
    const answer = await send(request)
    if (answer.body !== null) held.set(answer.body, [client, request])
    return answer
  } catch {
    // Why it failed may name the origin API, which is not for everybody to know.
    return clock.signal.aborted
      ? { failed: 504, reason: `The origin API did not answer within ${timeoutMs} ms.` }
      : { failed: 502, reason: 'The origin API could not be reached.' }
  } finally {
    isOver = true
    clearTimeout(timer)
  }
}

/** How an exchange with the origin API ended without an answer. */
export type ExchangeFailure = { readonly failed: 502 | 504; readonly reason: string }

/**
 * Fetches, and gives up when no answer has begun after `timeoutMs`. A body may take as long as it likes: event streams and
 * downloads are no time-outs. Zero waits for ever.
 */
export async function exchange(
  send: (request: Request) => Promise<Response>,
  makeRequest: (signal: AbortSignal) => Request,
  client: AbortSignal | null,
  timeoutMs: number,
): Promise<Response | ExchangeFailure> {
  const clock = new AbortController()
  const timer = timeoutMs === 0 ? undefined : setTimeout(() => clock.abort(), timeoutMs)
  try {
    return await send(makeRequest(client === null ? clock.signal : AbortSignal.any([client, clock.signal])))
  } catch {
    // Why it failed may name the origin API, which is not for everybody to know.
    return clock.signal.aborted
      ? { failed: 504, reason: `The origin API did not answer within ${timeoutMs} ms.` }
      : { failed: 502, reason: 'The origin API could not be reached.' }
  } finally {
    clearTimeout(timer)
  }
}

import type { HandlerResult, RequestHead, WrapOptions } from './types.ts'

/** What wrapping needs of a policy. The method is read once for both. */
interface Wrapping<Q> {
  /** A preflight's answer or a refusal, before the handler; null lets the request through. */
  before(request: Q, method: string): Response | null
  /** The response with the header set. */
  after(request: Q, response: Response, method: string): Response
}

/** Makes a handler whose every response goes through a policy. The synchronous path stays synchronous. */
export function wrapHandler<Q extends RequestHead, A extends unknown[], R extends HandlerResult>(
  { before, after }: Wrapping<Q>,
  handler: (request: Q, ...args: A) => R,
  options: WrapOptions<Q, A> = {},
): (request: Q, ...args: A) => R {
  // A closure that holds the request would be made for every request. These are made where they are needed.
  const fail = (error: unknown, request: Q, args: A, method: string) =>
    failed(error, request, args, options, (response) => after(request, response, method))

  const settle = (result: Promise<unknown>, request: Q, args: A, method: string) =>
    result.then(
      (value) => {
        if (!isResponse(value)) return value
        try {
          return after(request, value, method)
        } catch (error) {
          return fail(error, request, args, method)
        }
      },
      (error) => fail(error, request, args, method),
    )

  return (request, ...args) => {
    const { method } = request
    const answer = before(request, method)
    if (answer !== null) return answer as R
    try {
      const result = handler(request, ...args)
      if (isThenable(result)) return settle(result, request, args, method) as R
      return (isResponse(result) ? after(request, result, method) : result) as R
    } catch (error) {
      return fail(error, request, args, method) as R
    }
  }
}

/** Turns what a handler threw into a response with the header set, or throws it on. */
export function failed<Q, A extends unknown[]>(
  error: unknown,
  request: Q,
  args: A,
  { onError }: WrapOptions<Q, A>,
  after: (response: Response) => Response,
): Response | Promise<Response> {
  if (onError === 'rethrow' && !isResponse(error)) throw error
  const giveUp = (later: unknown) => after(unexpected(later))
  const finish = (made: unknown) => {
    if (!isResponse(made)) throw new TypeError('onError gives a Response')
    return after(made)
  }
  try {
    if (isResponse(error)) return after(error)
    if (onError === undefined || onError === 'rethrow') return giveUp(error)
    const made = onError(error, request, ...args)
    return isThenable(made) ? made.then(finish).then(undefined, giveUp) : finish(made)
  } catch (later) {
    return giveUp(later)
  }
}

/** An error nobody handles is still an answer that the page can read: a 500, and no word of what went wrong. */
function unexpected(error: unknown): Response {
  // biome-ignore lint/suspicious/noConsole: an error that is swallowed in silence is lost.
  console.error(error)
  return new Response(null, { status: 500 })
}

/** Recognizes a Response of any realm or server, which `instanceof` does not. */
export function isResponse(value: unknown): value is Response {
  return (
    typeof value === 'object' &&
    value !== null &&
    'headers' in value &&
    'status' in value &&
    'clone' in value &&
    'body' in value
  )
}

export function isThenable(value: unknown): value is Promise<unknown> & PromiseLike<never> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

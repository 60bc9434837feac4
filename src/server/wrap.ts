import type { HandlerResult, RequestHead, WrapOptions } from './types.ts'

/** The two sides of a handler. `method` is the request's, read once for both. */
interface Wrapping<Q> {
  /** Gives a preflight's answer or a refusal; null where the handler is next. */
  before(request: Q, method: string): Response | null
  /** Puts the header set on the response. */
  after(request: Q, response: Response, method: string): Response
}

/**
 * Wraps a handler. A synchronous handler stays synchronous: a Promise costs more than the policy
 * does.
 */
export function wrapHandler<Q extends RequestHead, A extends unknown[], R extends HandlerResult>(
  { before, after }: Wrapping<Q>,
  handler: (request: Q, ...args: A) => R,
  options: WrapOptions<Q, A> = {},
): (request: Q, ...args: A) => R {
  // These take the request as an argument, so that no closure is made for each request.
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
      if (isPromiseLike(result)) return settle(result, request, args, method) as R
      return (isResponse(result) ? after(request, result, method) : result) as R
    } catch (error) {
      return fail(error, request, args, method) as R
    }
  }
}

/**
 * Turns what a handler threw into a response with the header set.
 *
 * @throws what the handler threw, with `onError: 'rethrow'`
 */
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
    if (typeof onError !== 'function') return giveUp(error)
    const made = onError(error, request, ...args)
    return isPromiseLike(made) ? made.then(finish).then(undefined, giveUp) : finish(made)
  } catch (later) {
    return giveUp(later)
  }
}

/** Gives an empty 500. The page can read its status, and the error itself stays on the server. */
function unexpected(error: unknown): Response {
  // biome-ignore lint/suspicious/noConsole: a swallowed error has to be visible to the operator.
  console.error(error)
  return new Response(null, { status: 500 })
}

/**
 * Recognizes a Response of another realm or of a server's own class, which `instanceof` does not.
 */
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

/** Recognizes a Promise of any library. */
export function isPromiseLike(value: unknown): value is Promise<unknown> & PromiseLike<never> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

import { isThenable } from '../policy/thenable.ts'
import type { Apply } from './apply.ts'
import { preflightOrigin } from './decide.ts'
import type { Tables } from './tables.ts'
import type { Cors, HandlerResult, RequestHead, WrapOptions } from './types.ts'

/**
 * Prepares the wrapping of handlers. `answer` answers preflights, and `apply` puts the header set on
 * responses. A synchronous handler stays synchronous: a Promise costs more than the policy does.
 */
export function createWrap(
  tables: Tables,
  answer: (request: RequestHead, origin: string) => Response,
  apply: Apply,
): Cors['wrap'] {
  return <Q extends RequestHead, A extends unknown[], R extends HandlerResult>(
    handler: (request: Q, ...args: A) => R,
    { onError }: WrapOptions<Q, A> = {},
  ) => {
    // These take the request as an argument, so that no closure is made for each request.
    const settle = (result: unknown, request: Q, args: A, method: string): unknown => {
      try {
        return isResponse(result) ? apply(request, result, method) : result
      } catch (error) {
        return fail(error, request, args, method)
      }
    }

    /** Turns what a handler threw into a response with the header set. */
    const fail = (error: unknown, request: Q, args: A, method: string): unknown => {
      const finish = (made: unknown) => {
        if (!isResponse(made)) throw new TypeError('onError gives a Response')
        return apply(request, made, method)
      }
      // An empty 500. The page can read its status, and the error itself stays on the server.
      const giveUp = (later: unknown) => {
        // biome-ignore lint/suspicious/noConsole: a swallowed error has to be visible to the operator.
        console.error(later)
        return finish(new Response(null, { status: 500 }))
      }
      if (onError === 'rethrow' && !isResponse(error)) throw error
      try {
        if (isResponse(error)) return finish(error)
        if (typeof onError !== 'function') return giveUp(error)
        const made = onError(error, request, ...args)
        return isThenable(made) ? made.then(finish).then(undefined, giveUp) : finish(made)
      } catch (later) {
        return giveUp(later)
      }
    }

    return (request: Q, ...args: A): R => {
      const { method } = request
      const origin = method === 'OPTIONS' ? preflightOrigin(request) : null
      const early = origin === null ? tables.forbid?.(tables, request) : answer(request, origin)
      if (early) return early as R
      try {
        const result: unknown = handler(request, ...args)
        if (!isThenable(result)) return settle(result, request, args, method) as R
        return result.then(
          (value: unknown) => settle(value, request, args, method),
          (error: unknown) => fail(error, request, args, method),
        ) as unknown as R
      } catch (error) {
        return fail(error, request, args, method) as R
      }
    }
  }
}

/**
 * Recognizes a Response of another realm or of a server's own class, which `instanceof` does not.
 */
export function isResponse(value: unknown): value is Response {
  return (
    typeof (value as Response | null | undefined)?.clone === 'function' &&
    'headers' in (value as object) &&
    'status' in (value as object) &&
    'body' in (value as object)
  )
}

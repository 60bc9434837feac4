import { ALLOW_ORIGIN } from '../spec/fields.ts'
import { preflightOrigin } from './decide.ts'
import { createReadyResolver, isSync, type Ready, type ReadySource } from './ready.ts'
import type { AsyncCors, Cors, HandlerResult, HeaderEntry, RequestHead, WrapOptions } from './types.ts'
import { isResponse } from './wrap.ts'

/**
 * Gives a preflight's answer as data, for servers that do not use `Response`; null for other
 * requests.
 */
export function preflightAnswer(
  cors: Cors,
  request: RequestHead,
): { readonly status: number; readonly entries: readonly HeaderEntry[] } | null {
  if (preflightOrigin(request) === null) return null
  const entries = cors.entries(request)
  const isShared = entries[0]?.[0] === ALLOW_ORIGIN
  return { status: isShared ? (cors.policy.preflightStatus ?? 204) : 403, entries }
}

/** Makes a function that wraps Fetch handlers with a policy. */
export function createReadyWrapper<Q extends Request>(source: ReadySource<Q>): Wrapper<Q> {
  const corsFor = createReadyResolver(source)
  return (handler, options) =>
    'choose' in source
      ? (request, ...args) => wrapWith(corsFor(request), handler, options)(request, ...args)
      : wrapWith(corsFor(undefined as never), handler, options)
}

/**
 * Wraps a Fetch handler. Further arguments of the handler are passed on to `resolve` of
 * `perRequest`.
 */
export type Wrapper<Q extends Request> = <A extends unknown[], R extends HandlerResult>(
  handler: (request: Q, ...args: A) => R,
  options?: WrapOptions<Q, A>,
) => (request: Q, ...args: A) => R | Promise<Awaited<R>>

/** Wraps a Fetch handler with a ready policy of either kind. */
export function wrapWith<Q extends Request, A extends unknown[], R extends HandlerResult>(
  cors: Ready,
  handler: (request: Q, ...args: A) => R,
  options?: WrapOptions<Q, A>,
): (request: Q, ...args: A) => R | Promise<Awaited<R>> {
  return isSync(cors)
    ? cors.wrap<Q, A, R>(handler, options)
    : (cors as unknown as AsyncCors<Q, A>).wrap<R>(handler, options)
}

/**
 * Applies a policy to the rest of a middleware chain, in a framework that renders errors itself:
 * what `next` throws is thrown on. A response that cannot be used, because its body was read,
 * becomes an empty 500: the framework does not see that error.
 */
export async function wrapNext<A extends unknown[]>(
  cors: Ready,
  next: () => Response | Promise<Response>,
  request: Request,
  ...args: A
): Promise<Response> {
  let isAnswered = false
  const answer = async (): Promise<Response> => {
    const response = await next()
    isAnswered = true
    return response
  }
  try {
    return await wrapWith<Request, A, Promise<Response>>(cors, answer, { onError: 'rethrow' })(request, ...args)
  } catch (error) {
    if (!isAnswered) throw error
    return wrapWith<Request, A, Promise<Response>>(cors, () => Promise.reject(error))(request, ...args)
  }
}

/**
 * Makes a handler throw where it returns no Response. The runtime would otherwise send its own
 * error page, without CORS headers.
 */
export function requireResponse<A extends unknown[]>(
  handler: (...args: A) => Response | Promise<Response>,
): (...args: A) => Response | Promise<Response> {
  const check = (response: Response): Response => {
    if (!isResponse(response)) throw new TypeError('withCors: the handler returned no Response')
    return response
  }
  return (...args) => {
    const response = handler(...args)
    return response instanceof Promise ? response.then(check) : check(response)
  }
}

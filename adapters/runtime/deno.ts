/**
 * CORS for Deno: around the handler of `Deno.serve`, its options, or the default export of
 * `deno serve`.
 *
 * @module
 */

import { createReadyWrapper, type ReadySource, requireResponse } from '../../src/runtime-adapter.ts'

/** A handler of `Deno.serve`. `info` describes the connection. */
export type DenoHandler = (request: Request, info: never) => Response | Promise<Response>

/**
 * The options of `Deno.serve` with its handler, or the default export of `deno serve`. Other
 * properties are kept as they are.
 */
export interface DenoOptions {
  // Written as methods, so that a handler may name Deno's own, more precise types.
  handler?(request: Request, info: never): Response | Promise<Response>
  fetch?(request: Request, info: never): Response | Promise<Response>
  onError?(error: unknown): Response | Promise<Response>
}

/**
 * Puts a policy around a Deno server. It needs no permission and reads no environment variable.
 *
 * `onError` is called as before. Deno does not tell it which request failed, so the header set is
 * added afterwards. Without `onError`, an error is printed and answered with an empty 500.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @param target a handler, options with a `handler`, or a default export with a `fetch`
 * @returns the same kind of thing as `target`
 * @throws {TypeError} when `target` has no handler
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Answering } from 'corsmith/runtime'
 * import { withCors } from 'corsmith/runtime/deno'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * Deno.serve(
 *   withCors(
 *     answers,
 *     (request) => Response.json({ path: new URL(request.url).pathname }),
 *   ),
 * )
 * ```
 */
export function withCors<T extends DenoHandler | DenoOptions>(source: ReadySource<Request>, target: T): T {
  const wrap = createReadyWrapper<Request>(source)
  if (typeof target === 'function') return wrap<[never], Response | Promise<Response>>(requireResponse(target)) as T
  const { onError } = target
  const options = onError ? { onError: (error: unknown) => onError.call(target, error) } : {}
  const wrapped = (['handler', 'fetch'] as const).flatMap((name) => {
    const handler = target[name]
    return handler
      ? [[name, wrap<[never], Response | Promise<Response>>(requireResponse(handler.bind(target)), options)]]
      : []
  })
  if (wrapped.length === 0) throw new TypeError('withCors: there is no handler: write "{ handler(request) { … } }"')
  return { ...target, ...Object.fromEntries(wrapped) }
}

/**
 * CORS for Deno: around the handler of `Deno.serve`, its options, or the default export of
 * `deno serve`.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type DenoHandler, type DenoOptions, withCors as readyWithCors } from './runtime/deno.ts'

export type { DenoHandler, DenoOptions } from './runtime/deno.ts'

/**
 * Puts a policy around a Deno server. It needs no permission and reads no environment variable.
 *
 * `onError` is called as before. Deno does not tell it which request failed, so the header set is
 * added afterwards. Without `onError`, an error is printed and answered with an empty 500.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @param target a handler, options with a `handler`, or a default export with a `fetch`
 * @returns the same kind of thing as `target`
 * @throws {TypeError} when `target` has no handler
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { withCors } from 'corsmith/deno'
 *
 * Deno.serve(
 *   withCors(
 *     { origins: ['https://app.example.com'], methods: ['PUT'] },
 *     (request) => Response.json({ path: new URL(request.url).pathname }),
 *   ),
 * )
 * ```
 */
export function withCors<const P extends PolicyInput, T extends DenoHandler | DenoOptions>(
  source: PolicySource<P, Request>,
  target: T,
): T {
  return readyWithCors(checkSource<Request>(source, withCors), target)
}

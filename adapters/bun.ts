/**
 * CORS for Bun: `Bun.serve(withCors(policy, { routes, fetch, error, websocket }))`.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type BunOptions, withCors as readyWithCors } from './runtime/bun.ts'

export type {
  BunAnswer,
  BunHandler,
  BunMethods,
  BunOptions,
  BunRoute,
  BunRouteRequest,
  BunServer,
  BunSocket,
} from './runtime/bun.ts'

/**
 * The options as they were given. `NoInfer` says the same, and TypeScript before 5.4 does not have
 * it: `Bun.serve` must not decide what the options are.
 */
type Given<O> = [O][O extends unknown ? 0 : never]

/**
 * Puts a policy around every answer of a Bun server.
 *
 * - Handlers are wrapped, also those in tables of methods. A table gets an `OPTIONS`, which answers
 *   preflights. It passes a plain `OPTIONS` to `fetch`, as Bun would, or answers it with `Allow`.
 * - A static Response and a file are sent as a copy per request, because their headers depend on
 *   the origin. Bun's handling of `If-None-Match` and `If-Modified-Since` for them is lost; ranges
 *   of files are kept. If a file is missing, `fetch` answers, as in Bun.
 * - `error` is called as before. Bun does not tell it which request failed, so the header set is
 *   added afterwards.
 * - A Response whose file is missing or whose body is in use fails while Bun sends it. Bun then
 *   calls `error` without the request, so the origin is unknown. That answer has `Vary: Origin`,
 *   and allows an origin only under `'*'`. Call `await file.exists()` first.
 * - Connections that `server.upgrade` took over are left alone.
 *
 * Bun serves HTML imports and `{ dir }` before any handler. They keep working, without the header
 * set.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @param options the options of `Bun.serve`
 * @returns the options, with handlers wrapped
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { withCors } from 'corsmith/bun'
 *
 * Bun.serve(
 *   withCors(
 *     { origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] },
 *     { routes: { '/users/:id': { GET: (request) => Response.json(request.params) } } },
 *   ),
 * )
 * ```
 */
export function withCors<const P extends PolicyInput, O extends BunOptions>(
  source: PolicySource<P, Request>,
  options: O,
): Given<O> {
  return readyWithCors(checkSource<Request>(source, withCors), options)
}

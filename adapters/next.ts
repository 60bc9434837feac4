/**
 * CORS for Next.js: `proxy.ts` (or `middleware.ts`) for the whole application, and a wrapper for
 * one route handler.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource, type WrapOptions } from '../src/adapter.ts'
import { type NextAnswer, type RouteHandlers, proxy as readyProxy, withCors as readyWithCors } from './runtime/next.ts'

export type { NextAnswer, RouteHandler, RouteHandlers } from './runtime/next.ts'

/**
 * Makes the `proxy` of `proxy.ts` (Next 16) or the `middleware` of `middleware.ts`.
 *
 * Preflights are answered. Route handlers, static files and error answers carry the header set.
 * Some answers of Next are out of reach of every proxy: docs/adapters.md lists them.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @param next a proxy of your own, which runs for requests that are not preflights
 * @returns the proxy
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // proxy.ts
 * import { proxy as cors } from 'corsmith/next'
 *
 * export const proxy = cors({ origins: ['https://app.example.com'], methods: ['PUT'] })
 * export const config = { matcher: '/api/:path*' }
 * ```
 */
export function proxy<const P extends PolicyInput, Q extends Request = Request, E = unknown>(
  source: PolicySource<P, Q>,
  next?: (request: Q, event: E) => NextAnswer | Promise<NextAnswer>,
): (request: Q, event: E) => Response | Promise<Response> {
  return readyProxy<Q, E>(checkSource<Q>(source, proxy), next)
}

/**
 * Puts a policy around the handlers of a `route.ts`, and adds an `OPTIONS`.
 *
 * - A policy without `methods` permits the exported methods. So does a {@link Cors} without
 *   `methods`, for this route only.
 * - A plain `OPTIONS` is answered by your own handler, or with `Allow`, as Next does.
 * - `redirect()`, `notFound()`, `forbidden()` and `unauthorized()` give the response that Next
 *   makes of them.
 * - Any other error is printed and answered with an empty 500, which the page can read.
 *   `onError: 'rethrow'` leaves the error to Next, whose 500 has no CORS headers.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @param handlers the handlers by method
 * @returns the handlers, wrapped, and `OPTIONS`
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // app/api/users/route.ts
 * import { withCors } from 'corsmith/next'
 *
 * export const { GET, PUT, OPTIONS } = withCors(
 *   { origins: ['https://app.example.com'], requestHeaders: ['Content-Type'] },
 *   {
 *     GET: () => Response.json([]),
 *     PUT: async (request) => Response.json(await request.json()),
 *   },
 * )
 * ```
 */
export function withCors<const P extends PolicyInput, H extends RouteHandlers>(
  source: PolicySource<P, Request>,
  handlers: H,
  options: WrapOptions<Request, [context: never]> = {},
): H & { readonly OPTIONS: (request: Request) => Promise<Response> } {
  return readyWithCors(checkSource<Request>(source, withCors), handlers, options)
}

/**
 * CORS for React Router 8: as a middleware of a route, or around the whole request handler.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import {
  type RouterArgs,
  type RouterHandler,
  cors as readyCors,
  withCors as readyWithCors,
} from './runtime/react-router.ts'

export type { RouterArgs, RouterHandler } from './runtime/react-router.ts'

/**
 * Makes a middleware from a policy, for a route and all routes below it. Put it first.
 *
 * The router runs middleware only for URLs that match a route. `withCors` covers the others too.
 *
 * @param source a policy, a `Cors`, or a function of the middleware's arguments that gives either
 * @returns the middleware
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // app/routes/api.ts
 * import { cors } from 'corsmith/react-router'
 *
 * export const middleware = [cors({ origins: ['https://app.example.com'], methods: ['PUT'] })]
 * export const loader = () => Response.json([])
 * ```
 */
export function cors<const P extends PolicyInput, A extends RouterArgs = RouterArgs>(
  source: PolicySource<P, A>,
): (args: A, next: () => Promise<Response>) => Promise<Response> {
  return readyCors<A>(checkSource<A>(source, cors))
}

/**
 * Puts a policy around a request handler, and so around every answer: pages, resource routes,
 * errors, 404s.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @param handler the handler that `createRequestHandler` made
 * @returns the handler, wrapped
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { withCors } from 'corsmith/react-router'
 * import { createRequestHandler, type ServerBuild } from 'react-router'
 *
 * declare const build: ServerBuild
 * const handler = createRequestHandler(build)
 * export default { fetch: withCors({ origins: ['https://app.example.com'] }, handler) }
 * ```
 */
export function withCors<const P extends PolicyInput, A extends unknown[]>(
  source: PolicySource<P, Request>,
  handler: RouterHandler<A>,
): RouterHandler<A> {
  return readyWithCors(checkSource<Request>(source, withCors), handler)
}

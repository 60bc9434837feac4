/**
 * CORS for React Router 8: as a middleware of a route, or around the whole request handler.
 *
 * @module
 */

import { createResolver, createWrapper, type PolicyInput, type PolicySource, wrapNext } from '../src/adapter.ts'

/** The part of its arguments that the middleware reads. */
export interface RouterArgs {
  readonly request: Request
}

/** A handler that `createRequestHandler` makes. `A` types its arguments after the request. */
export type RouterHandler<A extends unknown[]> = (request: Request, ...rest: A) => Promise<Response>

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
  const corsFor = createResolver<A>(source, cors)
  return (args, next) => wrapNext(corsFor(args), next, args.request, args)
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
  const wrapped = createWrapper<Request>(source, withCors)<A, Promise<Response>>(handler)
  return async (request, ...rest) => wrapped(request, ...rest)
}

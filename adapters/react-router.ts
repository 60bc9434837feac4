/**
 * CORS for React Router 8: as a middleware of a route, or around the whole request handler.
 *
 * @module
 */

import { createResolver, createWrapper, type PolicyInput, type PolicySource, wrapNext } from '../src/adapter.ts'

/** What the middleware reads of its arguments. */
export interface RouterArgs {
  readonly request: Request
}

/** What `createRequestHandler` makes, whatever it is called with besides the request. */
export type RouterHandler<A extends unknown[]> = (request: Request, ...rest: A) => Promise<Response>

/**
 * Makes a middleware out of a policy, for a route and all below it. Put it first.
 *
 * The router runs middleware for URLs that match a route. What matches none, it answers without: `withCors` covers that.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
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
  const corsFor = createResolver<A>(source)
  return (args, next) => wrapNext(corsFor(args), next, args.request, args)
}

/**
 * Puts a policy around a request handler, and so around everything: pages, resource routes, errors, 404s.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * import { withCors } from 'corsmith/react-router'
 * import { createRequestHandler, type ServerBuild } from 'react-router'
 *
 * declare const build: ServerBuild
 * export default { fetch: withCors({ origins: ['https://app.example.com'] }, createRequestHandler(build)) }
 * ```
 */
export function withCors<const P extends PolicyInput, A extends unknown[]>(
  source: PolicySource<P, Request>,
  handler: RouterHandler<A>,
): RouterHandler<A> {
  const wrapped = createWrapper<Request>(source)<A, Promise<Response>>(handler)
  return async (request, ...rest) => wrapped(request, ...rest)
}

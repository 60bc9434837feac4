/**
 * CORS for React Router 8: as a middleware of a route, or around the whole request handler.
 *
 * @module
 */

import { createReadyResolver, createReadyWrapper, type ReadySource, wrapNext } from '../../src/runtime-adapter.ts'

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
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @returns the middleware
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // app/routes/api.ts
 * import type { Answering } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/react-router'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * export const middleware = [cors(answers)]
 * export const loader = () => Response.json([])
 * ```
 */
export function cors<A extends RouterArgs = RouterArgs>(
  source: ReadySource<A>,
): (args: A, next: () => Promise<Response>) => Promise<Response> {
  const corsFor = createReadyResolver<A>(source)
  return (args, next) => wrapNext(corsFor(args), next, args.request, args)
}

/**
 * Puts a policy around a request handler, and so around every answer: pages, resource routes,
 * errors, 404s.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @param handler the handler that `createRequestHandler` made
 * @returns the handler, wrapped
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Answering } from 'corsmith/runtime'
 * import { withCors } from 'corsmith/runtime/react-router'
 * import { createRequestHandler, type ServerBuild } from 'react-router'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * declare const build: ServerBuild
 * const handler = createRequestHandler(build)
 * export default { fetch: withCors(answers, handler) }
 * ```
 */
export function withCors<A extends unknown[]>(
  source: ReadySource<Request>,
  handler: RouterHandler<A>,
): RouterHandler<A> {
  const wrapped = createReadyWrapper<Request>(source)<A, Promise<Response>>(handler)
  return async (request, ...rest) => wrapped(request, ...rest)
}

/**
 * CORS for Astro 7: around the whole pipeline in `src/fetch.ts`, or as a middleware.
 *
 * @module
 */

import { createReadyResolver, createReadyWrapper, type ReadySource, wrapNext } from '../../src/runtime-adapter.ts'

/** The default export of `src/fetch.ts`. */
export interface AstroFetch {
  fetch(request: Request): Response | Promise<Response>
}

/** The part of an `APIContext` that the middleware reads. */
export interface AstroContext {
  readonly request: Request
}

/**
 * Puts a policy around every answer of Astro: pages, endpoints, errors, 404s, and the answers
 * before any middleware, such as redirects for a trailing slash and the check of form posts.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @param target an object with the `fetch` of your application
 * @returns a copy of `target` with `fetch` wrapped
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // src/fetch.ts
 * import type { Answering } from 'corsmith/runtime'
 * import { astro, FetchState } from 'astro/fetch'
 * import { withCors } from 'corsmith/runtime/astro'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * export default withCors(
 *   answers,
 *   { fetch: (request) => astro(new FetchState(request)) },
 * )
 * ```
 */
export function withCors<T extends AstroFetch>(source: ReadySource<Request>, target: T): T {
  const wrap = createReadyWrapper<Request>(source)
  return { ...target, fetch: wrap((request: Request) => target.fetch(request)) }
}

/**
 * Makes an `onRequest` from a policy, for applications without `src/fetch.ts`. In a `sequence(…)`,
 * put it first.
 *
 * Some answers of Astro do not pass its middleware: redirects for a trailing slash, form posts that
 * `security.checkOrigin` refuses, and errors that endpoints throw. `withCors` covers them.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @returns the middleware
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // src/middleware.ts
 * import type { Answering } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/astro'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * export const onRequest = cors(answers)
 * ```
 */
export function cors<C extends AstroContext = AstroContext>(
  source: ReadySource<C>,
): (context: C, next: () => Promise<Response>) => Promise<Response> {
  const corsFor = createReadyResolver<C>(source)
  return (context, next) => wrapNext(corsFor(context), next, context.request, context)
}

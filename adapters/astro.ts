/**
 * CORS for Astro 7: around the whole pipeline in `src/fetch.ts`, or as a middleware.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type AstroContext, type AstroFetch, cors as readyCors, withCors as readyWithCors } from './runtime/astro.ts'

export type { AstroContext, AstroFetch } from './runtime/astro.ts'

/**
 * Puts a policy around every answer of Astro: pages, endpoints, errors, 404s, and the answers
 * before any middleware, such as redirects for a trailing slash and the check of form posts.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @param target an object with the `fetch` of your application
 * @returns a copy of `target` with `fetch` wrapped
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // src/fetch.ts
 * import { astro, FetchState } from 'astro/fetch'
 * import { withCors } from 'corsmith/astro'
 *
 * export default withCors(
 *   { origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] },
 *   { fetch: (request) => astro(new FetchState(request)) },
 * )
 * ```
 */
export function withCors<const P extends PolicyInput, T extends AstroFetch>(
  source: PolicySource<P, Request>,
  target: T,
): T {
  return readyWithCors(checkSource<Request>(source, withCors), target)
}

/**
 * Makes an `onRequest` from a policy, for applications without `src/fetch.ts`. In a `sequence(…)`,
 * put it first.
 *
 * Some answers of Astro do not pass its middleware: redirects for a trailing slash, form posts that
 * `security.checkOrigin` refuses, and errors that endpoints throw. `withCors` covers them.
 *
 * @param source a policy, a `Cors`, or a function of the `APIContext` that gives either
 * @returns the middleware
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // src/middleware.ts
 * import { cors } from 'corsmith/astro'
 *
 * export const onRequest = cors({ origins: ['https://app.example.com'] })
 * ```
 */
export function cors<const P extends PolicyInput, C extends AstroContext = AstroContext>(
  source: PolicySource<P, C>,
): (context: C, next: () => Promise<Response>) => Promise<Response> {
  return readyCors<C>(checkSource<C>(source, cors))
}

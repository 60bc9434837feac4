/**
 * CORS for Astro 7: around the whole pipeline in `src/fetch.ts`, or as a middleware.
 *
 * @module
 */

import { createResolver, createWrapper, type PolicyInput, type PolicySource, wrapNext } from '../src/adapter.ts'

/** What `src/fetch.ts` exports. */
export interface AstroFetch {
  fetch(request: Request): Response | Promise<Response>
}

/** What the middleware reads of an `APIContext`. */
export interface AstroContext {
  readonly request: Request
}

/**
 * Puts a policy around all that Astro answers: pages, endpoints, errors, 404s, and what it answers before any middleware, such as
 * redirects for a trailing slash and its own check of form posts.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
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
  const wrap = createWrapper<Request>(source)
  return { ...target, fetch: wrap((request: Request) => target.fetch(request)) }
}

/**
 * Makes an `onRequest` out of a policy, for applications without `src/fetch.ts`. In a `sequence(…)`, put it first.
 *
 * Astro answers before its middleware: redirects for a trailing slash, and form posts that its `security.checkOrigin` refuses. And it
 * renders errors that endpoints throw outside of it. `withCors` covers them.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
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
  const corsFor = createResolver<C>(source)
  return (context, next) => wrapNext(corsFor(context), next, context.request, context)
}

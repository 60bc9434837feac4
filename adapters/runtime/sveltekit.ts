/**
 * CORS for SvelteKit: `export const handle = cors({ origins: ['https://app.example.com'] })` in
 * `src/hooks.server.ts`.
 *
 * @module
 */

import { createReadyResolver, type ReadySource, wrapNext } from '../../src/runtime-adapter.ts'

/** The part of a `RequestEvent` that the adapter reads. */
export interface KitEvent {
  readonly request: Request
}

/** The argument of a `handle`. */
export interface KitInput<E extends KitEvent> {
  readonly event: E
  resolve(event: E): Response | Promise<Response>
}

/**
 * Makes the `handle` of `hooks.server.ts` from a policy. In a `sequence(…)`, put it first.
 *
 * Every answer of a route carries the header set: pages, endpoints, errors and 404s that Kit
 * renders. Answers outside of the hooks do not:
 *
 * - Kit's check of form posts. List the pages under `csrf.trustedOrigins`.
 * - redirects for a trailing slash, and prerendered pages
 * - an error that another hook throws
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @returns the `handle`
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // src/hooks.server.ts
 * import type { Answering } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/sveltekit'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * export const handle = cors(answers)
 * ```
 */
export function cors<E extends KitEvent = KitEvent>(
  source: ReadySource<E>,
): <T extends E>(input: KitInput<T>) => Promise<Response> {
  const corsFor = createReadyResolver<E>(source)
  // Kit renders a redirect or an error that another hook throws, because it adds the cookies.
  return ({ event, resolve }) => wrapNext(corsFor(event), () => resolve(event), event.request, event)
}

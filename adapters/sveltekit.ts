/**
 * CORS for SvelteKit: `export const handle = cors({ origins: ['https://app.example.com'] })` in `src/hooks.server.ts`.
 *
 * @module
 */

import { createResolver, type PolicyInput, type PolicySource, wrapNext } from '../src/adapter.ts'

/** What the adapter reads of a `RequestEvent`. */
export interface KitEvent {
  readonly request: Request
}

/** What a `handle` is given. */
export interface KitInput<E extends KitEvent> {
  readonly event: E
  resolve(event: E): Response | Promise<Response>
}

/**
 * Makes the `handle` of `hooks.server.ts` out of a policy. In a `sequence(…)`, put it first.
 *
 * Whatever routes answer carries the header set: pages, endpoints, errors and 404s that Kit renders. What Kit answers before any hook
 * does not: its own check of form posts (list the pages under `csrf.trustedOrigins`), a redirect for a trailing slash, and what was
 * prerendered. Nor does what another hook throws, which Kit renders outside of all hooks.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * // src/hooks.server.ts
 * import { cors } from 'corsmith/sveltekit'
 *
 * export const handle = cors({ origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] })
 * ```
 */
export function cors<const P extends PolicyInput, E extends KitEvent = KitEvent>(
  source: PolicySource<P, E>,
): <T extends E>(input: KitInput<T>) => Promise<Response> {
  const corsFor = createResolver<E>(source)
  // A redirect or an error that another hook throws stays Kit's own: it adds the cookies that were set.
  return ({ event, resolve }) => wrapNext(corsFor(event), () => resolve(event), event.request, event)
}

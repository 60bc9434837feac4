/**
 * CORS for SvelteKit: `export const handle = cors({ origins: ['https://app.example.com'] })` in
 * `src/hooks.server.ts`.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type KitEvent, type KitInput, cors as readyCors } from './runtime/sveltekit.ts'

export type { KitEvent, KitInput } from './runtime/sveltekit.ts'

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
 * @param source a policy, a `Cors`, or a function of the event that gives either
 * @returns the `handle`
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // src/hooks.server.ts
 * import { cors } from 'corsmith/sveltekit'
 *
 * export const handle = cors({ origins: ['https://app.example.com'], methods: ['PUT'] })
 * ```
 */
export function cors<const P extends PolicyInput, E extends KitEvent = KitEvent>(
  source: PolicySource<P, E>,
): <T extends E>(input: KitInput<T>) => Promise<Response> {
  return readyCors<E>(checkSource<E>(source, cors))
}

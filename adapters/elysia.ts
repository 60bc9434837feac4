/**
 * CORS for Elysia: `new Elysia().use(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type ElysiaApp, cors as readyCors } from './runtime/elysia.ts'

export type { ElysiaApp, ElysiaHandler } from './runtime/elysia.ts'

/**
 * Makes an Elysia plugin from a policy, for the whole application. To choose a policy by path, pass
 * a function.
 *
 * The plugin wraps the compiled application, on Bun's router too. Lifecycle hooks would not do:
 * there a Response that a handler returns overwrites the headers of hooks, and `set.headers.vary`
 * overwrites the handler's `Vary`. Errors that `onError` renders and 404s carry the header set. The
 * plugin leaves WebSockets alone.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @returns the plugin. It throws a TypeError for an application with `aot: false`, which has no
 *   such hook.
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/elysia'
 * import { Elysia } from 'elysia'
 *
 * new Elysia()
 *   .use(cors({ origins: ['https://app.example.com'], methods: ['PUT'] }))
 *   .get('/users', () => [])
 *   .listen(3000)
 * ```
 */
export function cors<const P extends PolicyInput>(
  source: PolicySource<P, Request>,
): <T extends ElysiaApp>(app: T) => T {
  return readyCors(checkSource<Request>(source, cors))
}

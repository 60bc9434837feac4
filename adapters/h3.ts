/**
 * CORS for h3 2: `app.register(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { checkSource, type PolicyInput, type PolicySource } from '../src/adapter.ts'
import { type H3App, cors as readyCors } from './runtime/h3.ts'

export type { H3App } from './runtime/h3.ts'

/**
 * Makes an h3 plugin from a policy. Register it before the application is served, before or after
 * its routes. It is a plugin of Nitro 3 too, where it covers every answer of Nitro.
 *
 * The plugin wraps `app.fetch`, so every answer carries the header set: those of handlers, errors
 * and 404s. A middleware would not do: h3 lets `event.res.headers` overwrite the `Vary` of a
 * handler, and drops them on errors.
 *
 * @param source a policy, a `Cors`, or a function of the request that gives either
 * @returns the plugin
 * @throws {CorsPolicyError} when a policy that is passed directly has a defect
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/h3'
 * import { H3, serve } from 'h3'
 *
 * const app = new H3()
 * app.register(cors({ origins: ['https://app.example.com'], methods: ['PUT'] }))
 * app.get('/users', () => [])
 * serve(app)
 * ```
 *
 * @example
 * ```ts
 * // plugins/cors.ts of Nitro
 * import { cors } from 'corsmith/h3'
 *
 * export default cors({ origins: ['https://app.example.com'], methods: ['PUT'] })
 * ```
 */
export function cors<const P extends PolicyInput>(source: PolicySource<P, Request>): (app: H3App) => void {
  return readyCors(checkSource<Request>(source, cors))
}

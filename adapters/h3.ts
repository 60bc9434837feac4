/**
 * CORS for h3 2: `app.register(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { createWrapper, type PolicyInput, type PolicySource } from '../src/adapter.ts'

/** What the adapter uses of an `H3` application, or of the one that Nitro hands to its plugins. */
export interface H3App {
  fetch(request: Request): Response | Promise<Response>
  request?(request: Request | URL | string, init?: RequestInit, context?: never): Response | Promise<Response>
}

/**
 * Makes an h3 plugin out of a policy. Register it before the application is served; where among the routes does not matter.
 * It is a plugin of Nitro 3 as well: there it stands around all that Nitro answers.
 *
 * It stands around `app.fetch`, not among the middleware: there, h3 lets `event.res.headers` overwrite the `Vary` of a handler, and drops
 * them on errors. So every answer carries the header set: what handlers return and set, errors, 404s.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
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
  const wrap = createWrapper<Request>(source)
  return (app) => {
    const { fetch, request } = app
    app.fetch = wrap((given: Request) => fetch.call(app, given))
    // What tests call, and `toWebHandler`. It does not go through `fetch`.
    if (request === undefined) return
    const wrapped = wrap((given: Request, context: never) => request.call(app, given, undefined, context))
    app.request = (input, init, context) => wrapped(toRequest(input, init), context as never)
  }
}

function toRequest(input: Request | URL | string, init: RequestInit | undefined): Request {
  if (typeof input !== 'string' && !(input instanceof URL)) return init === undefined ? input : new Request(input, init)
  return new Request(new URL(input, 'http://localhost'), init)
}

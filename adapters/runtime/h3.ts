/**
 * CORS for h3 2: `app.register(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { createReadyWrapper, type ReadySource } from '../../src/runtime-adapter.ts'

/** The part of an `H3` application that the adapter uses. Nitro passes one to its plugins. */
export interface H3App {
  fetch(request: Request): Response | Promise<Response>
  request?(request: Request | URL | string, init?: RequestInit, context?: never): Response | Promise<Response>
}

/**
 * Makes an h3 plugin from a policy. Register it before the application is served, before or after
 * its routes. It is a plugin of Nitro 3 too, where it covers every answer of Nitro.
 *
 * The plugin wraps `app.fetch`, so every answer carries the header set: those of handlers, errors
 * and 404s. A middleware would not do: h3 lets `event.res.headers` overwrite the `Vary` of a
 * handler, and drops them on errors.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @returns the plugin
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Answering } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/h3'
 * import { H3, serve } from 'h3'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * const app = new H3()
 * app.register(cors(answers))
 * app.get('/users', () => [])
 * serve(app)
 * ```
 *
 * @example
 * ```ts
 * // plugins/cors.ts of Nitro
 * import type { Answering } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/h3'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * export default cors(answers)
 * ```
 */
export function cors(source: ReadySource<Request>): (app: H3App) => void {
  const wrap = createReadyWrapper<Request>(source)
  return (app) => {
    const { fetch, request } = app
    app.fetch = wrap((given: Request) => fetch.call(app, given))
    // Tests and `toWebHandler` call `request`, which does not call `fetch`.
    if (request === undefined) return
    const wrapped = wrap((given: Request, context: never) => request.call(app, given, undefined, context))
    app.request = (input, init, context) => wrapped(toRequest(input, init), context as never)
  }
}

function toRequest(input: Request | URL | string, init: RequestInit | undefined): Request {
  if (typeof input !== 'string' && !(input instanceof URL)) return init === undefined ? input : new Request(input, init)
  return new Request(new URL(input, 'http://localhost'), init)
}

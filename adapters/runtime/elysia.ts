/**
 * CORS for Elysia: `new Elysia().use(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { createReadyWrapper, type HandlerResult, type ReadySource } from '../../src/runtime-adapter.ts'

/** The part of an Elysia application that the adapter uses. */
export interface ElysiaApp {
  readonly config: { readonly aot?: boolean | undefined }
  /** Takes a function from a handler to a handler. Elysia's own type is narrower. */
  wrap(around: never): unknown
}

/**
 * Holds the type of the function to which Elysia compiles an application, and each route of Bun's
 * router.
 */
export interface ElysiaHandler {
  handle(request: Request, ...rest: unknown[]): HandlerResult
}

/**
 * Makes an Elysia plugin from a policy, for the whole application. To choose a policy by path, pass
 * a function.
 *
 * The plugin wraps the compiled application, on Bun's router too. Lifecycle hooks would not do:
 * there a Response that a handler returns overwrites the headers of hooks, and `set.headers.vary`
 * overwrites the handler's `Vary`. Errors that `onError` renders and 404s carry the header set. The
 * plugin leaves WebSockets alone.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @returns the plugin. It throws a TypeError for an application with `aot: false`, which has no
 *   such hook.
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Answering } from 'corsmith/runtime'
 * import { cors } from 'corsmith/runtime/elysia'
 * import { Elysia } from 'elysia'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * new Elysia()
 *   .use(cors(answers))
 *   .get('/users', () => [])
 *   .listen(3000)
 * ```
 */
export function cors(source: ReadySource<Request>): <T extends ElysiaApp>(app: T) => T {
  const wrap = createReadyWrapper<Request>(source)
  return (app) => {
    if (app.config.aot === false) {
      throw new TypeError(
        'cors: Elysia without ahead-of-time compilation has no hook: write "createCors(policy).wrap(app.fetch)"',
      )
    }
    // Elysia calls this for each request, with the same few functions.
    const wrapped = new WeakMap<ElysiaHandler['handle'], ElysiaHandler['handle']>()
    const around = (handler: ElysiaHandler['handle']): ElysiaHandler['handle'] => {
      const known = wrapped.get(handler) ?? wrap(handler)
      wrapped.set(handler, known)
      return known
    }
    app.wrap(around as never)
    return app
  }
}

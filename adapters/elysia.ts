/**
 * CORS for Elysia: `new Elysia().use(cors({ origins: ['https://app.example.com'] }))`.
 *
 * @module
 */

import { createWrapper, type HandlerResult, type PolicyInput, type PolicySource } from '../src/adapter.ts'

/** What the adapter uses of an Elysia application. */
export interface ElysiaApp {
  readonly config: { readonly aot?: boolean | undefined }
  /** Takes a function from a handler to a handler; the type that Elysia gives it says something else. */
  wrap(around: never): unknown
}

/** Holds the type of what Elysia compiles an application, and each route of Bun's router, to. */
export interface ElysiaHandler {
  handle(request: Request, ...rest: unknown[]): HandlerResult
}

/**
 * Makes an Elysia plugin out of a policy, for the whole application; give it a function of the request to choose by path.
 *
 * It stands around what Elysia compiles, on Bun's router too, not among the lifecycle hooks: there, a Response that a handler returns
 * overwrites what hooks have set, and `set.headers.vary` the other way round. Errors that `onError` renders and 404s carry the header set.
 * WebSockets are left alone.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
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
  const wrap = createWrapper<Request>(source)
  return (app) => {
    if (app.config.aot === false) {
      throw new TypeError(
        'cors: Elysia without ahead-of-time compilation has no hook: write "createCors(policy).wrap(app.fetch)"',
      )
    }
    // Elysia asks anew for each request, with the same few functions.
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

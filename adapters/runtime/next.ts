/**
 * CORS for Next.js: `proxy.ts` (or `middleware.ts`) for the whole application, and a wrapper for
 * one route handler.
 *
 * @module
 */

import {
  type AnyCors,
  type ChoosingSource,
  createCorsResolver,
  createPermitting,
  createReadyResolver,
  type ReadySource,
  resolvePolicy,
  type WrapOptions,
  wrapWith,
} from '../../src/runtime-adapter.ts'

/** The result of a proxy: a response, or nothing, which lets the request through. */
export type NextAnswer = Response | null | undefined | void

/** The handlers that a `route.ts` exports. */
export interface RouteHandlers {
  // Written as methods, so that a handler may name Next's own, more precise types.
  readonly [method: Uppercase<string>]: RouteHandler['handle']
}

/** Holds the type of a route handler. */
export interface RouteHandler {
  handle(request: Request, context: never): Response | Promise<Response>
}

/**
 * Makes the `proxy` of `proxy.ts` (Next 16) or the `middleware` of `middleware.ts`.
 *
 * Preflights are answered. Route handlers, static files and error answers carry the header set.
 * Some answers of Next are out of reach of every proxy: docs/adapters.md lists them.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @param next a proxy of your own, which runs for requests that are not preflights
 * @returns the proxy
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // proxy.ts
 * import type { Answering } from 'corsmith/runtime'
 * import { proxy as cors } from 'corsmith/runtime/next'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * export const proxy = cors(answers)
 * export const config = { matcher: '/api/:path*' }
 * ```
 */
export function proxy<Q extends Request = Request, E = unknown>(
  source: ReadySource<Q>,
  next?: (request: Q, event: E) => NextAnswer | Promise<NextAnswer>,
): (request: Q, event: E) => Response | Promise<Response> {
  const corsFor = createReadyResolver<Q>(source)
  const answer = (request: Q, event: E): Response | Promise<Response> => {
    const own = next?.(request, event)
    return own instanceof Promise ? own.then((response) => response ?? nextResponse()) : (own ?? nextResponse())
  }
  return (request, event) => wrapWith<Q, [E], Response | Promise<Response>>(corsFor(request), answer)(request, event)
}

/**
 * Puts a policy around the handlers of a `route.ts`, and adds an `OPTIONS`.
 *
 * - A policy without `methods` permits the exported methods. So does a {@link Cors} without
 *   `methods`, for this route only.
 * - A plain `OPTIONS` is answered by your own handler, or with `Allow`, as Next does.
 * - `redirect()`, `notFound()`, `forbidden()` and `unauthorized()` give the response that Next
 *   makes of them.
 * - Any other error is printed and answered with an empty 500, which the page can read.
 *   `onError: 'rethrow'` leaves the error to Next, whose 500 has no CORS headers.
 *
 * @param source `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @param handlers the handlers by method
 * @returns the handlers, wrapped, and `OPTIONS`
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * // app/api/users/route.ts
 * import type { Cors } from 'corsmith/runtime'
 * import { withCors } from 'corsmith/runtime/next'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * export const { GET, PUT, OPTIONS } = withCors(
 *   cors,
 *   {
 *     GET: () => Response.json([]),
 *     PUT: async (request) => Response.json(await request.json()),
 *   },
 * )
 * ```
 */
export function withCors<H extends RouteHandlers>(
  source: AnyCors | ChoosingSource<Request>,
  handlers: H,
  options: WrapOptions<Request, [context: never]> = {},
): H & { readonly OPTIONS: (request: Request) => Promise<Response> } {
  const exported = Object.keys(handlers)
  const corsFor = createCorsResolver<Request>(source)
  const permit = createPermitting(exported.filter((method) => NEEDING_PERMISSION.includes(method)))
  const wrap = (handler: RouteHandler['handle']): RouteHandler['handle'] => {
    const rendered = renderErrors(handler)
    return async (request, context) => {
      const cors = permit(await resolvePolicy(corsFor(request), request, context))
      try {
        return await wrapWith(cors, rendered, { onError: 'rethrow' })(request, context)
      } catch (error) {
        if (isSignal(error)) throw error
        const thrown = () => Promise.reject<Response>(error)
        return wrapWith<Request, [never], Promise<Response>>(cors, thrown, options)(request, context)
      }
    }
  }
  const wrapped = { OPTIONS: () => answerOptions(exported), ...handlers }
  const entries = Object.entries(wrapped).map(([method, handler]) => [method, wrap(handler)])
  return Object.fromEntries(entries) as H & { OPTIONS: (request: Request) => Promise<Response> }
}

/** The methods that a `route.ts` can export and that a page needs permission for. */
const NEEDING_PERMISSION: readonly string[] = ['PUT', 'PATCH', 'DELETE']

/** Makes a handler that turns the errors by which Next answers into responses. */
function renderErrors(handler: RouteHandler['handle']): (request: Request, context: never) => Promise<Response> {
  return async (request, context) => {
    try {
      const response = await handler(request, context)
      if (response) return response
    } catch (error) {
      const response = responseOfError(error, request)
      if (response === null) throw error
      return response
    }
    throw new TypeError('withCors: this route handler returned no Response')
  }
}

/**
 * Makes the response that Next makes of `redirect()`, `notFound()`, `forbidden()` and
 * `unauthorized()`: they throw an error, and its digest has the status and the address. Null for
 * any other error.
 */
function responseOfError(error: unknown, request: Request): Response | null {
  const [name, kind, ...rest] = digestOf(error).split(';')
  if (name === 'NEXT_HTTP_ERROR_FALLBACK') return new Response(null, { status: Number(kind) })
  if (name !== 'NEXT_REDIRECT') return null
  // As in Next: a browser must not post a form again to the new address.
  const type = String(request.headers.get('content-type'))
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(type)
  const status = request.method === 'POST' && isForm ? 303 : Number(rest.at(-2))
  return new Response(null, { status, headers: { Location: rest.slice(0, -2).join(';') } })
}

/** Tells whether Next catches this error itself, for instance to leave a prerender. */
function isSignal(error: unknown): boolean {
  return digestOf(error) !== '' || (error as { code?: unknown } | null | undefined)?.code === 'NEXT_STATIC_GEN_BAILOUT'
}

function digestOf(error: unknown): string {
  const digest = (error as { digest?: unknown } | null | undefined)?.digest
  return typeof digest === 'string' ? digest : ''
}

/** The same as `NextResponse.next()`, without a dependency on `next/server`. */
function nextResponse(): Response {
  return new Response(null, { headers: { 'x-middleware-next': '1' } })
}

/** Answers a plain `OPTIONS`. Next derives HEAD from GET. */
function answerOptions(exported: readonly string[]): Response {
  const methods = new Set([...exported, ...(exported.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])
  return new Response(null, { status: 204, headers: { Allow: [...methods].sort().join(', ') } })
}

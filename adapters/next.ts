/**
 * CORS for Next.js: `proxy.ts` (or `middleware.ts`) for the whole application, and a wrapper for one route handler.
 *
 * @module
 */

import {
  createPermitting,
  createResolver,
  type PolicyInput,
  type PolicySource,
  resolvePolicy,
  type WrapOptions,
  wrapWith,
} from '../src/adapter.ts'

/** What a proxy gives back: a response, or nothing, which lets the request through. */
export type NextAnswer = Response | null | undefined | void

/** The handlers that a `route.ts` exports. */
export interface RouteHandlers {
  // Methods, so that a handler may name Next's own, more precise types.
  readonly [method: Uppercase<string>]: RouteHandler['handle']
}

/** Holds the type of a route handler. */
export interface RouteHandler {
  handle(request: Request, context: never): Response | Promise<Response>
}

/**
 * Makes the `proxy` of `proxy.ts` (Next 16) or the `middleware` of `middleware.ts`, and runs one of yours inside.
 *
 * Preflights are answered; route handlers, static files and error answers carry the header set. Next itself keeps four
 * things from every proxy: see docs/adapters.md for `Vary` on pages, external `rewrites()`, and redirects that come before it.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * // proxy.ts
 * import { proxy as cors } from 'corsmith/next'
 *
 * export const proxy = cors({ origins: ['https://app.example.com'], methods: ['PUT'] })
 * export const config = { matcher: '/api/:path*' }
 * ```
 */
export function proxy<const P extends PolicyInput, Q extends Request = Request, E = unknown>(
  source: PolicySource<P, Q>,
  next?: (request: Q, event: E) => NextAnswer | Promise<NextAnswer>,
): (request: Q, event: E) => Response | Promise<Response> {
  const corsFor = createResolver<Q>(source)
  const answer = (request: Q, event: E): Response | Promise<Response> => {
    const own = next?.(request, event)
    return own instanceof Promise ? own.then((response) => response ?? goOn()) : (own ?? goOn())
  }
  return (request, event) => wrapWith<Q, [E], Response | Promise<Response>>(corsFor(request), answer)(request, event)
}

/**
 * Puts a policy around the handlers of a `route.ts`, and adds an `OPTIONS`.
 *
 * A policy without `methods` permits those that are exported, a `Cors` that is used elsewhere too: here it does. A plain `OPTIONS` is answered with `Allow`, as Next does, or by your
 * own. What `redirect()` and `notFound()` throw becomes the response that Next makes of it. Any other error is printed and
 * answered with an empty 500 that the page can read; `onError: 'rethrow'` leaves it to Next, whose 500 carries no headers.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * // app/api/users/route.ts
 * import { withCors } from 'corsmith/next'
 *
 * export const { GET, PUT, OPTIONS } = withCors(
 *   { origins: ['https://app.example.com'], requestHeaders: ['Content-Type'] },
 *   {
 *     GET: () => Response.json([]),
 *     PUT: async (request) => Response.json(await request.json()),
 *   },
 * )
 * ```
 */
export function withCors<const P extends PolicyInput, H extends RouteHandlers>(
  source: PolicySource<P, Request>,
  handlers: H,
  options: WrapOptions<Request, [context: never]> = {},
): H & { readonly OPTIONS: (request: Request) => Promise<Response> } {
  const exported = Object.keys(handlers)
  const corsFor = createResolver<Request>(source)
  const permit = createPermitting(exported.filter((method) => NEEDING_PERMISSION.includes(method)))
  const wrap = (handler: RouteHandler['handle']): RouteHandler['handle'] => {
    const settled = settling(handler)
    return async (request, context) => {
      const cors = permit(await resolvePolicy(corsFor(request), request, context))
      try {
        return await wrapWith(cors, settled, { onError: 'rethrow' })(request, context)
      } catch (error) {
        if (options.onError === 'rethrow' || isSignal(error)) throw error
        const thrown = () => Promise.reject<Response>(error)
        return wrapWith<Request, [never], Promise<Response>>(cors, thrown, options)(request, context)
      }
    }
  }
  const wrapped = { OPTIONS: () => allow(exported), ...handlers }
  const entries = Object.entries(wrapped).map(([method, handler]) => [method, wrap(handler)])
  return Object.fromEntries(entries) as H & { OPTIONS: (request: Request) => Promise<Response> }
}

/** What a `route.ts` can export and a page needs permission for. */
const NEEDING_PERMISSION: readonly string[] = ['PUT', 'PATCH', 'DELETE']

/** Makes a handler that answers with what Next means by its errors. */
function settling(handler: RouteHandler['handle']): (request: Request, context: never) => Promise<Response> {
  return async (request, context) => {
    try {
      const response = await handler(request, context)
      if (response) return response
    } catch (error) {
      const meant = thrownByNext(error, request)
      if (meant === null) throw error
      return meant
    }
    throw new TypeError('withCors: this route handler returned no Response')
  }
}

/** Makes what Next makes of `redirect()`, `notFound()`, `forbidden()` and `unauthorized()`: they throw, and their digest says what is meant. */
function thrownByNext(error: unknown, request: Request): Response | null {
  const [name, kind = '', ...rest] = digestOf(error).split(';')
  if (name === 'NEXT_HTTP_ERROR_FALLBACK') return new Response(null, { status: Number(kind) })
  if (name !== 'NEXT_REDIRECT') return null
  // As in Next: a form is not posted again to where it is redirected to.
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(
    request.headers.get('content-type') ?? '',
  )
  const status = request.method === 'POST' && isForm ? 303 : Number(rest.at(-2))
  return new Response(null, { status, headers: { Location: rest.slice(0, -2).join(';') } })
}

/** Tells whether Next throws this to itself, to leave a prerender for instance. */
function isSignal(error: unknown): boolean {
  return digestOf(error) !== '' || (error as { code?: unknown } | null)?.code === 'NEXT_STATIC_GEN_BAILOUT'
}

function digestOf(error: unknown): string {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : ''
  return typeof digest === 'string' ? digest : ''
}

/** What `NextResponse.next()` is, without a dependency on `next/server`. */
function goOn(): Response {
  return new Response(null, { headers: { 'x-middleware-next': '1' } })
}

/** Answers a plain OPTIONS. Next derives HEAD from GET. */
function allow(exported: readonly string[]): Response {
  const methods = new Set([...exported, ...(exported.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])
  return new Response(null, { status: 204, headers: { Allow: [...methods].sort().join(', ') } })
}

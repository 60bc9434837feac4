/**
 * CORS for Bun: `Bun.serve(withCors(policy, { routes, fetch, error, websocket }))`.
 *
 * @module
 */

import {
  type Cors,
  closedApply,
  createReadyResolver,
  createReadyWrapper,
  isSync,
  type Ready,
  type ReadySource,
} from '../../src/runtime-adapter.ts'

/** The part of Bun's server that the adapter knows: it can turn a request into a WebSocket. */
export interface BunServer {
  upgrade(request: Request, options?: object): boolean
}

/** A request to a route of Bun's router. */
export type BunRouteRequest = Request & { readonly params: Record<string, string> }

/** The result of a handler: a Response, or nothing after `server.upgrade`. */
export type BunAnswer = Response | undefined | void | Promise<Response | undefined | void>

/** The options of `Bun.serve` that the adapter reads. It keeps all others as they are. */
export interface BunOptions {
  readonly fetch?: BunHandler['fetch'] | undefined
  readonly error?: BunHandler['error'] | undefined
  readonly routes?: { readonly [path: string]: BunRoute } | undefined
  readonly websocket?: { readonly message?: BunHandler['message'] | undefined } | undefined
}

/**
 * A value of `routes`: a handler, a table of methods, a Response, a file, `false`, or an object
 * that only Bun can serve.
 */
export type BunRoute = BunHandler['handle'] | BunMethods | Response | Blob | false | object

/** A table of methods. */
export type BunMethods = { readonly [method in Uppercase<string>]?: BunHandler['handle'] | Response | Blob | false }

/**
 * Holds the types of handlers. They are written as methods, so that yours may name Bun's own, more
 * precise types.
 */
export interface BunHandler {
  /** The handler of a route. */
  handle(request: BunRouteRequest, server: BunServer): BunAnswer
  fetch(request: Request, server: BunServer): BunAnswer
  error(error: Error): BunAnswer
  message(socket: BunSocket, message: string | Uint8Array): void | Promise<void>
}

/** The type of a socket for a handler of messages that does not name Bun's own type. */
export interface BunSocket {
  readonly data: unknown
  send(message: string | Uint8Array): number
  close(code?: number, reason?: string): void
}

/**
 * The options as they were given. `NoInfer` says the same, and TypeScript before 5.4 does not have
 * it: `Bun.serve` must not decide what the options are.
 */
type Given<O> = [O][O extends unknown ? 0 : never]

/**
 * Puts a policy around every answer of a Bun server.
 *
 * - Handlers are wrapped, also those in tables of methods. A table gets an `OPTIONS`, which answers
 *   preflights. It passes a plain `OPTIONS` to `fetch`, as Bun would, or answers it with `Allow`.
 * - A static Response and a file are sent as a copy per request, because their headers depend on
 *   the origin. Bun's handling of `If-None-Match` and `If-Modified-Since` for them is lost; ranges
 *   of files are kept. If a file is missing, `fetch` answers, as in Bun.
 * - `error` is called as before. Bun does not tell it which request failed, so the header set is
 *   added afterwards.
 * - A Response whose file is missing or whose body is in use fails while Bun sends it. Bun then
 *   calls `error` without the request, so the origin is unknown. That answer has `Vary: Origin`,
 *   and allows an origin only under `'*'`. Call `await file.exists()` first.
 * - Connections that `server.upgrade` took over are left alone.
 *
 * Bun serves HTML imports and `{ dir }` before any handler. They keep working, without the header
 * set.
 *
 * @param source `answers` or `cors` of a module that `corsmith compile js` wrote, or what `perRequest`
 *   and `choose` made
 * @param options the options of `Bun.serve`
 * @returns the options, with handlers wrapped
 * @throws {TypeError} for a policy that was not compiled
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 *
 * @example
 * ```ts
 * import type { Answering } from 'corsmith/runtime'
 * import { withCors } from 'corsmith/runtime/bun'
 * declare const answers: Answering // import { answers } from './cors.js'
 *
 * Bun.serve(
 *   withCors(
 *     answers,
 *     { routes: { '/users/:id': { GET: (request) => Response.json(request.params) } } },
 *   ),
 * )
 * ```
 */
export function withCors<O extends BunOptions>(source: ReadySource<Request>, options: O): Given<O> {
  const cors = 'choose' in source ? null : createReadyResolver<Request>(source)(undefined as never)
  const wrapper = createReadyWrapper<Request>(source)
  const wrap: Wrap = (handler) => wrapper<[BunServer], BunAnswer>(bindServer(handler), errorOptions(options))
  const fetch = wrap(options.fetch ?? (() => new Response(null, { status: 404 })))
  const routes = Object.entries(options.routes ?? {}).map(([path, route]) => [path, wrapRoute(route, options, wrap)])
  return {
    ...options,
    fetch,
    ...(options.routes && { routes: Object.fromEntries(routes) }),
    ...(options.error && { error: wrapError(cors, options.error) }),
  }
}

/**
 * Wraps `error` for failures after a handler has returned. Bun reports them only here, and without
 * the request. So only headers that do not depend on the origin are set.
 */
function wrapError(given: Ready | null, error: BunHandler['error']): BunHandler['error'] {
  const apply: Cors['apply'] =
    given !== null && isSync(given) ? (request, response) => given.apply(request, response) : closedApply()
  const unknown = { method: 'GET', headers: new Map<string, string>() }
  return async function (this: unknown, failure) {
    const response = await error.call(this, failure)
    return response && apply(unknown, response)
  }
}

/** A handler of a route, as the adapter calls it. */
type Handle = (request: BunRouteRequest, server: BunServer) => BunAnswer
type Wrap = (handler: Handle) => (request: Request, server: BunServer) => BunAnswer

/** Calls a handler with the server as `this`, as Bun does. */
function bindServer(handler: Handle): (request: Request, server: BunServer) => BunAnswer {
  return (request, server) => handler.call(server, request as BunRouteRequest, server)
}

/**
 * Makes the option of `wrap` that calls `error`. Without `error`, and where it gives nothing, `wrap`
 * answers with an empty 500.
 */
function errorOptions(options: BunOptions): { onError(error: unknown): Promise<Response> } {
  return {
    async onError(error) {
      const response = await options.error?.(error as Error)
      if (response) return response
      throw error
    },
  }
}

function wrapRoute(route: BunRoute, options: BunOptions, wrap: Wrap): unknown {
  if (!isMethods(route)) return wrapValue(route, options, wrap)
  const methods = Object.entries(route).map(([method, value]) => [method, wrapValue(value, options, wrap)])
  const OPTIONS = wrap(options.fetch ?? (() => answerOptions(route)))
  return { OPTIONS, ...Object.fromEntries(methods) }
}

/** Wraps the value of a path or of one method. Bun serves `false` and an HTML import itself. */
function wrapValue(value: unknown, options: BunOptions, wrap: Wrap): unknown {
  if (typeof value === 'function') return wrap(value as Handle)
  return value instanceof Response || value instanceof Blob ? wrap(serveCopies(value, options)) : value
}

/**
 * Makes a handler that sends a copy of a static value for each request. If the value is a file that
 * is missing, the handler calls `fetch`, as Bun does.
 */
function serveCopies(value: Response | Blob, options: BunOptions): Handle {
  const copy = () => (value instanceof Response ? value.clone() : new Response(value))
  let isFile: boolean | undefined
  const readFile = async (otherwise: () => BunAnswer): Promise<Response | undefined | void> => {
    const file = await fileOf(value)
    isFile = file !== null
    return (await file?.exists?.()) === false ? otherwise() : copy()
  }
  return function (this: unknown, request, server) {
    if (isFile === false) return copy()
    const { fetch } = options
    return readFile(() => (fetch ? fetch.call(this, request, server) : new Response(null, { status: 404 })))
  }
}

/** A Blob of Bun that refers to a file. Only such a Blob has a name. */
interface BunFile extends Blob {
  readonly name?: string
  exists?(): Promise<boolean>
}

async function fileOf(value: Response | Blob): Promise<BunFile | null> {
  const blob: BunFile = value instanceof Blob ? value : await value.clone().blob()
  return blob.name === undefined ? null : blob
}

/** Answers a plain `OPTIONS`. Bun derives HEAD from GET. */
function answerOptions(route: BunMethods): Response {
  const methods = Object.keys({ ...route, ...(route.GET && { HEAD: route.GET }) })
  const answered = methods.filter((method) => route[method as 'GET'] !== false)
  return new Response(null, { status: 204, headers: { Allow: [...answered, 'OPTIONS'].join(', ') } })
}

/**
 * Recognizes a table of methods. HTML imports and `{ dir }` are objects too, but have keys in lower
 * case.
 */
function isMethods(route: unknown): route is BunMethods {
  if (typeof route !== 'object' || route === null) return false
  const keys = Object.keys(route)
  return keys.length > 0 && keys.every((key) => /^[A-Z]+$/.test(key))
}

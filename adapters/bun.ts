/**
 * CORS for Bun: `Bun.serve(withCors(policy, { routes, fetch, error, websocket }))`.
 *
 * @module
 */

import {
  type AnyCors,
  closedCors,
  createResolver,
  createWrapper,
  isSync,
  type PolicyInput,
  type PolicySource,
} from '../src/adapter.ts'

/** What the adapter knows of Bun's server: that it can take a request over. */
export interface BunServer {
  upgrade(request: Request, options?: object): boolean
}

/** A request to a route of Bun's router. */
export type BunRouteRequest = Request & { readonly params: Record<string, string> }

/** What a handler gives back. Nothing, after `server.upgrade`. */
export type BunAnswer = Response | undefined | void | Promise<Response | undefined | void>

/** The options of `Bun.serve` that the adapter reads. All others are kept as they are. */
export interface BunOptions {
  readonly fetch?: BunHandler['fetch'] | undefined
  readonly error?: BunHandler['error'] | undefined
  readonly routes?: { readonly [path: string]: BunRoute } | undefined
  readonly websocket?: { readonly message?: BunHandler['message'] | undefined } | undefined
}

/** A value of `routes`: a handler, a table of methods, a Response, a file, `false`, or what only Bun can serve. */
export type BunRoute = BunHandler['handle'] | BunMethods | Response | Blob | false | object

/** A table of methods. */
export type BunMethods = { readonly [method in Uppercase<string>]?: BunHandler['handle'] | Response | Blob | false }

/** Holds the types of handlers. They are methods, so that yours may name Bun's own, more precise types. */
export interface BunHandler {
  /** Of a route. */
  handle(request: BunRouteRequest, server: BunServer): BunAnswer
  fetch(request: Request, server: BunServer): BunAnswer
  error(error: Error): BunAnswer
  message(socket: BunSocket, message: string | Uint8Array): void | Promise<void>
}

/** What a handler of messages knows of its socket, unless it names Bun's own type. */
export interface BunSocket {
  readonly data: unknown
  send(message: string | Uint8Array): number
  close(code?: number, reason?: string): void
}

/**
 * Puts a policy around everything that a Bun server answers. Takes the whole options of `Bun.serve`, and gives them back.
 *
 * - Handlers, also those in tables of methods, are wrapped. A table gets an `OPTIONS`: preflights are answered, and a plain `OPTIONS`
 *   goes to `fetch` as it would have, or is answered with `Allow`.
 * - A static Response and a file are sent as a copy per request, because their headers depend on who asks. Bun's own handling of
 *   `If-None-Match` and `If-Modified-Since` for them is lost; ranges of files are kept. Where the file is gone, `fetch` answers, as in Bun.
 * - `error` is called as before. Bun does not tell it which request failed, so the header set is added afterwards.
 * - A Response of a handler whose file is gone, or whose body is in use, fails when Bun sends it, and Bun asks `error` by itself. Then
 *   nobody knows who asked: the answer says `Vary`, and allows nobody but under `'*'`. Ask `await file.exists()` before.
 * - What `server.upgrade` took over is left alone.
 *
 * An HTML import and `{ dir }` are served by Bun before any handler. They keep working, without the header set.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * import { withCors } from 'corsmith/bun'
 *
 * Bun.serve(
 *   withCors(
 *     { origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] },
 *     { routes: { '/users/:id': { GET: (request) => Response.json(request.params) } } },
 *   ),
 * )
 * ```
 */
export function withCors<const P extends PolicyInput, O extends BunOptions>(
  source: PolicySource<P, Request>,
  options: O,
): NoInfer<O> {
  const cors = typeof source === 'function' ? null : createResolver<void>(source)()
  const wrapper = createWrapper<Request>(cors ?? source)
  const wrap: Wrap = (handler) => wrapper<[BunServer], BunAnswer>(callOn(handler), errorOf(options))
  const fetch = wrap(options.fetch ?? (() => new Response(null, { status: 404 })))
  const routes = Object.entries(options.routes ?? {}).map(([path, route]) => [path, wrapRoute(route, options, wrap)])
  return {
    ...options,
    fetch,
    ...(options.routes && { routes: Object.fromEntries(routes) }),
    ...(options.error && { error: wrapError(cors, options.error) }),
  }
}

/** What failed after its handler had returned is told to nobody but `error`, and without the request: nothing can be granted by it. */
function wrapError(given: AnyCors | null, error: BunHandler['error']): BunHandler['error'] {
  const cors = given !== null && isSync(given) ? given : closedCors('pass')
  const unknown = { method: 'GET', headers: new Map<string, string>() }
  return async function (this: unknown, failure) {
    const response = await error.call(this, failure)
    return response && cors.apply(unknown, response)
  }
}

type Handle = (request: BunRouteRequest, server: BunServer) => BunAnswer
type Wrap = (handler: Handle) => (request: Request, server: BunServer) => BunAnswer

/** Bun calls handlers on the server. */
function callOn(handler: Handle): (request: Request, server: BunServer) => BunAnswer {
  return (request, server) => handler.call(server, request as BunRouteRequest, server)
}

/** Without `error`, an error is printed and answered with an empty 500. */
function errorOf(options: BunOptions): { onError?: (error: unknown) => Promise<Response> } {
  if (options.error === undefined) return {}
  return {
    async onError(error) {
      const response = await options.error?.(error as Error)
      if (response) return response
      throw error
    },
  }
}

function wrapRoute(route: BunRoute, options: BunOptions, wrap: Wrap): unknown {
  if (!isMethods(route)) return wrapOne(route, options, wrap)
  const methods = Object.entries(route).map(([method, value]) => [method, wrapOne(value, options, wrap)])
  const OPTIONS = wrap(options.fetch ?? (() => allow(route)))
  return { OPTIONS, ...Object.fromEntries(methods) }
}

/** `false` and an HTML import, of a path or of one method, are answered by Bun. */
function wrapOne(value: unknown, options: BunOptions, wrap: Wrap): unknown {
  if (typeof value === 'function') return wrap(value as Handle)
  return value instanceof Response || value instanceof Blob ? wrap(always(value, options)) : value
}

/** A value that is sent again and again must not be sent itself. Where it is a file that is gone, Bun goes on to `fetch`. */
function always(value: Response | Blob, options: BunOptions): Handle {
  const make = () => (value instanceof Response ? value.clone() : new Response(value))
  let isFile: boolean | undefined
  const look = async (otherwise: () => BunAnswer): Promise<Response | undefined | void> => {
    const file = await fileOf(value)
    isFile = file !== null
    return (await file?.exists?.()) === false ? otherwise() : make()
  }
  return function (this: unknown, request, server) {
    if (isFile === false) return make()
    const { fetch } = options
    return look(() => (fetch ? fetch.call(this, request, server) : new Response(null, { status: 404 })))
  }
}

/** A Blob that stands for a file knows its name. */
interface BunFile extends Blob {
  readonly name?: string
  exists?(): Promise<boolean>
}

async function fileOf(value: Response | Blob): Promise<BunFile | null> {
  const blob: BunFile = value instanceof Blob ? value : await value.clone().blob()
  return blob.name === undefined ? null : blob
}

/** Answers a plain OPTIONS. Bun derives HEAD from GET. */
function allow(route: BunMethods): Response {
  const methods = Object.keys({ ...route, ...(route.GET && route.HEAD === undefined && { HEAD: route.GET }) })
  const answered = methods.filter((method) => route[method as 'GET'] !== false)
  return new Response(null, { status: 204, headers: { Allow: [...answered, 'OPTIONS'].join(', ') } })
}

/** Tells a table of methods from what else a route may be. HTML imports and `{ dir }` have names in lower case. */
function isMethods(route: unknown): route is BunMethods {
  if (typeof route !== 'object' || route === null) return false
  const keys = Object.keys(route)
  return keys.length > 0 && keys.every((key) => /^[A-Z]+$/.test(key))
}

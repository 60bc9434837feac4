/**
 * CORS for Node: Express 4 and 5, Connect, `node:http` and the compatibility layer of `node:http2`.
 *
 * @module
 */

import {
  type AnyCors,
  type Cors,
  type CorsPolicy,
  choose,
  createResolver,
  intercept,
  isSync,
  type RequestHead,
} from '../src/adapter.ts'

export { type CorsPackageOptions, fromCorsOptions } from './cors-options.ts'

/** What the adapter reads of an `IncomingMessage` or an `Http2ServerRequest`. */
export interface NodeRequest {
  method?: string | undefined
  url?: string | undefined
  /** Set by Express and Connect, which cut the mount path off `url`. */
  originalUrl?: string | undefined
  headers: Record<string, string | string[] | undefined>
  socket?: { encrypted?: boolean } | object | null
}

/** What the adapter uses of a `ServerResponse` or an `Http2ServerResponse`. */
export interface NodeResponse {
  statusCode: number
  readonly headersSent: boolean
  getHeader(name: string): number | string | readonly string[] | undefined
  getHeaderNames(): string[]
  setHeader(name: string, value: string | readonly string[]): unknown
  removeHeader(name: string): void
  writeHead(status: number, ...rest: never[]): unknown
  end(...args: never[]): unknown
}

/** A middleware of Express and Connect, and a function to call first in a listener of `node:http`. */
export type NodeMiddleware<Q extends NodeRequest = NodeRequest> = (
  req: Q,
  res: NodeResponse,
  next?: (error?: unknown) => void,
) => void

/**
 * Makes a middleware out of a policy. Put it before everything else: sessions, body parsers, authentication.
 *
 * The header set is written when the headers of a response are sent, whoever sends them. So a handler's `res.set('Vary', …)`, its
 * `writeHead`, an error page and a 404 cannot lose it. A preflight is answered at once and never reaches `next`.
 *
 * With `node:http` alone, pass the rest of the listener as `next`.
 *
 * @throws {CorsPolicyError} when the policy has a defect.
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/node'
 * import { createServer } from 'node:http'
 *
 * const handle = cors({ origins: ['https://app.example.com'], methods: ['PUT'], requestHeaders: ['Content-Type'] })
 *
 * createServer((req, res) => handle(req, res, () => res.end('hello'))).listen(8080)
 * ```
 *
 * @example
 * ```ts
 * import { cors } from 'corsmith/node'
 * import express from 'express'
 *
 * const app = express()
 * app.use(cors({ origins: ['https://app.example.com'], credentials: true }))
 * ```
 */
export function cors<const P extends CorsPolicy, Q extends NodeRequest = NodeRequest>(
  source: P | AnyCors | ((req: Q) => CorsPolicy | AnyCors),
): NodeMiddleware<Q> {
  const corsFor = createResolver<Q>(source)
  const stamped = new WeakSet<NodeResponse>()

  function handle(ready: Cors, req: Q, res: NodeResponse, next: (() => void) | undefined): void {
    const head = requestHead(req)
    if (!stamped.has(res)) {
      stamped.add(res)
      stampWhenSent(ready, head, res)
    }
    const answer = intercept(ready, head)
    if (answer === null) {
      next?.()
      return
    }
    res.statusCode = answer.status
    // A 204 has no content by itself. Of any other answer a client must be told that nothing follows.
    if (answer.status !== 204) res.setHeader('Content-Length', '0')
    res.end()
  }

  return (req, res, next) => {
    const ready = corsFor(req)
    if (isSync(ready)) return handle(ready, req, res, next)
    if (next === undefined)
      throw new TypeError('cors: a policy that is chosen per request needs next: write "cors(req, res, next)"')
    // It never rejects. What `next` throws is thrown on, as it is where nothing was waited for.
    void choose(ready, fetchRequest(req), req).then((chosen) => handle(chosen, req, res, next))
  }
}

/**
 * Shows Node's request to a policy: `cors.guard(requestHead(req))` in a listener for `upgrade`, `cors.decide(requestHead(req))` in a log.
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { requestHead } from 'corsmith/node'
 * import { createServer } from 'node:http'
 *
 * const policy = createCors({ origins: ['https://app.example.com'] })
 * createServer().on('upgrade', (req, socket) => {
 *   if (policy.guard(requestHead(req)) !== null) socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
 * })
 * ```
 */
export function requestHead(req: NodeRequest): RequestHead {
  const { method = 'GET', headers } = req
  return {
    method,
    headers: {
      get(name) {
        const value = headers[name]
        return Array.isArray(value) ? value.join(', ') : value
      },
    },
  }
}

/** Puts the header set on a response at the last moment. Whoever sends headers, and however: it ends in `writeHead`. */
function stampWhenSent(cors: Cors, head: RequestHead, res: NodeResponse): void {
  const writeHead = res.writeHead as (status: number, ...rest: unknown[]) => unknown
  res.writeHead = (status: number, ...rest: unknown[]) => {
    if (res.headersSent) return writeHead.call(res, status, ...rest)
    const hasMessage = typeof rest[0] === 'string'
    setAll(res, hasMessage ? rest[1] : (rest[0] ?? rest[1]))
    stamp(cors, head, res, status)
    return hasMessage ? writeHead.call(res, status, rest[0]) : writeHead.call(res, status)
  }
}

/** Takes over the headers given to `writeHead`: an object, a flat list of names and values, or a list of pairs. */
function setAll(res: NodeResponse, given: unknown): void {
  if (typeof given !== 'object' || given === null) return
  const flat: unknown[] = Array.isArray(given) ? given.flat() : []
  const entries = Array.isArray(given)
    ? flat.flatMap((name, i) => (i % 2 === 0 ? [[String(name), flat[i + 1]] as const] : []))
    : Object.entries(given)
  const lines = new Map<string, { readonly name: string; readonly values: unknown[] }>()
  for (const [name, value] of entries) {
    const line = lines.get(name.toLowerCase()) ?? { name, values: [] }
    line.values.push(value)
    lines.set(name.toLowerCase(), line)
  }
  // Two lines of one name are two lines: a list given to setHeader.
  for (const { name, values } of lines.values()) {
    res.setHeader(name, (values.length === 1 ? values[0] : values.map(String)) as string)
  }
}

/** Writes the header set over what stands on a response. Merging is the engine's: it is asked wherever there is something to merge. */
function stamp(cors: Cors, head: RequestHead, res: NodeResponse, status: number): void {
  const names = res.getHeaderNames()
  const present = names.filter(isTouched)
  if (present.length === 0 && status !== 304) {
    for (const [name, value] of cors.entries(head, names)) res.setHeader(name, value)
    return
  }
  // The engine reads values of these alone. Of the others it may need the names, to expose them.
  const before = new Headers(names.map((name) => [name, isTouched(name) ? String(res.getHeader(name)) : '']))
  const after =
    status === 304
      ? cors.apply(head, new Response(null, { status, headers: before })).headers
      : cors.headers(head, before)
  for (const name of present) if (!after.has(name)) res.removeHeader(name)
  for (const [name, value] of after) if (isTouched(name)) res.setHeader(name, value)
}

function isTouched(name: string): boolean {
  return name === 'vary' || name === 'timing-allow-origin' || name.startsWith('access-control-')
}

/** A Request without a body, for whoever chooses a policy by it. */
function fetchRequest(req: NodeRequest): Request {
  const { method = 'GET', socket } = req
  const path = req.originalUrl ?? req.url ?? '/'
  const host = req.headers[':authority'] ?? req.headers.host ?? ''
  const scheme = socket && 'encrypted' in socket && socket.encrypted ? 'https' : 'http'
  const base = URL.canParse(`${scheme}://${host}`) ? `${scheme}://${host}` : 'http://host.invalid'
  const headers = new Headers()
  for (const [name, value] of Object.entries(req.headers)) {
    if (!name.startsWith(':') && value !== undefined) headers.set(name, String(value))
  }
  // fetch refuses to send these methods, and so Request to hold them. To a policy they are like any other.
  const isHeld = !['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase())
  return new Request(path.startsWith('/') ? base + path : base, { method: isHeld ? method : 'GET', headers })
}

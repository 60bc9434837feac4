import {
  type AnyAsyncCors,
  type AnyCors,
  type ChoosingSource,
  type Cors,
  createCorsResolver,
  createRefusal,
  keptPolicy,
  type PlainHead,
  type RequestHead,
  resolvePolicy,
} from '../src/runtime-adapter.ts'

/** The part of an `IncomingMessage` or an `Http2ServerRequest` that the adapter reads. */
export interface NodeRequest {
  method?: string | undefined
  url?: string | undefined
  /** The whole path. Express and Connect set it, because they remove the mount path from `url`. */
  originalUrl?: string | undefined
  headers: Record<string, string | string[] | undefined>
  socket?: { encrypted?: boolean } | object | null
  /** Node sets it on a request that it gives to a listener for `upgrade`. */
  upgrade?: boolean | null
}

/**
 * Converts Node's request to the form that a {@link Cors} reads. Use it where no middleware runs:
 * with `guard` in a listener for `upgrade`, or with `decide` in a log.
 *
 * @param req a request of `node:http` or `node:http2`
 * @returns the method and the headers. They are read from `req` on demand.
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { requestHead } from 'corsmith/node'
 * import { createServer } from 'node:http'
 *
 * const policy = createCors({ origins: ['https://app.example.com'] })
 * createServer().on('upgrade', (req, socket) => {
 *   if (policy.guard(requestHead(req)) === null) return
 *   socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy())
 * })
 * ```
 */
export function requestHead(req: NodeRequest): RequestHead {
  // A stand-in for a request, in a test, may have no headers.
  const { method = 'GET', headers = {} } = req
  const url = req.originalUrl ?? req.url
  return {
    method,
    ...(url === undefined ? {} : { url }),
    headers: {
      get(name) {
        const value = headers[name]
        return typeof value === 'object' ? value.join(', ') : value
      },
    },
  }
}

/** Makes a Request without a body, for a `resolve` of `perRequest` to read. */
export function fetchRequest(req: NodeRequest): Request {
  const { method = 'GET', socket } = req
  const path = String(req.originalUrl ?? req.url)
  const given = req.headers ?? {}
  const host = String(given[':authority'] ?? given.host ?? '')
  const scheme = socket && 'encrypted' in socket && socket.encrypted ? 'https' : 'http'
  // Only a plain host is used. With `/`, `?` or `@` in it, a client could choose the path by which
  // a policy is chosen.
  const isHost = /^[\w.:[\]-]+$/.test(host) && URL.canParse(`${scheme}://${host}`)
  const base = isHost ? `${scheme}://${host}` : 'http://host.invalid'
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) {
    if (!name.startsWith(':') && value !== undefined) headers.set(name, String(value))
  }
  // The constructor of Request refuses these methods. For a policy they are like any other.
  const isHeld = !['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase())
  return new Request(path.startsWith('/') ? base + path : base, { method: isHeld ? method : 'GET', headers })
}

/**
 * A host and a path that the URL parser leaves as they are. It writes a last label of digits anew,
 * and refuses Punycode that is wrong.
 */
const PLAIN_HOST = /^(?:[a-z0-9-]{1,63}\.)*[a-z][a-z0-9-]{0,62}$/
const LONGEST_HOST = 253
const PLAIN_PATH = /^(?:\/(?!\.)[\w.~-]*)+(?:\?|$)/

/**
 * Gives the head of a request whose URL needs no parser; null for any other. A Request costs more
 * than the rest of an answer, and most policies read the host or the path alone.
 */
function plainHead(head: RequestHead, req: NodeRequest): PlainHead | null {
  const path = req.originalUrl ?? req.url
  const given = req.headers?.[':authority'] ?? req.headers?.host
  if (typeof given !== 'string' || typeof path !== 'string') return null
  const host = given.includes(':') ? given.replace(/:\d{1,4}$/, '') : given
  const isPlain = host.length <= LONGEST_HOST && !host.includes('xn--') && PLAIN_HOST.test(host)
  return isPlain && PLAIN_PATH.test(path) ? { method: head.method, headers: head.headers, host, path } : null
}

/** Chooses policies and never throws: under `node:http` an error would end the process. */
export interface SafeSource<C> {
  policyFor(context: C): AnyCors
  /** Gives what `resolve` would give, where that needs no Request and no time. */
  kept(ready: AnyAsyncCors, head: RequestHead, req: NodeRequest): Cors | null
  /** Waits for a policy that is chosen per request. Never rejects. */
  resolve(ready: AnyCors, req: NodeRequest, context: C): Promise<Cors>
  /** Prints an error, once per cause, and gives a policy that refuses every origin. */
  refuse(error: unknown): Cors
}

/**
 * Makes a source of policies safe. Where a function throws or gives something else than a policy,
 * every origin is refused and the cause is printed.
 *
 * @throws {TypeError} for `answers`
 */
export function createSafeSource<C>(source: AnyCors | ChoosingSource<C>): SafeSource<C> {
  const corsFor = createCorsResolver<C>(source)
  const refuse = createRefusal()
  return {
    refuse,
    policyFor(context) {
      try {
        return requireWhole(corsFor(context))
      } catch (error) {
        return refuse(error)
      }
    },
    kept(ready, head, req) {
      const plain = plainHead(head, req)
      return plain && keptPolicy(ready, plain)
    },
    async resolve(ready, req, context) {
      try {
        return requireWhole(await resolvePolicy(ready, fetchRequest(req), context))
      } catch (error) {
        return refuse(error)
      }
    },
  }
}

/**
 * Throws for an object that has only some methods of a policy. It would fail later, when headers
 * are sent.
 */
function requireWhole<T extends AnyCors>(cors: T): T {
  const { policy, entries, headers, guard } = cors as Partial<Cors>
  if (policy && !(entries && headers && guard)) throw new TypeError('cors: a function gave a part of a policy')
  return cors
}

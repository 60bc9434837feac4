import type { CorsPolicy } from '../policy/types.ts'
import { createCors } from '../server/create.ts'
import { type AnyCors, isCors, isSync, taking } from '../server/source.ts'
import { READ } from '../spec/fields.ts'
import { isForbiddenMethod } from '../spec/methods.ts'
import { type Body, type Pump, timedBody } from './body.ts'
import { readForwardOrigin, readTimeout } from './checks.ts'
import { exchange } from './exchange.ts'
import { cleanResponseHeaders, hopsOf, requestHeaders } from './headers.ts'
import { publicLocation, readUpstream, targetOf, type Upstream } from './target.ts'

/** What becomes of the `Origin` on its way to the origin API. */
export type ForwardOrigin = 'strip' | 'keep' | 'rewrite'

/** Options of {@link createProxy}. */
export interface ProxyOptions {
  /** The URL of the origin API, with the path below which everything happens. Nothing a client sends changes it. */
  readonly upstream: string | URL
  /** The policy of the edge. What the origin API says of CORS itself is removed. */
  readonly cors: CorsPolicy | AnyCors
  /**
   * `'strip'` (the default) removes `Origin`, so that answers do not depend on it and one cache entry serves all; `'rewrite'` puts
   * the origin API's own there; `'keep'` passes it on. With the first two the origin API's CSRF check can no longer see a stranger,
   * so the edge answers 403 to a refused origin's request that is not GET, HEAD or OPTIONS.
   */
  readonly forwardOrigin?: ForwardOrigin
  /** How long to wait for an answer to begin once the request has been passed on, in milliseconds; 0 waits for ever. Default: 30,000. */
  readonly timeoutMs?: number
  /** Sends a request. Default: the global `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** The client's address for `X-Forwarded-For`; what the client itself claims is never passed on. Default: none is sent. */
  readonly clientAddress?: (request: Request) => string | null
  /** What the runtime's `fetch` can do. Default: neither upgrades nor bodies that stay encoded, as in Node, Deno and Bun. */
  readonly runtime?: Runtime
}

/** What a proxy needs to know of a runtime. */
export interface Runtime {
  /** Whether `fetch` opens WebSockets. */
  readonly upgrades: boolean
  /** Whether `fetch` decodes the bodies of responses. */
  readonly decodesBodies: boolean
  /** Passes a request's body on without JavaScript. Default: part by part. */
  readonly pump?: Pump
}

/** A loop ends after so many rounds. */
const MAX_HOPS = 4

/**
 * Makes a handler that stands before an origin API and owns its CORS.
 *
 * Preflights are answered here. Bodies are streamed both ways and never read. Redirects are passed on, with those to the origin
 * API rewritten to the public address. No answer is a 504, no connection a 502, and both carry the header set.
 *
 * @throws {TypeError} for an upstream that is no http or https URL.
 * @throws {CorsPolicyError} for a policy with a defect.
 *
 * @example
 * ```ts
 * import { createProxy } from 'corsmith/proxy'
 *
 * const proxy = createProxy({ upstream: 'http://127.0.0.1:5000', cors: { origins: ['https://app.example.com'] } })
 * // Deno.serve(proxy), Bun.serve({ fetch: proxy })
 * ```
 */
export function createProxy(options: ProxyOptions): (request: Request) => Promise<Response> {
  const settings: Settings = {
    upstream: readUpstream(options.upstream),
    forwardOrigin: readForwardOrigin(options.forwardOrigin ?? 'strip', 'forwardOrigin'),
    timeoutMs: readTimeout(options.timeoutMs ?? 30_000, 'timeoutMs'),
    send: options.fetch ?? ((request) => fetch(request)),
    clientAddress: options.clientAddress ?? (() => null),
    runtime: options.runtime ?? { upgrades: false, decodesBodies: true },
  }
  const cors = isCors(options.cors) ? options.cors : createCors(options.cors)
  const hidesOrigin = settings.forwardOrigin !== 'keep'

  /** Strangers are stopped where nobody behind us could: at upgrades, and at writes whose origin is hidden. */
  async function refuse(request: Request): Promise<Response | null> {
    const isWrite = hidesOrigin && !['GET', 'HEAD', 'OPTIONS'].includes(request.method)
    return isUpgrade(request) || isWrite ? await cors.guard(request) : null
  }

  async function answer(request: Request): Promise<Response> {
    return (await refuse(request)) ?? (await forward(request, settings))
  }

  const wrapOptions = { onError: unforeseen }
  const handler = isSync(cors) ? cors.wrap(answer, wrapOptions) : taking<[]>(cors).wrap(answer, wrapOptions)
  return async (request) => await handler(request)
}

/** What no rule foresaw must not be lost behind a 502. */
function unforeseen(error: unknown): Response {
  // biome-ignore lint/suspicious/noConsole: there is nowhere else to say it.
  console.error(error)
  return plain(502, 'The edge could not forward this request.')
}

/** Options that were checked, with what holds where nothing was said. */
interface Settings extends Required<Pick<ProxyOptions, 'forwardOrigin' | 'timeoutMs' | 'clientAddress' | 'runtime'>> {
  readonly upstream: Upstream
  readonly send: (request: Request) => Promise<Response>
}

async function forward(request: Request, settings: Settings): Promise<Response> {
  const { upstream, runtime } = settings
  const url = new URL(request.url)
  const target = targetOf(url, upstream)
  if (target === null) return plain(400, 'This path leads nowhere.')
  if (isForbiddenMethod(request.method)) return plain(405, 'This method cannot be forwarded.')
  if (isBodyless(request) && !isEmpty(request))
    return plain(400, 'A GET or HEAD request with a body cannot be forwarded.')
  if (hopsOf(request.headers) >= MAX_HOPS)
    return plain(508, 'This request has come round in a loop: is the upstream this edge itself?')
  const upgrade = isUpgrade(request)
  if (upgrade && !runtime.upgrades) return plain(501, 'WebSockets cannot be forwarded in this runtime.')

  const headers = requestHeaders(request.headers, {
    url,
    client: settings.clientAddress(request),
    origin: forwardedOrigin(request, upstream, settings.forwardOrigin),
    upgrade,
    decodesBodies: runtime.decodesBodies,
  })
  const answer = await exchange(
    settings.send,
    (signal, clock) => {
      const body = isBodyless(request) ? null : timedBody(request, clock, runtime.pump)
      return new Request(target, requestInit(request.method, headers, body, signal))
    },
    request,
    settings.timeoutMs,
  )
  if ('failed' in answer) return plain(answer.failed, answer.reason)
  return answer.status === 101 ? answer : publish(answer, url, target, settings)
}

/** `duplex` says that the body is still arriving while it is being sent; browsers' types do not know it yet. */
function requestInit(
  method: string,
  headers: Headers,
  body: Body | null,
  signal: AbortSignal,
): RequestInit & { duplex?: 'half' } {
  const init = { method, headers, redirect: 'manual', signal } as const
  return body === null ? init : { ...init, body, duplex: 'half' }
}

/** `fetch` sends no body with these, and workerd has one for a `Content-Length: 0`. */
function isBodyless(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}

function isEmpty(request: Request): boolean {
  return request.body === null || request.headers.get('Content-Length') === '0'
}

function forwardedOrigin(request: Request, upstream: Upstream, mode: ForwardOrigin): string | null {
  const origin = request.headers.get(READ.origin)
  if (origin === null || mode === 'strip') return null
  return mode === 'keep' ? origin : upstream.origin
}

function publish(answer: Response, url: URL, target: URL, { upstream, runtime }: Settings): Response {
  const response = new Response(answer.body, answer)
  cleanResponseHeaders(response.headers, runtime.decodesBodies)
  const location = response.headers.get('Location')
  if (location !== null) response.headers.set('Location', publicLocation(location, target, url, upstream))
  return response
}

function isUpgrade(request: Request): boolean {
  return (request.headers.get(READ.upgrade) ?? '').toLowerCase() === 'websocket'
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

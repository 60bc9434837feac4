import { type AnyCors, createCorsResolver, isSync, withArguments } from '../server/ready.ts'
import { resolvePolicy } from '../server/resolve.ts'
import { isForbiddenMethod } from '../spec/methods.ts'
import { publicUrl } from './addresses.ts'
import { sendUpstream, timedBody } from './exchange.ts'
import { hopsOf, requestHeaders } from './headers.ts'
import type { Body, ReadyProxyOptions } from './options.ts'
import { type ForwardContext, forwardedOrigin, needsDecision, readOriginContext } from './origin.ts'
import { publish } from './publish.ts'
import { readSettings, type Settings } from './settings.ts'
import { targetOf } from './target.ts'

/** A request that has passed this proxy so many times is in a loop. */
const MAX_HOPS = 4

/**
 * Makes a Fetch handler that stands in front of an origin API and answers for its CORS, with a
 * compiled policy.
 *
 * - The proxy answers preflights itself.
 * - Bodies stream in both directions and are never kept in memory.
 * - Redirects are passed on. Addresses of the origin API in them are rewritten to public ones.
 * - If the origin API does not answer in time, the client gets a 504; without a connection, a 502.
 *   Both have the CORS headers, so the page can read the status.
 *
 * @param options the upstream, the policy, and how requests are forwarded
 * @returns the handler. Further arguments, such as the bindings and the context of a Worker, are
 *   passed on to the function that chooses the policy.
 * @throws {TypeError} for an option that is unknown or wrong, and for a policy that was not compiled
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6
 *
 * @example
 * ```ts
 * import type { Cors } from 'corsmith/runtime'
 * import { createProxy } from 'corsmith/runtime/proxy'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * const proxy = createProxy({ upstream: 'http://127.0.0.1:5000', cors })
 * // Deno.serve(proxy), Bun.serve({ fetch: proxy })
 * ```
 */
export function createReadyProxy(options: ReadyProxyOptions): ProxyHandler {
  return proxyFor(readSettings(options), createCorsResolver<null>(options.cors)(null))
}

/**
 * A proxy as a Fetch handler. Further arguments are passed on to the function that chooses the
 * policy.
 */
export type ProxyHandler = (request: Request, ...args: readonly unknown[]) => Promise<Response>

/** Makes the handler of options that were checked. */
export function proxyFor(settings: Settings, cors: AnyCors): ProxyHandler {
  async function answer(request: Request, ...args: readonly unknown[]): Promise<Response> {
    const context = readOriginContext(request, settings.publicOrigin)
    const chosen = needsDecision(context, settings.forwardOrigin) ? await resolvePolicy(cors, request, ...args) : null
    const refusal = chosen?.guard(request)
    if (refusal) return refusal
    const origin = forwardedOrigin(context, settings.forwardOrigin, settings.upstream.origin, chosen)
    return forward(request, settings, context, origin)
  }

  const wrapOptions = { onError: reportError }
  const handler = isSync(cors)
    ? cors.wrap<Request, unknown[], Promise<Response>>(answer, wrapOptions)
    : withArguments<unknown[]>(cors).wrap(answer, wrapOptions)
  return async (request, ...args) => await handler(request, ...args)
}

/** Prints an unexpected error, because the 502 does not show it. */
function reportError(error: unknown): Response {
  // biome-ignore lint/suspicious/noConsole: the console is the only place for it.
  console.error(error)
  return textResponse(502, 'The edge could not forward this request.')
}

async function forward(
  request: Request,
  settings: Settings,
  { isUpgrade, names }: ForwardContext,
  origin: string | null,
): Promise<Response> {
  const { upstream, runtime, trusted } = settings
  const asked = new URL(request.url)
  const target = targetOf(asked, upstream)
  if (target === null) return textResponse(400, 'This path leads nowhere.')
  if (isForbiddenMethod(request.method)) return textResponse(405, 'This method cannot be forwarded.')
  const hasNoBody = request.method === 'GET' || request.method === 'HEAD'
  if (hasNoBody && !isEmpty(request, names))
    return textResponse(400, 'A GET or HEAD request with a body cannot be forwarded.')
  if (hopsOf(request.headers, names) >= MAX_HOPS)
    return textResponse(508, 'This request has come round in a loop: is the upstream this edge itself?')
  if (isUpgrade && !runtime.upgrades) return textResponse(501, 'WebSockets cannot be forwarded in this runtime.')

  const url = publicUrl(asked, settings.publicOrigin)
  const client = settings.clientAddress(request)
  const { decodesBodies } = runtime
  const headers = requestHeaders(request.headers, names, {
    url,
    client,
    origin,
    upgrade: isUpgrade,
    decodesBodies,
    trusted,
  })
  const answer = await sendUpstream(
    settings.send,
    (signal, clock) => {
      // `fetch` sends no body with these methods.
      const body = hasNoBody ? null : timedBody(request, clock, runtime)
      if (hasNoBody && names.includes('content-length')) headers.delete('Content-Length')
      return new Request(target, requestInit(request.method, headers, body, signal))
    },
    request,
    settings.timeoutMs,
  )
  if ('failed' in answer) return textResponse(answer.failed, answer.reason)
  if (answer.status === 101 && isUpgrade) return answer
  if (answer.status === 101) return textResponse(502, 'The origin API sent a 101 to a request without Upgrade.')
  const published = await publish(answer, { upstream, target, url }, runtime)
  return published ?? textResponse(502, 'The origin API sent a body that is not what its Content-Encoding says.')
}

/** `duplex` says that the body still arrives while it is sent. The DOM types do not have it yet. */
function requestInit(
  method: string,
  headers: Headers,
  body: Body | null,
  signal: AbortSignal,
): RequestInit & { duplex?: 'half' } {
  return { method, headers, redirect: 'manual', signal, body, duplex: 'half' }
}

/**
 * Most runtimes hide the body of a GET. workerd shows one, and also shows one for
 * `Content-Length: 0`.
 */
function isEmpty(request: Request, names: readonly string[]): boolean {
  if (names.includes('content-length')) return request.headers.get('Content-Length') === '0'
  return !names.includes('transfer-encoding') && request.body === null
}

function textResponse(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

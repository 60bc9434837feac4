import { createCors } from '../server/create.ts'
import { isCors, isSync, resolvePolicy, withArguments } from '../server/source.ts'
import { isForbiddenMethod } from '../spec/methods.ts'
import { type Body, timedBody } from './body.ts'
import { exchange } from './exchange.ts'
import { hopsOf, requestHeaders } from './headers.ts'
import type { ProxyOptions } from './options.ts'
import { forwardedOrigin, needsJudgement, type Passage, readPassage } from './origin.ts'
import { publish } from './publish.ts'
import { publicUrl, readSettings, type Settings } from './settings.ts'
import { targetOf } from './target.ts'

/** A loop ends after so many rounds. */
const MAX_HOPS = 4

/**
 * Makes a handler that stands before an origin API and owns its CORS.
 *
 * Preflights are answered here. Bodies are streamed both ways and never read. Redirects are passed on, with addresses of the origin
 * API rewritten to the public ones. No answer is a 504, no connection a 502, and both carry the header set.
 *
 * @throws {TypeError} for an option that is unknown or wrong, such as an upstream that is no http or https URL.
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
  const settings = readSettings(options)
  const cors = isCors(options.cors) ? options.cors : createCors(options.cors)

  async function answer(request: Request): Promise<Response> {
    const passage = readPassage(request, settings.publicOrigin)
    const judge = needsJudgement(passage, settings.forwardOrigin) ? await resolvePolicy(cors, request) : null
    const refusal = judge?.guard(request)
    if (refusal) return refusal
    const origin = forwardedOrigin(passage, settings.forwardOrigin, settings.upstream.origin, judge)
    return forward(request, settings, passage, origin)
  }

  const wrapOptions = { onError: unforeseen }
  const handler = isSync(cors) ? cors.wrap(answer, wrapOptions) : withArguments<[]>(cors).wrap(answer, wrapOptions)
  return async (request) => await handler(request)
}

/** What no rule foresaw must not be lost behind a 502. */
function unforeseen(error: unknown): Response {
  // biome-ignore lint/suspicious/noConsole: there is nowhere else to say it.
  console.error(error)
  return plain(502, 'The edge could not forward this request.')
}

async function forward(
  request: Request,
  settings: Settings,
  { isUpgrade }: Passage,
  origin: string | null,
): Promise<Response> {
  const { upstream, runtime, trusted } = settings
  const asked = new URL(request.url)
  const target = targetOf(asked, upstream)
  if (target === null) return plain(400, 'This path leads nowhere.')
  if (isForbiddenMethod(request.method)) return plain(405, 'This method cannot be forwarded.')
  if (isBodyless(request) && !isEmpty(request))
    return plain(400, 'A GET or HEAD request with a body cannot be forwarded.')
  if (hopsOf(request.headers) >= MAX_HOPS)
    return plain(508, 'This request has come round in a loop: is the upstream this edge itself?')
  if (isUpgrade && !runtime.upgrades) return plain(501, 'WebSockets cannot be forwarded in this runtime.')

  const url = publicUrl(asked, settings.publicOrigin)
  const client = settings.clientAddress(request)
  const { decodesBodies } = runtime
  const headers = requestHeaders(request.headers, { url, client, origin, upgrade: isUpgrade, decodesBodies, trusted })
  const answer = await exchange(
    settings.send,
    (signal, clock) => {
      const body = isBodyless(request) ? null : timedBody(request, clock, runtime)
      if (isBodyless(request)) headers.delete('Content-Length')
      return new Request(target, requestInit(request.method, headers, body, signal))
    },
    request,
    settings.timeoutMs,
  )
  if ('failed' in answer) return plain(answer.failed, answer.reason)
  if (answer.status === 101 && isUpgrade) return answer
  if (answer.status === 101) return plain(502, 'The origin API opened a connection that nobody asked for.')
  const published = await publish(answer, { upstream, target, url }, runtime)
  return published ?? plain(502, 'The origin API sent a body that is not what its Content-Encoding says.')
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

/** `fetch` sends no body with these. */
function isBodyless(request: Request): boolean {
  return request.method === 'GET' || request.method === 'HEAD'
}

/** Most runtimes show no body of a GET. workerd does, and has one for a `Content-Length: 0` as well. */
function isEmpty({ body, headers }: Request): boolean {
  const length = headers.get('Content-Length')
  return length === '0' || (length === null && body === null && !headers.has('Transfer-Encoding'))
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

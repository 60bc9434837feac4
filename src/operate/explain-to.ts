import { preflightOrigin } from '../server/decide.ts'
import { type AnyCors, isSync, withArguments } from '../server/ready.ts'
import type { Decision, RequestHead } from '../server/types.ts'
import { CACHE_CONTROL, CDN_CACHING, SERVER_TIMING } from '../spec/fields.ts'
import { editFor } from './development-log.ts'
import { toRecord } from './record.ts'

/** Options of {@link explainTo}. */
export interface ExplainOptions<Q, A extends unknown[]> {
  /**
   * Tells whether the sender of a request is a developer whom you know. Only `true`, or a Promise of
   * it, says so. Check a credential here, not something that every client can send. What it throws
   * means no.
   */
  readonly isDeveloper: (request: Q, ...args: A) => boolean | Promise<boolean>
}

/**
 * Tells developers in the answer itself what the policy decided about their request, and which edit
 * would allow it. Other clients get no explanation.
 *
 * ```
 * Server-Timing: corsmith;desc="add \"https://new.example.com\" to origins"
 * ```
 *
 * The developer tools of browsers show this field, and a page of another origin cannot read it
 * unless the answer has a `Timing-Allow-Origin` or exposes it. No cache keeps such an answer: it
 * says `Cache-Control: no-store`, and the fields by which a handler instructs a CDN are removed. An
 * answer that would change what a cache holds, to HEAD or with 304, is left alone. So is a
 * preflight's, which carries no credentials.
 *
 * For servers of `node:http`, such as Express, Fastify and Koa, use `explainMiddleware` of `corsmith/node`.
 *
 * @param cors the policy that answers in `handler`
 * @param handler the whole Fetch handler, with the policy in it
 * @param options who is a developer
 * @returns the handler with the explanation
 * @throws {TypeError} when `isDeveloper` is not a function
 * @see https://www.w3.org/TR/server-timing/
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { explainTo } from 'corsmith/log'
 *
 * const cors = createCors({ origins: ['https://app.example.com'] })
 * const isDeveloper = async (request: Request) => await isKnownToken(request.headers.get('X-Debug-Token'))
 * declare function isKnownToken(token: string | null): Promise<boolean>
 *
 * export default { fetch: explainTo(cors, cors.wrap(() => new Response('hello')), { isDeveloper }) }
 * ```
 */
export function explainTo<Q extends Request = Request, A extends unknown[] = []>(
  cors: AnyCors,
  handler: (request: Q, ...args: A) => Response | Promise<Response>,
  options: ExplainOptions<Q, A>,
): (request: Q, ...args: A) => Promise<Response> {
  const { isDeveloper } = options
  if (typeof isDeveloper !== 'function') throw new TypeError('explainTo: isDeveloper is a function')

  async function mayKnow(request: Q, args: A): Promise<boolean> {
    if (request.method === 'HEAD' || preflightOrigin(request) !== null) return false
    return (await isDeveloper(request, ...args)) === true
  }

  return async (request, ...args) => {
    const response = await handler(request, ...args)
    try {
      // An explanation never costs the answer.
      if (isFixed(response) || !(await mayKnow(request, args))) return response
      const decision = isSync(cors)
        ? cors.decide(request)
        : await withArguments<unknown[]>(cors).decide(request, ...args)
      const timing = timingFor(request, decision)
      return timing === null ? response : withTiming(response, timing)
    } catch {
      return response
    }
  }
}

/** Tells whether a response cannot be rebuilt, or changes what a cache holds. */
function isFixed({ status, bodyUsed }: Response): boolean {
  return status < 200 || status === 304 || bodyUsed
}

/** Gives the value of `Server-Timing` that says what was decided; null for a request without `Origin`. */
export function timingFor(request: RequestHead, decision: Decision): string | null {
  const record = toRecord({ request, decision, entries: () => [], tenant: null, policy: null })
  if (record === null) return null
  const { code } = record
  const line = code === null ? `allowed by ${record.rule ?? '*'}` : `${code}: ${editFor({ ...record, code })}`
  return `corsmith;desc=${quoted(line)}`
}

function withTiming(response: Response, timing: string): Response {
  const { status, statusText } = response
  const headers = new Headers(response.headers)
  headers.append(SERVER_TIMING, timing)
  headers.set(CACHE_CONTROL, 'no-store')
  for (const name of CDN_CACHING) headers.delete(name)
  return new Response(response.body, { status, statusText, headers })
}

/**
 * Writes a quoted-string. An origin is a client's text.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.4
 */
function quoted(text: string): string {
  return `"${text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/["\\]/g, '\\$&')}"`
}

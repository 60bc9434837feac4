import type { WireRequest, WireResponse } from '../browser/wire.ts'

/** A response as it came over the wire, with the beginning of its body. */
export interface Received extends WireResponse {
  /**
   * The first characters of the body, which show what an error page says; empty if the body was not
   * read.
   */
  readonly sample?: string
  /**
   * The source, if no server was asked: an archive, or an assumption. A browser sends the request
   * itself only with permission, so a missing preflight answer can be assumed.
   */
  readonly source?: 'archive' | 'assumed'
}

/** The reason for a missing response. */
export type NoAnswerKind =
  | 'dns'
  | 'refused'
  | 'timeout'
  | 'tls'
  | 'reset'
  | 'not-http'
  | 'headers-too-large'
  | 'failed'
  | 'withheld'
  | 'limit'
  /** An archive says that the browser kept the answer from the page, but holds no reason. */
  | 'blocked'
  /** An archive holds no answer. */
  | 'unrecorded'

/** A connection that failed, or was not made. */
export interface NoAnswer {
  readonly kind: NoAnswerKind
  /** The words of the network stack, on one line. */
  readonly detail: string
}

/** The result of a {@link Transport}. */
export type Answer = Received | NoAnswer

/**
 * Sends one request and returns the answer line by line. A transport follows no redirect and adds
 * no cookie. It never rejects because of a server.
 */
export type Transport = (request: WireRequest) => Promise<Answer>

/** Returns whether the request failed without a response. */
export function isNoAnswer(answer: Answer): answer is NoAnswer {
  return 'kind' in answer
}

/** The number of characters of a body that are kept. */
export const SAMPLE_LENGTH = 4096

/**
 * Makes a transport from `fetch`. It runs everywhere, but sees less than a socket does: repeated
 * lines arrive joined, and browsers do not let pages send `Origin` or `Access-Control-Request-*`.
 *
 * @param send Answers a request: the global `fetch`, or an application.
 * @returns The transport.
 *
 * @example
 * ```ts
 * import { diagnose, viaFetch } from 'corsmith/diagnose'
 *
 * const app = { fetch: () => new Response('ok') }
 * const diagnosis = await diagnose('https://api.example.com/', {
 *   origin: 'https://app.example.com',
 *   transport: viaFetch(() => app.fetch()),
 * })
 * ```
 */
export function viaFetch(send: (request: Request) => Response | Promise<Response>, timeoutMs = 10_000): Transport {
  return async (wire) => {
    const headers = new Headers()
    for (const [name, value] of wire.headers) headers.append(name, value)
    const init: RequestInit = {
      method: wire.method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    }
    if (wire.body !== null) init.body = wire.body
    try {
      const response = await send(new Request(wire.url, init))
      const sample = response.body === null ? '' : await readSample(response.body)
      return { status: response.status, statusText: response.statusText, headers: [...response.headers], sample }
    } catch (error) {
      return troubleOf(error)
    }
  }
}

async function readSample(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  while (text.length < SAMPLE_LENGTH) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return text.slice(0, SAMPLE_LENGTH)
}

const DNS_CODES: readonly string[] = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME']
const REFUSED_CODES: readonly string[] = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
]
const RESET_CODES: readonly string[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']
const TIMEOUT_CODES: readonly string[] = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ABORT_ERR']
const TLS_CODES: readonly string[] = [
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'HOSTNAME_MISMATCH',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]

/**
 * Reads an error of a network stack. Node, Deno, Bun and workerd put their codes in different
 * places.
 */
export function troubleOf(error: unknown): NoAnswer {
  const chain = causes(error)
  const codes = chain.map(codeOf)
  const detail = chain.map((cause) => firstLine(String((cause as Error).message ?? ''))).findLast((line) => line !== '')
  return { kind: kindOf(codes, detail ?? ''), detail: detail ?? codes.findLast((code) => code !== '') ?? 'no answer' }
}

/** The `code` of a `DOMException` is a number. Its name says more. */
function codeOf(error: object): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : String(name ?? '')
}

function kindOf(codes: readonly string[], detail: string): NoAnswerKind {
  const isOneOf = (list: readonly string[]) => codes.some((code) => list.includes(code))
  if (isOneOf(DNS_CODES)) return 'dns'
  if (isOneOf(REFUSED_CODES)) return 'refused'
  if (isOneOf(TLS_CODES) || codes.some((code) => code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL'))) return 'tls'
  if (isOneOf(TIMEOUT_CODES) || codes.includes('TimeoutError')) return 'timeout'
  if (codes.some((code) => code === 'HPE_HEADER_OVERFLOW' || code === 'UND_ERR_HEADERS_OVERFLOW'))
    return 'headers-too-large'
  if (codes.some((code) => code.startsWith('HPE_') || code === 'HTTPParserError')) return 'not-http'
  if (isOneOf(RESET_CODES) || /hang up|reset|closed/i.test(detail)) return 'reset'
  return 'failed'
}

/** Returns an error, its causes and the errors inside an AggregateError, the outermost first. */
function causes(error: unknown): readonly object[] {
  const found: object[] = []
  const queue: unknown[] = [error]
  while (queue.length > 0 && found.length < 8) {
    const next = queue.shift()
    if (typeof next !== 'object' || next === null) continue
    found.push(next)
    queue.push(...((next as { errors?: unknown[] }).errors ?? []), (next as { cause?: unknown }).cause)
  }
  return found
}

/** Returns the words of the stack, without its advice and its places in source code. */
function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? ''
  const reason = /:SSL routines:[^:]*:([^:]+)/.exec(line)?.[1]
  return (reason ?? line.replace(/; if the root CA is installed locally.*$/, '')).slice(0, 200)
}

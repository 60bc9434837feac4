import type { WireRequest, WireResponse } from '../browser/wire.ts'

/** A response as it came over the wire, with the beginning of its body. */
export interface Received extends WireResponse {
  /** The first characters of the body, for reading what an error page says; empty where it was not read. */
  readonly sample?: string
  /**
   * Where it comes from, if no server was asked: an archive, or the fact that a browser sent the request itself, which it does with
   * permission alone.
   */
  readonly source?: 'archive' | 'assumed'
}

/** Why there is no response. */
export type TroubleKind =
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
  /** An archive says that the browser kept the answer from the page, and does not hold what would tell why. */
  | 'blocked'
  /** An archive holds no answer. */
  | 'unrecorded'

/** A connection that came to nothing, or was not made. */
export interface Trouble {
  readonly kind: TroubleKind
  /** What the network stack said, in one line. */
  readonly detail: string
}

/** What a {@link Transport} brings back. */
export type Answer = Received | Trouble

/**
 * Sends one request and brings back what came, line by line. It follows no redirect, adds no cookie, and never rejects for what a
 * server does.
 */
export type Transport = (request: WireRequest) => Promise<Answer>

/** Tells whether an answer is none. */
export function isTrouble(answer: Answer): answer is Trouble {
  return 'kind' in answer
}

/** How much of a body is kept. */
export const SAMPLE_LENGTH = 4096

/**
 * Makes a transport of `fetch`. It runs everywhere, and sees less than a socket does: repeated lines arrive joined, and pages may not
 * send `Origin` or `Access-Control-Request-*` at all.
 *
 * @example
 * const diagnosis = await diagnose('https://api.example.com/', {
 *   origin: 'https://app.example.com',
 *   transport: viaFetch((request) => app.fetch(request)),
 * })
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

/** Reads what a network stack threw. Node, Deno, Bun and workerd put their codes in different places. */
export function troubleOf(error: unknown): Trouble {
  const chain = causes(error)
  const codes = chain.map((cause) => String((cause as { code?: unknown }).code ?? (cause as Error).name ?? ''))
  const detail = chain
    .map((cause) => firstLine(String((cause as Error).message ?? cause)))
    .findLast((line) => line !== '')
  return { kind: kindOf(codes, detail ?? ''), detail: detail ?? codes.findLast((code) => code !== '') ?? 'no answer' }
}

function kindOf(codes: readonly string[], detail: string): TroubleKind {
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

/** An error, its causes, and the errors it gathers (happy eyeballs throws an AggregateError), outermost first. */
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

/** What a stack says, without the advice and the places in its own source that it adds. */
function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? ''
  const reason = /:SSL routines:[^:]*:([^:]+)/.exec(line)?.[1]
  return (reason ?? line.replace(/; if the root CA is installed locally.*$/, '')).slice(0, 200)
}

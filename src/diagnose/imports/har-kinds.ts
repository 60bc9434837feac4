import type { HeaderLine } from '../../browser/wire.ts'
import type { NoAnswerKind, Received } from '../transport.ts'
import { dig, readString, readWholeNumber } from './har-fields.ts'

/** The kind of an exchange, as far as CORS goes. */
export type HarKind =
  /** A CORS request to another origin: the browser compares the answer with the page's origin. */
  | 'cors'
  /** A request to the page's own origin. */
  | 'same-origin'
  /** A navigation of the window or of a frame. */
  | 'navigation'
  /** An image, a script, a style or a beacon without CORS. */
  | 'no-cors'
  /** Stopped by an extension, such as an ad blocker, or by a rule of the administrator. */
  | 'blocked-by-client'
  /**
   * Stopped by the browser for another reason: Content-Security-Policy,
   * Cross-Origin-Resource-Policy, mixed content.
   */
  | 'blocked-by-policy'
  /** Given up by the page: it was closed, or called abort(). */
  | 'aborted'
  /** Answered by a service worker of the page. */
  | 'service-worker'
  /** A 304: the copy in the browser's cache is still right, but the archive does not record it. */
  | 'revalidated'

/** The reason why a page got no answer. */
export interface Failing {
  /** `'blocked'` if the browser kept the answer from the page; else the kind of trouble. */
  readonly kind: NoAnswerKind
  /** The words of the archive. */
  readonly detail: string
}

const NETWORK: readonly (readonly [RegExp, NoAnswerKind])[] = [
  [/NAME_NOT_RESOLVED|NAME_RESOLUTION|UNKNOWN_HOST/, 'dns'],
  [/CONNECTION_REFUSED|ADDRESS_UNREACHABLE|ADDRESS_INVALID|INTERNET_DISCONNECTED|NETWORK_CHANGED/, 'refused'],
  [/TIMED_OUT|NET_TIMEOUT/, 'timeout'],
  [/CERT_|SSL_|SECURITY_/, 'tls'],
  [/CONNECTION_(?:RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|NET_RESET|NET_INTERRUPT/, 'reset'],
  [/INVALID_HTTP_RESPONSE/, 'not-http'],
  [/RESPONSE_HEADERS_TOO_BIG/, 'headers-too-large'],
]

/** The words of browsers for an answer that they kept from a page. */
const KEPT = /ERR_FAILED|ERR_BLOCKED_BY_LOCAL_NETWORK|access control|\bcors\b|cross[- ]origin|NS_ERROR_DOM_BAD_URI/i

/** Reads why a page got no answer; returns null if the archive gives no reason. */
export function failingOf(response: unknown, status: number): Failing | null {
  const said = ['_error', '_failureText', '_errorText', '_blockedReason', 'comment']
    .map((key) => readString(dig(response, key)) ?? '')
    .find((text) => text !== '' && (status < 100 || /^(?:net::|NS_)|access control|\bcors\b/i.test(text)))
  if (said === undefined) {
    return status >= 100 ? null : { kind: 'unrecorded', detail: 'the archive contains neither an answer nor a reason' }
  }
  const detail = said.slice(0, 200)
  if (KEPT.test(said)) return { kind: 'blocked', detail }
  return { kind: NETWORK.find(([pattern]) => pattern.test(said))?.[1] ?? 'failed', detail }
}

/** The arguments of {@link kindOf}. */
interface Seen {
  readonly entry: unknown
  readonly headers: readonly HeaderLine[]
  /** The URL of the request and of each redirect. */
  readonly urls: readonly string[]
  readonly origin: string | undefined
  readonly failing: Failing | null
  readonly answer: Received | null
}

/**
 * Returns the kind of an exchange. The browser's words tell what stopped it. The exchange alone
 * tells whether it is CORS.
 */
export function kindOf({ entry, headers, urls, origin, failing, answer }: Seen): HarKind {
  const said = failing?.detail ?? ''
  const type = (readString(dig(entry, '_resourceType')) ?? '').toLowerCase()
  const field = (name: string) => headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1].toLowerCase()
  const mode = field('Sec-Fetch-Mode')
  if (/BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)|blocked:other/i.test(said)) return 'blocked-by-client'
  if (/ERR_ABORTED|NS_BINDING_ABORTED|cancel+ed|aborted/i.test(said) && !/CONNECTION_ABORTED/.test(said))
    return 'aborted'
  if (/BLOCKED_BY_(?:CSP|RESPONSE|ORB)|^(?:csp|mixed-content|coep|corp)/i.test(said)) return 'blocked-by-policy'
  // A redirect may lead from the own origin to another one.
  if (urls.every((url) => origin === new URL(url).origin)) return 'same-origin'
  if (mode === 'navigate' || mode === 'nested-navigate' || type === 'document' || type === 'subdocument')
    return 'navigation'
  const isCors = mode === 'cors' || (mode === undefined && (field('Origin') !== undefined || isScripted(type, entry)))
  if (!isCors) return 'no-cors'
  if (dig(dig(entry, 'response'), '_fetchedViaServiceWorker') === true && failing === null) return 'service-worker'
  if (readWholeNumber(answer?.status) === 304 && failing === null) return 'revalidated'
  return 'cors'
}

/** By default only fetch(), XMLHttpRequest, EventSource and fonts use CORS. */
function isScripted(type: string, entry: unknown): boolean {
  if (/^(?:xhr|fetch|xmlhttprequest|eventsource|font)$/.test(type)) return true
  return type === '' && /^(?:xmlhttprequest|fetch)$/i.test(readString(dig(dig(entry, '_initiator'), 'type')) ?? '')
}

import type { HeaderLine } from '../../browser/wire.ts'
import type { Received, TroubleKind } from '../transport.ts'
import { dig, textOf, wholeOf } from './har-fields.ts'

/** What an exchange of an archive is, as far as CORS goes. */
export type HarKind =
  /** A request with CORS to another origin: the browser compares its answer with the page's origin. */
  | 'cors'
  /** The page asked its own origin. */
  | 'same-origin'
  /** A navigation of the window or of a frame. */
  | 'navigation'
  /** An image, a script, a style or a beacon that asks for no permission. */
  | 'no-cors'
  /** An extension, such as an ad blocker, or a rule of the administrator stopped it. */
  | 'blocked-by-client'
  /** The browser stopped it for a reason other than CORS: Content-Security-Policy, Cross-Origin-Resource-Policy, mixed content. */
  | 'blocked-by-policy'
  /** The page gave it up: it was closed, or called abort(). */
  | 'aborted'
  /** A service worker of the page answered. */
  | 'service-worker'
  /** The server says that the copy in the browser's cache is still right; what that copy says is not recorded. */
  | 'revalidated'

/** Why a page got nothing. */
export interface Failing {
  /** `'blocked'` where the browser kept something from the page, or another kind of trouble. */
  readonly kind: TroubleKind
  /** In the words of the archive. */
  readonly detail: string
}

const NETWORK: readonly (readonly [RegExp, TroubleKind])[] = [
  [/NAME_NOT_RESOLVED|NAME_RESOLUTION|UNKNOWN_HOST/, 'dns'],
  [/CONNECTION_REFUSED|ADDRESS_UNREACHABLE|ADDRESS_INVALID|INTERNET_DISCONNECTED|NETWORK_CHANGED/, 'refused'],
  [/TIMED_OUT|NET_TIMEOUT/, 'timeout'],
  [/CERT_|SSL_|SECURITY_/, 'tls'],
  [/CONNECTION_(?:RESET|CLOSED|ABORTED)|EMPTY_RESPONSE|NET_RESET|NET_INTERRUPT/, 'reset'],
  [/INVALID_HTTP_RESPONSE/, 'not-http'],
  [/RESPONSE_HEADERS_TOO_BIG/, 'headers-too-large'],
]

/** How browsers say that they kept an answer from a page. */
const KEPT = /ERR_FAILED|ERR_BLOCKED_BY_LOCAL_NETWORK|access control|\bcors\b|cross[- ]origin|NS_ERROR_DOM_BAD_URI/i

/** Reads why a page got nothing; null where nothing is said against its answer. */
export function failingOf(response: unknown, status: number): Failing | null {
  const said = ['_error', '_failureText', '_errorText', '_blockedReason', 'comment']
    .map((key) => textOf(dig(response, key)) ?? '')
    .find((text) => text !== '' && (status < 100 || /^(?:net::|NS_)|access control|cors/i.test(text)))
  if (said === undefined) {
    return status >= 100 ? null : { kind: 'unrecorded', detail: 'the archive holds no answer and no reason' }
  }
  const detail = said.slice(0, 200)
  if (KEPT.test(said)) return { kind: 'blocked', detail }
  return { kind: NETWORK.find(([pattern]) => pattern.test(said))?.[1] ?? 'failed', detail }
}

/** What {@link kindOf} looks at. */
export interface Seen {
  readonly entry: unknown
  readonly headers: readonly HeaderLine[]
  /** The URL of the request and of each redirect. */
  readonly urls: readonly string[]
  readonly origin: string | undefined
  readonly failing: Failing | null
  readonly answer: Received | null
}

/** Sorts an exchange. What stopped it is decided by the browser's words, whether it is CORS by the exchange alone. */
export function kindOf({ entry, headers, urls, origin, failing, answer }: Seen): HarKind {
  const said = failing?.detail ?? ''
  const type = (textOf(dig(entry, '_resourceType')) ?? '').toLowerCase()
  const field = (name: string) => headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1].toLowerCase()
  const mode = field('Sec-Fetch-Mode')
  if (/BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)|blocked:other/i.test(said)) return 'blocked-by-client'
  if (/ERR_ABORTED|NS_BINDING_ABORTED|cancel+ed|aborted/i.test(said) && !/CONNECTION_ABORTED/.test(said))
    return 'aborted'
  if (/BLOCKED_BY_(?:CSP|RESPONSE|ORB)|^(?:csp|mixed-content|coep|corp)/i.test(said)) return 'blocked-by-policy'
  // A redirect may lead a request of the own origin to another one.
  if (urls.every((url) => origin === new URL(url).origin)) return 'same-origin'
  if (mode === 'navigate' || mode === 'nested-navigate' || type === 'document' || type === 'subdocument')
    return 'navigation'
  const isCors = mode === 'cors' || (mode === undefined && (field('Origin') !== undefined || isScripted(type, entry)))
  if (!isCors) return 'no-cors'
  if (dig(dig(entry, 'response'), '_fetchedViaServiceWorker') === true && failing === null) return 'service-worker'
  if (wholeOf(answer?.status) === 304 && failing === null) return 'revalidated'
  return 'cors'
}

/** Only fetch(), XMLHttpRequest, EventSource and fonts ask with CORS unless they are told otherwise. */
function isScripted(type: string, entry: unknown): boolean {
  if (/^(?:xhr|fetch|xmlhttprequest|eventsource|font)$/.test(type)) return true
  return type === '' && /^(?:xmlhttprequest|fetch)$/i.test(textOf(dig(dig(entry, '_initiator'), 'type')) ?? '')
}

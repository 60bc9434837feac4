import { ORIGIN, TIMING_ALLOW_ORIGIN } from '../spec/fields.ts'
import { isToken, splitList } from '../spec/tokens.ts'
import { isClaim, plainName } from './claims.ts'

/**
 * Headers that speak of one connection, not of the message. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 * `Alt-Svc` is one as well once it has passed a proxy: it says where else the server behind can be reached.
 */
const HOP_BY_HOP: readonly string[] = [
  'Connection',
  'Keep-Alive',
  'Proxy-Connection',
  'Proxy-Authenticate',
  'Proxy-Authentication-Info',
  'Proxy-Authorization',
  'TE',
  'Trailer',
  'Transfer-Encoding',
  'Upgrade',
  'HTTP2-Settings',
  'Alt-Svc',
]

/** What the origin API is to learn about the request that reached the edge. */
export interface Forwarding {
  /** The public address. */
  readonly url: URL
  /** The address of the client, where the platform knows it. */
  readonly client: string | null
  /** The value of `Origin` for the origin API, or null for none. */
  readonly origin: string | null
  /** Whether the connection is to become a WebSocket. */
  readonly upgrade: boolean
  /** Whether the runtime decodes bodies behind our back, so that they must not arrive encoded. */
  readonly decodesBodies: boolean
  /** Names in lower case that no client can write here. */
  readonly trusted: ReadonlySet<string>
}

/** The name under which this proxy stands in `Via`. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.3 */
export const PSEUDONYM = 'corsmith'

/** Makes the headers for the origin API out of the client's. */
export function requestHeaders(received: Headers, forwarding: Forwarding): Headers {
  const headers = new Headers(received)
  dropHopByHop(headers)
  for (const name of received.keys()) if (endsHere(name, forwarding.trusted)) headers.delete(name)
  if (forwarding.upgrade) headers.set('Upgrade', 'websocket')
  if (forwarding.origin !== null) headers.set(ORIGIN, forwarding.origin)
  if (forwarding.client !== null) headers.set('X-Forwarded-For', forwarding.client)
  headers.set('X-Forwarded-Host', forwarding.url.host)
  headers.set('X-Forwarded-Proto', forwarding.url.protocol.slice(0, -1))
  headers.append('Via', `1.1 ${PSEUDONYM}`)
  // Where a request does not say it, fetch asks for codings of its own, and decodes them.
  if (forwarding.decodesBodies || !headers.has('Accept-Encoding')) headers.set('Accept-Encoding', 'identity')
  return headers
}

/** `Expect` was answered by the server in front of us, and fetch refuses to send it. */
const ENDS: ReadonlySet<string> = new Set(['origin', 'host', 'expect'])

/** Headers that the edge, the browser or the connection alone may write, so that no other spelling may pass for one. */
const SPELLED: ReadonlySet<string> = new Set(
  [...HOP_BY_HOP, 'Content-Length', 'Cookie', 'Referer', 'Via'].map((name) => name.toLowerCase()),
)

/** Tells whether a request header is for the edge to write, or ends here. */
function endsHere(name: string, trusted: ReadonlySet<string>): boolean {
  const plain = plainName(name)
  if (ENDS.has(plain) || plain.startsWith('access-control-')) return true
  if (plain !== name.toLowerCase() && (SPELLED.has(plain) || plain.startsWith('sec-'))) return true
  return isClaim(plain) && !trusted.has(name.toLowerCase())
}

/** How many times a request has been here before. */
export function hopsOf(headers: Headers): number {
  return splitList(headers.get('Via') ?? '').filter((hop) => hop.endsWith(` ${PSEUDONYM}`)).length
}

/** Removes from an answer what speaks of the connection behind us, and whatever the origin API says of CORS: the edge owns it. */
export function cleanResponseHeaders(headers: Headers, isDecoded: boolean): void {
  dropHopByHop(headers)
  for (const name of [...headers.keys()]) if (name.startsWith('access-control-')) headers.delete(name)
  headers.delete(TIMING_ALLOW_ORIGIN)
  if (isDecoded) {
    headers.delete('Content-Encoding')
    headers.delete('Content-Length')
  }
}

/** What `fetch` decodes behind our back. A body in any other coding is passed on as it is, under its name. */
const DECODED: ReadonlySet<string> = new Set(['br', 'deflate', 'gzip', 'x-gzip', 'zstd'])

/** Tells whether `fetch` decodes a body of this `Content-Encoding`. */
export function isDecodedByFetch(encoding: string | null): boolean {
  return encoding !== null && splitList(encoding).every((coding) => DECODED.has(coding.toLowerCase()))
}

function dropHopByHop(headers: Headers): void {
  // `Headers` throws for what is no name, and what a client lists here may be anything.
  const listed = splitList(headers.get('Connection') ?? '')
  for (const name of [...HOP_BY_HOP, ...listed]) if (isToken(name)) headers.delete(name)
}

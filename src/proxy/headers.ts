import { ORIGIN } from '../spec/fields.ts'
import { splitList } from '../spec/tokens.ts'

/**
 * Headers that belong to one connection and not to the message. `Alt-Svc` is added: after a proxy
 * it would name another address of the server behind.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
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

const HOP_BY_HOP_NAMES: ReadonlySet<string> = new Set(HOP_BY_HOP.map((name) => name.toLowerCase()))

/**
 * Lists the names of headers, in lower case. A call into `Headers` leaves JavaScript in most
 * runtimes, so a message is asked for its names once, and then only for what it has.
 */
export function namesOf(headers: Headers): readonly string[] {
  return Array.from(headers.keys(), (name) => name.toLowerCase())
}

/**
 * Removes the headers of one connection, and those that `Connection` lists.
 *
 * @param names the names of the headers
 * @param isOther tells which others to remove
 */
export function dropHopByHop(headers: Headers, names: readonly string[], isOther: (name: string) => boolean): void {
  const listed = names.includes('connection')
    ? splitList(headers.get('Connection') ?? '').map((name) => name.toLowerCase())
    : []
  for (const name of names)
    if (HOP_BY_HOP_NAMES.has(name) || listed.includes(name) || isOther(name)) headers.delete(name)
}

/** What the headers for the origin API depend on, besides the client's headers. */
export interface Forwarding {
  /** The public URL. */
  readonly url: URL
  /** The client's address; null where the platform does not know it. */
  readonly client: string | null
  /** The value of `Origin` for the origin API; null for none. */
  readonly origin: string | null
  /** Whether the connection is to become a WebSocket. */
  readonly upgrade: boolean
  /** Whether the runtime's `fetch` decodes bodies. Then they must not arrive encoded. */
  readonly decodesBodies: boolean
  /** Names, in lower case, that a client cannot forge here. */
  readonly trusted: ReadonlySet<string>
}

/** The name of this proxy in `Via`. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6.3 */
const PSEUDONYM = 'corsmith'

/**
 * Makes the headers for the origin API from those of the client.
 *
 * @param names the names of the client's headers
 */
export function requestHeaders(received: Headers, names: readonly string[], forwarding: Forwarding): Headers {
  const headers = new Headers(received)
  dropHopByHop(headers, names, (name) => isRemoved(name, forwarding.trusted))
  if (forwarding.upgrade) headers.set('Upgrade', 'websocket')
  if (forwarding.origin !== null) headers.set(ORIGIN, forwarding.origin)
  if (forwarding.client !== null) headers.set('X-Forwarded-For', forwarding.client)
  headers.set('X-Forwarded-Host', forwarding.url.host)
  headers.set('X-Forwarded-Proto', forwarding.url.protocol.slice(0, -1))
  headers.append('Via', `1.1 ${PSEUDONYM}`)
  // Without this header, fetch would ask for codings of its own, and decode them.
  if (forwarding.decodesBodies || !names.includes('accept-encoding') || !headers.has('Accept-Encoding'))
    headers.set('Accept-Encoding', 'identity')
  return headers
}

/** Counts how many times a request has passed this proxy. */
export function hopsOf(headers: Headers, names: readonly string[]): number {
  if (!names.includes('via')) return 0
  return splitList(headers.get('Via') ?? '').filter((hop) => hop.endsWith(` ${PSEUDONYM}`)).length
}

/** The server in front answered `Expect` already, and fetch refuses to send it. */
const REMOVED: ReadonlySet<string> = new Set(['origin', 'host', 'expect'])

/**
 * Headers that only the edge, the browser or the connection writes. Other spellings of them are
 * removed. A name without a hyphen, such as `Cookie`, has no other one.
 */
const SPELLED: ReadonlySet<string> = new Set([...HOP_BY_HOP_NAMES, 'content-length'])

/** Tells whether a client's header must not reach the origin API as the client wrote it. */
function isRemoved(name: string, trusted: ReadonlySet<string>): boolean {
  const read = cgiName(name)
  if (REMOVED.has(read) || read.startsWith('access-control-')) return true
  if (read !== name && (SPELLED.has(read) || read.startsWith('sec-'))) return true
  return IS_FOR_SERVERS.test(read) && !trusted.has(name)
}

/**
 * Gives a name as servers with CGI variables read it: to them `X_Forwarded_For` and
 * `X.Forwarded.For` are `X-Forwarded-For`. In lower case.
 */
export function cgiName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9-]/g, '-')
}

// Request headers that only a server in front may write. A client that writes one claims to be a
// user, to come from an address, or to ask for another path. docs/edge.md lists which software
// believes them.

const SERVERS_PREFIXES =
  // The client's address, and the name and scheme that it used.
  'forwarded x-forwarded x-original- x-rewrite- x-envoy- x-azure- x-appengine- x-arr- x-vercel-ip- cloudfront-viewer- ' +
  'cloudfront-forwarded- fly-forwarded- cf-connecting- cf-ip cf-pseudo- cf-visitor cf-worker ' +
  // The user, certificates of clients included.
  'remote- x-remote- x-auth-request- x-authenticated- x-webauth- x-ms-client-principal x-goog-authenticated-user- ' +
  'x-amzn-oidc- x-amzn-mtls- cf-access-authenticated- x-consumer- x-credential- x-anonymous-consumer x-authentik- ' +
  'x-pomerium- tailscale- oidc-claim- ssl- x-ssl- client-cert x-client-cert x-client-verify x-client-dn ' +
  // Orders to the server behind: skip checks, serve another path, send a file, use a proxy.
  'x-middleware- x-invoke- x-matched-path x-now-route- x-sendfile x-accel- proxy'

/** Many platforms have such a header, each with a prefix of its own. */
const SERVERS_SUFFIXES =
  'client-ip clientip real-ip user-ip remote-ip source-ip src-ip originating-ip connecting-ip connection-ip socketip ' +
  'remote-addr forwarded-for proxied-for'

const SERVERS_NAMES = 'x-host x-http-host-override x-scheme x-url-scheme front-end-https x-script-name'

/** Matches what only a server in front may write, in the form of {@link cgiName}. One look is quicker than eighty. */
const IS_FOR_SERVERS = new RegExp(
  `^(?:${SERVERS_PREFIXES}|(?:${SERVERS_NAMES})$)|(?:${SERVERS_SUFFIXES})$`.replaceAll(' ', '|'),
)

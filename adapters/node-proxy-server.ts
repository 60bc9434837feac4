/// <reference types="node" />
// What both forms of the proxy server do, with a proxy that each makes in its own way.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Runtime } from '../src/runtime-proxy.ts'
import { discardRest, readRequest, writeResponse, writeToSocket } from './node-proxy-messages.ts'
import { connectTunnel, send, tunnelOf } from './node-proxy-upstream.ts'

/** What `createProxyServer` takes beside the options of a proxy. */
export interface ServerOptions {
  /**
   * The host names that the server answers to, besides loopback names. Any other `Host` gets a 403.
   *
   * Set it on a developer's machine. Otherwise a page can point its own name at 127.0.0.1 (DNS
   * rebinding); for the browser the server is then same-origin with the page.
   *
   * @default undefined, which answers to any name
   */
  readonly hosts?: readonly string[]
  /**
   * Gives the client's address, which is sent in `X-Forwarded-For`; null sends none. A client's own
   * `X-Forwarded-For` is always removed.
   *
   * @default the remote address of the connection
   */
  readonly clientAddress?: (request: Request) => string | null
}

/**
 * The `http.Server` that {@link createProxyServer} makes, typed for projects without the types of
 * Node.
 */
export interface ProxyServer {
  /** Starts to listen. Port 0 takes a free port. */
  listen(port?: number, hostname?: string, listening?: () => void): this
  /** Stops to accept connections. Open ones go on. */
  close(closed?: (error?: Error) => void): this
  /** Closes all connections, WebSockets included. */
  closeAllConnections(): void
  /** Gives the address that the server listens on; null before `listen`. */
  address(): { readonly port: number; readonly address: string } | string | null
  /**
   * Milliseconds that a client may take to send a whole request; 0 for no limit.
   *
   * @default 300_000
   */
  requestTimeout: number
  /**
   * Milliseconds that a client may take to send the headers of a request.
   *
   * @default 60_000
   */
  headersTimeout: number
}

/** What the server tells a proxy. */
interface Platform {
  readonly clientAddress: (request: Request) => string | null
  readonly fetch: (request: Request) => Promise<Response>
  readonly runtime: Runtime
}

/**
 * Makes the server of a proxy.
 *
 * @param createProxy makes the proxy of the options
 * @param options the user's, without `hosts`
 */
export function proxyServer<O extends object>(
  createProxy: (options: O & Platform) => (request: Request) => Promise<Response>,
  options: O,
  hosts: readonly string[] | undefined,
): ProxyServer {
  /** Sockets of upgrades. Node's own `closeAllConnections` does not know them. */
  const upgraded = new Set<Duplex>()
  const peers = new WeakMap<Request, string | undefined>()
  const proxy = createProxy({
    clientAddress: (request) => peers.get(request) ?? null,
    ...options,
    fetch: send,
    runtime: { upgrades: true, decodesBodies: false },
  })

  async function handle(incoming: IncomingMessage, signal: AbortSignal): Promise<Response> {
    const request = readRequest(incoming, signal, hosts)
    if (!(request instanceof Request)) return textResponse(request.status, request.text)
    peers.set(request, incoming.socket.remoteAddress)
    return proxy(request)
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    await writeResponse(await handle(incoming, gone.signal), outgoing)
  }

  async function upgrade(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const gone = new AbortController()
    upgraded.add(socket)
    socket
      .on('error', () => {})
      .once('close', () => {
        upgraded.delete(socket)
        gone.abort()
      })
    socket.unshift(head)
    const response = hasLostBody(incoming) ? textResponse(400, NO_UPGRADE) : await handle(incoming, gone.signal)
    const tunnel = tunnelOf(response)
    if (tunnel === null) await writeToSocket(response, socket)
    else connectTunnel(tunnel, socket)
  }

  const server = createServer({ shouldUpgradeCallback: isWebSocket }, (incoming, outgoing) => {
    // It fails where the client went away, or the answer broke off.
    void serve(incoming, outgoing)
      .catch(() => outgoing.destroy())
      .then(() => discardRest(incoming))
  })
  const closeAll = server.closeAllConnections.bind(server)
  server.closeAllConnections = () => {
    closeAll()
    for (const socket of upgraded) socket.destroy()
  }
  return server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    void upgrade(incoming, socket, head).catch(() => socket.destroy())
  })
}

/** A request with another `Upgrade` is answered as if it had none. */
function isWebSocket(incoming: IncomingMessage): boolean {
  return String(incoming.headers.upgrade).toLowerCase() === 'websocket'
}

const NO_UPGRADE = 'This server only upgrades to WebSockets: send the request without Upgrade.'

/**
 * Tells whether the runtime has dropped the body of a request. A runtime without
 * `shouldUpgradeCallback` accepts every `Upgrade`, and then the body is lost.
 */
function hasLostBody(incoming: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = incoming.headers
  return !isWebSocket(incoming) && (length !== '0' || coding !== undefined)
}

function textResponse(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

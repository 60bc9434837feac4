/// <reference types="node" />
/**
 * The edge proxy as a server of `node:http`: with WebSockets, bodies that stay encoded, and no time-out but the one that is set.
 *
 * @module
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { createProxy, type ProxyOptions } from '../src/proxy.ts'
import { readRequest } from './node-proxy-request.ts'
import { answerSocket, answerWith, letGo } from './node-proxy-response.ts'
import { send, tunnelOf } from './node-proxy-send.ts'
import { connect } from './node-proxy-tunnel.ts'

/** Options of {@link createProxyServer}: those of `createProxy`, but for what Node decides. */
export interface ProxyServerOptions extends Omit<ProxyOptions, 'fetch' | 'runtime'> {
  /**
   * The host names under which the server answers, besides those of loopback; any other `Host` is a 403. A server on a developer's
   * machine needs this: a page whose name is made to lead there has the browser's leave to read it. Default: any.
   */
  readonly hosts?: readonly string[]
  /**
   * The client's address for `X-Forwarded-For`; what the client itself claims is never passed on. Default: the address that the
   * connection comes from.
   */
  readonly clientAddress?: (request: Request) => string | null
}

/** What is said here of the `http.Server` that {@link createProxyServer} makes, for compilers that know no types of Node. */
export interface ProxyServer {
  listen(port?: number, hostname?: string, listening?: () => void): this
  close(closed?: (error?: Error) => void): this
  /** Ends WebSockets too. */
  closeAllConnections(): void
  address(): { readonly port: number; readonly address: string } | string | null
  /** How long a client may take to send a whole request, in milliseconds; 0 for no limit. Node's default: 300,000. */
  requestTimeout: number
  /** How long a client may take to send the headers of a request, in milliseconds. Node's default: 60,000. */
  headersTimeout: number
}

/**
 * Makes a server that stands before an origin API and owns its CORS. WebSockets are guarded, and then a raw tunnel.
 *
 * It is an ordinary `http.Server`: `listen`, `close` and its limits (`requestTimeout`, `headersTimeout`) are Node's.
 *
 * @throws {TypeError} for an option that is unknown or wrong.
 * @throws {CorsPolicyError} for a policy with a defect.
 *
 * @example
 * ```ts
 * import { createProxyServer } from 'corsmith/node-proxy'
 *
 * createProxyServer({
 *   upstream: 'http://127.0.0.1:5000',
 *   cors: { origins: ['https://app.example.com'] },
 *   publicOrigin: 'https://api.example.com',
 * }).listen(8080)
 * ```
 */
export function createProxyServer(options: ProxyServerOptions): ProxyServer {
  const { hosts, ...rest } = options
  /** Node no longer counts a connection that asked for an upgrade. */
  const upgraded = new Set<Duplex>()
  const peers = new WeakMap<Request, string>()
  const proxy = createProxy({
    clientAddress: (request) => peers.get(request) ?? null,
    ...rest,
    fetch: send,
    runtime: { upgrades: true, decodesBodies: false },
  })

  async function handle(incoming: IncomingMessage, signal: AbortSignal): Promise<Response> {
    const request = readRequest(incoming, signal, hosts)
    if (!(request instanceof Request)) return plain(request.status, request.text)
    const { remoteAddress } = incoming.socket
    if (remoteAddress !== undefined) peers.set(request, remoteAddress)
    return proxy(request)
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    try {
      await answerWith(await handle(incoming, gone.signal), outgoing)
    } catch {
      // The client went away, sent what no Request can hold, or the answer broke off in the middle.
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(400).end()
    }
    letGo(incoming)
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
    if (head.length > 0) socket.unshift(head)
    try {
      const response = hasLostBody(incoming) ? plain(400, NO_UPGRADE) : await handle(incoming, gone.signal)
      const tunnel = tunnelOf(response)
      if (tunnel === null) await answerSocket(response, socket)
      else connect(tunnel, socket)
    } catch {
      socket.destroy()
    }
  }

  const server = createServer({ shouldUpgradeCallback: isWebSocket }, (incoming, outgoing) => {
    void serve(incoming, outgoing)
  })
  const closeAll = server.closeAllConnections.bind(server)
  server.closeAllConnections = () => {
    closeAll()
    for (const socket of upgraded) socket.destroy()
  }
  return server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    void upgrade(incoming, socket, head)
  })
}

/** A request with any other `Upgrade` is one that is answered as if it had none. */
function isWebSocket(incoming: IncomingMessage): boolean {
  return incoming.headers.upgrade?.toLowerCase() === 'websocket'
}

const NO_UPGRADE = 'This server upgrades to WebSockets alone: send the request without Upgrade.'

/** Where a server cannot be told which upgrades to take, it takes all of them, and with one the body is lost. */
function hasLostBody(incoming: IncomingMessage): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = incoming.headers
  return !isWebSocket(incoming) && (length !== '0' || coding !== undefined)
}

function plain(status: number, text: string): Response {
  return new Response(`${text}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

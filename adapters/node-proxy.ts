/**
 * The edge proxy as a server of `node:http`: it forwards WebSockets, leaves bodies encoded, and has
 * no time-out but `timeoutMs`.
 *
 * @module
 */

import { createProxy, type ProxyOptions } from '../src/proxy.ts'
import { type ProxyServer, proxyServer, type ServerOptions } from './node-proxy-server.ts'

export type { ProxyServer, ServerOptions } from './node-proxy-server.ts'

/** Options of {@link createProxyServer}: those of `createProxy` without `fetch` and `runtime`. */
export interface ProxyServerOptions extends Omit<ProxyOptions, 'fetch' | 'runtime' | 'clientAddress'>, ServerOptions {}

/**
 * Makes a server that stands in front of an origin API and answers for its CORS. The policy decides
 * which origins may open a WebSocket; an open one is a raw tunnel.
 *
 * The server is an ordinary `http.Server`: `listen`, `close` and its limits (`requestTimeout`,
 * `headersTimeout`) are Node's.
 *
 * @param options the upstream, the policy, and how requests are forwarded
 * @returns a server that does not listen yet
 * @throws {TypeError} for an option that is unknown or wrong
 * @throws {CorsPolicyError} for a policy with a defect
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6
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
export function createProxyServer({ hosts, ...options }: ProxyServerOptions): ProxyServer {
  return proxyServer(createProxy, options, hosts)
}

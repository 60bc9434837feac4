/**
 * The edge proxy as a server of `node:http`, with a compiled policy.
 *
 * @module
 */

import { createProxy, type ReadyProxyOptions } from '../../src/runtime-proxy.ts'
import { type ProxyServer, proxyServer, type ServerOptions } from '../node-proxy-server.ts'

export type { ProxyServer, ServerOptions } from '../node-proxy-server.ts'

/** Options of {@link createProxyServer}: those of `createProxy` without `fetch` and `runtime`. */
export interface ReadyProxyServerOptions
  extends Omit<ReadyProxyOptions, 'fetch' | 'runtime' | 'clientAddress'>,
    ServerOptions {}

/**
 * Makes a server that stands in front of an origin API and answers for its CORS. The policy decides
 * which origins may open a WebSocket; an open one is a raw tunnel. It behaves like
 * `createProxyServer` of `corsmith/node-proxy`, whose checks it does not load.
 *
 * The server is an ordinary `http.Server`: `listen`, `close` and its limits (`requestTimeout`,
 * `headersTimeout`) are Node's.
 *
 * @param options the upstream, the policy, and how requests are forwarded
 * @returns a server that does not listen yet
 * @throws {TypeError} for an option that is unknown or wrong, and for a policy that was not compiled
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-7.6
 *
 * @example
 * ```ts
 * import type { Cors } from 'corsmith/runtime'
 * import { createProxyServer } from 'corsmith/runtime/node-proxy'
 * declare const cors: Cors // import { cors } from './cors.js'
 *
 * const publicOrigin = 'https://api.example.com'
 * createProxyServer({ upstream: 'http://127.0.0.1:5000', cors, publicOrigin }).listen(8080)
 * ```
 */
export function createProxyServer({ hosts, ...options }: ReadyProxyServerOptions): ProxyServer {
  return proxyServer(createProxy, options, hosts)
}

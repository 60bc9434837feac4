/**
 * A reverse proxy that answers for the CORS of the API behind it, on every runtime with `fetch`.
 *
 * @module
 */

export { createProxy } from './proxy/create.ts'
export { proxyOptionsFromEnv } from './proxy/env.ts'
export type { ForwardOrigin, ProxyOptions, Runtime } from './proxy/options.ts'

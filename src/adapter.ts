/**
 * What every adapter needs, and whoever writes one: telling a policy from a `Cors`, and asking it before the handler.
 *
 * @module
 */

export type { AsyncCors, Cors, CorsPolicy, HeaderEntry, RequestHead } from './index.ts'
export { type AnyCors, type CorsSource, createResolver, intercept, isCors, isSync, taking } from './server/source.ts'

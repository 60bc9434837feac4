/**
 * What every adapter needs, and whoever writes one: telling a policy from a `Cors`, and asking it before the handler.
 *
 * @module
 */

export type {
  AsyncCors,
  Checked,
  Cors,
  CorsPolicy,
  Documented,
  HeaderEntry,
  PolicyInput,
  RequestHead,
} from './index.ts'
export { type AnyCors, type CorsSource, createResolver, intercept, isCors, isSync, taking } from './server/source.ts'

/**
 * The edge proxy of `corsmith/proxy` with a compiled policy, whose checks it does not load.
 *
 * @module
 */

export { createReadyProxy as createProxy } from './proxy/forward.ts'
export type { ForwardOrigin, ReadyProxyOptions, Runtime } from './proxy/options.ts'

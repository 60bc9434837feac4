/**
 * The parts of an explanation for developers, for adapters that have no `Response`.
 *
 * @module
 */

export { timingFor } from './operate/explain-to.ts'
export { preflightOrigin } from './server/decide.ts'
export { type AnyCors, isSync, withArguments } from './server/ready.ts'
export { CACHE_CONTROL, CDN_CACHING, SERVER_TIMING } from './spec/fields.ts'

/**
 * What answers requests for a policy that was compiled at build time. It holds no check, and only
 * the code that the policy uses. `corsmith compile js` writes modules that import it.
 *
 * @module
 */

export { freezePolicy } from './policy/freeze.ts'
export { exactly, matching } from './policy/match.ts'
export { asking } from './policy/predicate.ts'
export type { CorsPolicy } from './policy/types.ts'
export { choose } from './server/choose.ts'
export { answering, assemble, wrapping } from './server/compiled.ts'
export type { Answering } from './server/engine.ts'
export { guard } from './server/guard.ts'
export * from './server/parts.ts'
export { type PerRequestOptions, perRequest } from './server/per-request.ts'
export type { Tables, WrittenTables } from './server/tables.ts'
export type { AsyncCors, Cors, Decision, HeaderEntry, RequestHead, WrapOptions } from './server/types.ts'

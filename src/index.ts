/**
 * CORS policies that are checked before they run, and give the same answers on every Fetch runtime.
 *
 * @module
 */

export type { IssueCode } from './policy/catalogue.ts'
export { checkPolicy } from './policy/check.ts'
export type { Checked, Documented, PolicyInput, WithOrigins } from './policy/compile-time/checked.ts'
export { type PolicyFromEnv, type PolicyFromEnvOptions, policyFromEnv } from './policy/data/env.ts'
export { CorsPolicyError } from './policy/error.ts'
export type { CorsPolicy, PolicyIssue } from './policy/types.ts'
export { createCors } from './server/create.ts'
export { type PerRequestOptions, perRequest } from './server/per-request.ts'
export type {
  AsyncCors,
  Cors,
  Decision,
  HandlerResult,
  HeaderEntry,
  RefusalCode,
  RequestHead,
  WrapOptions,
} from './server/types.ts'

/**
 * The parts of an adapter. They turn the policy that a user passes into a `Cors`, and call it
 * before and after the handler. Their code is in `src/server/ready.ts`,
 * `src/server/source.ts` and `src/server/derived.ts`.
 *
 * @module
 */

export type {
  AsyncCors,
  Checked,
  Cors,
  CorsPolicy,
  Documented,
  HandlerResult,
  HeaderEntry,
  PolicyInput,
  RequestHead,
  WrapOptions,
} from './index.ts'
export { closedCors, createPermitting, createRefusal } from './server/derived.ts'
export { createNestingNotice } from './server/nesting.ts'
export {
  type AnyAsyncCors,
  type AnyCors,
  intercept,
  isCors,
  isSync,
  memoizeByObject,
  preflightAnswer,
  requireResponse,
  resolvePolicy,
  type Wrapper,
  withArguments,
  wrapNext,
  wrapWith,
} from './server/ready.ts'
export { type CorsSource, checkSource, createResolver, createWrapper, type PolicySource } from './server/source.ts'

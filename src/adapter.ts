/**
 * The parts of an adapter. They turn the policy that a user passes into a `Cors`
 * (`src/server/source.ts`), and call it before and after the handler (`src/server/handlers.ts`).
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
export { preflightAnswer, requireResponse, type Wrapper, wrapNext, wrapWith } from './server/handlers.ts'
export { createNestingNotice } from './server/nesting.ts'
export {
  type AnyAsyncCors,
  type AnyCors,
  intercept,
  isCors,
  isSync,
  memoizeByObject,
  withArguments,
} from './server/ready.ts'
export { resolvePolicy } from './server/resolve.ts'
export { type CorsSource, checkSource, createResolver, createWrapper, type PolicySource } from './server/source.ts'

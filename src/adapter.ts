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
  HandlerResult,
  HeaderEntry,
  PolicyInput,
  RequestHead,
  WrapOptions,
} from './index.ts'
export { closedCors, createPermitting } from './server/chosen.ts'
export { createRefusal } from './server/refusal.ts'
export {
  type AnyAsyncCors,
  type AnyCors,
  type CorsSource,
  createResolver,
  createWrapper,
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
} from './server/source.ts'

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
  answering,
  around,
  type CorsSource,
  choose,
  createResolver,
  createWrapper,
  intercept,
  isCors,
  isSync,
  oncePer,
  preflightAnswer,
  taking,
  type Wrapper,
  wrapWith,
} from './server/source.ts'

/**
 * The parts of the adapters of `corsmith/runtime`. They take a policy that is ready, and load no
 * check.
 *
 * @module
 */

export { closedApply, createPermitting, createRefusal } from './server/derived.ts'
export type { Answering } from './server/engine.ts'
export {
  type AnyAsyncCors,
  type AnyCors,
  type ChoosingSource,
  createCorsResolver,
  createReadyResolver,
  createReadyWrapper,
  intercept,
  isChoice,
  isCors,
  isSync,
  keptPolicy,
  memoizeByObject,
  type PlainHead,
  type PolicyResolver,
  preflightAnswer,
  RESOLVE,
  type Ready,
  type ReadySource,
  requireResponse,
  resolvePolicy,
  type Wrapper,
  withArguments,
  wrapNext,
  wrapWith,
} from './server/ready.ts'
export type { AsyncCors, Cors, HandlerResult, HeaderEntry, RequestHead, WrapOptions } from './server/types.ts'

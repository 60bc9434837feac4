/**
 * The parts of the adapters of `corsmith/runtime`. They take a policy that is ready, and load no
 * check.
 *
 * @module
 */

export { closedApply, createPermitting, createRefusal } from './server/derived.ts'
export type { Answering } from './server/engine.ts'
export { readEntries } from './server/entries.ts'
export {
  createReadyWrapper,
  preflightAnswer,
  requireResponse,
  type Wrapper,
  wrapNext,
  wrapWith,
} from './server/handlers.ts'
export {
  type AnyAsyncCors,
  type AnyCors,
  type ChoosingSource,
  createCorsResolver,
  createReadyResolver,
  intercept,
  isChoice,
  isCors,
  isSync,
  memoizeByObject,
  type Ready,
  type ReadySource,
  withArguments,
} from './server/ready.ts'
export { keptPolicy, type PlainHead, type PolicyResolver, RESOLVE, resolvePolicy } from './server/resolve.ts'
export type { AsyncCors, Cors, HandlerResult, HeaderEntry, RequestHead, WrapOptions } from './server/types.ts'

/**
 * The parts that adapters are made of: turning what users pass into a `Cors`, and asking it before
 * and after the handler.
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
export { closedCors, createPermitting, createRefusal } from './server/chosen.ts'
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
  type PolicySource,
  preflightAnswer,
  requireResponse,
  resolvePolicy,
  type Wrapper,
  withArguments,
  wrapNext,
  wrapWith,
} from './server/source.ts'

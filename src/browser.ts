/**
 * What a browser concludes: the Fetch Standard's side of CORS, and where Chromium, Firefox and WebKit leave it.
 *
 * @module
 */
export { type Browser, type BrowserOptions, createBrowser, type Outcome, type Page } from './browser/create-browser.ts'
export { DIVERGENCES, type Divergence, type Evidence } from './browser/divergences.ts'
export { type Engine, type EngineRules, rulesOf } from './browser/engines.ts'
export type { CorsFailure } from './browser/failure.ts'
export type { FailureCode } from './browser/failures.ts'
export type { Note, Send } from './browser/fetching.ts'
export {
  createJudge,
  type Judge,
  type JudgedPage,
  type JudgeOptions,
  type NotShared,
  type Shared,
  type Verdict,
} from './browser/judge.ts'
export type { Initiator, PageInit } from './browser/request.ts'
export type { Exchange, HeaderLine, WireRequest, WireResponse } from './browser/wire.ts'

/**
 * The browser's side of CORS: the algorithms of the Fetch Standard, and the rules in which
 * Chromium, Firefox and WebKit differ from them.
 *
 * @module
 */
export type { Cookie } from './browser/cookies/cookie.ts'
export {
  type CookieJar,
  type CookieJarOptions,
  type CookieRequest,
  createCookieJar,
  type ThirdPartyCookies,
} from './browser/cookies/jar.ts'
export { type Browser, type BrowserOptions, createBrowser } from './browser/create-browser.ts'
export type { CorsFailure } from './browser/failure.ts'
export { FAILURE_CODES, type FailureCode } from './browser/failures.ts'
export type { Note, Send } from './browser/fetch-params.ts'
export type { Outcome, RefusedOutcome, SharedOutcome } from './browser/page/outcome.ts'
export type { Page, PageFetch } from './browser/page/page.ts'
export type { Initiator, PageInit } from './browser/request.ts'
export {
  type BrowserModel,
  type BrowserName,
  type BrowserRules,
  DIVERGENCES,
  type Divergence,
  type RuleValue,
  rulesOf,
} from './browser/rules.ts'
export {
  createSimulator,
  type NotShared,
  type Shared,
  type SimulatedPage,
  type Simulator,
  type SimulatorOptions,
  type Verdict,
} from './browser/simulator.ts'
export type { Exchange, HeaderLine, WireRequest, WireResponse } from './browser/wire.ts'

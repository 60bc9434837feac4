/**
 * Assertions about what a page gets, for any test runner.
 *
 * @module
 */
export {
  expectNoPreflight,
  expectRefused,
  expectShared,
  type Fetched,
  type SharedExpectation,
} from './browser/assertions.ts'
export { type Browser, type BrowserOptions, createBrowser } from './browser/create-browser.ts'
export { forwardTo } from './browser/forward.ts'
export type { Outcome, RefusedOutcome, SharedOutcome } from './browser/page/outcome.ts'
export type { Page, PageFetch } from './browser/page/page.ts'

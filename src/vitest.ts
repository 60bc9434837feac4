/**
 * Matchers about what a page gets, for Vitest and for the test runners with the same
 * `expect.extend()`.
 *
 * @module
 */
export type { SharedExpectation } from './browser/assertions.ts'
export { type Browser, type BrowserOptions, createBrowser } from './browser/create-browser.ts'
export { type CorsMatchers, corsMatchers, type MatcherResult, type PageOutcome } from './browser/matchers.ts'
export type { Page, PageFetch } from './browser/page/page.ts'

/**
 * Assertions about what a page gets, for any test runner.
 *
 * @module
 */
export { expectNoPreflight, expectRefused, expectShared, type SharedExpectation } from './browser/assertions.ts'
export { type Browser, type BrowserOptions, createBrowser, type Outcome, type Page } from './browser/create-browser.ts'

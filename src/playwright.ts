/**
 * Assertions about what a page gets in a real browser, for tests with Playwright.
 *
 * @module
 */
export type { RecognizedMessage } from './diagnose/messages/recognize.ts'
export type { PageFetchInit, PageRefusal, PageResponse } from './diagnose/pages/fetched.ts'
export { type DrivenPage, expectRefused, expectShared } from './diagnose/pages/playwright.ts'

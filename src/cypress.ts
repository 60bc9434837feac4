/**
 * Assertions about what a page gets in a real browser, for tests with Cypress.
 *
 * @module
 */
export type { RecognizedMessage } from './diagnose/messages/recognize.ts'
export type { PageFetchInit, PageRefusal, PageResponse } from './diagnose/pages/fetched.ts'
export { expectRefused, expectShared, type PageWindow } from './diagnose/pages/window.ts'

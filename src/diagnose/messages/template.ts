import type { FailureCode } from '../../browser/failures.ts'

/** Who prints a line: a browser, or every browser alike. */
export type Speaker = 'chromium' | 'firefox' | 'webkit' | 'any'

/** What a console line is about: a failure of CORS, or something that is taken for one. */
export type MessageCode =
  | FailureCode
  | 'mixed-content'
  | 'content-security-policy'
  | 'local-network'
  | 'blocked-by-extension'
  | 'service-worker'
  | 'opaque-response-blocking'
  | 'embedder-policy'
  | 'method-forbidden'
  | 'invalid-response'
  | 'authorization-by-wildcard'
  | 'cors-disabled'
  | 'origin-header-not-added'
  | 'no-reason'

/** A line that a browser prints, as a pattern. Named groups become the values of what was recognized. */
export interface Template {
  readonly speaker: Speaker
  readonly code: MessageCode
  /** The browser's own name: Chromium's enum, Firefox's category; null where it has none. */
  readonly name: string | null
  readonly pattern: RegExp
}

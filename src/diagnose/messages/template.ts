import type { FailureCode } from '../../browser/failures.ts'

/**
 * The source of a line: a browser, a library in the page, a runtime other than a browser, or the
 * server. `any` if several print the same words.
 */
export type Speaker = 'chromium' | 'firefox' | 'webkit' | 'trident' | 'library' | 'runtime' | 'server' | 'any'

/** A failure of CORS that a line reports. */
export type CorsCode =
  | FailureCode
  | 'authorization-by-wildcard'
  | 'cors-disabled'
  | 'cors-no-reason'
  | 'header-not-exposed'
  | 'origin-header-not-added'
  | 'refused-by-server'
  | 'server-policy'

/** A failure that is mistaken for CORS, or a line that gives no reason. */
export type BeyondCode =
  | 'aborted'
  | 'blocked-by-extension'
  | 'cleartext-blocked'
  | 'content-security-policy'
  | 'cookie-blocked'
  | 'cross-origin-isolation'
  | 'csrf-check'
  | 'embedder-policy'
  | 'event-source-type'
  | 'fetch-outside-browser'
  | 'forbidden-header'
  | 'frame-access'
  | 'frame-refused'
  | 'host-check'
  | 'http-status'
  | 'invalid-response'
  | 'local-network'
  | 'method-forbidden'
  | 'mixed-content'
  | 'no-reason'
  | 'opaque-response-blocking'
  | 'opener-policy'
  | 'origin-not-registered'
  | 'post-message'
  | 'provisional-headers'
  | 'referrer-policy'
  | 'report-only'
  | 'script-error'
  | 'script-type'
  | 'service-worker'
  | 'subresource-integrity'
  | 'tainted-canvas'
  | 'websocket'
  | 'worker-origin'

/** The subject of a console line. */
export type MessageCode = CorsCode | BeyondCode

/** The meaning of a line, and the first thing to do. */
export interface Meaning {
  readonly meaning: string
  readonly first: string
}

/** A pattern for a printed line. Named groups become the values of the recognized line. */
export interface Template {
  readonly speaker: Speaker
  readonly code: MessageCode
  /**
   * The speaker's own name: Chromium's enum, Firefox's category, a library's class; null without
   * one.
   */
  readonly name: string | null
  readonly pattern: RegExp
}

/** A row of a table of templates: code, the speaker's own name, and the pattern. */
type Row = readonly [code: MessageCode, name: string | null, pattern: RegExp]

/**
 * Makes the templates of a speaker. The text is on one line, and every quotation mark in it is `'`.
 * Quantifiers have upper bounds, because a pasted text can be hostile.
 */
export function templates(speaker: Speaker, rows: readonly Row[]): readonly Template[] {
  return rows.map(([code, name, { source, flags }]) => ({
    speaker,
    code,
    name,
    pattern: new RegExp(source, `${flags}dg`),
  }))
}

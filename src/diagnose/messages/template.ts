import type { FailureCode } from '../../browser/failures.ts'

/** Who prints a line: a browser, a library in the page, a runtime that is no browser, or the server; `any` where several do. */
export type Speaker = 'chromium' | 'firefox' | 'webkit' | 'trident' | 'library' | 'runtime' | 'server' | 'any'

/** What a line about CORS says. */
export type CorsCode =
  | FailureCode
  | 'authorization-by-wildcard'
  | 'cors-disabled'
  | 'cors-no-reason'
  | 'header-not-exposed'
  | 'origin-header-not-added'
  | 'refused-by-server'
  | 'server-policy'

/** What is taken for CORS, and what only says that something failed. */
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

/** What a console line is about: a failure of CORS, or something that is taken for one. */
export type MessageCode = CorsCode | BeyondCode

/** What a line means, and what to do first. */
export interface Meaning {
  readonly meaning: string
  readonly first: string
}

/** A line that is printed, as a pattern. Named groups become the values of what was recognized. */
export interface Template {
  readonly speaker: Speaker
  readonly code: MessageCode
  /** The speaker's own name: Chromium's enum, Firefox's category, a library's class; null where it has none. */
  readonly name: string | null
  readonly pattern: RegExp
}

/** A row of a table of templates: code, the speaker's own name, and the pattern. */
type Row = readonly [code: MessageCode, name: string | null, pattern: RegExp]

/**
 * Makes the templates of a speaker. Patterns meet text on one line in which every quotation mark is `'`. Their quantifiers have
 * bounds: a pasted text can be hostile.
 */
export function templates(speaker: Speaker, rows: readonly Row[]): readonly Template[] {
  return rows.map(([code, name, { source, flags }]) => ({
    speaker,
    code,
    name,
    pattern: new RegExp(source, `${flags}dg`),
  }))
}

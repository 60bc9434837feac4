import type { Initiator, Mode } from './request.ts'

/** Every {@link FailureCode}. Codes are API. */
export const FAILURE_CODES = [
  'allow-origin-missing',
  'allow-origin-wildcard',
  'allow-origin-multiple',
  'allow-origin-malformed',
  'allow-origin-mismatch',
  'allow-credentials',
  'preflight-status',
  'preflight-redirect',
  'allow-methods-syntax',
  'allow-headers-syntax',
  'method-not-allowed',
  'header-not-allowed',
  'redirect-credentials',
  'redirect-scheme',
  'embedded-credentials',
  'redirect-location',
  'redirect-limit',
  'redirect-mode',
  'redirect-body',
  'scheme-not-http',
  'same-origin-mode',
  'no-cors-redirect-mode',
  'resource-policy',
  'bad-port',
  'network-error',
] as const

/** A reason for which a page does not get a response. */
export type FailureCode = (typeof FAILURE_CODES)[number]

/**
 * The step at which an algorithm of the standard ended, before it is put into a browser's words.
 */
export interface FailureDetail {
  readonly code: FailureCode
  /** The algorithm and its step, as in `'CORS check, step 4'`. */
  readonly step: string
  /** The offending text: a header's value, a method, a header name; empty where there is none. */
  readonly value: string
  /** How many header lines the value came in. */
  readonly lines?: number
}

/** When and where a failure happened, as the browsers' console lines tell it. */
export interface MessageContext {
  readonly isPreflight: boolean
  /** The URL that was being fetched. */
  readonly url: string
  /** The URL that the page asked for. */
  readonly firstUrl: string
  /** The origin of the page. */
  readonly pageOrigin: string
  /** The origin that was sent. */
  readonly requestOrigin: string
  readonly initiator: Initiator
  readonly mode: Mode
  readonly status: number | null
}

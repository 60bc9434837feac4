import type { ScanCode } from '../findings/codes.ts'

/** An origin that should have been refused, and was not. */
export interface Accepted {
  /** What was sent as `Origin`. */
  readonly origin: string
  /** The flaw that it shows: a code of a finding. */
  readonly flaw: ScanCode
  /** Whether credentials are allowed with it. */
  readonly credentials: boolean
  /** Whether a browser can send this at all. */
  readonly isEmittable: boolean
}

/** Who is let in. */
export interface SecurityReport {
  /** How many origins were tried. */
  readonly tried: number
  /** Whether the page's own origin is let in: without that, nothing here means much. */
  readonly ownIsAccepted: boolean
  /** Whether an origin that is nobody's is let in: then every other acceptance says nothing new, and none was tried. */
  readonly reflectsAnyone: boolean
  /** The strangers that are let in. */
  readonly accepted: readonly Accepted[]
  /** Whether the preflight allows whatever header is asked for. */
  readonly echoesHeaders: boolean
  /** Whether the preflight allows whatever method is asked for. */
  readonly echoesMethods: boolean
}

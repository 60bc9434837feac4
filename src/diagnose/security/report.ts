import type { ScanCode } from '../findings/codes.ts'

/** An origin that should have been refused and was let in. */
export interface Accepted {
  /** The `Origin` that was sent. */
  readonly origin: string
  /** The code of the finding. */
  readonly flaw: ScanCode
  /** Whether credentials are allowed with it. */
  readonly credentials: boolean
  /** Whether a browser can send this origin at all. */
  readonly isEmittable: boolean
}

/** The result of a scan. */
export interface SecurityReport {
  /** How many origins were tried. */
  readonly tried: number
  /** Whether the page's own origin is let in. Otherwise the other results mean little. */
  readonly ownIsAccepted: boolean
  /**
   * Whether an unknown origin is let in. Then the scan stops, because every other origin would be
   * let in too.
   */
  readonly reflectsAnyone: boolean
  /** The strangers' origins that are let in. */
  readonly accepted: readonly Accepted[]
  /** Whether the preflight allows any header that is asked for. */
  readonly echoesHeaders: boolean
  /** Whether the preflight allows any method that is asked for. */
  readonly echoesMethods: boolean
}

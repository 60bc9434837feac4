import type { FailureCode } from '../browser/failures.ts'
import type { CorsPolicy } from '../policy/types.ts'

/**
 * The effect of a fix, computed before it is printed. The policy stands in front of the recorded
 * answers, and the simulator concludes.
 */
export interface Proof {
  /** Whether the request passes, nothing that passed is lost, and no stranger gains. */
  readonly holds: boolean
  /**
   * Whether every browser shares the response, and the headers that the page reads. Null if that
   * depends on an answer that was not seen.
   */
  readonly passes: boolean | null
  /** The failure that would still block the request; null without one. */
  readonly remains: { readonly code: FailureCode; readonly value: string; readonly url: string } | null
  /**
   * How many requests passed before. It counts requests that were sent, and requests that an answer
   * permits.
   */
  readonly passed: number
  /** How many of them still pass. */
  readonly kept: number
  /** The requests that no longer pass. */
  readonly lost: readonly string[]
  /** How many strangers were tried. */
  readonly strangers: number
  /** The strangers that can read only after the change. */
  readonly gained: readonly string[]
  /** Sentences about what could not be computed, and why. */
  readonly unproven: readonly string[]
}

/** What a changed request of the page comes to, computed before it is printed. */
export interface RequestProof {
  /**
   * Whether every browser shares the response, and the headers that the page reads. Null if that
   * depends on an answer that was not seen.
   */
  readonly passes: boolean | null
  /** The failure that blocks the changed request; null without one. */
  readonly remains: Proof['remains']
  /** Sentences about answers that were not seen. */
  readonly unproven: readonly string[]
}

/** The policy of all fixes of a diagnosis, and its effect. */
export interface Plan {
  /** What the server grants today, and what the page needs. */
  readonly policy: CorsPolicy
  /**
   * `policy` with a pattern instead of a long family of request headers; null without such a
   * family.
   */
  readonly alternative: CorsPolicy | null
  /**
   * A sentence that lists the names in `policy` from the server's answers, and says if the server
   * may list more origins than it shows. Null without either.
   */
  readonly note: string | null
  /** Sentences about choices for the owner to confirm. */
  readonly asks: readonly string[]
  /** The effect on the recorded exchange; null if nothing was recorded. */
  readonly proof: Proof | null
}

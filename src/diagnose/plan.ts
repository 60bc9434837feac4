import type { FailureCode } from '../browser/failures.ts'
import type { CorsPolicy } from '../policy/types.ts'

/** What a fix does, computed before it is printed: the policy in front of the answers that were recorded, judged by the simulator. */
export interface Proof {
  /** Whether the request passes, nobody loses what passed, and no stranger gains. */
  readonly holds: boolean
  /** Whether every browser shares the response with the page, and the headers that it reads; null where that hangs on an answer that
   * was not seen. */
  readonly passes: boolean | null
  /** What would still block the request; null where nothing does. */
  readonly remains: { readonly code: FailureCode; readonly value: string; readonly url: string } | null
  /** How many requests passed before, of those that were sent or that an answer permits. */
  readonly passed: number
  /** How many of them still pass. */
  readonly kept: number
  /** Those that do not. */
  readonly lost: readonly string[]
  /** How many strangers were tried. */
  readonly strangers: number
  /** Those that could not read before, and could then. */
  readonly gained: readonly string[]
  /** What could not be computed, and why. */
  readonly unproven: readonly string[]
}

/** The policy of every fix of a diagnosis, and what it does. */
export interface Plan {
  /** What the server grants today and what the page needs. */
  readonly policy: CorsPolicy
  /** The same with a pattern in the place of a long family of request headers; null where there is none. */
  readonly alternative: CorsPolicy | null
  /** Which names are the server's own, and whether its list of origins is hidden; null where neither is so. */
  readonly note: string | null
  /** What the owner has to decide. */
  readonly asks: readonly string[]
  /** What it does to the recorded exchange; null where nothing was recorded. */
  readonly proof: Proof | null
}

import type { FailureCode } from '../browser/failures.ts'
import type { Evidence } from './evidence.ts'
import type { Finding, FixPlace, Severity } from './finding.ts'
import type { RowCode } from './findings/codes.ts'
import type { Target } from './fixes/targets.ts'
import type { Obstacle } from './obstacles.ts'
import type { PageRequest } from './page-request.ts'

/** The values of a match. They fill the `{slots}` of the row's sentences. */
export type SlotValues = Readonly<Record<string, string>>

/** The change for a cause. Sentences may hold `{slots}`. */
export interface Remedy {
  readonly where: FixPlace
  readonly advice: string
  /** Other sentences for particular targets. */
  readonly by?: Partial<Record<Target, string>>
  /**
   * The target that the signature itself shows. It wins over the recognized one. A function chooses
   * among several that answer alike, such as buckets.
   */
  readonly target?: Target | ((recognized: Target | null) => Target)
  /** Whether a policy repairs the cause. If so, the fix includes the policy. */
  readonly policy?: true | ((evidence: Evidence, obstacle: Obstacle | null) => boolean)
  /** The request that the page should make instead. */
  readonly request?: (evidence: Evidence, values: SlotValues) => Partial<PageRequest>
}

/** A cause, as data. */
export interface Row {
  readonly code: RowCode
  readonly severity: Severity
  /** The failures that it can explain; missing if no browser reports a failure for it. */
  readonly explains?: readonly FailureCode[]
  /** The part of the exchange in which the failure happens. */
  readonly during?: 'preflight' | 'response'
  /**
   * The order among causes of one failure: a higher weight stands first. A particular cause, such
   * as a product, weighs more than a common habit.
   */
  readonly weight: number
  /**
   * Marks a row that only repeats the browser. It is left out if any other cause explains the same
   * failure.
   */
  readonly isFallback?: true
  /**
   * Marks one of several possible reasons that no sign tells apart. It is left out if a particular
   * cause explains the same failure, or if an earlier cause explains it too.
   */
  readonly isGeneral?: true
  /**
   * Marks an answer that did not come from the application. Every other cause that this answer
   * suggests is left out.
   */
  readonly isInstead?: true
  /**
   * Causes that follow from this one. They are left out beside it. For example,
   * `preflight-needs-auth` covers `auth-unmarked`: a guard answers the preflight and the request
   * alike.
   */
  readonly covers?: readonly RowCode[]
  /** The signature: returns the values of a match, or null without one. */
  readonly when: (evidence: Evidence, obstacle: Obstacle | null) => SlotValues | null
  readonly at: Finding['at']
  readonly header?: string
  readonly says: string
  readonly remedy?: Remedy
  readonly link: string
}

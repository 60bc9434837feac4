import type { FailureCode } from '../browser/failures.ts'
import type { Evidence } from './evidence.ts'
import type { Finding, Place, Severity } from './finding.ts'
import type { RowCode } from './findings/codes.ts'
import type { Target } from './fixes/targets.ts'
import type { Standing } from './in-line.ts'
import type { PageRequest } from './page-request.ts'

/** The values of a signature that matched: they fill the `{slots}` of the row's sentences. */
export type Hit = Readonly<Record<string, string>>

/** What a row says must change. Sentences may hold `{slots}`. */
export interface Remedy {
  readonly where: Place
  readonly advice: string
  /** Other words for particular targets. */
  readonly by?: Partial<Record<Target, string>>
  /** The target that the signature itself gives away; wins over what is recognized. */
  readonly target?: Target
  /** Whether a policy puts it right: then it is printed. */
  readonly policy?: true | ((evidence: Evidence, standing: Standing | null) => boolean)
  /** The request to make instead. */
  readonly request?: (evidence: Evidence, hit: Hit) => Partial<PageRequest>
}

/** A cause, as data. */
export interface Row {
  readonly code: RowCode
  readonly severity: Severity
  /** The failures that it can explain; absent for what no browser reports. */
  readonly explains?: readonly FailureCode[]
  /** The part of the exchange in which the failure must have happened. */
  readonly during?: 'preflight' | 'response'
  /** The order of causes of one failure: the particular, such as a product, stands before a habit. */
  readonly weight: number
  /** Only repeats the browser: left out where any other cause of the same failure is known. */
  readonly isFallback?: true
  /**
   * One of several possible reasons, told apart by nothing but what is absent: left out where a particular cause of the same failure is
   * known, or an earlier cause explains it too.
   */
  readonly isGeneral?: true
  /** What answered is not the application: every other cause that its answer suggests is left out. */
  readonly isInstead?: true
  /** Causes that only follow from this one: left out beside it. */
  readonly covers?: readonly RowCode[]
  /** The signature: what can be seen over HTTP. Null where it is not seen. */
  readonly when: (evidence: Evidence, standing: Standing | null) => Hit | null
  readonly at: Finding['at']
  readonly header?: string
  readonly says: string
  readonly remedy?: Remedy
  readonly link: string
}

import type { CorsFailure } from '../browser/failure.ts'
import type { BrowserName } from '../browser/rules.ts'
import type { Finding } from './finding.ts'
import type { Recognition } from './fixes/detect.ts'
import type { Call } from './page-request.ts'
import type { Observation } from './recorder.ts'
import type { SecurityReport } from './security/report.ts'
import type { Verdicts } from './verdicts.ts'

/** The conclusion of a {@link Diagnosis}. */
export type Conclusion = 'blocked' | 'allowed' | 'allowed-unverified' | 'error'

/** The result of an examination: the conclusions of the browsers, the causes and the changes. */
export interface Diagnosis {
  /** The request that was examined. */
  readonly call: Call
  /**
   * `'blocked'`: at least one browser keeps the response from the page. `'allowed-unverified'`:
   * nothing blocks it so far, but the request itself was not sent. `'error'`: nothing could be
   * tested.
   */
  readonly conclusion: Conclusion
  /** What each browser concludes. */
  readonly verdicts: Verdicts
  /** The failure that browsers report; null without one. */
  readonly failure: CorsFailure | null
  /** The browser that reports it. */
  readonly browser: BrowserName | null
  /** Whether the request itself was not sent because it has side effects. */
  readonly isWithheld: boolean
  /** The failures that would follow after the first one is repaired. */
  readonly next: readonly CorsFailure[]
  /** The causes, the first to repair at the top. */
  readonly findings: readonly Finding[]
  /** The product that runs the server, and the signs of it; null if the signs do not suffice. */
  readonly recognized: Recognition | null
  /** Every request that was sent, in order. */
  readonly observations: readonly Observation[]
  /** The result of the scan of strangers' origins; null without `security`. */
  readonly security: SecurityReport | null
}

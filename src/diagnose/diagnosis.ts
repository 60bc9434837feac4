import type { CorsFailure } from '../browser/failure.ts'
import type { Finding } from './finding.ts'
import type { Recognition } from './fixes/detect.ts'
import type { Call } from './page-request.ts'
import type { Observation } from './recorder.ts'
import type { SecurityReport } from './security/report.ts'
import type { BrowserName, Verdicts } from './verdicts.ts'

/** The conclusion of a {@link Diagnosis}. */
export type Conclusion = 'blocked' | 'allowed' | 'allowed-unverified' | 'error'

/** What is wrong between a page and a server, and what to do about it. */
export interface Diagnosis {
  /** The request that was examined. */
  readonly call: Call
  /**
   * `'blocked'`: at least one browser keeps the response from the page. `'allowed-unverified'`: nothing so far blocks it, and the
   * request itself was not sent. `'error'`: nothing could be tested.
   */
  readonly conclusion: Conclusion
  /** What each browser concludes. */
  readonly verdicts: Verdicts
  /** The failure that browsers report; null where there is none. */
  readonly failure: CorsFailure | null
  /** The browser whose failure that is. */
  readonly browser: BrowserName | null
  /** Whether the request itself was not sent because it has side effects. */
  readonly isWithheld: boolean
  /** The failures that would follow once the first is put right. */
  readonly next: readonly CorsFailure[]
  /** What is wrong, the cause to put right first at the top. */
  readonly findings: readonly Finding[]
  /** What runs the server, and what gives it away; null where the signs do not suffice. */
  readonly recognized: Recognition | null
  /** Everything that was sent, in order. */
  readonly observations: readonly Observation[]
  /** Who is let in; null unless it was asked for. */
  readonly security: SecurityReport | null
}

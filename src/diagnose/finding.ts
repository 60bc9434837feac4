import type { FailureCode } from '../browser/failures.ts'
import type { CorsPolicy } from '../policy/types.ts'
import type { FindingCode } from './findings/codes.ts'
import type { Target } from './fixes/targets.ts'
import type { PageRequest } from './page-request.ts'
import type { Proof, RequestProof } from './plan.ts'

/**
 * How much a finding matters: it blocks, it will cause trouble later, it is worth knowing, or it
 * lets the wrong pages in.
 */
export type Severity = 'error' | 'warning' | 'info' | 'security'

/** Where the change is made. */
export type FixPlace = 'server' | 'client' | 'platform' | 'network'

/** A concrete change. */
export interface Fix {
  /** Where the change is made. */
  readonly where: FixPlace
  /** The framework, server, platform or page that the change is written for. */
  readonly target: Target
  /** The change in one or two sentences. */
  readonly advice: string
  /**
   * The text to paste. Null if there is no text for the target, or if a policy alone does not
   * repair the request.
   */
  readonly snippet: string | null
  /**
   * The policy that shares this response: what the server grants today, and what the page needs.
   * Null if no policy helps.
   */
  readonly policy: CorsPolicy | null
  /**
   * `policy` with a name pattern instead of a long family of request headers; null without such a
   * family.
   */
  readonly alternative: CorsPolicy | null
  /**
   * A sentence that lists the names in `policy` from the server's answers, and says if the server
   * may list more origins than it shows. Null without either.
   */
  readonly note: string | null
  /** Sentences about choices to confirm before pasting. Each choice made is the safe one. */
  readonly asks: readonly string[]
  /**
   * What `policy` does to everything that was recorded, computed by the simulator; null without a
   * policy.
   */
  readonly proof: Proof | null
  /** The request that the page should make instead; null if the page is right. */
  readonly request: PageRequest | null
  /**
   * What `request` comes to, judged by the simulator. It is computed for the fix that is printed in
   * full. Null for the others, and without a request.
   */
  readonly requestProof: RequestProof | null
}

/** A cause, or a fact worth knowing. */
export interface Finding {
  /** The code of the finding. Codes are API. */
  readonly code: FindingCode
  readonly severity: Severity
  /** The part of the exchange that shows it. */
  readonly at: 'preflight' | 'response' | 'request' | 'connection' | 'probe'
  /** One sentence about the cause, with the values at fault. */
  readonly message: string
  /** The header at fault; null without one. */
  readonly header: string | null
  /** The value of that header. */
  readonly actual: string | null
  /** The value that the page needs. */
  readonly expected: string | null
  /** The failure of the browser that it explains; null if it explains none. */
  readonly explains: FailureCode | null
  readonly fix: Fix | null
  /** A page with more about it. */
  readonly link: string
}

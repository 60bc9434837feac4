import type { FailureCode } from '../browser/failures.ts'
import type { CorsPolicy } from '../policy/types.ts'
import type { FindingCode } from './findings/codes.ts'
import type { Target } from './fixes/targets.ts'
import type { PageRequest } from './page-request.ts'
import type { Proof } from './plan.ts'

/** How much a finding matters: what blocks, what will bite later, what is worth knowing, and what lets the wrong pages in. */
export type Severity = 'error' | 'warning' | 'info' | 'security'

/** Where the change is made. */
export type Place = 'server' | 'client' | 'platform' | 'network'

/** A concrete change. */
export interface Fix {
  /** Where the change is made. */
  readonly where: Place
  /** What it is written for: a framework, a server, a platform, or the page's own code. */
  readonly target: Target
  /** The change in one or two sentences. */
  readonly advice: string
  /** What to paste; null where words are all there is, and where the policy alone would not share the response. */
  readonly snippet: string | null
  /** The policy that shares this response, as data: what the server grants today, and what the page needs. Null where no policy helps. */
  readonly policy: CorsPolicy | null
  /** `policy` with a name pattern in the place of a long family of request headers; null where there is none. */
  readonly alternative: CorsPolicy | null
  /** Which names of `policy` are the server's own words, and whether it may list origins that it shows nobody. Null where neither is so. */
  readonly note: string | null
  /** What to decide before pasting, in sentences: each names the choice that was made, and it is the safe one. */
  readonly asks: readonly string[]
  /** What `policy` does to everything that was recorded, computed by the simulator; null where no policy is proposed. */
  readonly proof: Proof | null
  /** The request that the page should make instead; null where the page is right. */
  readonly request: PageRequest | null
}

/** One thing that is wrong, or worth knowing. */
export interface Finding {
  /** The finding's code. Codes are API. */
  readonly code: FindingCode
  readonly severity: Severity
  /** Where in the exchange it shows. */
  readonly at: 'preflight' | 'response' | 'request' | 'connection' | 'probe'
  /** What is wrong, in a sentence with the values at fault. */
  readonly message: string
  /** The header at fault, where there is one. */
  readonly header: string | null
  /** What it says. */
  readonly actual: string | null
  /** What would do. */
  readonly expected: string | null
  /** The failure of the browser that it explains; null where it explains none. */
  readonly explains: FailureCode | null
  readonly fix: Fix | null
  /** Where to read more. */
  readonly link: string
}

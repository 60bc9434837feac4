import type { CorsFailure } from '../failure.ts'
import type { Note } from '../fetch-params.ts'
import type { Exchange } from '../wire.ts'

/** A response that the page may read. */
export interface SharedOutcome {
  readonly shared: true
  /**
   * The response as the page sees it: filtered, with the type, URL and status that `fetch()` would
   * report.
   */
  readonly response: Response
  /** Names that `Access-Control-Expose-Headers` lets the page read, in lower case. */
  readonly exposedHeaders: readonly string[]
  /** Everything that was sent, in order. */
  readonly exchanges: readonly Exchange[]
  /** Remarks about the request that do not block it. */
  readonly notes: readonly Note[]
}

/** A request that failed: the page gets a network error. */
export interface RefusedOutcome {
  readonly shared: false
  /** What failed, in every browser's words. */
  readonly failure: CorsFailure
  /** Everything that was sent, in order. */
  readonly exchanges: readonly Exchange[]
  /** Remarks about the request that do not block it. */
  readonly notes: readonly Note[]
}

/** The result of a request: the response as the page sees it, or why it does not see it. */
export type Outcome = SharedOutcome | RefusedOutcome

/** Where assertions find the outcome that a response or an error came of. */
export const OUTCOME: unique symbol = Symbol.for('corsmith.outcome')

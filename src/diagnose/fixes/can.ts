import type { Origin, OriginKind } from './origin-regex.ts'

/** What a target can say of a policy. */
export interface Can {
  /** The kinds of entries that it can match exactly. */
  readonly origins: readonly OriginKind[]
  /** How many entries it takes. */
  readonly mostOrigins?: number
  /** `plain`: nothing but letters, digits and `-_.~:[]` may stand in a value, since its quoting has no way out for the rest. */
  readonly quoting: 'any' | 'plain'
  /** The only methods that it knows; `upper-case` where it makes every method upper-case. */
  readonly methods?: 'any' | 'upper-case' | readonly string[]
  /** `*` for methods: also beside credentials, without credentials alone, or not at all. */
  readonly anyMethod: 'always' | 'without-credentials' | 'never'
  /**
   * `*` for request headers: as a policy means it, without `Authorization`, also beside credentials or without them alone; or for
   * every header there is, so that it can be written where the policy lists `Authorization` too.
   */
  readonly anyHeader: 'always' | 'without-credentials' | 'all' | 'all-without-credentials' | 'never'
  /** `X-Stainless-*` in request headers. */
  readonly headerPatterns: boolean
  /** How many names it takes in a list. */
  readonly mostNames?: number
  /** `X-Rate-*` in exposed headers. */
  readonly exposedPatterns: boolean
  /** Whether `Access-Control-Allow-Credentials` can be said. */
  readonly credentials: boolean
  /** The least time that a preflight is remembered. */
  readonly leastAge?: number
  /** Whether `Timing-Allow-Origin` can be said. */
  readonly timing: boolean
}

/** A policy in plain lists, cut to what a target can say. */
export interface Fitted {
  readonly anyOrigin: boolean
  readonly origins: readonly Origin[]
  readonly credentials: boolean
  /** GET, HEAD and POST, which need no permission, and what the policy lists. `*` is not among them. */
  readonly methods: readonly string[]
  readonly anyMethod: boolean
  /** Whole names. `*` and patterns are not among them. */
  readonly requestHeaders: readonly string[]
  /** Every header but `Authorization`, which stands in `requestHeaders` where it is allowed. */
  readonly anyHeader: boolean
  /** What the names of the patterns begin with: `X-Stainless-`. */
  readonly headerPrefixes: readonly string[]
  readonly exposedHeaders: readonly string[]
  readonly exposedPrefixes: readonly string[]
  readonly anyExposed: boolean
  /** In seconds; null where the policy leaves it to the browser. */
  readonly maxAge: number | null
  readonly status: 200 | 204
  readonly timing: boolean
  /** What the target cannot say, in sentences. The text says less than the policy there, never more. */
  readonly losses: readonly string[]
}

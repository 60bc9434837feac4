import type { Loss } from './losses.ts'
import { EVERY_KIND, type Origin, type OriginKind } from './origin-regex.ts'

/** What a target can express of a policy. */
export interface Can {
  /** The kinds of origins that it can match exactly. */
  readonly origins: readonly OriginKind[]
  /** Whether hosts have to be names as DNS registers them: no label with `_`, or with `-` at an end. */
  readonly strictHosts?: true
  /** The largest number of origins. */
  readonly mostOrigins?: number
  /**
   * `plain`: values may hold only letters, digits and `-_.~:[]`, because its quoting has no escape
   * for other characters.
   */
  readonly quoting: 'any' | 'plain'
  /** The methods that it knows; `upper-case` if it converts every method to upper case. */
  readonly methods?: 'any' | 'upper-case' | readonly string[]
  /** Whether it can send `*` for methods: always, only without credentials, or never. */
  readonly anyMethod: 'always' | 'without-credentials' | 'never'
  /**
   * Whether it can allow every request header. `always` and `without-credentials` mean `*` as in a
   * policy, without `Authorization`. `all` and `all-without-credentials` include `Authorization`,
   * so they serve only a policy that lists `Authorization` beside `*`.
   */
  readonly anyHeader: 'always' | 'without-credentials' | 'all' | 'all-without-credentials' | 'never'
  /** Whether request headers may be patterns such as `X-Stainless-*`. */
  readonly headerPatterns: boolean
  /** Whether one list holds both the headers that pages send and those that they read. */
  readonly oneList?: true
  /** The largest number of names in a list. */
  readonly mostNames?: number
  /** Whether it can send `*` for exposed headers; it can where this is left out. */
  readonly anyExposed?: false
  /** Whether exposed headers may be patterns such as `X-Rate-*`. */
  readonly exposedPatterns: boolean
  /**
   * Whether it sends `Access-Control-Allow-Credentials`: if the policy says so, never, or always to
   * the origins that it lists. For `always`, nothing is written for a policy without credentials.
   */
  readonly credentials: 'as-said' | 'never' | 'always'
  /** The status of an answer to a preflight, where a target leaves no choice. */
  readonly status?: 200 | 204
  /** The shortest `Access-Control-Max-Age`, in seconds. */
  readonly leastAge?: number
  /** Whether it can send `Timing-Allow-Origin`. */
  readonly timing: boolean
}

/** What a server can express that has conditions, regular expressions and headers of its own. */
export const PROGRAMMABLE_SERVER: Can = {
  origins: EVERY_KIND,
  quoting: 'plain',
  anyMethod: 'always',
  anyHeader: 'always',
  headerPatterns: true,
  exposedPatterns: false,
  credentials: 'as-said',
  timing: true,
}

/** A policy as plain lists, reduced to what a target can express. */
export interface Fitted {
  readonly anyOrigin: boolean
  readonly origins: readonly Origin[]
  readonly credentials: boolean
  /** GET, HEAD and POST, which need no permission, and the methods of the policy without `*`. */
  readonly methods: readonly string[]
  readonly anyMethod: boolean
  /** Whole names, without `*` and patterns. */
  readonly requestHeaders: readonly string[]
  /**
   * Whether every header but `Authorization` is allowed. `requestHeaders` holds `Authorization` if
   * it is allowed.
   */
  readonly anyHeader: boolean
  /** The beginnings of names that the patterns match: `X-Stainless-`. */
  readonly headerPrefixes: readonly string[]
  readonly exposedHeaders: readonly string[]
  readonly exposedPrefixes: readonly string[]
  readonly anyExposed: boolean
  /** In seconds; null if the policy leaves it to the browser. */
  readonly maxAge: number | null
  readonly status: 200 | 204
  readonly timing: boolean
  /** What the target cannot express. The text then allows less than the policy, never more. */
  readonly losses: readonly Loss[]
}

import type { IssueCode } from './catalogue.ts'

/**
 * Says who may read an API's answers from another origin, and how.
 *
 * There are no defaults for `origins`, and nothing is allowed that is not written here. Unknown keys, `undefined` origins and
 * every value that browsers would read differently from what was meant are refused by `createCors`.
 *
 * @example
 * ```ts
 * import { type CorsPolicy, createCors } from 'corsmith'
 *
 * const policy: CorsPolicy = {
 *   origins: ['https://app.example.com', 'https://*.preview.example.com', 'http://localhost:*'],
 *   methods: ['PUT', 'DELETE'],
 *   requestHeaders: ['Content-Type', 'Authorization'],
 *   exposedHeaders: ['ETag'],
 *   maxAge: 600,
 * }
 * const cors = createCors(policy)
 * ```
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export interface CorsPolicy {
  /**
   * The origins that may read answers: `'*'` for a public resource, a list, or a predicate.
   *
   * A list entry is one serialized origin or a pattern:
   * - `'https://app.example.com'`: this origin
   * - `'https://*.example.com'`: one or more whole labels before `.example.com`, not `example.com` itself
   * - `'https://app-*.example.com'`: one or more characters within the first label
   * - `'http://localhost:*'`: a loopback host on any port
   * - `'http://*.localhost:*'`: loopback names on any port
   * - `'capacitor://localhost'`, `'app://.'`: an app or an extension, of any scheme but `file:` and those that no page has (`ws:`)
   * - `'moz-extension://*'`: any host of such a scheme; next to credentials, only with `dangerouslyAllowPublicSuffixes`
   *
   * A predicate is called with one well-formed serialized origin, never with `'null'`, and allows by returning `true`. It is asked about
   * each request, and about look-alikes of the origins that it allows: next to credentials one that lets those in refuses everybody.
   */
  readonly origins: '*' | readonly string[] | ((origin: string) => boolean)
  /** Whether pages may send cookies, HTTP authentication and client certificates, and read the answer. Default: false. */
  readonly credentials?: boolean
  /** Methods allowed besides GET, HEAD and POST, which need no permission. Case-sensitive. Default: none. */
  readonly methods?: '*' | readonly string[]
  /** Every request header that needs permission: `Content-Type` (for JSON), `Authorization`, `X-…`. `'X-Stainless-*'` is a pattern. Default: none. */
  readonly requestHeaders?: '*' | readonly string[]
  /** Response headers that pages may read besides the CORS-safelisted ones. `'X-RateLimit-*'` is a pattern. Default: none. */
  readonly exposedHeaders?: '*' | readonly string[]
  /** How long a browser may remember a preflight answer, in whole seconds from 0 to 86400. Default: absent, which browsers read as 5. */
  readonly maxAge?: number
  /** The status of an accepted preflight. Default: 204. */
  readonly preflightStatus?: 200 | 204
  /** What becomes of an actual request from a refused origin: it reaches the handler (`'pass'`, the default), or is answered 403. */
  readonly refused?: 'pass' | 'forbid'
  /** Whether `Timing-Allow-Origin` is sent to the same origins. Default: false. */
  readonly timingAllowOrigin?: boolean
  /**
   * Allows `http:` origins (other than loopback) next to credentials.
   *
   * @deprecated Struck through to stand out: whoever controls the network can put a script on an `http:` page.
   */
  readonly dangerouslyAllowInsecureOrigins?: boolean
  /**
   * Allows patterns such as `https://*.github.io`, which trust strangers' sites.
   *
   * @deprecated Struck through to stand out: anyone can register a name below a public suffix.
   */
  readonly dangerouslyAllowPublicSuffixes?: boolean
}

/** One thing that is wrong with, or superfluous in, a policy. */
export interface PolicyIssue {
  /** A stable kebab-case name. @see {@link IssueCode} */
  readonly code: IssueCode
  /** A policy with an `error` does not construct. */
  readonly severity: 'error' | 'warning'
  /** Where the value stands, from the policy downwards: `['origins', 1]`. */
  readonly path: readonly (string | number)[]
  /** The value as it was read. */
  readonly value: unknown
  /** The rule that is broken, and what to write instead. */
  readonly message: string
  /** The standard's own words. */
  readonly spec?: string
  /** The whole corrected value for `path`; for an unknown key, the right key; null where the value is to be left out. */
  readonly suggestion?: string | number | boolean | null
  /** Set where the suggestion completes what was probably meant, so that somebody should read it before it is taken. */
  readonly review?: true
}

/** The keys of a policy, in the order in which they are documented. */
export const POLICY_KEYS: readonly (keyof CorsPolicy)[] = [
  'origins',
  'credentials',
  'methods',
  'requestHeaders',
  'exposedHeaders',
  'maxAge',
  'preflightStatus',
  'refused',
  'timingAllowOrigin',
  'dangerouslyAllowInsecureOrigins',
  'dangerouslyAllowPublicSuffixes',
]

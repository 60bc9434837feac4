import type { IssueCode } from './catalogue.ts'

/**
 * Which origins may read an API's answers, and how.
 *
 * Only `origins` is required. A policy permits what it lists and nothing else. `createCors` refuses
 * unknown options, missing origins, and values that browsers read in another way than they look.
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
   * - `'https://*.example.com'`: one or more labels before `.example.com`, not `example.com`
   * - `'https://app-*.example.com'`: one or more characters within the first label
   * - `'http://localhost:*'`: a loopback host on any port, and without a port
   * - `'http://*.localhost:*'`: names below `localhost` on any port
   * - `'capacitor://localhost'`, `'app://.'`: an app or an extension with a scheme of its own
   * - `'moz-extension://*'`: any host of such a scheme; next to `credentials`, only with
   *   `dangerouslyAllowPublicSuffixes`
   *
   * Refused are `'null'`, paths, regular expressions, patterns below a public suffix, and `'*'`
   * next to `credentials`.
   *
   * A predicate receives one well-formed serialized origin, never `'null'`, and allows it by
   * returning `true`. It runs for each request. It also receives look-alikes of the origins that it
   * allows. Next to `credentials`, a predicate that allows a look-alike refuses every origin.
   *
   * @example
   * ```ts
   * createCors({ origins: ['https://app.example.com', 'https://*.preview.example.com'] })
   * createCors({ origins: (origin) => origin === 'https://app.example.com' })
   * ```
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-origin
   */
  readonly origins: '*' | readonly string[] | ((origin: string) => boolean)
  /**
   * Permits pages to send cookies, HTTP authentication and client certificates, and to read the
   * answer. Sends `Access-Control-Allow-Credentials: true`. Refuses `'*'` for `origins` and
   * `exposedHeaders`, and `http:` origins that are not loopback.
   *
   * @default false
   * @example
   * ```ts
   * createCors({ origins: ['https://app.example.com'], credentials: true })
   * ```
   * @see https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
   */
  readonly credentials?: boolean
  /**
   * The methods that pages may send besides GET, HEAD and POST, which need no permission. Methods
   * are case-sensitive. `'*'` permits every method, next to `credentials` too. Refuses `put`, which
   * browsers send in upper case, and `CONNECT`, `TRACE` and `TRACK`, which pages cannot send.
   *
   * @default []
   * @example
   * ```ts
   * createCors({ origins: ['https://app.example.com'], methods: ['PUT', 'PATCH', 'DELETE'] })
   * ```
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-methods
   */
  readonly methods?: '*' | readonly string[]
  /**
   * The request headers that need permission: `Content-Type` for JSON, `Authorization`, `X-…`.
   * `'X-Stainless-*'` permits every name with this beginning. `'*'` permits every name but
   * `Authorization`, which is listed next to it. Refuses headers that pages cannot set, such as
   * `Cookie`.
   *
   * @default []
   * @example
   * ```ts
   * createCors({ origins: '*', requestHeaders: ['Content-Type', 'X-Stainless-*'] })
   * ```
   * @see https://fetch.spec.whatwg.org/#http-access-control-allow-headers
   */
  readonly requestHeaders?: '*' | readonly string[]
  /**
   * The response headers that pages may read besides the CORS-safelisted ones, such as
   * `Content-Type`. `'X-RateLimit-*'` exposes every name with this beginning. Refuses `Set-Cookie`,
   * and `'*'` next to `credentials`, where browsers read it as a header named `*`.
   *
   * @default []
   * @example
   * ```ts
   * createCors({ origins: '*', exposedHeaders: ['ETag', 'X-RateLimit-*'] })
   * ```
   * @see https://fetch.spec.whatwg.org/#http-access-control-expose-headers
   */
  readonly exposedHeaders?: '*' | readonly string[]
  /**
   * The time for which a browser may remember a preflight's answer, in whole seconds from 0 to
   * 86400. Browsers have caps of their own: WebKit 600, Chromium 7200, Firefox 86400.
   *
   * @default not sent: browsers use 5
   * @example
   * ```ts
   * createCors({ origins: ['https://app.example.com'], methods: ['PUT'], maxAge: 600 })
   * ```
   * @see https://fetch.spec.whatwg.org/#http-access-control-max-age
   */
  readonly maxAge?: number
  /**
   * The status of an accepted preflight. Browsers take both; some old clients and proxies want 200.
   * The preflight of a refused origin is answered 403.
   *
   * @default 204
   * @example
   * ```ts
   * createCors({ origins: ['https://app.example.com'], preflightStatus: 200 })
   * ```
   * @see https://fetch.spec.whatwg.org/#cors-preflight-fetch
   */
  readonly preflightStatus?: 200 | 204
  /**
   * What happens to an actual request from a refused origin. With `'pass'` it reaches the handler,
   * and the page cannot read the answer. With `'forbid'` it is answered 403, and the handler does
   * not run. Refuses `'forbid'` next to `origins: '*'`, which refuses no origin.
   *
   * @default 'pass'
   * @example
   * ```ts
   * createCors({ origins: ['https://app.example.com'], refused: 'forbid' })
   * ```
   * @see https://fetch.spec.whatwg.org/#http-cors-protocol
   */
  readonly refused?: 'pass' | 'forbid'
  /**
   * Permits the same origins to read resource timing in detail: sends `Timing-Allow-Origin`.
   *
   * @default false
   * @example
   * ```ts
   * createCors({ origins: ['https://app.example.com'], timingAllowOrigin: true })
   * ```
   * @see https://fetch.spec.whatwg.org/#concept-tao-check
   */
  readonly timingAllowOrigin?: boolean
  /**
   * Permits `http:` origins that are not loopback next to `credentials`.
   *
   * @deprecated Struck through to stand out: anyone on the network can put a script on such a page.
   * @default false
   * @example
   * ```ts
   * const origins = ['http://intranet.example.com']
   * createCors({ origins, credentials: true, dangerouslyAllowInsecureOrigins: true })
   * ```
   * @see https://w3c.github.io/webappsec-secure-contexts/#threat-active
   */
  readonly dangerouslyAllowInsecureOrigins?: boolean
  /**
   * Permits patterns such as `https://*.github.io`, which trust the sites of strangers.
   *
   * @deprecated Struck through to stand out: anyone can register a name below a public suffix.
   * @default false
   * @example
   * ```ts
   * createCors({ origins: ['https://*.github.io'], dangerouslyAllowPublicSuffixes: true })
   * ```
   * @see https://publicsuffix.org/
   */
  readonly dangerouslyAllowPublicSuffixes?: boolean
}

/** A defect or a warning of a policy. */
export interface PolicyIssue {
  /** A stable name in kebab case. `npx corsmith why <code>` prints its page. */
  readonly code: IssueCode
  /** A policy with an `error` does not construct. A policy with a `warning` does. */
  readonly severity: 'error' | 'warning'
  /** The place of the value, from the policy downwards: `['origins', 1]`. */
  readonly path: readonly (string | number)[]
  /** The value as it was read. */
  readonly value: unknown
  /** The rule that is broken, and what to write instead. */
  readonly message: string
  /** The address of the passage in a standard that gives the rule. */
  readonly spec?: string
  /**
   * The whole corrected value for `path`. For an unknown option it is the right name. Null means to
   * leave the value out.
   */
  readonly suggestion?: string | number | boolean | null
  /** Present where the suggestion completes a guess: read it before you use it. */
  readonly review?: true
}

/** A policy with all its options. `maxAge` alone has no default, and may be undefined. */
export type CompletePolicy = CorsPolicy & Required<Omit<CorsPolicy, 'maxAge'>>

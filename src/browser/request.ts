/**
 * What a page says about a request. The Fetch API's own types stand here too, because the globals
 * of some runtimes leave some of them out: what is published compiles under the types of browsers,
 * Node, Workers, Deno and Bun alike.
 *
 * @see https://fetch.spec.whatwg.org/#requestinit
 */

export type BodyOf = ConstructorParameters<typeof Response>[0]
export type HeadersOf = ConstructorParameters<typeof Headers>[0]
export type CacheMode = 'default' | 'force-cache' | 'no-cache' | 'no-store' | 'only-if-cached' | 'reload'
export type CredentialsMode = 'include' | 'omit' | 'same-origin'
export type FetchMode = 'cors' | 'navigate' | 'no-cors' | 'same-origin'
export type RedirectMode = 'error' | 'follow' | 'manual'
export type Referrer =
  | ''
  | 'no-referrer'
  | 'no-referrer-when-downgrade'
  | 'origin'
  | 'origin-when-cross-origin'
  | 'same-origin'
  | 'strict-origin'
  | 'strict-origin-when-cross-origin'
  | 'unsafe-url'

/** The modes that a page can ask for. */
export type Mode = Exclude<FetchMode, 'navigate'>

/**
 * How a page starts a request. It decides whether a preflight is possible, and the first words of
 * the console line.
 */
export type Initiator = 'fetch' | 'xhr' | 'beacon' | 'eventsource' | 'script' | 'style' | 'image' | 'font'

/** Members that some runtimes' types leave out, or type otherwise. */
type Restated = 'body' | 'cache' | 'credentials' | 'headers' | 'mode' | 'redirect' | 'referrerPolicy' | 'window'

/**
 * The second argument of `fetch()`, and two things that a page says elsewhere. Members of
 * `RequestInit` that do not bear on CORS (`integrity`, `keepalive`, `priority` …) are accepted and
 * ignored.
 *
 * @example
 * ```ts
 * import type { PageInit } from 'corsmith/browser'
 *
 * const upload: PageInit = { method: 'PUT', body: 'x', initiator: 'xhr', uploadListener: true }
 * ```
 * @see https://fetch.spec.whatwg.org/#requestinit
 */
export interface PageInit extends Omit<RequestInit, Restated> {
  /**
   * The cache mode. There is no HTTP cache, but some browsers look into the preflight cache by it.
   *
   * @default 'default'
   */
  readonly cache?: CacheMode
  /** When cookies go with the request. @default 'same-origin' */
  readonly credentials?: CredentialsMode
  /** The mode. `'navigate'` throws, as in a browser. @default 'cors' */
  readonly mode?: FetchMode
  /** What happens to a redirect. @default 'follow' */
  readonly redirect?: RedirectMode
  /**
   * The referrer policy. Here it decides only about `Origin`.
   *
   * @default 'strict-origin-when-cross-origin'
   */
  readonly referrerPolicy?: Referrer
  /** The body. A `ReadableStream` forces a preflight where a browser can send it at all. */
  readonly body?: BodyOf
  /**
   * The headers, as in `fetch()`. Names that no page can set are dropped silently, as in a browser.
   */
  readonly headers?: HeadersOf
  /**
   * The element or interface that starts the request. Only `fetch`, `xhr` and `beacon` ever
   * preflight.
   *
   * @default 'fetch'
   */
  readonly initiator?: Initiator
  /**
   * Whether an `XMLHttpRequest` has a listener on its `upload`, which forces a preflight.
   *
   * @default false
   */
  readonly uploadListener?: boolean
}

import type { CorsPolicy } from '../policy/types.ts'

/**
 * All that the engine needs of a request. `get` is called with lower-case names; undefined counts as null.
 *
 * A Fetch `Request` is one, and so is Node's `IncomingMessage` behind a one-line `get`.
 */
export interface RequestHead {
  readonly method: string
  readonly headers: { get(name: string): string | null | undefined }
}

/** Why an origin was refused. The codes are API. */
export type RefusalCode =
  | 'origin-not-allowed'
  | 'origin-null'
  | 'origin-malformed'
  | 'origin-multiple'
  | 'origin-too-long'
  | 'origin-predicate-failed'
  | 'policy-unavailable'

/** What a policy concludes about a request, as data to log, count and test. */
export interface Decision {
  /** A CORS-preflight request, another request with an `Origin`, or one without. @see https://fetch.spec.whatwg.org/#cors-request */
  readonly kind: 'preflight' | 'cors' | 'non-cors'
  /** Whether the CORS check would pass for this origin. Methods and headers are judged by `explain`. */
  readonly shared: boolean
  /** The `Origin` field as it was received. */
  readonly origin: string | null
  /** The entry of `origins` that matched, `'*'` or `'predicate'`. */
  readonly rule: string | null
  /** Why not; null where shared, and for requests without an `Origin`. */
  readonly refusal: RefusalCode | null
}

/** One header line: a name and its value. */
export type HeaderEntry = readonly [name: string, value: string]

/** What a handler may return: a Response, or nothing where the runtime has taken the request over (a WebSocket upgrade in Bun). */
export type HandlerResult = Response | void | undefined | Promise<Response | void | undefined>

/** How an error that a wrapped handler throws becomes a response. */
export interface WrapOptions<Q, A extends unknown[]> {
  /**
   * `'rethrow'` leaves the error to the runtime, whose error page carries no CORS headers. A function makes the response.
   * By default the error is printed with `console.error` and answered with an empty 500. A thrown Response is the response.
   */
  readonly onError?: 'rethrow' | ((error: unknown, request: Q, ...args: A) => Response | Promise<Response>)
}

/** A policy that was checked and is ready to answer requests. */
export interface Cors {
  /** A frozen snapshot of the policy. The object given to `createCors` is never frozen, and never read again. */
  readonly policy: CorsPolicy
  /** Tells what kind of request this is, and whether its origin may read the answer. Pure, and never throws. */
  decide(request: RequestHead): Decision
  /**
   * Returns the header set for a request as plain data, in a stable order. Touches no fetch global.
   * Patterns of `exposedHeaders` expand against `responseHeaderNames`.
   */
  entries(request: RequestHead, responseHeaderNames?: Iterable<string>): readonly HeaderEntry[]
  /**
   * Returns the header set merged into a copy of `init`. `Vary` is united. For a refused origin every `Access-Control-*` of `init` is removed,
   * and `Timing-Allow-Origin`. For anybody else what `init` says of CORS is replaced, or removed where the policy does not say it. Left are
   * headers without a meaning there: where `init` has no `Access-Control-Allow-Origin`, those that browsers read in preflights only.
   */
  headers(request: RequestHead, init?: ConstructorParameters<typeof Headers>[0]): Headers
  /** Answers a CORS-preflight request; null when it is none. A plain `OPTIONS` is the application's. */
  preflight(request: RequestHead): Response | null
  /** Answers 403 to a refused origin, for WebSocket upgrades and writes; null for everybody else, requests without `Origin` included. */
  guard(request: RequestHead): Response | null
  /**
   * Returns the response with the header set: the same object, changed, where it has a body, which can be sent once; otherwise a copy. What
   * is no answer, such as a 101 or `Response.error()`, is returned as it is.
   *
   * A 200 with a `Content-Type` is taken to have a body. If you keep one that has none, and use it elsewhere too, hand out `response.clone()`.
   */
  apply(request: RequestHead, response: Response): Response
  /** Makes a handler whose preflights are answered, and all of whose responses, errors included, carry the header set. */
  wrap<Q extends RequestHead = Request, A extends unknown[] = [], R extends HandlerResult = Response>(
    handler: (request: Q, ...args: A) => R,
    options?: WrapOptions<Q, A>,
  ): (request: Q, ...args: A) => R
}

/** The methods of {@link Cors}, for a policy that is chosen per request. */
export interface AsyncCors<Q extends RequestHead = Request, A extends unknown[] = []> {
  decide(request: Q, ...args: A): Promise<Decision>
  entries(request: Q, responseHeaderNames?: Iterable<string>, ...args: A): Promise<readonly HeaderEntry[]>
  headers(request: Q, init?: ConstructorParameters<typeof Headers>[0], ...args: A): Promise<Headers>
  preflight(request: Q, ...args: A): Promise<Response | null>
  guard(request: Q, ...args: A): Promise<Response | null>
  apply(request: Q, response: Response, ...args: A): Promise<Response>
  wrap<R extends HandlerResult = Response>(
    handler: (request: Q, ...args: A) => R,
    options?: WrapOptions<Q, A>,
  ): (request: Q, ...args: A) => Promise<Awaited<R>>
}

import type { CorsPolicy } from '../policy/types.ts'

/**
 * The part of a request that the engine reads. A Fetch `Request` has it. For Node's
 * `IncomingMessage`, `requestHead` of `corsmith/node` makes one.
 */
export interface RequestHead {
  readonly method: string
  /** Called with lower-case names. `undefined` counts as null. */
  readonly headers: { get(name: string): string | null | undefined }
}

/**
 * Why an origin was refused. The codes are API.
 *
 * - `origin-not-allowed`: a well-formed origin that no entry of the policy covers
 * - `origin-null`: the serialized opaque origin, `null`
 * - `origin-malformed`: no serialized origin
 * - `origin-multiple`: several values, joined by a comma
 * - `origin-too-long`: longer than any origin can be
 * - `origin-predicate-failed`: the predicate threw, or returned something else than a boolean
 * - `policy-unavailable`: `perRequest` found no policy
 */
export type RefusalCode =
  | 'origin-not-allowed'
  | 'origin-null'
  | 'origin-malformed'
  | 'origin-multiple'
  | 'origin-too-long'
  | 'origin-predicate-failed'
  | 'policy-unavailable'

/** What a policy decides about a request, as data to log, count and test. */
export interface Decision {
  /**
   * A CORS-preflight request, another request with an `Origin`, or one without.
   *
   * @see https://fetch.spec.whatwg.org/#cors-request
   */
  readonly kind: 'preflight' | 'cors' | 'non-cors'
  /**
   * Whether the policy allows this origin. Methods and headers do not count here: `explain` checks
   * them.
   */
  readonly shared: boolean
  /** The `Origin` field as it was received. */
  readonly origin: string | null
  /** The entry of `origins` that matched, `'*'` or `'predicate'`. */
  readonly rule: string | null
  /** Why the origin was refused; null where it is allowed, and for requests without `Origin`. */
  readonly refusal: RefusalCode | null
}

/**
 * One header line: a name and its value.
 *
 * The *header set* of a request is all lines that the policy puts on its response. For an allowed
 * origin these are `Access-Control-Allow-Origin`, the further CORS headers of the policy, and
 * `Vary`. For a refused origin, and for a request without `Origin`, it is `Vary` alone.
 */
export type HeaderEntry = readonly [name: string, value: string]

/**
 * What a handler may return: a Response, or nothing where the runtime took the request over, as Bun
 * does for a WebSocket.
 */
export type HandlerResult = Response | void | undefined | Promise<Response | void | undefined>

/** Options of `wrap`. */
export interface WrapOptions<Q, A extends unknown[]> {
  /**
   * Turns an error of the handler into a response. `'rethrow'` leaves the error to the runtime,
   * whose error page has no CORS headers. A thrown Response is always sent as it is, with the
   * header set.
   *
   * @default prints the error with `console.error` and answers with an empty 500
   */
  readonly onError?: 'rethrow' | ((error: unknown, request: Q, ...args: A) => Response | Promise<Response>)
}

/**
 * A policy that was checked and is ready to answer requests. {@link createCors} makes it.
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export interface Cors {
  /**
   * A frozen copy of the policy. `createCors` does not freeze the object it was given, and does not
   * read it again.
   */
  readonly policy: CorsPolicy
  /**
   * Tells what kind of request this is, and whether its origin may read the answer. Changes
   * nothing.
   *
   * @example
   * ```ts
   * import { createCors } from 'corsmith'
   *
   * const cors = createCors({ origins: ['https://app.example.com'] })
   * const request = new Request('https://api.example.com/', { headers: { Origin: 'https://evil.example' } })
   * cors.decide(request).refusal // 'origin-not-allowed'
   * ```
   */
  decide(request: RequestHead): Decision
  /**
   * Gives the header set for a request as plain data, always in the same order. Uses no Fetch
   * object, so it serves servers of any kind.
   *
   * @param responseHeaderNames the names of the response's own headers. Patterns of
   *   `exposedHeaders` are expanded to those that they cover.
   */
  entries(request: RequestHead, responseHeaderNames?: Iterable<string>): readonly HeaderEntry[]
  /**
   * Merges the header set into a copy of `init`. `Vary` is united. For a refused origin the copy
   * loses every `Access-Control-*` header and `Timing-Allow-Origin`. For any other request the
   * policy's values replace those of `init`, and CORS headers that the policy does not set are
   * removed. One exception: where `init` has no `Access-Control-Allow-Origin`, headers that
   * browsers read in preflights only stay, because there they have no effect.
   *
   * @param init the headers to start with
   */
  headers(request: RequestHead, init?: ConstructorParameters<typeof Headers>[0]): Headers
  /**
   * Answers a CORS-preflight request.
   *
   * @returns the answer; null for any other request, a plain `OPTIONS` included
   * @see https://fetch.spec.whatwg.org/#cors-preflight-request
   */
  preflight(request: RequestHead): Response | null
  /**
   * Refuses a request whose origin the policy does not allow. CORS does not stop a write or a
   * WebSocket from reaching the server; this does.
   *
   * @returns a 403; null for an allowed origin, and for requests without `Origin`
   */
  guard(request: RequestHead): Response | null
  /**
   * Puts the header set on a response.
   *
   * A response with a body can be sent only once, so it is changed and returned. Any other response
   * may be in use elsewhere, so a copy is returned. A 101 and `Response.error()` are returned as
   * they are.
   *
   * A 200 with a `Content-Type` is taken to have a body. If you keep such a response without a body
   * and also use it outside the policy, pass `response.clone()`.
   */
  apply(request: RequestHead, response: Response): Response
  /**
   * Wraps a handler: preflights are answered, and every response carries the header set, errors
   * included.
   *
   * @example
   * ```ts
   * import { createCors } from 'corsmith'
   *
   * const cors = createCors({ origins: ['https://app.example.com'] })
   * export default { fetch: cors.wrap((request) => new Response(request.url)) }
   * ```
   */
  wrap<Q extends RequestHead = Request, A extends unknown[] = [], R extends HandlerResult = Response>(
    handler: (request: Q, ...args: A) => R,
    options?: WrapOptions<Q, A>,
  ): (request: Q, ...args: A) => R
}

/**
 * The methods of {@link Cors} for a policy that is chosen per request. {@link perRequest} makes it.
 */
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

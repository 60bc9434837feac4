import type { Bytes } from '../spec/bytes.ts'
import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../spec/methods.ts'
import { isToken } from '../spec/tokens.ts'
import { readBody } from './body.ts'
import type { NetworkError } from './fetch-params.ts'
import type { BodyOf, CacheMode, CredentialsMode, FetchMode, HeadersOf, RedirectMode, Referrer } from './fetch-types.ts'
import { includesCredentials, OPAQUE } from './origin.ts'
import { readHeaders } from './request-headers.ts'
import { type HeaderLine, joinLines } from './wire.ts'

/** How a page starts a request. It decides whether a preflight is possible, and the first words of the console line. */
export type Initiator = 'fetch' | 'xhr' | 'beacon' | 'eventsource' | 'script' | 'style' | 'image' | 'font'

/** Members that some runtimes' types leave out, or type otherwise. */
type Restated = 'body' | 'cache' | 'credentials' | 'headers' | 'mode' | 'redirect' | 'referrerPolicy' | 'window'

/**
 * What a page says about a request: the second argument of `fetch()`, and two things that pages say elsewhere.
 * Members of `RequestInit` that do not bear on CORS (`cache`, `integrity`, `signal` …) are accepted and ignored.
 */
export interface PageInit extends Omit<RequestInit, Restated> {
  readonly cache?: CacheMode
  readonly credentials?: CredentialsMode
  readonly mode?: FetchMode
  readonly redirect?: RedirectMode
  readonly referrerPolicy?: Referrer
  /** The body. A `ReadableStream` forces a preflight where a browser can send it at all. */
  readonly body?: BodyOf
  /** The headers, as in `fetch()`. Names that no page can set are dropped silently, as in a browser. */
  readonly headers?: HeadersOf
  /** The element or interface that starts the request; default `'fetch'`. Only `fetch`, `xhr` and `beacon` ever preflight. */
  readonly initiator?: Initiator
  /** Whether an `XMLHttpRequest` has a listener on its `upload`: that forces a preflight. */
  readonly uploadListener?: boolean
}

/** The modes that a page can ask for. */
export type Mode = 'cors' | 'no-cors' | 'same-origin'

/** A request as the Fetch Standard carries it through its algorithms. Redirects change it. @see https://fetch.spec.whatwg.org/#concept-request */
export interface FetchRequest {
  method: string
  headers: readonly HeaderLine[]
  body: { readonly bytes: Bytes; readonly isStream: boolean } | null
  tainting: 'basic' | 'cors' | 'opaque'
  redirectCount: number
  readonly urlList: URL[]
  readonly origin: string
  readonly mode: Mode
  readonly credentials: CredentialsMode
  readonly redirect: RedirectMode
  readonly referrerPolicy: Referrer
  readonly initiator: Initiator
  readonly useCorsPreflight: boolean
  readonly cache: CacheMode
  /** The header list as the page gave it; one browser takes it up again after a redirect. */
  readonly firstHeaders: readonly HeaderLine[]
  /** The header list before the last redirect changed it. */
  headersBefore: readonly HeaderLine[]
  /** Whether the `Origin` header stays although the method became GET. */
  keptOrigin: boolean
  /** A fault that one browser notices only when the next hop is about to be fetched. */
  pendingError: NetworkError | null
  /** Whether the last redirect led to another origin. */
  leftOrigin: boolean
  /** Whether the last redirect dropped the body. */
  droppedBody: boolean
  /** Whether a preflight was needed before; one browser then asks for one on every further hop. */
  hasPreflighted: boolean
}

/** What a browser does before the standard's algorithms start. */
export interface RequestRules {
  /**
   * What becomes of a `ReadableStream` as a body: it is sent over HTTP/2 only, which a URL of the scheme `http` never uses; its
   * string conversion is sent instead; or `fetch()` throws.
   */
  readonly uploadStreams: 'http2' | 'string' | 'refused'
  /** Whether a page cannot set `User-Agent`. */
  readonly forbidsUserAgent: boolean
  /** Whether a listener on `upload` counts only where there is a body. */
  readonly uploadListenerNeedsBody: boolean
}

/**
 * Creates a request as `new Request()` and `fetch()` do.
 *
 * @throws TypeError for what `fetch()` itself refuses: a URL with a password, a forbidden method, a body on GET …
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
export async function createRequest(
  origin: string,
  input: string | URL,
  init: PageInit,
  rules: RequestRules,
): Promise<FetchRequest> {
  // 5.1. Let parsedURL be the result of parsing input with baseURL. 5.2. If parsedURL is failure, throw.
  const url = URL.parse(String(input), origin === OPAQUE ? undefined : `${origin}/`)
  if (url === null) throw new TypeError(`${JSON.stringify(String(input))} is no URL: write an absolute one`)
  // 5.3. If parsedURL includes credentials, then throw a TypeError.
  if (includesCredentials(url)) throw new TypeError(`${url.href} holds a user or password: fetch() refuses such URLs`)
  const initiator = init.initiator ?? 'fetch'
  const mode = readMode(init.mode)
  // 25. Let method be init["method"]; 25.2–25.3. forbidden methods throw; 25.3. normalize.
  const method = readMethod(init.method ?? 'GET')
  // 32.1. In the mode "no-cors" only CORS-safelisted methods can be set.
  if (mode === 'no-cors' && !isSafelistedMethod(method)) {
    throw new TypeError(`${method} cannot be sent in the mode "no-cors": only GET, HEAD and POST can`)
  }
  const isRead = method === 'GET' || method === 'HEAD'
  // 34. A body next to GET or HEAD throws.
  if (isRead && init.body !== undefined && init.body !== null) throw new TypeError(`a ${method} request has no body`)
  const body = await readBody(init.body ?? null, rules.uploadStreams)
  // 38.1. A body without a source, so a stream, needs the mode "same-origin" or "cors".
  if (body?.isStream && mode === 'no-cors') {
    throw new TypeError('a ReadableStream cannot be sent in the mode "no-cors": write "cors" or "same-origin"')
  }
  const lines = readHeaders(init.headers, mode, body?.type ?? null, rules.forbidsUserAgent)
  // XMLHttpRequest combines what is set twice. https://xhr.spec.whatwg.org/#the-setrequestheader()-method
  const headers = initiator === 'xhr' ? joinLines(lines) : lines
  const listens = initiator === 'xhr' && init.uploadListener === true
  return {
    method,
    headers,
    body: body && { bytes: body.bytes, isStream: body.isStream },
    tainting: 'basic',
    redirectCount: 0,
    urlList: [url],
    origin,
    mode,
    credentials: readCredentials(init.credentials, initiator),
    redirect: init.redirect ?? 'follow',
    referrerPolicy: init.referrerPolicy || 'strict-origin-when-cross-origin',
    initiator,
    useCorsPreflight: (body?.isStream ?? false) || (listens && (body !== null || !rules.uploadListenerNeedsBody)),
    // Nothing but fetch() sets it.
    cache: (initiator === 'fetch' ? init.cache : undefined) ?? 'default',
    firstHeaders: headers,
    headersBefore: headers,
    pendingError: null,
    keptOrigin: false,
    leftOrigin: false,
    droppedBody: false,
    hasPreflighted: false,
  }
}

/** Gets the URL that a request is at. @see https://fetch.spec.whatwg.org/#concept-request-current-url */
export function currentUrl(request: FetchRequest): URL {
  return request.urlList[request.urlList.length - 1] as URL
}

/**
 * Tells whether cookies and other credentials go with a request.
 *
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch step 8.3
 */
export function sendsCredentials(request: FetchRequest): boolean {
  return request.credentials === 'include' || (request.credentials === 'same-origin' && request.tainting === 'basic')
}

/** Tells whether a request asks for an answer only if something changed. */
export function isConditional({ headers }: FetchRequest): boolean {
  return headers.some(([name]) => CONDITIONALS.includes(name.toLowerCase()))
}

const CONDITIONALS = ['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since']

/** Only `fetch()` can leave credentials out at home: what else starts requests includes them everywhere, or there alone. */
function readCredentials(credentials: CredentialsMode | undefined, initiator: Initiator): CredentialsMode {
  if (initiator === 'fetch') return credentials ?? 'same-origin'
  if (initiator === 'beacon') return credentials ?? 'include'
  return credentials === 'include' ? 'include' : 'same-origin'
}

function readMode(mode: RequestMode | undefined): Mode {
  if (mode === undefined || mode === 'cors') return 'cors'
  if (mode === 'no-cors' || mode === 'same-origin') return mode
  throw new TypeError(
    `the mode ${JSON.stringify(mode)} cannot be used with fetch(): write "cors", "no-cors" or "same-origin"`,
  )
}

function readMethod(method: string): string {
  if (!isToken(method)) throw new TypeError(`${JSON.stringify(method)} is no method`)
  if (isForbiddenMethod(method)) throw new TypeError(`the method ${method} is forbidden in browsers`)
  return normalizeMethod(method)
}

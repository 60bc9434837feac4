import type { Bytes } from '../../spec/bytes.ts'
import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../../spec/methods.ts'
import { isToken } from '../../spec/tokens.ts'
import type { CacheMode, CredentialsMode, Initiator, Mode, PageInit, RedirectMode, Referrer } from '../request.ts'
import type { BrowserRules } from '../rules.ts'
import { type HeaderLine, joinLines } from '../wire.ts'
import { includesCredentials, OPAQUE } from './origin.ts'
import { readBody, readHeaders } from './page-input.ts'

/**
 * A request as the Fetch Standard carries it through its algorithms. Redirects change it.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request
 */
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
  /** The header list as the page gave it. One browser restores it after a redirect. */
  readonly firstHeaders: readonly HeaderLine[]
  /** The header list before the last redirect changed it. */
  headersBefore: readonly HeaderLine[]
  /** Whether the `Origin` header stays although the method became GET. */
  keptOrigin: boolean
  /** Whether the last redirect led to another origin. */
  leftOrigin: boolean
  /** Whether the last redirect dropped the body. */
  droppedBody: boolean
  /** Whether a preflight was needed before. Some browsers then send one at every further URL. */
  hasPreflighted: boolean
}

/**
 * Creates a request as `new Request()` and `fetch()` do.
 *
 * @throws {TypeError} for what `fetch()` itself refuses: a URL with a password, a forbidden method, a
 * body on GET …
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
export async function createRequest(
  origin: string,
  input: string | URL,
  init: PageInit,
  rules: BrowserRules,
): Promise<FetchRequest> {
  // 5.1. Let parsedURL be the result of parsing input with baseURL. 5.2. If parsedURL is failure,
  //      throw.
  const url = URL.parse(String(input), origin === OPAQUE ? undefined : `${origin}/`)
  if (url === null) throw new TypeError(`${JSON.stringify(String(input))} is not a URL: write an absolute one`)
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
  // XMLHttpRequest combines what is set twice.
  // https://xhr.spec.whatwg.org/#the-setrequestheader()-method
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
    // Only fetch() has a cache mode.
    cache: (initiator === 'fetch' ? init.cache : undefined) ?? 'default',
    firstHeaders: headers,
    headersBefore: headers,
    keptOrigin: false,
    leftOrigin: false,
    droppedBody: false,
    hasPreflighted: false,
  }
}

/**
 * Gets the URL that a request is at.
 *
 * @see https://fetch.spec.whatwg.org/#concept-request-current-url
 */
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

/** Tells whether a request has a conditional header, such as `If-None-Match`. */
export function isConditional({ headers }: FetchRequest): boolean {
  return headers.some(([name]) => CONDITIONALS.includes(name.toLowerCase()))
}

const CONDITIONALS = ['if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since']

/** @see https://fetch.spec.whatwg.org/#request-body-header-name */
export const REQUEST_BODY_HEADERS: readonly string[] = [
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
]

/**
 * Only `fetch()` and beacons can omit credentials on the page's own origin. Elements and
 * XMLHttpRequest always send them there.
 */
function readCredentials(credentials: CredentialsMode | undefined, initiator: Initiator): CredentialsMode {
  if (initiator === 'fetch') return credentials ?? 'same-origin'
  if (initiator === 'beacon') return credentials ?? 'include'
  return credentials === 'include' ? 'include' : 'same-origin'
}

function readMode(mode: PageInit['mode']): Mode {
  if (mode === undefined || mode === 'cors') return 'cors'
  if (mode === 'no-cors' || mode === 'same-origin') return mode
  throw new TypeError(
    `the mode ${JSON.stringify(mode)} cannot be used with fetch(): write "cors", "no-cors" or "same-origin"`,
  )
}

function readMethod(method: string): string {
  if (!isToken(method)) throw new TypeError(`${JSON.stringify(method)} is not a method`)
  if (isForbiddenMethod(method)) throw new TypeError(`the method ${method} is forbidden in browsers`)
  return normalizeMethod(method)
}

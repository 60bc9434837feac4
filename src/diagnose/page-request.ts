import type { Initiator } from '../browser/request.ts'
import type { HeaderLine } from '../browser/wire.ts'
import { redactText } from './report/redact.ts'
import { HIDDEN } from './report/secret-names.ts'

/**
 * A request as a page makes it: the arguments of `fetch()`, and the origin of the page.
 *
 * @example
 * ```ts
 * import type { PageRequest } from 'corsmith/diagnose'
 *
 * const request: PageRequest = {
 *   url: 'https://api.example.com/users/42',
 *   origin: 'https://app.example.com',
 *   method: 'PUT',
 *   headers: { 'Content-Type': 'application/json' },
 *   credentials: 'include',
 * }
 * ```
 */
export interface PageRequest extends PagelessRequest {
  /** The origin of the page; `'null'` for a `file:` page or a sandboxed frame. */
  readonly origin: string
}

/** A page's request without the page. */
export interface PagelessRequest {
  /** The absolute URL. */
  readonly url: string
  /**
   * The method.
   *
   * @default 'GET'
   */
  readonly method?: string
  /**
   * The headers that the page sets. `Cookie` stands for the cookies that the browser adds to
   * requests with credentials.
   */
  readonly headers?: Readonly<Record<string, string>> | readonly HeaderLine[]
  /**
   * The credentials mode.
   *
   * @default 'same-origin'
   */
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  /**
   * The mode.
   *
   * @default 'cors'
   */
  readonly mode?: 'cors' | 'no-cors' | 'same-origin'
  /**
   * The API that starts the request.
   *
   * @default 'fetch'
   */
  readonly initiator?: Initiator
  /** Whether an `XMLHttpRequest` listens to its upload. That forces a preflight. */
  readonly uploadListener?: boolean
  /** The body. */
  readonly body?: string
  /** Names of the response headers that the page reads. */
  readonly reads?: readonly string[]
}

/** A {@link PageRequest} with defaults filled in and its parts parsed. */
export interface Call {
  readonly url: URL
  readonly origin: string
  readonly method: string
  /**
   * The headers that the page sets, without `Cookie`, `Origin` and other names that no page can
   * set.
   */
  readonly headers: readonly HeaderLine[]
  /** The `Cookie` value that the browser would send with credentials; null if it is unknown. */
  readonly cookie: string | null
  readonly credentials: 'omit' | 'same-origin' | 'include'
  readonly mode: 'cors' | 'no-cors' | 'same-origin'
  readonly initiator: Initiator
  readonly uploadListener: boolean
  readonly body: string | null
  readonly reads: readonly string[]
}

/**
 * Reads a page's request.
 *
 * @param request The request, as a user describes it.
 * @returns The parsed request, with defaults.
 * @throws {TypeError} for a text that is not a URL of http or https, and for a request that no page
 * can make
 *
 * @example
 * ```ts
 * readCall({ url: 'https://api.example.com/', origin: 'https://app.example.com' }).method // 'GET'
 * ```
 */
export function readCall(request: PageRequest): Call {
  const url = URL.parse(request.url)
  if (url === null) throw new TypeError(`${quoted(request.url)} is not a URL: write https://host/path`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`${quoted(request.url)} is not http or https, so CORS does not apply`)
  }
  const lines = headerLines(request.headers ?? [])
  const cookie = lines.filter(([name]) => name.toLowerCase() === 'cookie').map(([, value]) => value)
  return {
    url,
    origin: request.origin,
    method: request.method ?? 'GET',
    headers: lines.filter(([name]) => name.toLowerCase() !== 'cookie'),
    cookie: cookie.length > 0 ? cookie.join('; ') : null,
    credentials: request.credentials ?? 'same-origin',
    mode: request.mode ?? 'cors',
    initiator: request.initiator ?? 'fetch',
    uploadListener: request.uploadListener ?? false,
    body: request.body ?? null,
    reads: request.reads ?? [],
  }
}

/** Turns a call back into plain data. */
export function toPageRequest(call: Call): PageRequest {
  const headers: readonly HeaderLine[] =
    call.cookie === null ? call.headers : [...call.headers, ['Cookie', call.cookie] as const]
  return {
    url: call.url.href,
    origin: call.origin,
    method: call.method,
    headers,
    credentials: call.credentials,
    mode: call.mode,
    initiator: call.initiator,
    uploadListener: call.uploadListener,
    ...(call.body === null ? {} : { body: call.body }),
    reads: call.reads,
  }
}

function headerLines(headers: Readonly<Record<string, string>> | readonly HeaderLine[]): readonly HeaderLine[] {
  return Array.isArray(headers) ? (headers as readonly HeaderLine[]) : Object.entries(headers)
}

/** Shortens a text, and says how many characters are left out. */
export function clip(text: string, length = 120): string {
  if (text.length <= length) return text
  // Does not cut a surrogate pair in two.
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length
  return `${text.slice(0, end)}… (${text.length - end} more characters)`
}

/** Quotes a user's text in a message, without secrets and short. */
export function quoted(text: string): string {
  // A URL that cannot be parsed may hold its password anywhere.
  const anonymous = URL.canParse(text) ? text : text.replace(/^(\s*[a-z][a-z\d+.-]*:\/*).*@/is, `$1${HIDDEN}@`)
  return JSON.stringify(clip(redactText(anonymous)))
}

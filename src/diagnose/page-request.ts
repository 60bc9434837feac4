import type { Initiator } from '../browser/request.ts'
import type { HeaderLine } from '../browser/wire.ts'
import { redactText } from './report/redact.ts'
import { HIDDEN } from './report/secret-names.ts'

/**
 * A request as a page makes it: what `fetch()` is given, and where the page is.
 *
 * @example
 * const request: PageRequest = {
 *   url: 'https://api.example.com/users/42',
 *   origin: 'https://app.example.com',
 *   method: 'PUT',
 *   headers: { 'Content-Type': 'application/json' },
 *   credentials: 'include',
 * }
 */
export interface PageRequest extends PagelessRequest {
  /** The origin of the page; `'null'` for a `file:` page or a sandboxed frame. */
  readonly origin: string
}

/** A request as a page makes it, wherever the page is. */
export interface PagelessRequest {
  /** The absolute URL. */
  readonly url: string
  /** The method; default GET. */
  readonly method?: string
  /** The headers that the page sets. `Cookie` is what the browser would add to requests that carry credentials. */
  readonly headers?: Readonly<Record<string, string>> | readonly HeaderLine[]
  /** The credentials mode; default `'same-origin'`. */
  readonly credentials?: 'omit' | 'same-origin' | 'include'
  /** The mode; default `'cors'`. */
  readonly mode?: 'cors' | 'no-cors' | 'same-origin'
  /** What starts the request; default `'fetch'`. */
  readonly initiator?: Initiator
  /** Whether an `XMLHttpRequest` listens to its upload: that forces a preflight. */
  readonly uploadListener?: boolean
  /** The body. */
  readonly body?: string
  /** Names of response headers that the page reads. */
  readonly reads?: readonly string[]
}

/** A {@link PageRequest} with everything filled in and taken apart. */
export interface Call {
  readonly url: URL
  readonly origin: string
  readonly method: string
  /** What the page sets: without `Cookie`, `Origin` and other names that no page can set. */
  readonly headers: readonly HeaderLine[]
  /** What the browser would send as `Cookie` next to credentials; null when that is unknown. */
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
 * @throws TypeError for a URL that is none, and for one that is not http or https
 *
 * @example
 * readCall({ url: 'https://api.example.com/', origin: 'https://app.example.com' }).method // 'GET'
 */
export function readCall(request: PageRequest): Call {
  const url = URL.parse(request.url)
  if (url === null) throw new TypeError(`${quoted(request.url)} is no URL: write https://host/path`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`${quoted(request.url)} is not http or https: no browser sends CORS there`)
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

/** Writes a call back as the data it was read from. */
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

/** Shortens a text to what a person reads, and says how much is left out. */
export function clip(text: string, length = 120): string {
  if (text.length <= length) return text
  // A character of two halves stays whole, or goes whole.
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length
  return `${text.slice(0, end)}… (${text.length - end} more characters)`
}

/** Quotes what a user wrote in a message: without secrets, and short. */
export function quoted(text: string): string {
  // A URL that cannot be parsed may hold its password in any of its parts.
  const anonymous = URL.canParse(text) ? text : text.replace(/^(\s*[a-z][a-z\d+.-]*:\/*).*@/is, `$1${HIDDEN}@`)
  return JSON.stringify(clip(redactText(anonymous)))
}

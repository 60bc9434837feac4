/**
 * What goes over the wire, line by line. The simulator works on lines because `Headers` joins
 * repeated lines, and two `Access-Control-Allow-Origin` lines are a common mistake.
 */
import type { Bytes } from '../spec/bytes.ts'
import { trimOws } from '../spec/tokens.ts'
import type { BodyOf } from './request.ts'

/** One header line: the name as written, and the value. A repeated name is a further line. */
export type HeaderLine = readonly [name: string, value: string]

/** A request as a server receives it. */
export interface WireRequest {
  /** The method, in the case in which it is sent. */
  readonly method: string
  /** The absolute URL, without user, password and fragment. */
  readonly url: string
  /** Every header line that the page or the browser set, in wire order. */
  readonly headers: readonly HeaderLine[]
  /** The bytes of the body, or null. */
  readonly body: Bytes | null
}

/** A response as a browser receives it. */
export interface WireResponse {
  /** The status code. */
  readonly status: number
  /** Every header line, in wire order. White space around values does not count. */
  readonly headers: readonly HeaderLine[]
  /** The body, or null. No CORS check reads it. */
  readonly body?: BodyOf
  /** The reason phrase. */
  readonly statusText?: string
}

/** One request that left the browser, and what came back. */
export interface Exchange {
  /**
   * `'preflight'` for a CORS-preflight request, `'request'` for what the page asked for and for
   * every redirect of it.
   */
  readonly kind: 'preflight' | 'request'
  /** What was sent. */
  readonly request: WireRequest
  /** The response; null where there was none. */
  readonly response: WireResponse | null
  /** Whether the request has credentials: cookies, client certificates and HTTP authentication. */
  readonly credentials: boolean
}

/** Gets the values of a field line by line, trimmed as an HTTP parser trims them. */
export function fieldLines(headers: readonly HeaderLine[], name: string): string[] {
  const lower = name.toLowerCase()
  const values: string[] = []
  for (const [key, value] of headers) if (key.toLowerCase() === lower) values.push(trimOws(value))
  return values
}

/**
 * Gets the value of a field: its lines joined by a comma and a space, or null when there is none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function getField(headers: readonly HeaderLine[], name: string): string | null {
  const lines = fieldLines(headers, name)
  return lines.length === 0 ? null : lines.join(', ')
}

/** Drops every line of a field. */
export function withoutField(headers: readonly HeaderLine[], name: string): HeaderLine[] {
  const lower = name.toLowerCase()
  return headers.filter(([key]) => key.toLowerCase() !== lower)
}

/** Joins the lines of each field by a comma and a space, at the place of its first line. */
export function joinLines(headers: readonly HeaderLine[]): HeaderLine[] {
  const joined = new Map<string, HeaderLine>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const earlier = joined.get(key)
    joined.set(key, earlier === undefined ? [name, value] : [earlier[0], `${earlier[1]}, ${value}`])
  }
  return [...joined.values()]
}

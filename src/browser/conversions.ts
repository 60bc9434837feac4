/**
 * Between `Request` and `Response`, which a server function speaks, and header lines, which the
 * simulator speaks.
 */
import type { BodyOf } from './request.ts'
import type { Shared } from './simulator.ts'
import type { HeaderLine, WireRequest, WireResponse } from './wire.ts'

/**
 * Makes the `Request` that a server function gets.
 *
 * In a page, `new Request` drops `Origin`, `Cookie` and every `Access-Control-Request-*`, which the
 * server must see. Where a header is missing, the request gets a `headers` property of its own,
 * from a `Headers` that drops nothing. Server runtimes keep the headers, and there the object stays
 * an ordinary request.
 */
export function toRequest(wire: WireRequest): Request {
  const headers = new Headers()
  for (const [name, value] of wire.headers) headers.append(name, value)
  const init: RequestInit = { method: wire.method, headers, redirect: 'manual' }
  if (wire.body !== null) init.body = wire.body
  const request = new Request(wire.url, init)
  const isComplete = [...headers].every(([name, value]) => request.headers.get(name) === value)
  if (isComplete) return request
  return Object.defineProperties(request, {
    headers: { value: headers, enumerable: true, configurable: true },
    clone: { value: () => toRequest(wire), enumerable: true, configurable: true },
  })
}

/**
 * Reads a server's `Response` as lines; null for one that never reaches a browser
 * (`Response.error()`, an upgrade).
 */
export function fromResponse(response: Response): WireResponse | null {
  // A response whose body was read has nothing left to send.
  if (!(response.status >= 200) || response.bodyUsed || response.body?.locked === true) return null
  const headers: HeaderLine[] = []
  for (const [name, value] of response.headers) headers.push([name, value])
  // The stream of the body can be read once, and a page reads it at most once.
  return { status: response.status, statusText: response.statusText, headers, body: response.body }
}

/** @see https://fetch.spec.whatwg.org/#null-body-status */
const NULL_BODY: readonly number[] = [101, 103, 204, 205, 304]

/** Makes the `Response` that the page sees. A signal ends its body, too. */
export function toResponse(verdict: Shared, signal: AbortSignal | null = null): Response {
  const { response, type, url, redirected } = verdict
  const isHidden = type === 'opaque' || type === 'opaqueredirect'
  const status = isHidden ? 0 : response.status
  const headers = new Headers()
  for (const [name, value] of verdict.headers) appendLeniently(headers, name, value)
  // The constructor takes 200 to 599. Servers send other codes, and an opaque response has 0.
  const isPlain = status >= 200 && status <= 599
  const isHead = verdict.exchanges.at(-1)?.request.method === 'HEAD'
  const hasBody = !isHidden && !isHead && !NULL_BODY.includes(status)
  const body = hasBody ? abortable(response.body ?? null, signal) : null
  const made = new Response(body, {
    status: isPlain ? status : 200,
    statusText: printable(response.statusText),
    headers,
  })
  return describe(made, {
    type,
    url: isHidden && type === 'opaque' ? '' : url.split('#', 1)[0],
    redirected: !isHidden && redirected,
    status,
    ok: status >= 200 && status <= 299,
    statusText: isHidden ? '' : (response.statusText ?? ''),
  })
}

function abortable(body: BodyOf, signal: AbortSignal | null): BodyOf {
  if (signal === null || !(body instanceof ReadableStream)) return body
  return body.pipeThrough(new TransformStream(), { signal })
}

/** Gives a response the properties that no constructor can set; its clones keep them. */
function describe(response: Response, properties: Record<string, unknown>): Response {
  const clone = response.clone.bind(response)
  const descriptors: PropertyDescriptorMap = {}
  for (const [name, value] of Object.entries(properties)) {
    descriptors[name] = { value, enumerable: true, configurable: true }
  }
  descriptors.clone = { value: () => describe(clone(), properties), enumerable: false, configurable: true }
  return Object.defineProperties(response, descriptors)
}

/**
 * Appends a line. `Headers` refuses some lines that a socket can deliver; the page does not see
 * those.
 */
function appendLeniently(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value)
  } catch {
    // The parser of a browser refuses or repairs such a line.
  }
}

function printable(text: string | undefined): string {
  return [...(text ?? '')].every((char) => char >= ' ' && char <= '~') ? (text ?? '') : ''
}

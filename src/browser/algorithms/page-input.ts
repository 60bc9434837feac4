import type { Bytes } from '../../spec/bytes.ts'
import { trimHttpWhitespace } from '../../spec/mime.ts'
import { isForbiddenRequestHeaderValue, isNoCorsSafelistedRequestHeader } from '../../spec/safelist.ts'
import { isToken } from '../../spec/tokens.ts'
import type { BodyOf, HeadersOf, Mode, PageInit } from '../request.ts'
import type { BrowserRules } from '../rules.ts'
import type { HeaderLine } from '../wire.ts'

/** The two arguments of `fetch()`, without a `Request`. */
export interface PageInput {
  readonly url: string | URL
  readonly init: PageInit
}

/**
 * Reads the arguments of `fetch()`: a URL, or a `Request` whose members `init` overrides. As in a
 * browser, the body of the `Request` is used up. A `Request` does not tell whether its body is a
 * stream, so its body counts as bytes.
 *
 * @throws {TypeError} for a `Request` whose body was used, and for a value that is neither a URL nor
 * a `Request`
 * @see https://fetch.spec.whatwg.org/#dom-request
 */
export async function readPageInput(input: string | URL | Request, init: PageInit): Promise<PageInput> {
  if (typeof input === 'string' || input instanceof URL) return { url: input, init }
  if (!isRequest(input)) throw new TypeError('fetch() takes a URL or a Request: write one of them')
  const isReplaced = init.body !== undefined && init.body !== null
  // 39. If initBody is null and inputBody is non-null, and input is unusable, then throw a
  //     TypeError.
  if (!isReplaced && input.bodyUsed) throw new TypeError(`the body of the Request for ${input.url} was used already`)
  const body = isReplaced || input.body === null ? null : new Uint8Array(await input.arrayBuffer())
  const { method, headers } = input
  const held: Record<string, unknown> = { method, headers: [...headers], body }
  // Some server runtimes lack some of these members, and one gives an empty text.
  for (const name of ['mode', 'credentials', 'cache', 'redirect', 'referrerPolicy'] as const) {
    if (input[name]) held[name] = input[name]
  }
  // A member that is undefined counts as absent. A body that is null keeps the body of the Request.
  const given = Object.entries(init).filter(([name, value]) => value !== undefined && !(name === 'body' && !isReplaced))
  return { url: input.url, init: { ...held, ...Object.fromEntries(given) } as PageInit }
}

/** `instanceof` does not recognize a `Request` of another realm or library. */
function isRequest(input: unknown): input is Request {
  return (
    typeof input === 'object' &&
    input !== null &&
    'url' in input &&
    'headers' in input &&
    'method' in input &&
    typeof input.url === 'string'
  )
}

/** The body of a request, and the media type that it implies. */
interface ReadBody {
  readonly bytes: Bytes
  readonly type: string | null
  /** Whether the body cannot be sent twice: a redirect that keeps it fails. */
  readonly isStream: boolean
}

/**
 * Extracts a body and its type. `Response` extracts them like `Request`, in every runtime.
 *
 * @see https://fetch.spec.whatwg.org/#concept-bodyinit-extract
 */
export async function readBody(body: BodyOf, streams: BrowserRules['uploadStreams']): Promise<ReadBody | null> {
  if (body === null) return null
  const isStream = body instanceof ReadableStream
  if (isStream && streams === 'refused') throw new TypeError('this browser cannot upload a ReadableStream')
  // A browser without upload streams converts the object to a string.
  const isString = isStream && streams === 'string'
  const source = isString ? String(body) : body
  const holder = new Response(source)
  const type = holder.headers.get('content-type')
  return { bytes: new Uint8Array(await holder.arrayBuffer()), type, isStream: isStream && !isString }
}

/**
 * Fills the header list of a request as a `Headers` object with the guard "request" (or
 * "request-no-cors") would, but keeps repeated names apart: the standard examines them one by one.
 *
 * @throws {TypeError} for a name or a value that no header can have
 * @see https://fetch.spec.whatwg.org/#concept-headers-append
 */
export function readHeaders(
  init: HeadersOf | undefined,
  mode: Mode,
  bodyType: string | null,
  forbidsUserAgent: boolean,
): HeaderLine[] {
  const lines: HeaderLine[] = []
  for (const [name, raw] of pairs(init)) {
    const value = trimHttpWhitespace(raw)
    if (!isToken(name)) throw new TypeError(`${JSON.stringify(name)} is not a header name`)
    if (!isHeaderValue(value)) throw new TypeError(`${JSON.stringify(value)} cannot be the value of ${name}`)
    if (isForbiddenRequestHeaderValue(name, value)) continue
    if (forbidsUserAgent && name.toLowerCase() === 'user-agent') continue
    if (mode === 'no-cors' && !isNoCorsSafelistedRequestHeader(name, joined(lines, name, value))) continue
    lines.push([name, value])
  }
  // "If bodyWithType's type is non-null and this's headers's header list does not contain
  // `Content-Type`, then append."
  if (bodyType !== null && !lines.some(([name]) => name.toLowerCase() === 'content-type')) {
    lines.push(['Content-Type', bodyType])
  }
  return lines
}

function pairs(init: HeadersOf | undefined): Iterable<readonly [string, string]> {
  if (init === undefined) return []
  const source: unknown = init
  if (typeof source !== 'object' || source === null)
    throw new TypeError('headers are a Headers object, a list of pairs, or an object')
  if (Symbol.iterator in source) {
    return [...(source as Iterable<Iterable<string>>)].map((pair) => {
      const [name, value, ...rest] = pair
      if (value === undefined || rest.length > 0) {
        throw new TypeError('a header in a list is a pair of a name and a value')
      }
      return [String(name), String(value)]
    })
  }
  return Object.entries(source as Record<string, string>).map(([name, value]) => [name, String(value)])
}

function joined(lines: readonly HeaderLine[], name: string, value: string): string {
  const lower = name.toLowerCase()
  const values = lines.filter(([key]) => key.toLowerCase() === lower).map(([, earlier]) => earlier)
  return [...values, value].join(', ')
}

/** @see https://fetch.spec.whatwg.org/#header-value */
function isHeaderValue(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    if (code === 0 || code === 0x0a || code === 0x0d || code > 0xff) return false
  }
  return true
}

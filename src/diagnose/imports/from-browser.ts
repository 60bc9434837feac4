import type { HeaderLine } from '../../browser/wire.ts'
import { READ } from '../../spec/fields.ts'
import { isForbiddenRequestHeader } from '../../spec/names.ts'
import { isSafelistedRequestHeader } from '../../spec/safelist.ts'
import { isToken, splitList } from '../../spec/tokens.ts'
import type { PagelessRequest } from '../page-request.ts'

/**
 * Headers that browsers add and that a page could set as well. A copied request does not show which
 * of them added it.
 */
const ADDED: readonly string[] = [
  'user-agent',
  'priority',
  'if-none-match',
  'if-modified-since',
  'upgrade-insecure-requests',
  'sec-gpc',
  'alt-used',
]

/**
 * Headers that browsers add with values that need no permission. Any other value is the page's own.
 */
const NEGOTIATED: readonly string[] = ['accept', 'accept-language']

/** A request as developer tools and archives record it, with everything that the browser added. */
interface RecordedRequest {
  readonly url: string
  readonly method: string
  readonly headers: readonly HeaderLine[]
  readonly body: string | null
}

/** A page's request from a recording; without `origin` if the recording has none. */
export type PartialPageRequest = PagelessRequest & {
  readonly origin?: string
  /** Sentences about parts that were read differently, or could not be read. */
  readonly notes?: readonly string[]
}

/**
 * Removes what the browser added, and reads what that says about the page. A preflight becomes the
 * request that it asks for.
 */
export function asPageRequest(recorded: RecordedRequest): PartialPageRequest {
  const { url, method, headers, body } = recorded
  const asked = fieldOf(headers, READ.requestMethod)
  if (asked !== undefined) return requestOfPreflight(recorded, asked)
  const mode = fieldOf(headers, 'Sec-Fetch-Mode')
  const cookie = fieldOf(headers, 'Cookie')
  // "Disable cache" in the developer tools adds both of these.
  const isUncached = fieldOf(headers, 'Cache-Control') === 'no-cache' && fieldOf(headers, 'Pragma') === 'no-cache'
  const own = headers.filter(([name, value]) => {
    const lower = name.toLowerCase()
    if (!isToken(lower) || ADDED.includes(lower) || (isForbiddenRequestHeader(lower) && lower !== 'cookie'))
      return false
    if (isPseudoHeader(lower, value, recorded)) return false
    if (NEGOTIATED.includes(lower)) return !isOfBrowser(lower, value)
    return !(isUncached && (lower === 'cache-control' || lower === 'pragma'))
  })
  const origin = originOf(headers)
  return {
    url,
    method,
    headers: own.map(
      ([name, value]): HeaderLine => [name, isSendable(value) ? value : placeholder(name.toLowerCase())],
    ),
    ...(origin === undefined ? {} : { origin }),
    ...(cookie === undefined ? {} : { credentials: 'include' as const }),
    ...(mode === 'no-cors' || mode === 'same-origin' ? { mode } : {}),
    ...(body === null ? {} : { body }),
  }
}

/** Values that need permission, for names that are safelisted with other values. */
const UNSAFE_VALUES: Readonly<Record<string, string>> = {
  accept: 'application/json;v="1"',
  'accept-language': 'en_US',
  'content-language': 'en_US',
  'content-type': 'application/json',
  range: 'bytes=-1',
}

/** Replaces an unknown value. Permission depends on the name. */
const UNKNOWN_VALUE = 'unknown'

/**
 * Rebuilds the request that a preflight asks permission for: its method, the names of its headers,
 * and the page's origin.
 */
function requestOfPreflight({ url, headers }: RecordedRequest, asked: string): PartialPageRequest {
  const method = asked.trim()
  const names = headerNamesOf(headers)
  const origin = originOf(headers)
  const listed = names.length === 0 ? '' : ` with ${names.join(', ')}`
  return {
    url,
    method,
    headers: names.map((name): HeaderLine => [name, placeholder(name)]),
    ...(origin === undefined ? {} : { origin }),
    // A preflight for a request that needs none comes from a listener on the upload.
    ...(/^(?:GET|HEAD|POST)$/.test(method) && names.length === 0
      ? { uploadListener: true, initiator: 'xhr' as const }
      : {}),
    notes: [
      `this is a preflight, so the request that it asks permission for is checked: ${method}${listed}. A preflight does not show whether the page sends credentials: add --credentials include if it does`,
    ],
  }
}

/** Lists the header names that a preflight asks permission for. */
export function headerNamesOf(preflight: readonly HeaderLine[]): readonly string[] {
  const lines = preflight.filter(([name]) => name.toLowerCase() === READ.requestHeaders).map(([, value]) => value)
  const names = lines.flatMap((line) => splitList(line)).map((name) => name.toLowerCase())
  return [...new Set(names)].filter(isToken).slice(0, 256)
}

/** Returns a value with which a header of this name needs permission. */
export function placeholder(name: string): string {
  return Object.hasOwn(UNSAFE_VALUES, name) ? (UNSAFE_VALUES[name] ?? UNKNOWN_VALUE) : UNKNOWN_VALUE
}

/** Older developer tools copy the pseudo-headers of HTTP/2 without their colon. */
function isPseudoHeader(name: string, value: string, { url, method }: RecordedRequest): boolean {
  if (name === 'method') return value.toUpperCase() === method.toUpperCase()
  if (name === 'authority') return value === URL.parse(url)?.host
  if (name === 'scheme') return /^https?$/.test(value)
  return name === 'path' && value.startsWith('/')
}

/** A field cannot hold such characters, so a tool wrote them. Permission depends on the name. */
function isSendable(value: string): boolean {
  return !Array.from(value).some((char) => (char.codePointAt(0) ?? 0) > 0xff || '\0\r\n'.includes(char))
}

function isOfBrowser(name: string, value: string): boolean {
  // The `Accept` header of navigations is longer than the safelist allows.
  return isSafelistedRequestHeader(name, value) || /^(?:text\/html|image\/)/.test(value)
}

function originOf(headers: readonly HeaderLine[]): string | undefined {
  return fieldOf(headers, 'Origin') ?? originOfReferrer(fieldOf(headers, 'Referer'))
}

function fieldOf(headers: readonly HeaderLine[], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]
}

/** Reads the origin of a page from its referrer. */
export function originOfReferrer(referrer: string | undefined): string | undefined {
  const url = referrer === undefined ? null : URL.parse(referrer)
  return url === null || url.origin === 'null' ? undefined : url.origin
}

import type { HeaderLine } from '../../browser/wire.ts'
import { asPageRequest, originOfReferrer, type PartialPageRequest, placeholder } from './from-browser.ts'
import { isMade, isUnknown, SPREAD } from './literal.ts'

/** A request as a call of JavaScript describes it, in the words of `fetch()`. */
export interface JsRequest {
  readonly url: unknown
  readonly method?: unknown
  readonly headers?: unknown
  readonly body?: unknown
  readonly credentials?: unknown
  readonly mode?: unknown
  readonly referrer?: unknown
  /** The content type that the library adds to this body. */
  readonly impliedType?: string | undefined
  readonly initiator?: 'xhr' | undefined
  readonly uploadListener?: boolean
}

/**
 * Makes a page's request from a call.
 *
 * @throws {TypeError} for a computed part that decides about CORS; the message names the option to
 * use
 */
export function fromJs(call: JsRequest): PartialPageRequest {
  const url = addressOf(call.url)
  const method = wordOf(call.method, 'the method', '-X PUT') ?? 'GET'
  const { lines, notes } = headersOf(call.headers)
  const hasType = lines.some(([name]) => name.toLowerCase() === 'content-type')
  const body = bodyOf(call.body)
  const type = hasType ? undefined : (body?.type ?? call.impliedType)
  if (body?.isUnknown && !hasType && type === undefined)
    notes.push('the body is computed: add -H with its Content-Type, unless that is text/plain, a form or multipart')
  const recorded = asPageRequest({
    url,
    method: normalized(method),
    headers: type === undefined ? lines : [...lines, ['Content-Type', type]],
    body: body?.text ?? null,
  })
  const origin = recorded.origin ?? originOfReferrer(textOf(call.referrer))
  const credentials = wordOf(call.credentials, 'the credentials mode', '--credentials include')
  const mode = wordOf(call.mode, 'the mode', '--mode cors')
  return {
    ...recorded,
    ...(origin === undefined ? {} : { origin }),
    ...(credentials === 'include' || credentials === 'omit' || credentials === 'same-origin' ? { credentials } : {}),
    ...(mode === 'cors' || mode === 'no-cors' || mode === 'same-origin' ? { mode } : {}),
    ...(call.initiator === undefined ? {} : { initiator: call.initiator }),
    ...(call.uploadListener ? { uploadListener: true } : {}),
    ...(notes.length === 0 ? {} : { notes: [...(recorded.notes ?? []), ...notes] }),
  }
}

/** Only these methods have one spelling: `patch` is another method than `PATCH`. */
function normalized(method: string): string {
  return /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method
}

/** Reads a URL: a text, `new URL(path, base)`, or a template that begins with text. */
function addressOf(value: unknown): string {
  if (isMade(value) && value.made === 'URL') {
    const [path, base] = value.of
    const whole = URL.parse(addressText(path), base === undefined ? undefined : addressText(base))
    if (whole !== null) return whole.href
  }
  const text = addressText(value)
  if (/^[a-z][a-z\d+.-]*:/i.test(text)) return text
  if (text.startsWith('//')) throw new TypeError('the URL has no scheme: write it whole, with https://')
  throw new TypeError(
    "the URL is relative, so the request goes to the page's own origin and CORS does not apply: if a base is added, write the whole URL",
  )
}

function addressText(value: unknown): string {
  if (typeof value === 'string') return value
  if (isUnknown(value)) {
    // If only the end is computed, as in `https://api.example.com/users/${id}`, host and path are
    // known.
    const template = /^[`'"]([a-z]+:\/\/[^/$`'"]+\/[^`'"]*)/i.exec(value.unknown)?.[1]
    if (template !== undefined) return template.replace(/\$\{[^}]*\}?/g, 'x')
    throw new TypeError(
      `the URL is computed (${value.unknown.slice(0, 40)}): write its value, or use corsmith check <url> --origin … with -X and -H`,
    )
  }
  throw new TypeError('the first argument of the call is not a URL: write the URL')
}

/** Reads a value that must be one of a few words. */
function wordOf(value: unknown, what: string, option: string): string | undefined {
  if (value === undefined || value === null || typeof value === 'string') return value ?? undefined
  throw new TypeError(
    `${what} is computed${isUnknown(value) ? ` (${value.unknown.slice(0, 40)})` : ''}: write its value, or describe the request with ${option}`,
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

interface Headers {
  readonly lines: HeaderLine[]
  readonly notes: string[]
}

/**
 * Reads headers: an object, a list of pairs, or `new Headers(…)`. A value may be computed, because
 * CORS depends on the name.
 */
function headersOf(value: unknown): Headers {
  const none: Headers = { lines: [], notes: [] }
  if (value === undefined || value === null) return none
  if (isUnknown(value))
    throw new TypeError(`the headers are computed (${value.unknown}): write them out, or use -H for each`)
  if (isMade(value) && value.made === 'Object.assign') return gathered(value.of.map((part) => [SPREAD, part]))
  if (isMade(value))
    return /^(?:Headers|HttpHeaders|Object\.fromEntries)$/.test(value.made) ? headersOf(value.of[0]) : none
  if (Array.isArray(value))
    return gathered(value.map((pair: unknown) => (Array.isArray(pair) ? [pair[0], pair[1]] : [pair, ''])))
  return typeof value === 'object' ? gathered(Object.entries(value)) : none
}

function gathered(pairs: readonly (readonly unknown[])[]): Headers {
  const lines: HeaderLine[] = []
  const notes: string[] = []
  for (const [name, value] of pairs) {
    if (typeof name !== 'string' || name.startsWith(`${SPREAD}[`)) throw computedHeaders(name)
    if (name.startsWith(SPREAD)) {
      if (isUnknown(value)) throw computedHeaders(value)
      const inner = headersOf(value)
      lines.push(...inner.lines)
      notes.push(...inner.notes)
    } else if (isUnknown(value) || typeof value === 'object') {
      const lower = name.toLowerCase()
      lines.push([name, placeholder(lower)])
      if (placeholder(lower) !== placeholder(''))
        notes.push(
          `the value of ${lower} is computed: taken for ${placeholder(lower)}, which needs permission; -H says another`,
        )
    } else if (value !== undefined) lines.push([name, String(value)])
  }
  return { lines, notes }
}

function computedHeaders(part: unknown): TypeError {
  const text = isUnknown(part) ? part.unknown : typeof part === 'string' ? part.slice(SPREAD.length) : String(part)
  return new TypeError(`some headers are computed (${text}): write them there, or use -H for each`)
}

/** Reads a body as far as CORS depends on it: the content type that the browser adds. */
function bodyOf(value: unknown): { readonly text: string; readonly type?: string; readonly isUnknown: boolean } | null {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return { text: value, isUnknown: false }
  if (!isMade(value)) return { text: '', isUnknown: true }
  if (value.made === 'JSON.stringify') return { text: jsonOf(value.of[0]), isUnknown: false }
  if (value.made === 'URLSearchParams') return { text: '', type: 'application/x-www-form-urlencoded', isUnknown: false }
  if (value.made === 'FormData') return { text: '', type: 'multipart/form-data; boundary=corsmith', isUnknown: false }
  const options = value.of.at(-1)
  const type = typeof options === 'object' && options !== null ? (options as Record<string, unknown>).type : undefined
  return { text: '', ...(typeof type === 'string' ? { type } : {}), isUnknown: typeof type !== 'string' }
}

/** Computed parts become null. */
function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (isUnknown(inner) || isMade(inner) ? null : inner)) ?? ''
}

/**
 * Reads the options of a call. Spread objects that are written out belong to them.
 *
 * @throws {TypeError} for options that are computed
 */
export function optionsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (isUnknown(value)) throw computedOptions('the options', value.unknown)
  if (typeof value !== 'object' || value === null || isMade(value)) return {}
  const entries = Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
    if (!name.startsWith(SPREAD)) return [[name, inner]]
    if (isUnknown(inner)) throw computedOptions('some options', inner.unknown)
    return Object.entries(optionsOf(inner))
  })
  return Object.fromEntries(entries)
}

function computedOptions(what: string, text: string): TypeError {
  return new TypeError(
    `${what} of the call are computed (${text}): write them out, or use corsmith check <url> --origin … with -X and -H`,
  )
}

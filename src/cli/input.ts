import { quoted } from '../diagnose/page-request.ts'
import {
  CHOOSABLE,
  FORMATS,
  type Format,
  isTarget,
  type PageRequest,
  type PartialPageRequest,
  type Target,
} from '../diagnose.ts'
import { UsageError } from './io.ts'
import { didYouMean } from './suggest.ts'

/**
 * The longest time to wait for an answer, in seconds. Timers of Node cannot wait longer than 24
 * days.
 */
export const MAX_TIMEOUT = 3600

/** The options that describe a request. */
export interface RequestOptions {
  readonly origin?: string | undefined
  readonly method?: string | undefined
  readonly header?: readonly string[] | undefined
  readonly credentials?: string | undefined
  readonly mode?: string | undefined
  readonly initiator?: string | undefined
  readonly body?: string | undefined
  readonly reads?: readonly string[] | undefined
  readonly 'upload-listener'?: boolean | undefined
  readonly curl?: string | undefined
  readonly fetch?: string | undefined
  readonly har?: string | undefined
  readonly entry?: string | undefined
  readonly filter?: string | undefined
  readonly 'all-blocked'?: boolean | undefined
  readonly live?: boolean | undefined
}

/** Adds the options of the command line to a request. An option wins over the request. */
export function refine(base: PartialPageRequest, options: RequestOptions): PageRequest {
  const origin = options.origin ?? base.origin
  if (origin === undefined) throw new UsageError('no origin of a page: --origin https://app.example.com')
  const own = (options.header ?? []).map(readHeader)
  const names = own.map(([name]) => name.toLowerCase())
  const earlier = Array.isArray(base.headers)
    ? (base.headers as readonly (readonly [string, string])[])
    : Object.entries(base.headers ?? {})
  const { notes: _, ...request } = base
  return {
    ...request,
    origin: readOrigin(origin),
    headers: [...earlier.filter(([name]) => !names.includes(name.toLowerCase())), ...own],
    ...(options.method === undefined ? {} : { method: options.method }),
    ...(options.credentials === undefined
      ? {}
      : { credentials: oneOf('--credentials', options.credentials, ['omit', 'same-origin', 'include'] as const) }),
    ...(options.mode === undefined
      ? {}
      : { mode: oneOf('--mode', options.mode, ['cors', 'no-cors', 'same-origin'] as const) }),
    ...(options.initiator === undefined
      ? {}
      : {
          initiator: oneOf('--initiator', options.initiator, [
            'fetch',
            'xhr',
            'beacon',
            'eventsource',
            'script',
            'style',
            'image',
            'font',
          ] as const),
        }),
    ...(options['upload-listener'] ? { uploadListener: true, initiator: 'xhr' as const } : {}),
    ...(options.body === undefined ? {} : { body: options.body }),
    ...(options.reads === undefined
      ? {}
      : { reads: options.reads.flatMap((names) => names.split(',')).map((name) => name.trim()) }),
  }
}

function readHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(':')
  // The message does not quote the value: it may be a secret without its name.
  if (colon < 1) throw new UsageError("a header needs a colon: -H 'Content-Type: application/json'")
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}

/** Reads the origin of a page. It also takes the URL of the page. */
export function readOrigin(text: string): string {
  if (text === 'null') return text
  const url = URL.parse(text)
  // `localhost:5173` is a URL: one whose scheme is "localhost".
  const whole = withScheme(text)
  if (url === null || whole !== null)
    throw new UsageError(`${quoted(text)} is not an origin: write ${whole ?? 'https://app.example.com'}`)
  // The URL Standard calls the origin of other schemes opaque. Browsers still send `scheme://host`
  // for a page of an app.
  return url.origin === 'null' ? (url.host === '' ? 'null' : `${url.protocol}//${url.host}`) : url.origin
}

/**
 * Completes an address without a scheme, for an error. Development servers on the own machine speak
 * http. Returns null for a text that is no host.
 */
export function withScheme(text: string): string | null {
  if (!/^(?:[a-z\d-]+\.)*[a-z\d-]+(?::\d{1,5})?(?:\/\S*)?$/i.test(text) || !/[.:]|^localhost/.test(text)) return null
  return `${/^(?:localhost|127\.)/i.test(text) ? 'http' : 'https'}://${text}`
}

/**
 * Reads an option that takes one of a few words.
 *
 * @throws {UsageError} for any other word
 */
export function oneOf<const T extends string>(option: string, value: string, words: readonly T[]): T {
  const word = words.find((each) => each === value)
  if (word === undefined)
    throw new UsageError(
      `${option} ${quoted(value)}${didYouMean(value, words)}: write ${words.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`,
    )
  return word
}

/**
 * Reads a whole number between two bounds.
 *
 * @throws {UsageError} for anything else
 */
export function wholeNumber(
  option: string,
  value: string | undefined,
  fallback: number,
  [least, most]: readonly [number, number],
): number {
  if (value === undefined) return fallback
  if (!/^\d{1,9}$/.test(value) || Number(value) < least || Number(value) > most) {
    throw new UsageError(`${option} ${quoted(value)}: write a whole number from ${least} to ${most}`)
  }
  return Number(value)
}

/** Refuses words that the command would ignore. */
export function atMost(count: number, positionals: readonly string[]): void {
  const extra = positionals[count]
  if (extra !== undefined) throw new UsageError(`${quoted(extra)} is one argument too many`)
}

/**
 * Reads the target of a fix.
 *
 * @throws {UsageError} for a name that is not in the table of targets
 */
export function readTarget(value: string | undefined, option = '--for'): Target | undefined {
  if (value === undefined || isTarget(value)) return value as Target | undefined
  throw new UsageError(
    `${option} ${quoted(value)}${didYouMean(value, CHOOSABLE)}: write one of ${CHOOSABLE.join(', ')}`,
  )
}

/** Reads a report format. */
export function readFormat(value: string | undefined): Format | undefined {
  return value === undefined ? undefined : oneOf('--format', value, FORMATS)
}

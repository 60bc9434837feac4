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

/** The longest time to wait for an answer, in seconds: timers do not go beyond 24 days. */
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

/** Adds to a request what the command line says. */
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
  // What stands there may be a secret without its name.
  if (colon < 1) throw new UsageError("what has no colon is no header: -H 'Content-Type: application/json'")
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
}

/** Reads the origin of a page; the URL of the page will do. */
export function readOrigin(text: string): string {
  if (text === 'null') return text
  const url = URL.parse(text)
  if (url === null) throw new UsageError(`${quoted(text)} is no origin: write https://app.example.com`)
  // A page of another scheme than http serializes as scheme://host all the same; the URL Standard calls its origin opaque.
  return url.origin === 'null' ? (url.host === '' ? 'null' : `${url.protocol}//${url.host}`) : url.origin
}

/** Reads an option that takes one of a few words. */
export function oneOf<const T extends string>(option: string, value: string, words: readonly T[]): T {
  const word = words.find((each) => each === value)
  if (word === undefined)
    throw new UsageError(
      `${option} ${quoted(value)}${didYouMean(value, words)}: write ${words.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`,
    )
  return word
}

/** Reads a whole number. */
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

/** Refuses words that nothing would be done with. */
export function atMost(count: number, positionals: readonly string[]): void {
  const extra = positionals[count]
  if (extra !== undefined) throw new UsageError(`${quoted(extra)} is one too many`)
}

/** Reads the target of a fix. */
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

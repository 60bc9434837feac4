import { clip, quoted } from '../diagnose/page-request.ts'
import { isKnownCode } from '../diagnose/report/codes.ts'
import type { PageRequest } from '../diagnose.ts'
import { readOrigin } from './input.ts'
import { UsageError } from './io.ts'

/** One check of a file of expectations. */
interface Expectation {
  /** The place of the check in the file, for messages. */
  readonly place: string
  readonly name: string | null
  readonly request: PageRequest
  readonly wants: 'shared' | 'refused'
  readonly code: string | null
  /**
   * Whether to send the request itself although it has side effects. With undefined, the command
   * line decides.
   */
  readonly send: boolean | undefined
}

/** The keys of a check. */
export const KEYS = [
  'name',
  'url',
  'origin',
  'method',
  'headers',
  'credentials',
  'mode',
  'reads',
  'expect',
  'code',
  'body',
  'send',
] as const

/**
 * Reads a file of expectations. It refuses unknown keys and wrong types, because a check with a
 * misread method would be green for another request.
 *
 * @param data The parsed JSON.
 * @param path The path of the file, for messages.
 * @param base The URL for relative URLs, instead of the file's own `base`.
 * @returns The checks, in the order of the file.
 * @throws {UsageError} for a file that has another form
 */
export function readExpectations(data: unknown, path: string, base: string | undefined): readonly Expectation[] {
  const file = asRecord(data)
  const checks = Array.isArray(data) ? data : file?.checks
  if (!Array.isArray(checks) || checks.length === 0) {
    throw new UsageError(
      `${path} holds no checks: { "base": "https://api.example.com", "checks": [{ "url": "/", "origin": "https://app.example.com", "expect": "shared" }] }`,
    )
  }
  const stray = Object.keys(file ?? {}).find((key) => !['base', 'checks', '$schema'].includes(key))
  if (stray !== undefined) throw new UsageError(`${path}: ${clip(stray)}: the keys are base, checks`)
  const root = base ?? (file === null ? undefined : text(file.base, `${path}: base`))
  if (root !== undefined && !URL.canParse(root))
    throw new UsageError(`${path}: base: ${quoted(root)} is not a URL: write https://api.example.com`)
  return checks.map((entry: unknown, i) => readExpectation(entry, `${path}: checks[${i}]`, root))
}

function readExpectation(entry: unknown, place: string, base: string | undefined): Expectation {
  const check = asRecord(entry)
  if (check === null) throw new UsageError(`${place} is not an object`)
  const unknown = Object.keys(check).find((key) => !(KEYS as readonly string[]).includes(key))
  if (unknown !== undefined) throw new UsageError(`${place}.${clip(unknown)}: the keys are ${KEYS.join(', ')}`)
  const given = text(check.url, `${place}.url`) ?? '/'
  const url = URL.parse(given, base)
  if (url === null) throw new UsageError(`${place}.url: ${quoted(given)} is not a URL; give the file a "base"`)
  const origin = text(check.origin, `${place}.origin`)
  if (origin === undefined) throw new UsageError(`${place}.origin: the origin of the page is missing`)
  const wants = word(check.expect, `${place}.expect`, ['shared', 'refused'])
  if (wants === undefined) throw new UsageError(`${place}.expect: write "shared" or "refused"`)
  const code = text(check.code, `${place}.code`)
  if (code !== undefined && !isKnownCode(code))
    throw new UsageError(`${place}.code: ${quoted(code)} is not a code of a failure or a finding`)
  return {
    place,
    name: text(check.name, `${place}.name`) ?? null,
    wants,
    code: code ?? null,
    send: flag(check.send, `${place}.send`),
    request: {
      url: url.href,
      origin: readOrigin(origin),
      ...optional('method', text(check.method, `${place}.method`)),
      ...optional('headers', headers(check.headers, `${place}.headers`)),
      ...optional('credentials', word(check.credentials, `${place}.credentials`, ['omit', 'same-origin', 'include'])),
      ...optional('mode', word(check.mode, `${place}.mode`, ['cors', 'no-cors', 'same-origin'])),
      ...optional('body', text(check.body, `${place}.body`)),
      ...optional('reads', names(check.reads, `${place}.reads`)),
    },
  }
}

/** Makes a property only if it has a value. */
function optional<const K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: T }
}

function text(value: unknown, place: string): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  throw new UsageError(`${place}: write a string`)
}

function flag(value: unknown, place: string): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value
  throw new UsageError(`${place}: write true or false`)
}

function word<const T extends string>(value: unknown, place: string, words: readonly T[]): T | undefined {
  const found = words.find((each) => each === value)
  if (value === undefined || found !== undefined) return found
  throw new UsageError(`${place}: write ${words.map((each) => `"${each}"`).join(' or ')}`)
}

function headers(value: unknown, place: string): readonly (readonly [string, string])[] | undefined {
  if (value === undefined) return undefined
  const record = asRecord(value)
  if (record === null) throw new UsageError(`${place}: write { "Content-Type": "application/json" }`)
  return Object.keys(record).map((name) => [name, text(record[name], `${place}.${name}`) ?? ''] as const)
}

function names(value: unknown, place: string): readonly string[] | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value
  throw new UsageError(`${place}: write a list of header names`)
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : null
}

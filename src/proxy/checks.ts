import { isToken } from '../spec/tokens.ts'
import type { ForwardOrigin, ProxyOptions } from './options.ts'

const FORWARD_ORIGIN: readonly ForwardOrigin[] = ['strip', 'keep', 'rewrite']

/** What `setTimeout` can wait; anything longer fires at once. */
const LONGEST = 2_147_483_647

/** Every option there is. The compiler says when one is missing here. */
const OPTIONS: Readonly<Record<keyof ProxyOptions, true>> = {
  upstream: true,
  cors: true,
  forwardOrigin: true,
  publicOrigin: true,
  trustedHeaders: true,
  timeoutMs: true,
  fetch: true,
  clientAddress: true,
  runtime: true,
}

/**
 * Refuses what is no option: a misspelt `forwardOrigin` would be ignored without a word.
 *
 * @throws {TypeError} that names the option, and the one that was meant.
 */
export function checkNames(options: object): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(OPTIONS, name)) continue
    const meant = Object.keys(OPTIONS).find(
      (known) => known.toLowerCase() === name.toLowerCase().replaceAll(/[_-]/g, ''),
    )
    const cure = meant === undefined ? `the options are ${Object.keys(OPTIONS).join(', ')}` : `write "${meant}"`
    throw new TypeError(`${quote(name)} is not an option of the proxy: ${cure}`)
  }
}

/**
 * Reads what becomes of the `Origin`; `name` is where it was written.
 *
 * @throws {TypeError} for anything but the three words.
 */
export function readForwardOrigin(value: unknown, name: string): ForwardOrigin {
  const known = FORWARD_ORIGIN.find((mode) => mode === value)
  if (known === undefined) throw new TypeError(`${name} is ${quote(value)}: write "strip", "keep" or "rewrite"`)
  return known
}

/**
 * Reads a time-out; `name` is where it was written, and `written` what stands there.
 *
 * @throws {TypeError} for anything but whole milliseconds that a timer can wait.
 */
export function readTimeout(value: unknown, name: string, written: unknown = value): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LONGEST) return value
  throw new TypeError(`${name} is ${quote(written)}: write whole milliseconds, or 0 for none`)
}

/**
 * Reads the origin under which browsers know the edge.
 *
 * @throws {TypeError} for anything but an http or https origin.
 */
export function readPublicOrigin(value: unknown, name: string): string {
  const url = URL.parse(String(value))
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!isHttp || url.href !== `${url.origin}/`)
    throw new TypeError(`${name} is not an origin: write one such as "https://api.example.com"`)
  return url.origin
}

/**
 * Reads names of headers.
 *
 * @throws {TypeError} for anything but a list of header names.
 */
export function readNames(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} is ${quote(value)}: write a list of header names`)
  for (const each of value)
    if (typeof each !== 'string' || !isToken(each))
      throw new TypeError(`${name} holds ${quote(each)}, which is not a header name: write one such as "Fly-Client-IP"`)
  return value
}

/**
 * Reads a function that may be left out.
 *
 * @throws {TypeError} for anything but a function.
 */
export function readFunction<F>(value: F | undefined, otherwise: F, name: string): F {
  if (value === undefined) return otherwise
  if (typeof value !== 'function') throw new TypeError(`${name} is ${quote(value)}: write a function`)
  return value
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

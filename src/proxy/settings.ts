import { isToken } from '../spec/tokens.ts'
import type { ForwardOrigin, ProxyOptions, Runtime } from './options.ts'
import { readUpstream, type Upstream } from './target.ts'

/** Options that were checked, with the defaults filled in. */
export interface Settings {
  readonly upstream: Upstream
  readonly forwardOrigin: ForwardOrigin
  /** Null where the URL of each request gives it. */
  readonly publicOrigin: string | null
  /** In lower case. */
  readonly trusted: ReadonlySet<string>
  readonly timeoutMs: number
  readonly send: (request: Request) => Promise<Response>
  readonly clientAddress: (request: Request) => string | null
  readonly runtime: Runtime
}

/**
 * Checks the options of a proxy and fills in the defaults. The policy (`cors`) is checked
 * elsewhere.
 *
 * @throws {TypeError} for an option that is unknown or wrong
 */
export function readSettings(options: ProxyOptions): Settings {
  checkNames(options)
  const runtime = options.runtime ?? { upgrades: false, decodesBodies: true }
  const trusted = [...readNames(options.trustedHeaders ?? [], 'trustedHeaders'), ...(runtime.trustedHeaders ?? [])]
  return {
    upstream: readUpstream(options.upstream),
    forwardOrigin: readForwardOrigin(options.forwardOrigin ?? 'strip', 'forwardOrigin'),
    publicOrigin: options.publicOrigin === undefined ? null : readPublicOrigin(options.publicOrigin, 'publicOrigin'),
    trusted: new Set(trusted.map((name) => name.toLowerCase())),
    timeoutMs: readTimeout(options.timeoutMs ?? 30_000, 'timeoutMs'),
    send: readFunction(options.fetch, (request: Request) => fetch(request), 'fetch'),
    clientAddress: readFunction(options.clientAddress, () => null, 'clientAddress'),
    runtime,
  }
}

/** The names of all options. The compiler reports one that is missing here. */
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

/** Throws for an unknown name. Otherwise a misspelled `forwardOrigin` would be ignored silently. */
function checkNames(options: object): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(OPTIONS, name)) continue
    const meant = Object.keys(OPTIONS).find(
      (known) => known.toLowerCase() === name.toLowerCase().replaceAll(/[_-]/g, ''),
    )
    const cure = meant === undefined ? `the options are ${Object.keys(OPTIONS).join(', ')}` : `write "${meant}"`
    throw new TypeError(`${quote(name)} is not an option of the proxy: ${cure}`)
  }
}

// The functions below serve options and environment variables. `name` is the name of either, for
// error messages.

const FORWARD_ORIGIN: readonly ForwardOrigin[] = ['strip', 'keep', 'rewrite']

/**
 * Reads `forwardOrigin`.
 *
 * @throws {TypeError} for a value that is not one of the three words
 */
export function readForwardOrigin(value: unknown, name: string): ForwardOrigin {
  const known = FORWARD_ORIGIN.find((mode) => mode === value)
  if (known === undefined) throw new TypeError(`${name} is ${quote(value)}: write "strip", "keep" or "rewrite"`)
  return known
}

/** The longest delay of `setTimeout`, in milliseconds. A longer one fires at once. */
const LONGEST_DELAY = 2_147_483_647

/**
 * Reads a time-out.
 *
 * @param written the value as the user wrote it, for the error message
 * @throws {TypeError} for a value that is not a whole number of milliseconds, or too long for a
 *   timer
 */
export function readTimeout(value: unknown, name: string, written: unknown = value): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LONGEST_DELAY) return value
  throw new TypeError(`${name} is ${quote(written)}: write whole milliseconds, or 0 for none`)
}

/**
 * Reads the origin under which browsers know the edge.
 *
 * @throws {TypeError} for a value that is not an http or https origin
 */
export function readPublicOrigin(value: unknown, name: string): string {
  const url = URL.parse(String(value))
  const isHttp = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!isHttp || url.href !== `${url.origin}/`)
    throw new TypeError(`${name} is not an origin: write one such as "https://api.example.com"`)
  return url.origin
}

/**
 * Reads a list of header names.
 *
 * @throws {TypeError} for a value that is not a list of header names
 */
export function readNames(value: unknown, name: string): readonly string[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} is ${quote(value)}: write a list of header names`)
  for (const each of value)
    if (typeof each !== 'string' || !isToken(each))
      throw new TypeError(`${name} holds ${quote(each)}, which is not a header name: write one such as "Fly-Client-IP"`)
  return value
}

function readFunction<F>(value: F | undefined, otherwise: F, name: string): F {
  if (value === undefined) return otherwise
  if (typeof value !== 'function') throw new TypeError(`${name} is ${quote(value)}: write a function`)
  return value
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

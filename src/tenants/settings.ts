import type { RequestHead } from '../server/types.ts'
import { createSteadyClock } from './clock.ts'
import { needsPreflight } from './identify.ts'
import type { TenantError, TenantsOptions } from './types.ts'

/** Options that were checked, with the defaults filled in. Times are in milliseconds. */
export interface TenantSettings {
  readonly ttlMs: number
  readonly staleMs: number
  readonly errorMs: number
  readonly negativeMs: number
  readonly timeoutMs: number
  readonly maxEntries: number
  readonly maxNegative: number
  readonly unknownPerMinute: number
  readonly forbid: boolean
  /** A clock that is never set back. */
  readonly now: () => number
  /** The clock by which previews end. */
  readonly wall: () => number
  readonly random: () => number
  /** Never throws. */
  readonly report: (error: TenantError) => void
}

/** The default of each option that is a number, and the least that it may be. */
const NUMBERS = {
  ttl: [60, 0],
  staleWhileRevalidate: [300, 0],
  staleIfError: [86_400, 0],
  negativeTtl: [30, 0],
  timeoutMs: [2000, 1],
  maxEntries: [10_000, 1],
  maxNegative: [10_000, 1],
  unknownPerMinute: [600, 1],
} as const

const FUNCTIONS = ['identify', 'preflight', 'waitUntil', 'onError', 'now', 'random'] as const
const NAMES: readonly string[] = [...Object.keys(NUMBERS), ...FUNCTIONS, 'store', 'refused']

/** The longest delay of `setTimeout`. Longer times would fire at once, or be no number of days. */
const MOST = 2_147_483_647

/**
 * Checks the options and fills in the defaults.
 *
 * @throws {TypeError} for an option that is unknown, missing or wrong
 */
export function readTenantSettings<Q extends RequestHead, A extends unknown[]>(
  options: TenantsOptions<Q, A>,
): TenantSettings {
  for (const name of Object.keys(options)) if (!NAMES.includes(name)) throw new TypeError(unknownOption(name))
  for (const name of FUNCTIONS) {
    const value: unknown = options[name]
    if (typeof value !== 'function' && (value !== undefined || name === 'identify'))
      throw new TypeError(`createTenants: ${name} is a function`)
  }
  if (!isStore(options.store))
    throw new TypeError(
      'createTenants: store is an object with get(), or a function that gives one: write "memoryStore({})"',
    )
  if (needsPreflight(options.identify) && options.preflight === undefined)
    throw new TypeError(
      'createTenants: no preflight carries the header that identify reads: write "preflight: () => […]"',
    )
  const { refused = options.preflight === undefined ? 'pass' : 'forbid' } = options
  if (refused !== 'pass' && refused !== 'forbid') throw new TypeError('createTenants: refused is "pass" or "forbid"')
  const number = (name: keyof typeof NUMBERS) => readNumber(name, options[name])
  const wall = options.now ?? Date.now
  const now = createSteadyClock(wall)
  return {
    ttlMs: number('ttl') * 1000,
    staleMs: number('staleWhileRevalidate') * 1000,
    errorMs: number('staleIfError') * 1000,
    negativeMs: number('negativeTtl') * 1000,
    timeoutMs: number('timeoutMs'),
    maxEntries: number('maxEntries'),
    maxNegative: number('maxNegative'),
    unknownPerMinute: number('unknownPerMinute'),
    forbid: options.preflight !== undefined && refused === 'forbid',
    now,
    wall,
    random: options.random ?? Math.random,
    report: safely(options.onError ?? createPrinter(now)),
  }
}

function unknownOption(name: string): string {
  return `createTenants: there is no option ${JSON.stringify(name)}: write one of ${NAMES.join(', ')}`
}

function isStore(store: unknown): boolean {
  return typeof store === 'function' || (typeof store === 'object' && store !== null && 'get' in store)
}

function readNumber(name: keyof typeof NUMBERS, given: number | undefined): number {
  const [absent, least] = NUMBERS[name]
  const value: unknown = given === undefined ? absent : given
  if (typeof value === 'number' && value >= least && value <= MOST) return value
  throw new TypeError(`createTenants: ${name} is ${String(value)}: write a number from ${least}`)
}

/** The request goes on, even where the hook throws. */
function safely(report: (error: TenantError) => void): (error: TenantError) => void {
  return (error) => {
    try {
      report(error)
    } catch {}
  }
}

const MINUTE = 60_000
const MAX_REMEMBERED = 1000

/** Prints each kind of failure of a tenant once per minute. A store that is down fails often. */
function createPrinter(now: () => number): (error: TenantError) => void {
  const said = new Map<string, number>()
  return (error) => {
    const cause = `${error.code} ${error.tenant}`
    const time = now()
    if (time < (said.get(cause) ?? 0)) return
    if (said.size >= MAX_REMEMBERED) said.clear()
    said.set(cause, time + MINUTE)
    // biome-ignore lint/suspicious/noConsole: an operator has to learn that a tenant has no policy.
    console.error(error)
  }
}

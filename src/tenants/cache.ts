import type { Cors } from '../server/types.ts'
import { type Bounded, createBounded } from './bounded.ts'
import { createBudget } from './budget.ts'
import { LATE, withDeadline } from './deadline.ts'
import { compileDocument, understood } from './document.ts'
import type { TenantSettings } from './settings.ts'
import { type TenantDocument, TenantError, type TenantsStats } from './types.ts'

/** How a request reaches the store, and keeps work behind its answer alive. */
export interface Access {
  read(tenant: string): Promise<unknown>
  waitUntil(work: Promise<unknown>): void
}

/** Keeps the policies of tenants that were asked for. */
export interface TenantCache {
  /** Gives what is kept of a tenant and fresh; undefined where the store has to be asked. */
  kept(tenant: string): Cors | null | undefined
  /** Gives the policy of a tenant, with a read where it is not fresh; null where there is none. */
  get(tenant: string, access: Access): Cors | null | Promise<Cors | null>
  /** Lets the next request for a tenant, or for each of them, wait for a read. */
  forget(tenant: string | null): void
  /** Reads a tenant that has changed. With null each is read, behind its next answer. */
  changed(tenant: string | null, access: Access): void
  stats(): TenantsStats
}

/** A policy in use. Times are in milliseconds. */
interface Entry {
  cors: Cors
  /** Kept where a preview will end: then the policy is made again without it. */
  document: TenantDocument | null
  version: number
  /** From then on, the policy has to be made again. */
  compiledUntil: number
  freshUntil: number
  /** Until then it is used while it is read in the background. */
  staleUntil: number
  /** Until then it is used where it cannot be read. */
  goodUntil: number
}

/** One read of the store, which all requests for the tenant share. */
interface Flight extends FlightState {
  readonly done: Promise<Cors | null>
}

interface FlightState {
  /** From then on it is not waited for, and another one begins. */
  readonly lateAt: number
  /** The tenant changed after the read had begun. */
  isOutdated: boolean
}

/** How often a read is repeated because the tenant changed meanwhile. */
const MAX_REPEATS = 3

/** How long a failure is remembered, so that a broken store is not asked by every request. */
const RETRY_MS = 1000

/** Makes the caches of a set of tenants. */
export function createCache(settings: TenantSettings): TenantCache {
  const { now, random, forbid, timeoutMs, ttlMs, report } = settings
  const known = createBounded<Entry>(settings.maxEntries)
  // Times until which a name counts as unknown.
  const unknown = createBounded<number>(settings.maxNegative)
  const budget = createBudget(settings.unknownPerMinute, now)
  // In Workers a read that its client gave up may never end, and its flight stays.
  const flights = createBounded<Flight>(settings.maxEntries + settings.maxNegative)
  let reads = 0
  let floodSaidUntil = 0

  function kept(tenant: string): Cors | null | undefined {
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined) return time < (unknown.get(tenant) ?? 0) ? null : undefined
    if (time >= entry.compiledUntil) compileAgain(entry, time)
    return time < entry.freshUntil ? entry.cors : undefined
  }

  function get(tenant: string, access: Access): Cors | null | Promise<Cors | null> {
    const found = kept(tenant)
    if (found !== undefined) return found
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined || time >= entry.staleUntil) return ask(tenant, access, time)
    flightFor(tenant, access, time)
    return entry.cors
  }

  /** Removes previews that have ended, also while the store cannot be read. */
  function compileAgain(entry: Entry, time: number): void {
    if (entry.document === null) return
    const { cors, until } = compileDocument(entry.document, time, forbid)
    entry.cors = cors
    entry.compiledUntil = until
  }

  function ask(tenant: string, access: Access, time: number): Cors | null | Promise<Cors | null> {
    const isKnown = known.get(tenant) !== undefined
    const running = flights.get(tenant)
    if (!isKnown && (running === undefined || time >= running.lateAt) && !budget.take()) {
      refuseUnread(time)
      return null
    }
    const flight = flightFor(tenant, access, time)
    // In Workers, a read ends with the request that began it. So each request has a timer of its own.
    return withDeadline(flight.done, timeoutMs + 50).catch(() => fallback(tenant, RETRY_MS))
  }

  /** Says once per second that names are refused: a flood must not become a flood of reports. */
  function refuseUnread(time: number): void {
    if (time < floodSaidUntil) return
    floodSaidUntil = time + RETRY_MS
    report(new TenantError('too-many-unknown', null, 'too many unknown tenants: names are refused without a read'))
  }

  function flightFor(tenant: string, access: Access, time: number): Flight {
    const running = flights.get(tenant)
    if (running !== undefined && time < running.lateAt) return running
    const state: FlightState = { isOutdated: false, lateAt: time + timeoutMs }
    const flight: Flight = Object.assign(state, { done: settle(tenant, access, state) })
    flights.set(tenant, flight)
    const leave = () => {
      if (flights.get(tenant) === flight) flights.delete(tenant)
    }
    access.waitUntil(flight.done.then(leave, leave))
    return flight
  }

  /** Reads a tenant and keeps what came. Never rejects. */
  async function settle(tenant: string, access: Access, flight: FlightState): Promise<Cors | null> {
    const wasKnown = known.get(tenant) !== undefined
    try {
      const given = await readLatest(tenant, access, flight)
      const exists = given !== null && given !== undefined
      if (exists && !wasKnown) budget.giveBack()
      // A later read has begun because this one took too long. What it finds is kept.
      if (isSuperseded(tenant, flight)) return exists ? understood(tenant, given, now(), forbid).cors : null
      if (exists) return keep(tenant, given, flight.isOutdated)
      known.delete(tenant)
      unknown.set(tenant, flight.isOutdated ? 0 : now() + settings.negativeMs)
      return null
    } catch (error) {
      report(
        error instanceof TenantError
          ? error
          : new TenantError('store-failed', tenant, `the store failed for "${tenant}"`, error),
      )
      const isOlder = error instanceof TenantError && error.code === 'document-older'
      return fallback(tenant, isOlder ? ttlMs : RETRY_MS)
    }
  }

  function isSuperseded(tenant: string, flight: FlightState): boolean {
    const running = flights.get(tenant)
    return running !== undefined && running !== flight
  }

  async function readLatest(tenant: string, access: Access, flight: FlightState): Promise<unknown> {
    for (let left = MAX_REPEATS; ; left--) {
      flight.isOutdated = false
      reads += 1
      const given = await withDeadline(access.read(tenant), timeoutMs).catch((error) => {
        throw error === LATE
          ? new TenantError('store-late', tenant, `the store gave no "${tenant}" in ${timeoutMs} ms`)
          : error
      })
      if (!flight.isOutdated || left === 0 || now() >= flight.lateAt) return given
    }
  }

  function keep(tenant: string, given: unknown, isOutdated: boolean): Cors | null {
    const time = now()
    const entry = known.get(tenant)
    const { document, cors, until } = understood(tenant, given, time, forbid)
    const { version, previews } = document
    if (entry !== undefined && version < entry.version)
      throw new TenantError(
        'document-older',
        tenant,
        `the store gave version ${version} of "${tenant}" after version ${entry.version}`,
      )
    const fresh = isOutdated ? 0 : ttlMs * (1 - random() / 10)
    unknown.delete(tenant)
    known.set(tenant, {
      cors,
      document: previews === undefined ? null : document,
      version,
      compiledUntil: until,
      freshUntil: time + fresh,
      staleUntil: isOutdated ? 0 : time + fresh + settings.staleMs,
      goodUntil: time + ttlMs + settings.errorMs,
    })
    return cors
  }

  /** Gives the last good policy where one may still be used. */
  function fallback(tenant: string, retryMs: number): Cors | null {
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined || time >= entry.goodUntil) {
      known.delete(tenant)
      unknown.set(tenant, time + RETRY_MS)
      return null
    }
    if (entry.freshUntil <= time) entry.freshUntil = Math.min(time + retryMs, entry.goodUntil)
    // A request must not wait for a store that is known to fail.
    entry.staleUntil = entry.goodUntil
    return entry.cors
  }

  /** Ends the freshness of a tenant, or of all, and of what is being read of them. */
  function expire(tenant: string | null, mustWait: boolean): void {
    for (const flight of matching(flights, tenant)) flight.isOutdated = true
    if (tenant === null) unknown.clear()
    else unknown.delete(tenant)
    for (const entry of matching(known, tenant)) {
      entry.freshUntil = 0
      if (mustWait) entry.staleUntil = 0
    }
  }

  function changed(tenant: string | null, access: Access): void {
    // A named tenant did change. Without a name it may have, and its next request need not wait.
    expire(tenant, tenant !== null)
    if (tenant !== null && known.get(tenant) !== undefined) flightFor(tenant, access, now())
  }

  return {
    kept,
    get,
    changed,
    forget(tenant) {
      expire(tenant, true)
      // A store that was restored from a copy holds earlier versions.
      for (const entry of matching(known, tenant)) entry.version = 0
    },
    stats: () => ({ reads, known: known.size, unknown: unknown.size }),
  }
}

/** Lists the value of a key, or all values. */
function matching<V>(map: Bounded<V>, key: string | null): Iterable<V> {
  if (key === null) return map.values()
  const value = map.get(key)
  return value === undefined ? [] : [value]
}

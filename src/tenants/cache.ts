import type { Cors } from '../server/types.ts'
import { type Bounded, createBounded, type Marked } from './bounded.ts'
import { createBudget } from './budget.ts'
import { LATE, withDeadline } from './deadline.ts'
import { compileDocument, understood } from './document.ts'
import { type Access, createFlights, type Flight } from './flights.ts'
import type { TenantSettings } from './settings.ts'
import { type TenantDocument, TenantError, type TenantsStats } from './types.ts'

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
interface Entry extends Marked {
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
  /** The read that it is from. What an earlier read brings is not kept. */
  order: number
}

/** A name that the store does not know. */
interface Unknown extends Marked {
  readonly until: number
  readonly order: number
}

/** How often a read is repeated because the tenant changed meanwhile. */
const MAX_REPEATS = 3

/** How long a failure is remembered, so that a broken store is not asked by every request. */
const RETRY_MS = 1000

/** How long a store that failed counts as failing, at least. */
const FAILING_MS = 10_000

/** Makes the caches of a set of tenants. */
export function createCache(settings: TenantSettings): TenantCache {
  const { now, random, forbid, timeoutMs, ttlMs, report } = settings
  const known = createBounded<Entry>(settings.maxEntries)
  const unknown = createBounded<Unknown>(settings.maxNegative)
  const budget = createBudget(settings.unknownPerMinute, now)
  const flights = createFlights(read, { now, timeoutMs, limit: settings.maxEntries + settings.maxNegative })
  let reads = 0
  let floodSaidUntil = 0

  function kept(tenant: string): Cors | null | undefined {
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined) return time < (unknown.get(tenant)?.until ?? 0) ? null : undefined
    if (time >= entry.compiledUntil) compileAgain(entry, time)
    return time < entry.freshUntil ? entry.cors : undefined
  }

  function get(tenant: string, access: Access): Cors | null | Promise<Cors | null> {
    const found = kept(tenant)
    if (found !== undefined) return found
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined || time >= entry.staleUntil) return ask(tenant, access)
    flights.join(tenant, access)
    return entry.cors
  }

  /** Removes previews that have ended, also while the store cannot be read. */
  function compileAgain(entry: Entry, time: number): void {
    if (entry.document === null) return
    const { cors, until } = compileDocument(entry.document, time, forbid)
    entry.cors = cors
    entry.compiledUntil = until
  }

  function ask(tenant: string, access: Access): null | Promise<Cors | null> {
    const mayBegin = () => known.get(tenant) !== undefined || budget.take()
    if (!flights.isRunning(tenant) && !mayBegin()) return refuseUnread()
    let isPaid = !flights.isRunning(tenant)
    const mayRepeat = () => {
      const isFirst = isPaid
      isPaid = false
      return isFirst || mayBegin()
    }
    return flights
      .wait(tenant, access, mayRepeat, () => kept(tenant))
      .then((found) => (found === undefined ? fallback(tenant, RETRY_MS) : found))
  }

  /** Says once per second that names are refused: a flood must not become a flood of reports. */
  function refuseUnread(): null {
    const time = now()
    if (time < floodSaidUntil) return null
    floodSaidUntil = time + RETRY_MS
    report(new TenantError('too-many-unknown', null, 'too many unknown tenants: names are refused without a read'))
    return null
  }

  /** Reads a tenant and keeps what came. Never rejects. */
  async function read(tenant: string, access: Access, flight: Flight): Promise<Cors | null> {
    const wasKnown = known.get(tenant) !== undefined
    try {
      const given = await readLatest(tenant, access, flight)
      const exists = given !== null && given !== undefined
      if (exists && !wasKnown) budget.giveBack()
      const isLater = flight.order > (known.get(tenant)?.order ?? unknown.get(tenant)?.order ?? 0)
      if (exists) return keep(tenant, given, isLater ? flight.order : null)
      if (isLater) {
        known.delete(tenant)
        unknown.set(tenant, { until: now() + settings.negativeMs, order: flight.order })
      }
      return null
    } catch (error) {
      const isOurs = error instanceof TenantError
      report(isOurs ? error : new TenantError('store-failed', tenant, `the store failed for "${tenant}"`, error))
      return fallback(tenant, isOurs && error.code === 'document-older' ? ttlMs : RETRY_MS)
    }
  }

  async function readLatest(tenant: string, access: Access, flight: Flight): Promise<unknown> {
    for (let left = MAX_REPEATS; ; left--) {
      flights.depart(flight)
      reads += 1
      const given = await withDeadline(access.read(tenant), timeoutMs).catch((error) => {
        if (error !== LATE) throw error
        throw new TenantError('store-late', tenant, `the store gave no "${tenant}" in ${timeoutMs} ms`)
      })
      if (!flight.isOutdated || left === 0) return given
    }
  }

  /** Compiles what a read brought, and keeps it under the place of the read. */
  function keep(tenant: string, given: unknown, order: number | null): Cors {
    const time = now()
    const { document, cors, until } = understood(tenant, given, time, forbid)
    if (order === null) return cors
    const { version, previews } = document
    const last = known.get(tenant)?.version ?? 0
    if (version < last) {
      const what = `the store gave version ${version} of "${tenant}" after version ${last}`
      throw new TenantError('document-older', tenant, what)
    }
    const freshUntil = time + ttlMs * (1 - random() / 10)
    unknown.delete(tenant)
    known.set(tenant, {
      cors,
      document: previews === undefined ? null : document,
      version,
      compiledUntil: until,
      freshUntil,
      staleUntil: freshUntil + settings.staleMs,
      goodUntil: time + ttlMs + settings.errorMs,
      order,
    })
    return cors
  }

  /** Gives the last good policy where one may still be used. */
  function fallback(tenant: string, retryMs: number): Cors | null {
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined || time >= entry.goodUntil) {
      known.delete(tenant)
      unknown.set(tenant, { until: time + RETRY_MS, order: entry?.order ?? 0 })
      return null
    }
    if (entry.freshUntil <= time) entry.freshUntil = Math.min(time + retryMs, entry.goodUntil)
    // No request waits for a store that is known to fail. What is known grows old, too.
    entry.staleUntil = Math.min(time + Math.max(settings.staleMs, FAILING_MS), entry.goodUntil)
    return entry.cors
  }

  /** Ends the freshness of a tenant, or of all, and of what is being read of them. */
  function expire(tenant: string | null, mustWait: boolean): void {
    const order = flights.outdate(tenant)
    for (const entry of matching(known, tenant)) {
      entry.freshUntil = 0
      entry.order = order
      if (mustWait) entry.staleUntil = 0
    }
    if (tenant === null) unknown.clear()
    else unknown.delete(tenant)
    // What is being read may be what was there before.
    if (tenant !== null && flights.isRunning(tenant)) unknown.set(tenant, { until: 0, order })
  }

  function changed(tenant: string | null, access: Access): void {
    // A named tenant did change. Without a name it may have, and its next request need not wait.
    expire(tenant, tenant !== null)
    if (tenant !== null && known.get(tenant) !== undefined) flights.join(tenant, access)
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
function matching<V extends Marked>(map: Bounded<V>, key: string | null): Iterable<V> {
  if (key === null) return map.values()
  const value = map.get(key)
  return value === undefined ? [] : [value]
}

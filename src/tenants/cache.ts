import type { Cors } from '../server/types.ts'
import { createBudget } from './budget.ts'
import { LATE, withDeadline } from './deadline.ts'
import { type Access, createFlights, type Flight } from './flights.ts'
import { createKept, RETRY_MS } from './kept.ts'
import type { TenantSettings } from './settings.ts'
import { TenantError, type TenantsStats } from './types.ts'

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

/** How often a read is repeated because the tenant changed meanwhile. */
const MAX_REPEATS = 3

/** Makes the cache of a set of tenants: it decides when the store is read. */
export function createCache(settings: TenantSettings): TenantCache {
  const { now, timeoutMs, ttlMs, report } = settings
  const kept = createKept(settings)
  const budget = createBudget(settings.unknownPerMinute, now)
  const flights = createFlights(read, { now, timeoutMs, limit: settings.maxEntries + settings.maxNegative })
  let reads = 0
  let floodSaidUntil = 0

  function get(tenant: string, access: Access): Cors | null | Promise<Cors | null> {
    const fresh = kept.fresh(tenant)
    if (fresh !== undefined) return fresh
    const stale = kept.stale(tenant)
    if (stale === undefined) return ask(tenant, access)
    flights.join(tenant, access)
    return stale
  }

  /** Waits for a read. Each read of a name that is not kept has to be paid from the budget. */
  function ask(tenant: string, access: Access): null | Promise<Cors | null> {
    const mayBegin = () => kept.isKnown(tenant) || budget.take()
    const isRunning = flights.isRunning(tenant)
    if (!isRunning && !mayBegin()) return refuseUnread()
    let isPaid = !isRunning
    const mayRepeat = () => {
      const isFirst = isPaid
      isPaid = false
      return isFirst || mayBegin()
    }
    return flights
      .wait(tenant, access, mayRepeat, () => kept.fresh(tenant))
      .then((found) => (found === undefined ? kept.fallback(tenant, RETRY_MS) : found))
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
    const wasKnown = kept.isKnown(tenant)
    try {
      const given = await readLatest(tenant, access, flight)
      if (given === null || given === undefined) {
        kept.miss(tenant, flight.order)
        return null
      }
      if (!wasKnown) budget.giveBack()
      return kept.keep(tenant, given, flight.order)
    } catch (error) {
      const isOurs = error instanceof TenantError
      report(isOurs ? error : new TenantError('store-failed', tenant, `the store failed for "${tenant}"`, error))
      // A document that is broken stays so until it is edited, and to compile it may take long.
      return kept.fallback(tenant, isOurs && error.code !== 'store-late' ? ttlMs : RETRY_MS)
    }
  }

  /** Reads again where the tenant changed during the read: what came may be what was there before. */
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

  /** Ends the freshness of a tenant, or of all, and of what is being read of them. */
  function expire(tenant: string | null, mustWait: boolean): void {
    const order = flights.outdate(tenant)
    kept.expire(tenant, order, mustWait)
    if (tenant !== null && flights.isRunning(tenant)) kept.outrank(tenant, order)
  }

  return {
    kept: kept.fresh,
    get,
    changed(tenant, access) {
      // A named tenant did change. Without a name it may have, and its next request need not wait.
      expire(tenant, tenant !== null)
      if (tenant !== null && kept.isKnown(tenant)) flights.join(tenant, access)
    },
    forget(tenant) {
      expire(tenant, true)
      // A store that was restored from a copy holds earlier versions.
      kept.acceptEarlier(tenant)
    },
    stats: () => ({ reads, ...kept.sizes() }),
  }
}

import type { Cors } from '../server/types.ts'
import { createBounded, type Marked } from './bounded.ts'
import { withDeadline } from './deadline.ts'

/** How a request reaches the store, and keeps work behind its answer alive. */
export interface Access {
  read(tenant: string): Promise<unknown>
  waitUntil(work: Promise<unknown>): void
}

/** One read of the store, which all requests for the tenant share. */
export interface Flight {
  /** The place among all reads, by their beginning. A repeated read gets a new one. */
  order: number
  /** The tenant changed after the read had begun. */
  isOutdated: boolean
}

interface Running extends Flight, Marked {
  readonly done: Promise<Cors | null>
  /** From then on, a request begins another read. */
  readonly sharedUntil: number
}

/** The reads that are going on. */
export interface Flights {
  /** Joins the read of a tenant, or begins one. */
  join(tenant: string, access: Access): void
  /**
   * Waits for a read of a tenant.
   *
   * @param mayBegin whether another read may begin
   * @param kept what is kept of the tenant and fresh: a read that another request began may have
   *   come to its end
   * @returns undefined where none came to its end in time, or none may begin
   */
  wait(
    tenant: string,
    access: Access,
    mayBegin: () => boolean,
    kept: () => Cors | null | undefined,
  ): Promise<Cors | null | undefined>
  /** Gives a read that begins its place. */
  depart(flight: Flight): void
  /** Marks the reads of a tenant, or all, as older than a change. Gives the last place taken. */
  outdate(tenant: string | null): number
  isRunning(tenant: string): boolean
}

/**
 * How long a read is shared, in milliseconds. In Workers a read belongs to the request that began
 * it, and if that client leaves, the Promise never settles. So those that wait do not trust it for
 * longer.
 */
const PATIENCE_MS = 500

/**
 * Makes the list of reads that are going on.
 *
 * @param read reads a tenant and keeps what came; never rejects
 * @param limit how many reads are listed. A read that never settles stays until others take its place.
 */
export function createFlights(
  read: (tenant: string, access: Access, flight: Flight) => Promise<Cors | null>,
  { now, timeoutMs, limit }: { readonly now: () => number; readonly timeoutMs: number; readonly limit: number },
): Flights {
  const flights = createBounded<Running>(limit)
  const patience = Math.min(PATIENCE_MS, timeoutMs)
  let order = 0

  function running(tenant: string): Running | undefined {
    const flight = flights.get(tenant)
    return flight !== undefined && now() < flight.sharedUntil ? flight : undefined
  }

  function begin(tenant: string, access: Access): Running {
    const flight: Flight = { order, isOutdated: false }
    const begun: Running = Object.assign(flight, {
      sharedUntil: now() + patience,
      done: read(tenant, access, flight),
    })
    flights.set(tenant, begun)
    const leave = () => {
      if (flights.get(tenant) === begun) flights.delete(tenant)
    }
    access.waitUntil(begun.done.then(leave, leave))
    return begun
  }

  return {
    join(tenant, access) {
      if (running(tenant) === undefined) begin(tenant, access)
    },
    async wait(tenant, access, mayBegin, kept) {
      const joined = new Set<Promise<Cors | null>>()
      for (let left = Math.ceil(timeoutMs / patience); left > 0; left--) {
        const flight = running(tenant) ?? (mayBegin() ? begin(tenant, access) : undefined)
        if (flight === undefined) return undefined
        joined.add(flight.done)
        // A slow read may come to its end after all, while a later one goes on.
        const found = await withDeadline(Promise.race(joined), patience + 20).catch(() => undefined)
        if (found !== undefined) return found
        const fresh = kept()
        if (fresh !== undefined) return fresh
        if (flights.get(tenant) === flight) flights.delete(tenant)
      }
      return undefined
    },
    depart(flight) {
      order += 1
      flight.order = order
      flight.isOutdated = false
    },
    outdate(tenant) {
      if (tenant === null) for (const flight of flights.values()) flight.isOutdated = true
      const flight = tenant === null ? undefined : flights.get(tenant)
      if (flight !== undefined) flight.isOutdated = true
      return order
    },
    isRunning: (tenant) => flights.get(tenant) !== undefined,
  }
}

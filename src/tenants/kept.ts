import type { Cors } from '../server/types.ts'
import { createBounded, type Marked } from './bounded.ts'
import { compileDocument, understood } from './document.ts'
import type { TenantSettings } from './settings.ts'
import { createSharing } from './sharing.ts'
import { type TenantDocument, TenantError } from './types.ts'

/** The policies in use, and the names that the store does not know. */
export interface Kept {
  /** Gives a fresh policy, and null for a name that is unknown. Gives undefined where a read is due. */
  fresh(tenant: string): Cors | null | undefined
  /** Gives a policy that may be used while it is read again behind the answer. */
  stale(tenant: string): Cors | undefined
  /** Gives the last good policy for a request that a failing store would refuse; null where none is left. */
  fallback(tenant: string, retryMs: number): Cors | null
  isKnown(tenant: string): boolean
  /** Compiles what a read brought, and keeps it unless a later read or change was here first. */
  keep(tenant: string, given: unknown, order: number): Cors
  /** Notes that the store has no such tenant, under the same condition. */
  miss(tenant: string, order: number): void
  /** Ends the freshness of a tenant, or with null of all. Reads up to `order` count as older. */
  expire(tenant: string | null, order: number, mustWait: boolean): void
  /** Lets a read that is going on bring nothing that was there before a change. */
  outrank(tenant: string, order: number): void
  /** Takes any version from now on. */
  acceptEarlier(tenant: string | null): void
  sizes(): { readonly known: number; readonly unknown: number }
}

/** A policy in use. Times are in milliseconds of the steady clock. */
interface Entry extends Marked {
  cors: Cors
  /** The earlier of the next two: until then an answer reads nothing else of the entry. */
  readyUntil: number
  /** From then on, the policy has to be made again, because a preview has ended. */
  compiledUntil: number
  freshUntil: number
  /** Until then it is used while it is read in the background. */
  staleUntil: number
  /** Until then it is used where it cannot be read. */
  goodUntil: number
  /** Kept where a preview will end: then the policy is made again without it. */
  document: TenantDocument | null
  version: number
  /** The read that it is from. What an earlier read brings is not kept. */
  order: number
}

/** A name that the store does not know. */
interface Unknown extends Marked {
  readonly until: number
  readonly order: number
}

/** How long a failure is remembered, so that a broken store is not asked by every request. */
export const RETRY_MS = 1000

/** How long a store that failed counts as failing, at least. */
const FAILING_MS = 10_000

/** Makes the two memories. They are apart, so that names made up by strangers push no tenant out. */
export function createKept(settings: TenantSettings): Kept {
  const { now, wall, random, forbid, ttlMs } = settings
  const known = createBounded<Entry>(settings.maxEntries)
  const unknown = createBounded<Unknown>(settings.maxNegative)
  const share = createSharing()

  function fresh(tenant: string): Cors | null | undefined {
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined) return time < (unknown.get(tenant)?.until ?? 0) ? null : undefined
    if (time < entry.readyUntil) return entry.cors
    if (time >= entry.compiledUntil) endPreviews(entry, time)
    return time < entry.freshUntil ? entry.cors : undefined
  }

  /** Makes the policy again without the previews that have ended. Their store may be out of reach. */
  function endPreviews(entry: Entry, time: number): void {
    if (entry.document === null) return
    const today = wall()
    const { cors, until } = compileDocument(entry.document, today, forbid)
    entry.cors = share(cors)
    entry.compiledUntil = time + until - today
    setFresh(entry, entry.freshUntil)
  }

  function setFresh(entry: Entry, until: number): void {
    entry.freshUntil = until
    entry.readyUntil = Math.min(until, entry.compiledUntil)
  }

  function isLater(tenant: string, order: number): boolean {
    return order > (known.get(tenant)?.order ?? unknown.get(tenant)?.order ?? 0)
  }

  function keep(tenant: string, given: unknown, order: number): Cors {
    const time = now()
    const today = wall()
    const { document, cors, until } = understood(tenant, given, today, forbid)
    if (!isLater(tenant, order)) return cors
    const shared = share(cors)
    const { version, previews } = document
    const last = known.get(tenant)?.version ?? 0
    if (version < last) {
      const what = `the store gave version ${version} of "${tenant}" after version ${last}`
      throw new TenantError('document-older', tenant, what)
    }
    // Tenants that were read together must not all be read again at the same moment.
    const freshUntil = time + Math.floor(ttlMs * (1 - random() / 10))
    const compiledUntil = time + until - today
    unknown.delete(tenant)
    known.set(tenant, {
      isUsed: false,
      cors: shared,
      readyUntil: Math.min(freshUntil, compiledUntil),
      compiledUntil,
      freshUntil,
      staleUntil: freshUntil + settings.staleMs,
      goodUntil: time + ttlMs + settings.errorMs,
      document: previews === undefined ? null : document,
      version,
      order,
    })
    return shared
  }

  function fallback(tenant: string, retryMs: number): Cors | null {
    const time = now()
    const entry = known.get(tenant)
    if (entry === undefined || time >= entry.goodUntil) {
      known.delete(tenant)
      unknown.set(tenant, { until: time + retryMs, order: entry?.order ?? 0 })
      return null
    }
    if (entry.freshUntil <= time) setFresh(entry, Math.min(time + retryMs, entry.goodUntil))
    // No request waits for a store that is known to fail. What is known grows old, too.
    entry.staleUntil = Math.min(time + Math.max(settings.staleMs, FAILING_MS), entry.goodUntil)
    return entry.cors
  }

  /** Lists the entry of a tenant, or all entries. */
  function entriesOf(tenant: string | null): Iterable<Entry> {
    if (tenant === null) return known.values()
    const entry = known.get(tenant)
    return entry === undefined ? [] : [entry]
  }

  return {
    fresh,
    fallback,
    keep,
    stale(tenant) {
      const entry = known.get(tenant)
      return entry !== undefined && now() < entry.staleUntil ? entry.cors : undefined
    },
    isKnown: (tenant) => known.get(tenant) !== undefined,
    miss(tenant, order) {
      if (!isLater(tenant, order)) return
      known.delete(tenant)
      unknown.set(tenant, { until: now() + settings.negativeMs, order })
    },
    expire(tenant, order, mustWait) {
      for (const entry of entriesOf(tenant)) {
        setFresh(entry, 0)
        entry.order = order
        if (mustWait) entry.staleUntil = 0
      }
      if (tenant === null) unknown.clear()
      else unknown.delete(tenant)
    },
    outrank: (tenant, order) => unknown.set(tenant, { until: 0, order }),
    acceptEarlier(tenant) {
      for (const entry of entriesOf(tenant)) entry.version = 0
    },
    sizes: () => ({ known: known.size, unknown: unknown.size }),
  }
}

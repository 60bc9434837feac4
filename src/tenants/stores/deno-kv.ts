import { versionOf } from '../document.ts'
import type { WritableTenantStore } from '../types.ts'
import { repeat } from './repeat.ts'

type Key = readonly string[]

interface Entry {
  readonly key: readonly unknown[]
  readonly value: unknown
  readonly versionstamp: string | null
}

interface Atomic {
  check(...checks: { readonly key: Key; readonly versionstamp: string | null }[]): Atomic
  set(key: Key, value: unknown): Atomic
  delete(key: Key): Atomic
  commit(): Promise<{ readonly ok: boolean }>
}

/** The part of Deno KV that is used. `Deno.openKv()` gives one. */
export interface DenoKv {
  get(key: Key): Promise<Entry>
  atomic(): Atomic
  watch(keys: readonly Key[]): ReadableStream<readonly Entry[]>
}

/** Writes in a row that a watch may miss. Beyond that, any tenant may have changed. */
const MAX_LOG = 64
const MAX_TRIES = 20

/** The last writes. Deno KV watches single keys, so all writes leave a trace in one. */
interface Log {
  readonly count: number
  readonly tenants: readonly string[]
}

/**
 * Keeps tenants in Deno KV, with a watch. A document and its trace for the watch are written in one
 * atomic operation, which also compares the version.
 *
 * @param kv what `Deno.openKv()` gave
 * @param options.prefix the first part of each key. The default is `['tenants']`.
 * @returns a store that can be written and watched
 *
 * @example
 * ```ts
 * import { byHost, createTenants, type DenoKv, denoKvStore } from 'corsmith/tenants'
 *
 * declare const Deno: { openKv(): Promise<DenoKv> }
 * const cors = createTenants({ identify: byHost(), store: denoKvStore(await Deno.openKv()) })
 * ```
 *
 * @see https://docs.deno.com/deploy/kv/
 */
export function denoKvStore(kv: DenoKv, options: { readonly prefix?: Key } = {}): WritableTenantStore {
  const { prefix = ['tenants'] } = options
  const keyOf = (tenant: string): Key => [...prefix, 'document', tenant]
  const logKey: Key = [...prefix, 'log']
  return {
    async get(tenant) {
      return (await kv.get(keyOf(tenant))).value
    },
    async put(tenant, document, version) {
      const key = keyOf(tenant)
      for (let left = MAX_TRIES; left > 0; left--) {
        const [{ value, versionstamp }, log] = await Promise.all([kv.get(key), kv.get(logKey)])
        if (versionOf(value) !== version) return false
        const { count, tenants } = readLog(log.value)
        const written = kv
          .atomic()
          .check({ key, versionstamp }, { key: logKey, versionstamp: log.versionstamp })
          .set(logKey, { count: count + 1, tenants: [...tenants, tenant].slice(-MAX_LOG) })
        // A write of another tenant may have come between: that is no conflict.
        if (await commit(document === null ? written.delete(key) : written.set(key, document))) return true
      }
      throw new Error(`too many writes at once: "${tenant}" was not written`)
    },
    watch(changed, failed) {
      let seen: number | null = null
      return repeat(async (isOver) => {
        const reader = kv.watch([logKey]).getReader()
        isOver.then(() => reader.cancel())
        for (let next = await reader.read(); !next.done; next = await reader.read()) {
          const { count, tenants } = readLog(next.value[0]?.value)
          const missed = seen === null ? Number.POSITIVE_INFINITY : count - seen
          if (missed > tenants.length || missed < 0) changed(null)
          else for (const tenant of missed === 0 ? [] : tenants.slice(-missed)) changed(tenant)
          seen = count
        }
      }, failed)
    },
  }
}

/** Tells whether an operation was done. Processes that share a file of SQLite may have to wait. */
async function commit(operation: Atomic): Promise<boolean> {
  try {
    return (await operation.commit()).ok
  } catch (error) {
    if (!String(error).includes('database is locked')) throw error
    await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 20))
    return false
  }
}

function readLog(value: unknown): Log {
  return (value as Log | null) ?? { count: 0, tenants: [] }
}

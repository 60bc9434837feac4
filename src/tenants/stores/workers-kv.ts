import { versionOf } from '../document.ts'
import type { WritableTenantStore } from '../types.ts'

/** The part of a KV namespace that is used. A binding of a Worker has it. */
export interface KvNamespace {
  get(key: string, options: { readonly type: 'text'; readonly cacheTtl?: number }): Promise<string | null>
  put(key: string, value: string): Promise<void>
  delete(key: string): Promise<void>
}

/**
 * Reads tenants from Workers KV. A write is seen elsewhere after up to `cacheTtl` and about a
 * minute, and a read that finds nothing is billed.
 *
 * KV cannot compare and set. `put` reads, compares and writes: of two editors at the same moment,
 * the later one wins. Where that matters, let a Durable Object take the writes
 * ({@link tenantObject}) and copy them to KV.
 *
 * @param namespace the binding
 * @param options.prefix what stands before each name. The default is `tenant:`.
 * @param options.cacheTtl how long a location may keep a value, in seconds, from 30
 * @returns a store for `createTenants`
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { byHost, createTenants, type KvNamespace, workersKv } from 'corsmith/tenants'
 *
 * interface Env { readonly TENANTS: KvNamespace }
 * const store = (_request: Request, env: Env) => workersKv(env.TENANTS)
 * const cors = createTenants<Request, [env: Env]>({ identify: byHost(), store })
 * ```
 *
 * @see https://developers.cloudflare.com/kv/concepts/how-kv-works/
 */
export function workersKv(
  namespace: KvNamespace,
  options: { readonly prefix?: string; readonly cacheTtl?: number } = {},
): WritableTenantStore {
  const { prefix = 'tenant:', cacheTtl } = options
  const get = (tenant: string) =>
    namespace.get(prefix + tenant, cacheTtl === undefined ? { type: 'text' } : { type: 'text', cacheTtl })
  return {
    get,
    async put(tenant, document, version) {
      if (versionOf(await get(tenant)) !== version) return false
      if (document === null) await namespace.delete(prefix + tenant)
      else await namespace.put(prefix + tenant, JSON.stringify(document))
      return true
    },
  }
}

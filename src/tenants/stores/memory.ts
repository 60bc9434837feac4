import { versionOf } from '../document.ts'
import type { WritableTenantStore } from '../types.ts'

/**
 * Keeps tenants in memory: for tests, for development, and for lists that a program loads itself.
 *
 * @param tenants what the store holds at the start: documents or policies, by tenant
 * @returns a store that can be written and watched
 *
 * @example
 * ```ts
 * import { byHost, createTenants, memoryStore } from 'corsmith/tenants'
 *
 * const store = memoryStore({ 'acme.example': { origins: ['https://app.acme.example'] } })
 * const cors = createTenants({ identify: byHost(), store })
 * ```
 */
export function memoryStore(tenants: Readonly<Record<string, unknown>> = {}): WritableTenantStore {
  const held = new Map<string, unknown>(Object.entries(tenants))
  const watchers = new Set<(tenant: string | null) => void>()
  return {
    async get(tenant) {
      return held.get(tenant) ?? null
    },
    async put(tenant, document, version) {
      if (versionOf(held.get(tenant)) !== version) return false
      if (document === null) held.delete(tenant)
      else held.set(tenant, document)
      for (const changed of watchers) changed(tenant)
      return true
    },
    watch(changed) {
      watchers.add(changed)
      return () => watchers.delete(changed)
    },
  }
}

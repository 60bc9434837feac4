/** The servers under test, in Node and in workerd: the edge proxy with tenants from the store. */
import { byHost, createTenants, type TenantStore } from '../../src/tenants.ts'
import { DOMAIN } from './ledger.ts'

/** What a server is told. */
export interface Settings {
  readonly store: string
  readonly upstream: string
  readonly tenants: number
  /** How long the store and the API may take, in milliseconds. */
  readonly timeoutMs: number
  /** A fault to plant in the server, by which a test sees that the run would notice it. */
  readonly plant: string
}

/** In seconds. */
export const TTL = 1
export const STALE = 1

/** Tenants whose documents come from the store on loopback. */
export function createEdgeTenants({ store, tenants, timeoutMs, plant }: Settings) {
  const identify = byHost({ below: DOMAIN })
  const source: TenantStore = {
    async get(tenant) {
      const response = await fetch(
        `${store}/${plant === 'mixes' ? `t${(Number(tenant.slice(1)) + 1) % tenants}` : tenant}`,
      )
      if (response.status !== 200) throw new Error(`the store answered ${response.status}`)
      return response.text()
    },
  }
  return createTenants({
    identify: plant === 'drops headers' ? (request) => (Math.random() < 0.2 ? null : identify(request)) : identify,
    store: source,
    ttl: plant === 'forgets nothing' ? 1e6 : TTL,
    staleWhileRevalidate: STALE,
    staleIfError: plant === 'gives up' ? 0 : 3600,
    timeoutMs,
    maxEntries: plant === 'gives up' ? 1 : 2 * tenants,
    unknownPerMinute: 1e6,
    onError: () => {},
  })
}

// Requests of pages, and a store whose faults a test chooses.
import type { TenantStore } from '../../src/tenants.ts'

export const APP = 'https://app.acme.example'
export const STRANGER = 'https://stranger.example'

export function request(host: string, origin: string, init: RequestInit = {}): Request {
  return new Request(`https://${host}/items`, { ...init, headers: { origin, ...init.headers } })
}

export function preflight(host: string, origin: string, method = 'PUT'): Request {
  return request(host, origin, { method: 'OPTIONS', headers: { 'access-control-request-method': method } })
}

/** What the store does at the next reads: gives this value, fails, or never answers. */
export type Behavior = { readonly gives: unknown } | 'fails' | 'stalls'

export interface FaultyStore extends TenantStore {
  reads: string[]
  behavior: (tenant: string) => Behavior
}

export function faultyStore(behavior: (tenant: string) => Behavior): FaultyStore {
  const store: FaultyStore = {
    reads: [],
    behavior,
    async get(tenant) {
      store.reads.push(tenant)
      const now = store.behavior(tenant)
      if (now === 'fails') throw new Error('the store is down')
      if (now === 'stalls') return new Promise(() => {})
      return now.gives
    },
  }
  return store
}

export const policyOf = (origin: string) => ({ origins: [origin] })

/** A clock that a test moves, in seconds. */
export function createClock(): { now: () => number; pass(seconds: number): void } {
  let time = 1_800_000_000_000
  return {
    now: () => time,
    pass(seconds) {
      time += seconds * 1000
    },
  }
}

/** Lets work behind an answer come to its end. */
export const settled = () => new Promise((resolve) => setImmediate(resolve))

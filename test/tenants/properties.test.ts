// Random histories of a store, against a naive record of what it held when.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byHost, createTenants, type TenantStore, type TenantsOptions } from '../../src/tenants.ts'
import { holds } from '../support/property.ts'
import { createClock, request, settled } from './tenant-requests.ts'

const TENANTS = ['a.example', 'b.example', 'c.example']
const tenant = fc.constantFrom(...TENANTS)

/** The origin that a tenant allows at a version. It names both, so an answer tells where it is from. */
const originOf = (name: string, version: number) => `https://v${version}.of-${name}`

type Step =
  | { readonly does: 'edits' | 'removes' | 'breaks' | 'asks'; readonly tenant: string }
  | { readonly does: 'passes'; readonly seconds: number }
  | { readonly does: 'fails' | 'recovers' | 'settles' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('asks' as const), tenant }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('edits' as const, 'removes', 'breaks'), tenant }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('passes' as const), seconds: fc.nat(90) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('fails' as const, 'recovers', 'settles') }) },
)

/** What a tenant has held, with the times of it. `Infinity` is for what it holds. */
interface Held {
  readonly version: number | null
  readonly from: number
  to: number
}

function createWorld(isWatched: boolean, options: Partial<TenantsOptions<Request, []>> = {}) {
  const clock = createClock()
  const history = new Map<string, Held[]>(TENANTS.map((name) => [name, [{ version: null, from: 0, to: Infinity }]]))
  const documents = new Map<string, unknown>()
  const watchers = new Set<(name: string | null) => void>()
  let isDown = false
  let versions = 0

  const store: TenantStore = {
    async get(name) {
      if (isDown) throw new Error('down')
      const held = documents.get(name) ?? null
      // The value is from the moment of the call, as from a database; it arrives later.
      for (let i = 0; i < name.charCodeAt(0) % 4; i++) await settled()
      return held
    },
    ...(isWatched && {
      watch(changed) {
        watchers.add(changed)
        return () => watchers.delete(changed)
      },
    }),
  }

  function write(name: string, version: number | null, document: unknown): void {
    const past = history.get(name) ?? []
    const last = past.at(-1)
    if (last !== undefined) last.to = clock.now()
    past.push({ version, from: clock.now(), to: Infinity })
    documents.set(name, document)
    for (const changed of watchers) changed(name)
  }

  const cors = createTenants({ identify: byHost(), store, now: clock.now, onError: () => {}, ...options })
  return {
    clock,
    history,
    cors,
    allowed: async (name: string): Promise<number | null> => {
      for (let version = versions; version > 0; version--)
        if ((await cors.decide(request(name, originOf(name, version)))).shared) return version
      return null
    },
    async take(one: Step): Promise<void> {
      if (one.does === 'passes') return clock.pass(one.seconds)
      if (!('tenant' in one)) {
        if (one.does === 'settles') return settle()
        isDown = one.does === 'fails'
        return
      }
      if (one.does === 'removes') write(one.tenant, null, undefined)
      else if (one.does === 'breaks')
        write(one.tenant, null, { version: ++versions, policy: { origins: ['nonsense'] } })
      else if (one.does === 'edits') {
        versions += 1
        const policy = { origins: [originOf(one.tenant, versions)] }
        write(one.tenant, versions, { version: versions, policy })
      }
      // Not awaited: edits come while the store is being read.
      else void cors.decide(request(one.tenant, originOf(one.tenant, versions)))
    },
  }
}

/** Waits for more turns than any read takes. */
async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) await settled()
}

const steps = fc.array(step, { minLength: 5, maxLength: 60 })

describe('the policy of a tenant', () => {
  it('is one that it held not longer ago than its times allow, and never another tenant’s', () =>
    holds(
      fc.asyncProperty(steps, tenant, async (taken, other) => {
        const { take, allowed, history, clock, cors } = createWorld(false, { staleIfError: 600 })
        for (const one of taken) {
          await take(one)
          if (one.does !== 'asks') continue
          const version = await allowed(one.tenant)
          const time = clock.now()
          const held = history.get(one.tenant)?.find((past) => past.version === version)
          // What cannot be had is refused; that needs no reason in the history.
          if (version !== null) expect(held?.to ?? 0).toBeGreaterThanOrEqual(time - 660_000)
          if (other !== one.tenant && version !== null)
            expect((await cors.decide(request(other, originOf(one.tenant, version)))).shared).toBe(false)
        }
      }),
      { numRuns: 60 },
    ))

  it('is the one in the store once a watched store has settled, whatever was read at the same time', () =>
    holds(
      fc.asyncProperty(steps, async (taken) => {
        const { take, allowed, history } = createWorld(true)
        for (const one of taken) await take(one.does === 'fails' || one.does === 'breaks' ? { does: 'settles' } : one)
        await take({ does: 'settles' })
        for (const name of TENANTS)
          expect([name, await allowed(name)]).toEqual([name, history.get(name)?.at(-1)?.version])
      }),
      { numRuns: 60 },
    ))

  it('is the one in the store when ttl and staleWhileRevalidate are over, without a watch', () =>
    holds(
      fc.asyncProperty(steps, async (taken) => {
        const { take, allowed, history, clock } = createWorld(false)
        for (const one of taken) await take(one.does === 'breaks' ? { does: 'settles' } : one)
        await take({ does: 'recovers' })
        await take({ does: 'settles' })
        clock.pass(361)
        for (const name of TENANTS) await allowed(name)
        await take({ does: 'settles' })
        for (const name of TENANTS) expect(await allowed(name)).toBe(history.get(name)?.at(-1)?.version)
      }),
      { numRuns: 60 },
    ))
})

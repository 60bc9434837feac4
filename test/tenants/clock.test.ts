// Clocks that are set back, and previews that end by the clock on the wall.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSteadyClock } from '../../src/tenants/clock.ts'
import { byHost, createTenants, type TenantError } from '../../src/tenants.ts'
import { holds } from '../support/property.ts'
import { APP, faultyStore, policyOf, request } from './tenant-requests.ts'

const HOUR = 3_600_000
const PREVIEW = 'https://app-pr-7.example'

function started(previews?: readonly { origin: string; expires: string }[]) {
  let time = Date.parse('2026-05-01T12:00:00Z')
  let policy = policyOf(APP)
  const store = faultyStore(() => ({ gives: { version: 1, policy, ...(previews && { previews }) } }))
  const errors: TenantError[] = []
  const cors = createTenants({
    identify: byHost(),
    store,
    now: () => time,
    random: () => 0,
    ttl: 60,
    staleWhileRevalidate: 0,
    onError: (error) => errors.push(error),
  })
  const allows = async (origin: string) => (await cors.decide(request('acme.example', origin))).shared
  return {
    allows,
    store,
    revoke: () => (policy = policyOf('https://other.example')),
    pass: (ms: number) => (time += ms),
  }
}

describe('createTenants() where the clock is set back', () => {
  it('uses no policy for longer than its time to live', async () => {
    const { allows, revoke, pass } = started()
    expect(await allows(APP)).toBe(true)
    revoke()
    pass(-24 * HOUR)
    expect(await allows(APP)).toBe(true)
    pass(61_000)
    expect(await allows(APP)).toBe(false)
  })

  it('reads no more than before', async () => {
    const { allows, store, pass } = started()
    for (let i = 0; i < 50; i++) {
      await allows(APP)
      pass(-HOUR)
    }
    expect(store.reads).toHaveLength(1)
  })

  it('ends a preview when its time has passed, also where the clock was set forward and back', async () => {
    const { allows, pass } = started([{ origin: PREVIEW, expires: '2026-05-01T12:00:30.000Z' }])
    expect(await allows(PREVIEW)).toBe(true)
    pass(HOUR)
    expect(await allows(PREVIEW)).toBe(false)
    pass(-HOUR)
    pass(31_000)
    expect(await allows(PREVIEW)).toBe(false)
  })
})

describe('createSteadyClock()', () => {
  it('never goes back, and goes on as fast as the given one', () =>
    holds(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { maxLength: 20 }), (steps) => {
        let time = 1_700_000_000_000
        const steady = createSteadyClock(() => time)
        let forward = 0
        for (const step of steps) {
          time += step
          forward += Math.max(0, step)
          expect(steady()).toBe(forward)
        }
      }),
    ))
})

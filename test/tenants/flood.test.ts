// What strangers can make a server read. Each number is a bound, and exact: the clock stands still or is moved by the test.
import { describe, expect, it } from 'vitest'
import { byHost, createTenants, type TenantError } from '../../src/tenants.ts'
import { APP, createClock, faultyStore, policyOf } from './tenant-requests.ts'

const FLOOD = 100_000

/** A head without the cost of a Fetch Request. */
const head = (host: string, origin: string) =>
  ({
    method: 'GET',
    url: `https://${host}/items`,
    headers: { get: (name: string) => (name === 'origin' ? origin : null) },
  }) as Request

function started(limit: number) {
  const clock = createClock()
  const store = faultyStore((tenant) => ({ gives: tenant.endsWith('.acme.example') ? policyOf(APP) : null }))
  const errors: TenantError[] = []
  const onError = (error: TenantError) => errors.push(error)
  const options = { identify: byHost(), store, now: clock.now, unknownPerMinute: limit, onError }
  const cors = createTenants(options)
  return { clock, store, errors, cors }
}

describe('a flood of strangers', () => {
  it('with random origins costs one read of the tenant', async () => {
    const { store, cors } = started(600)
    for (let i = 0; i < FLOOD; i++) await cors.decide(head('a.acme.example', `https://x${i}.example`))
    expect(store.reads).toHaveLength(1)
  })

  it('with random hosts costs unknownPerMinute reads at once, and that again in each minute', async () => {
    const { store, cors, clock, errors } = started(600)
    await cors.decide(head('a.acme.example', APP))
    const asks = Array.from({ length: FLOOD / 2 }, (_, i) => cors.decide(head(`x${i}.example`, APP)))
    await Promise.all(asks)
    expect(store.reads).toHaveLength(601)
    clock.pass(60)
    for (let i = 0; i < FLOOD / 2; i++) await cors.decide(head(`y${i}.example`, APP))
    expect(store.reads).toHaveLength(1201)
    // It is said, and not as often as it happens.
    expect(errors.map(({ code }) => code)).toEqual(['too-many-unknown', 'too-many-unknown'])
  })

  it('keeps no tenant out that is known, and fills no memory', async () => {
    const { store, cors } = started(FLOOD)
    const ask = async () => (await cors.decide(head('a.acme.example', APP))).shared
    await ask()
    for (let i = 0; i < 30_000; i++) await cors.decide(head(`x${i}.example`, APP))
    expect([await ask(), store.reads.filter((name) => name === 'a.acme.example').length]).toEqual([true, 1])
    expect(cors.stats()).toEqual({ reads: 30_001, known: 1, unknown: 10_000 })
  })

  it('takes nothing from tenants that exist: each look-up of one is given back', async () => {
    const { cors } = started(10)
    for (let i = 0; i < 5000; i++) expect((await cors.decide(head(`t${i}.acme.example`, APP))).shared).toBe(true)
  })

  it('with values that are no origin, and hosts that are none, costs no read', async () => {
    const { store, cors } = started(600)
    for (let i = 0; i < FLOOD; i++) await cors.decide(head(`a${i}.acme.example`, `https://x${i}.example/`))
    for (let i = 0; i < FLOOD; i++) await cors.decide(head(`a${i}..example`, APP))
    expect(store.reads).toEqual([])
  })

  it('of one unknown host is one read, however many ask at once', async () => {
    const { store, cors } = started(600)
    await Promise.all(Array.from({ length: 10_000 }, () => cors.decide(head('x.example', APP))))
    expect(store.reads).toHaveLength(1)
  })

  it('of tenants keeps maxEntries of them, and lets the unused go first', async () => {
    const { clock, store } = started(600)
    const cors = createTenants({ identify: byHost(), store, now: clock.now, maxEntries: 100 })
    for (let i = 0; i < 500; i++) {
      await cors.decide(head('used.acme.example', APP))
      await cors.decide(head(`t${i}.acme.example`, APP))
    }
    expect(store.reads.filter((name) => name === 'used.acme.example')).toHaveLength(1)
    expect(cors.stats().known).toBe(100)
  })
})

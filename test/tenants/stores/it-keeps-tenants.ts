// The contract as tests of vitest.
import { expect, it } from 'vitest'
import { KEEPS_TENANTS, LETS_ONE_WIN, measurePropagation, outlive, type Stores } from './contract.ts'

/** Tries reading and writing. `isAtomic` is false where the platform has no compare-and-set. */
export function itKeepsTenants(stores: () => Stores, isAtomic = true): void {
  it.each(isAtomic ? [...KEEPS_TENANTS, LETS_ONE_WIN] : KEEPS_TENANTS)('%s', async (_, run) => run(stores()))
}

/** Tries the watch. The best of twenty counts, so that a busy machine does not. */
export function itTellsChanges(title: string, stores: () => Stores, restart?: () => Promise<void>): void {
  it('tells another client of a change within 50 ms', async () => {
    const { best, median } = await measurePropagation(stores())
    console.info(`${title}: from a write to another client's answers ${median.toFixed(1)} ms (median)`)
    expect(best).toBeLessThanOrEqual(50)
  })

  if (restart === undefined) return
  it('goes on after the store was away, and makes up for what it missed', () => outlive(stores(), restart))
}

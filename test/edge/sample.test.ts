// A small run of `npm run test:edge`, and faults planted in the server that each invariant must find.
import { describe, expect, it } from 'vitest'
import { type Outcome, runLoad } from './load.ts'
import { startNode, startWorkerd } from './servers.ts'

const run = (requests: number, plant?: string, startOne = startNode) =>
  runLoad({
    seed: 7,
    requests,
    // Few tenants are asked often, so what is planted shows soon.
    tenants: plant === undefined ? 40 : 8,
    concurrency: plant === undefined ? 60 : 20,
    timeoutMs: 500,
    ...(plant !== undefined && { plant, patienceMs: 4000 }),
    start: async (settings) => [await startOne(settings, 'server')],
  })

describe('the edge under load and faults', () => {
  it('loses, mixes up, and hangs nothing', async () => {
    const outcome = await run(800)
    expect(outcome).toMatchObject({ withoutHeaders: 0, ofAnother: 0, hung: 0, crashed: 0, withoutEffect: 0 })
    expect(outcome.faults).toBeGreaterThan(150)
    const [[, early, late]] = outcome.memory as [Outcome['memory'][number]]
    expect(late).toBeLessThan(early * 1.1)
  }, 120_000)

  it.each([
    ['flat', undefined, false],
    ['grown, where a leak is planted', 'leaks', true],
  ])(
    'finds the heap of workerd %s',
    async (_, plant, isGrown) => {
      const { memory } = await run(300, plant, startWorkerd)
      const [[, early, late] = ['', 0, 0]] = memory
      expect(early).toBeGreaterThan(0)
      expect(late > early * 1.1).toBe(isGrown)
    },
    120_000,
  )

  const plants: readonly (readonly [plant: string, requests: number, isFound: (outcome: Outcome) => boolean])[] = [
    ['drops headers', 300, ({ withoutHeaders }) => withoutHeaders > 0],
    ['gives up', 400, ({ withoutHeaders }) => withoutHeaders > 0],
    ['mixes', 200, ({ ofAnother }) => ofAnother > 0],
    ['hangs', 120, ({ hung }) => hung > 0],
    ['crashes', 150, ({ crashed }) => crashed > 0],
    ['forgets nothing', 150, ({ withoutEffect }) => withoutEffect > 0],
    ['leaks', 400, ({ memory: [[, early, late] = ['', 0, 0]] }) => late > early * 1.1],
  ]

  it('would be found out by a server that is wrong in one thing', async () => {
    // Most of the time they wait, so they run at once.
    const found = await Promise.all(
      plants.map(async ([plant, requests, isFound]) => [plant, isFound(await run(requests, plant))]),
    )
    expect(found).toEqual(plants.map(([plant]) => [plant, true]))
  }, 120_000)
})

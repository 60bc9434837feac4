import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds, seedsOf } from './property.ts'

describe('holds()', () => {
  it('names the seed of what does not hold, and how to repeat it', async () => {
    const odd = (n: number) => n % 2 === 1
    expect(() => holds(fc.property(fc.constant(2), odd))).toThrow(/seed: \d+[\s\S]*PROPERTY_SEED=\d+ repeats it/)
    await expect(holds(fc.asyncProperty(fc.constant(2), async (n) => odd(n)))).rejects.toThrow(/PROPERTY_SEED=\d+/)
  })

  it.skipIf(process.env.PROPERTY_SEED)('tries the same cases in every run, and others beside them', () => {
    const seen = (): number[] => {
      const cases: number[] = []
      holds(
        fc.property(fc.nat(), (n) => {
          cases.push(n)
        }),
        { numRuns: 20 },
      )
      return cases
    }
    const [first, second] = [seen(), seen()]
    expect(first).toHaveLength(20)
    expect(second.slice(0, 10)).toEqual(first.slice(0, 10))
    expect(second.slice(10)).not.toEqual(first.slice(10))
  })

  it('takes one seed where one is given', () => {
    expect(seedsOf('7')).toEqual([7])
  })
})

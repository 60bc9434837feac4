/**
 * How every property is tried: half of its cases come from a seed that never changes, so that what one run finds every run finds, and half
 * from a new one. A failure names its seed.
 *
 *   PROPERTY_SEED=123 npx vitest run --project node test/policy   tries that seed alone
 *   PROPERTY_RUNS=10 …                                            tries ten times as many cases
 */
import fc from 'fast-check'
import { isMutating } from './mutating.ts'

const FIXED = 20_261_121

/** Throws the smallest case for which a property does not hold. */
export function holds<Ts>(property: fc.IAsyncProperty<Ts>, parameters?: fc.Parameters<Ts>): Promise<void>
export function holds<Ts>(property: fc.IProperty<Ts>, parameters?: fc.Parameters<Ts>): void
export function holds<Ts>(
  property: fc.IProperty<Ts> | fc.IAsyncProperty<Ts>,
  parameters: fc.Parameters<Ts> = {},
): Promise<void> | void {
  const seeds = seedsOf(process.env.PROPERTY_SEED)
  // Under mutation every property is tried once for each of hundreds of mutants.
  const times = isMutating ? 0.2 : Number(process.env.PROPERTY_RUNS ?? 1)
  const runs = Math.ceil(((parameters.numRuns ?? 100) * times) / seeds.length)
  const once = (seed: number): unknown => {
    try {
      const result: unknown = fc.assert(property, { ...parameters, seed, numRuns: runs })
      return result instanceof Promise ? result.catch((error) => fail(error, seed)) : result
    } catch (error) {
      return fail(error, seed)
    }
  }
  // One after the other: cases of an asynchronous property often share a server.
  let last: Promise<unknown> | undefined
  for (const seed of seeds) {
    const result: unknown = last === undefined ? once(seed) : last.then(() => once(seed))
    if (result instanceof Promise) last = result
  }
  return last?.then(() => undefined)
}

export function seedsOf(given: string | undefined): number[] {
  if (given !== undefined) return [Number(given)]
  // What a mutant does is not left to chance.
  return isMutating ? [FIXED] : [FIXED, Math.floor(Math.random() * 2 ** 31)]
}

function fail(error: unknown, seed: number): never {
  if (error instanceof Error) error.message += `\n\nPROPERTY_SEED=${seed} repeats it.`
  throw error
}

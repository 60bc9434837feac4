/** When a row has been timed often enough: when the numbers that goals read off it are known well enough for another run to find them again. */
import { comparable, type TimedSource } from './goal.ts'
import { GOALS } from './goals.ts'
import { type Estimate, estimate, observe, type Samples } from './statistics.ts'

/** How far another run may find a number from where this one did, as a part of the larger of the two. */
export const TOLERANCE: Readonly<Record<string, number>> = {
  node24: 0.1,
  node26: 0.1,
  bun: 0.15,
  deno: 0.15,
  workerd: 0.3,
}

/**
 * Half the width of the intervals that is aimed at, as a part of the tolerance. Two runs that are each within it are apart by 1.4 of
 * it at most in 95 of 100 cases, and by the whole tolerance in one of a thousand.
 */
const AIM = 0.42

/** Beyond this part of the tolerance two runs may be apart once in twenty, and the number is called noisy. */
const MOST = 0.71

/** Below this many processes an interval says little, and they are spread over too little of the run. */
export const FEWEST = 6

/** Whether the row needs no more processes. One on which no goal stands is read, not judged: a single process is enough. */
export function isSettled(suite: string, runtime: string, row: string, samples: readonly Samples[]): boolean {
  const sources = sourcesOn(suite, runtime).filter((source) => source.row === row)
  if (sources.length === 0) return true
  if (samples.length < FEWEST) return false
  return sources.every((source) => {
    const found = estimate(observe(samples, comparable(source)))
    return halfWidth(found) <= AIM * (TOLERANCE[runtime] ?? 1) * Math.abs(found.value)
  })
}

/** Whether a number is so uncertain, after all processes that there were, that another run may not find it again. Without an interval it is. */
export function isUncertain(runtime: string, found: Estimate): boolean {
  const tolerance = TOLERANCE[runtime]
  return tolerance !== undefined && !(halfWidth(found) <= MOST * tolerance * Math.abs(found.value))
}

function halfWidth({ low, high }: Estimate): number {
  return (high - low) / 2
}

/** The rows of a suite that a goal stands on. */
export function rowsWithGoals(suite: string, runtime: string): readonly string[] {
  return [...new Set(sourcesOn(suite, runtime).map(({ row }) => row))]
}

function sourcesOn(suite: string, runtime: string): readonly TimedSource[] {
  return GOALS.flatMap(({ limits, from }) =>
    'suite' in from && from.suite === suite && runtime in limits ? [from] : [],
  )
}

/** Compares a run with the goals. */
import { comparable, type FigureSource, type TimedSource } from './goal.ts'
import { GOALS } from './goals.ts'
import { isUncertain } from './precision.ts'
import { reasonFor } from './reasons.ts'
import type { Run } from './run-data.ts'
import { estimate, observe } from './statistics.ts'

/** A goal on one runtime, and what was measured. */
export interface Verdict {
  readonly goal: string
  readonly runtime: string
  readonly limit: number
  readonly atLeast: boolean
  readonly measured: number
  /** The interval that holds what was measured with 95 %; null where there are too few processes for one. */
  readonly interval: readonly [low: number, high: number] | null
  /** What each process found. */
  readonly observations: readonly number[]
  /** What it would be if corsmith did nothing but the writes; null where that is not known. */
  readonly byHand: number | null
  /** Where what was measured is a time: another one, by which two runs are compared. */
  readonly beside: number | null
  readonly isReached: boolean
  /** Whether its control did not hold, or another run may be apart from it. */
  readonly isNoisy: boolean
  /** Why a goal was missed; null where it was reached, or nobody has said. */
  readonly reason: string | null
}

type Reading = Pick<Verdict, 'measured' | 'interval' | 'observations' | 'byHand' | 'beside' | 'isNoisy'>

/** Judges every goal. What was not measured is left out. */
export function judge(run: Pick<Run, 'results' | 'figures'>): readonly Verdict[] {
  return GOALS.flatMap(({ goal, limits, atLeast, from }) =>
    Object.entries(limits).flatMap(([runtime, limit]): Verdict[] => {
      const reading = 'suite' in from ? readTimed(run, runtime, from) : readFigure(run, runtime, from)
      if (reading === null) return []
      const isReached = atLeast ? reading.measured >= limit : reading.measured <= limit
      const reason = isReached ? null : reasonFor(goal, runtime)
      return [{ goal, runtime, limit, atLeast, ...reading, isReached, reason }]
    }),
  )
}

function readTimed({ results }: Pick<Run, 'results'>, runtime: string, source: TimedSource): Reading | null {
  const row = results[source.suite]?.[runtime]?.find(({ id }) => id === source.row)
  if (row === undefined) return null
  const read = (measure: TimedSource['measure']) => observe(row.samples, measure)
  const also = (measure: TimedSource['byHand']) => (measure === undefined ? null : estimate(read(measure)).value)
  const reading = readingOf(runtime, read(source.measure), read(comparable(source)))
  return (
    reading && {
      ...reading,
      byHand: also(source.byHand),
      beside: also(source.beside),
      isNoisy: row.isNoisy || reading.isNoisy,
    }
  )
}

function readFigure({ figures }: Pick<Run, 'figures'>, runtime: string, source: FigureSource): Reading | null {
  const samples = figures[source.part]?.[runtime]?.samples ?? []
  const reading = readingOf(runtime, samples.map(source.measure), samples.map(comparable(source)))
  const beside = source.beside === undefined ? null : estimate(samples.map(source.beside)).value
  return reading && { ...reading, byHand: null, beside }
}

/** What processes found, and whether that is certain, which is judged by what two runs are compared by. */
function readingOf(
  runtime: string,
  observations: readonly number[],
  compared: readonly number[],
): Pick<Reading, 'measured' | 'interval' | 'observations' | 'isNoisy'> | null {
  const { value, low, high } = estimate(observations)
  if (Number.isNaN(value)) return null
  const interval = Number.isNaN(low) ? null : ([low, high] as const)
  return { measured: value, interval, observations, isNoisy: isUncertain(runtime, estimate(compared)) }
}

/** The goals that bind a runtime of which nothing was measured, where something should have been. */
export function unmeasured(verdicts: readonly Verdict[], runtimes: readonly string[]): readonly string[] {
  const known = new Set(verdicts.map(({ goal, runtime }) => `${goal}, ${runtime}`))
  return GOALS.flatMap(({ goal, limits }) =>
    Object.keys(limits)
      .filter((runtime) => runtime === 'all' || runtimes.includes(runtime))
      .map((runtime) => `${goal}, ${runtime}`)
      .filter((name) => !known.has(name)),
  )
}

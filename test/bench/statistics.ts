/**
 * What many timings say together, and how sure they are.
 *
 * Processes differ from one another more than rounds do: each has its own luck with what the compiler made of the code, with where
 * it lies, and with what else the machine is doing. So each is one observation: the numbers are read off each process by itself,
 * from medians over its rounds, and what the processes say together is Hodges and Lehmann's estimate, the middle of the means of
 * all pairs. Up to a quarter of the processes may have run while the machine was in a bad way, and it stays close to what the others say; where
 * processes are of two kinds, it lies between them, and not with one of the two as a median does.
 */

/** What one process timed: nanoseconds per call, by case, one number for each round. */
export type Samples = Readonly<Record<string, readonly number[]>>

/** What a case took. */
export interface Timing {
  /** Nanoseconds per call. */
  readonly ns: number
  /** What a call took beyond the first case's, in nanoseconds. */
  readonly added: number
  /** The quotient with the first case. */
  readonly ratio: number
}

export type Timings = Readonly<Record<string, Timing>>

/** A number, and the interval that holds it with 95 %, which fewer than six observations do not have. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Summarises every case of a row. The first case is what the others are compared with. */
export function summarise(processes: readonly Samples[]): Timings {
  const each = processes.map(timingsOf)
  const over = (name: string, what: keyof Timing) =>
    estimate(each.map((timings) => timings[name]?.[what] ?? Number.NaN)).value
  return Object.fromEntries(
    Object.keys(each[0] ?? {}).map((name) => [
      name,
      { ns: over(name, 'ns'), added: over(name, 'added'), ratio: over(name, 'ratio') },
    ]),
  )
}

/** What each of some processes says about a number that is computed from its timings. */
export function observe(processes: readonly Samples[], measure: (timings: Timings) => number): readonly number[] {
  return processes.map((samples) => measure(timingsOf(samples)))
}

/** Cases are compared round by round: what disturbed one disturbed its neighbours. */
function timingsOf(samples: Samples): Timings {
  const [base = []] = Object.values(samples)
  return Object.fromEntries(
    Object.entries(samples).map(([name, times]) => {
      const paired = (combine: (time: number, first: number) => number) =>
        median(times.map((time, round) => combine(time, base[round] ?? Number.NaN)))
      const added = paired((time, first) => time - first)
      return [name, { ns: median(times), added, ratio: paired((time, first) => time / first) }]
    }),
  )
}

/** The middle of the means of all pairs, each with itself too. The interval is Wilcoxon's: as many of the means left out on either side as signed ranks say. */
export function estimate(observations: readonly number[]): Estimate {
  const means = observations
    .flatMap((one, i) => observations.slice(i).map((other) => (one + other) / 2))
    .sort((a, b) => a - b)
  const count = observations.length
  const deviation = Math.sqrt((count * (count + 1) * (2 * count + 1)) / 24)
  const place = Math.floor(means.length / 2 - 1.96 * deviation)
  const at = (index: number) => (place < 1 ? Number.NaN : (means[index] ?? Number.NaN))
  return { value: median(means), low: at(place - 1), high: at(means.length - place) }
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** Some numbers that were found several times, each made one. */
export function byName(
  runs: readonly Readonly<Record<string, number>>[],
  combine: (values: readonly number[]) => number,
): Record<string, number> {
  const names = Object.keys(runs[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, combine(runs.map((run) => run[name] ?? Number.NaN))]))
}

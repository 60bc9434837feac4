/**
 * What many timings say together, and how sure they are.
 *
 * Processes differ from one another more than rounds do: each has its own luck with what the compiler made of the code, with where
 * it lies, and with what else the machine is doing. So each is one observation: medians are taken over its rounds, and means over
 * the processes. What is computed from them is a quotient of means, and not a mean of quotients, in which a process with next to
 * nothing below the line would outweigh all others.
 */

/** What one process timed: nanoseconds per call, by case, one number for each round. */
export type Samples = Readonly<Record<string, readonly number[]>>

/** What a case took: means over the processes of medians over their rounds. */
export interface Timing {
  /** Nanoseconds per call. */
  readonly ns: number
  /** What a call took beyond the first case's, in nanoseconds. */
  readonly added: number
  /** The quotient with the first case. */
  readonly ratio: number
}

export type Timings = Readonly<Record<string, Timing>>

/** A number computed from a row's timings, and the interval that holds it with 95 %. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Summarises every case of a row. The first case is what the others are compared with. */
export function summarise(processes: readonly Samples[]): Timings {
  return meanOf(processes.map(summariseProcess))
}

function meanOf(each: readonly Timings[]): Timings {
  const over = (name: string, what: keyof Timing) => mean(each.map((timings) => timings[name]?.[what] ?? Number.NaN))
  return Object.fromEntries(
    Object.keys(each[0] ?? {}).map((name) => [
      name,
      { ns: over(name, 'ns'), added: over(name, 'added'), ratio: over(name, 'ratio') },
    ]),
  )
}

/** Cases are compared round by round: what disturbed one disturbed its neighbours. */
function summariseProcess(samples: Samples): Timings {
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

/**
 * Anything that is computed from a row's timings, with Student's interval over the processes; one process has none. The error is
 * the jackknife's: how much the number changes when each of the processes is left out.
 */
export function estimate(processes: readonly Samples[], measure: (timings: Timings) => number): Estimate {
  const each = processes.map(summariseProcess)
  const count = each.length
  const value = measure(meanOf(each))
  if (count < 2) return { value, low: Number.NaN, high: Number.NaN }
  const without = each.map((_, left) => measure(meanOf(each.filter((_, i) => i !== left))))
  const centre = mean(without)
  const squares = without.reduce((sum, one) => sum + (one - centre) ** 2, 0)
  const half = studentOf(count - 1) * Math.sqrt((squares * (count - 1)) / count)
  return { value, low: value - half, high: value + half }
}

/** How many standard errors 95 % lie within, by degrees of freedom; from a table. */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13]

function studentOf(freedom: number): number {
  return STUDENT[freedom - 1] ?? 2.1
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

/** The middle of each of some numbers, by name. */
export function medians(runs: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const names = Object.keys(runs[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name] ?? Number.NaN))]))
}

/**
 * What many timings say together: medians over the rounds of all processes, and how sure they are.
 *
 * Processes differ from one another more than rounds do: each has its own luck with what the compiler made of the code and with
 * where it lies. So a row is timed in several, and an interval is drawn by choosing processes first, and rounds within them.
 */

/** What one process timed: nanoseconds per call, by case, one number for each round. */
export type Samples = Readonly<Record<string, readonly number[]>>

/** What a case took. */
export interface Timing {
  /** Median over the rounds, in nanoseconds per call. */
  readonly ns: number
  /** Median over the rounds of what a call took beyond the first case's. */
  readonly added: number
  /** Median over the rounds of the quotient with the first case. */
  readonly ratio: number
}

export type Timings = Readonly<Record<string, Timing>>

/** An interval that holds a value with 95 %. */
export interface Interval {
  readonly low: number
  readonly high: number
}

const RESAMPLES = 400

/** Summarises every case of a row. The first case is what the others are compared with. */
export function summarise(processes: readonly Samples[]): Timings {
  return Object.fromEntries(Object.entries(summaryOf(processes)).map(([name, timing]) => [name, { ...timing }]))
}

/** The same, computed when it is looked at: an interval takes hundreds, and looks at little of each. */
function summaryOf(processes: readonly Samples[]): Timings {
  const names = Object.keys(processes[0] ?? {})
  const of = (name: string) => processes.map((samples) => samples[name] ?? [])
  const base = of(names[0] ?? '')
  return Object.fromEntries(names.map((name) => [name, summariseCase(of(name), base)]))
}

function summariseCase(times: readonly (readonly number[])[], base: readonly (readonly number[])[]): Timing {
  const paired = (combine: (time: number, first: number) => number) =>
    times.flatMap((rounds, process) => rounds.map((time, round) => combine(time, base[process]?.[round] ?? Number.NaN)))
  const differences = () => paired((time, first) => time - first)
  return {
    get ns() {
      return median(times.flat())
    },
    get added() {
      return median(differences())
    },
    get ratio() {
      return median(paired((time, first) => time / first))
    },
  }
}

/** The interval of anything that is computed from a row's timings, by drawing processes and rounds again and again. */
export function intervalOf(processes: readonly Samples[], measure: (timings: Timings) => number): Interval {
  const random = seeded(1)
  const values: number[] = []
  for (let i = 0; i < RESAMPLES; i++) values.push(measure(summaryOf(redraw(processes, random))))
  values.sort((a, b) => a - b)
  const at = (part: number) => values[Math.round(part * (values.length - 1))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975) }
}

function redraw(processes: readonly Samples[], random: () => number): Samples[] {
  const any = (count: number) => Math.floor(random() * count)
  return processes.map(() => {
    const samples = processes[any(processes.length)] ?? {}
    const count = Object.values(samples)[0]?.length ?? 0
    // Cases of one round stay together: what disturbed one disturbed its neighbours.
    const rounds = Array.from({ length: count }, () => any(count))
    return Object.fromEntries(
      Object.entries(samples).map(([name, times]) => [name, rounds.map((round) => times[round] ?? Number.NaN)]),
    )
  })
}

/** The same numbers in every run, so that a report does not change when it is written twice. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
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

/**
 * Comparing functions side by side on a machine that does other things as well.
 *
 * All cases of a row run interleaved, in shuffled order, over many short rounds, and are compared round by round: what disturbs
 * the machine disturbs neighbours alike. Batches are long enough to hold their own garbage collection. The first two cases of a
 * row are the same function: a row in which they differ by more than 3 % is measured again.
 */

/** Runs a case so many times, and tells the milliseconds that took. */
export type Batch = (name: string, count: number) => Promise<number>

/** What a case took. */
export interface Timing {
  /** Median over the rounds, in nanoseconds per call. */
  readonly ns: number
  /** Median over the rounds of what a call took beyond the first case's, and the interval that holds the median with 95 %. */
  readonly added: number
  readonly addedLow: number
  readonly addedHigh: number
  /** Median over the rounds of the quotient with the first case. */
  readonly ratio: number
}

/** How long to measure. */
export interface Effort {
  readonly rounds: number
  /** Milliseconds of one batch. */
  readonly batch: number
  /** Milliseconds for which each case runs before it counts. */
  readonly warm: number
}

/** How far the two cases that are the same function may be apart. */
export const CONTROL_LIMIT = 0.03
const MAX_ATTEMPTS = 5

/** A row, measured: each case by name, what the control showed, and how often the row had to be measured. */
export interface Measured {
  readonly timings: Readonly<Record<string, Timing>>
  /** What the same function was off by, as a part of one. */
  readonly control: number
  readonly attempts: number
  readonly isNoisy: boolean
}

/** Measures a row until its control holds, five times at most; then the steadiest attempt is taken and called noisy. */
export async function measure(names: readonly string[], batch: Batch, effort: Effort): Promise<Measured> {
  let best: Measured | undefined
  for (let attempts = 1; attempts <= MAX_ATTEMPTS; attempts++) {
    const timings = await compare(names, batch, effort)
    const control = Math.abs((timings[names[1] ?? '']?.ratio ?? Number.POSITIVE_INFINITY) - 1)
    const isNoisy = control > CONTROL_LIMIT
    if (best === undefined || control < best.control) best = { timings, control, attempts, isNoisy }
    if (!isNoisy) break
  }
  if (best === undefined) throw new Error('nothing was measured')
  return best
}

async function compare(names: readonly string[], batch: Batch, effort: Effort): Promise<Record<string, Timing>> {
  const counts = new Map<string, number>()
  const samples = new Map<string, number[]>()
  for (const name of names) {
    counts.set(name, await calibrate(name, batch, effort))
    samples.set(name, [])
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const name of shuffled(names)) {
      const count = counts.get(name) ?? 1
      await breathe()
      samples.get(name)?.push(((await batch(name, count)) * 1e6) / count)
    }
  }
  const base = samples.get(names[0] ?? '') ?? []
  return Object.fromEntries(names.map((name) => [name, summarise(samples.get(name) ?? [], base)]))
}

/** Warms a case up, and finds how many calls fill a batch. */
async function calibrate(name: string, batch: Batch, effort: Effort): Promise<number> {
  let count = 1
  for (let spent = 0; ; ) {
    const took = Math.max(await batch(name, count), 0.001)
    spent += took
    const fitting = Math.ceil((count * effort.batch) / took)
    if (took > effort.batch / 3 && spent >= effort.warm) return Math.max(1, fitting)
    count = Math.min(Math.max(fitting, 1), count * 8)
  }
}

function summarise(times: readonly number[], base: readonly number[]): Timing {
  const differences = times.map((time, round) => time - (base[round] ?? 0)).sort((a, b) => a - b)
  // The ranks that hold the median of a sample with 95 %, whatever the distribution.
  const half = (1.96 * Math.sqrt(times.length)) / 2
  const rank = (at: number) => differences[Math.min(Math.max(Math.round(at), 0), differences.length - 1)] ?? 0
  return {
    ns: median(times),
    added: median(differences),
    addedLow: rank(times.length / 2 - half),
    addedHigh: rank(times.length / 2 + half),
    ratio: median(times.map((time, round) => time / (base[round] ?? 1))),
  }
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2
}

/** Lets the runtime finish what it puts off, such as the finalisers of bodies: without it they pile up. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function shuffled<T>(values: readonly T[]): T[] {
  const order = values.map((value) => ({ value, at: Math.random() }))
  return order.sort((a, b) => a.at - b.at).map(({ value }) => value)
}

/**
 * Timing functions side by side on a machine that does other things as well.
 *
 * All cases of a row run interleaved, in shuffled order, over many short rounds, and are compared round by round: what disturbs
 * the machine disturbs neighbours alike. Batches are long enough to hold their own garbage collection.
 */
import type { Samples } from './statistics.ts'

/** Runs a case so many times, and tells the milliseconds that took. */
export type Batch = (name: string, count: number) => Promise<number>

/** How long to measure. */
export interface Effort {
  /** The most fresh processes that a row is timed in. */
  readonly processes: number
  /** Rounds in each process. */
  readonly rounds: number
  /** Milliseconds of one batch. */
  readonly batch: number
  /** Milliseconds for which each case runs, on average, before it counts. */
  readonly warm: number
}

/** Times the cases of a row in this process. */
export async function sample(names: readonly string[], batch: Batch, effort: Effort): Promise<Samples> {
  const counts = await warmUp(names, batch, effort)
  const samples: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (let round = 0; round < effort.rounds; round++) {
    for (const name of shuffled(names)) {
      const count = counts.get(name) ?? 1
      await breathe()
      samples[name]?.push(((await batch(name, count)) * 1e6) / count)
    }
  }
  return samples
}

/**
 * Runs all cases in turn until they are as they will be, and finds how many calls of each fill a batch.
 *
 * In turn, because what one case teaches the compiler changes the code that another one shares with it: cases that are warmed
 * up one after the other spend the first rounds being compiled again.
 */
async function warmUp(names: readonly string[], batch: Batch, effort: Effort): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, await firstCount(name, batch, effort))
  for (let spent = 0; spent < effort.warm * names.length; ) {
    for (const name of shuffled(names)) {
      const count = counts.get(name) ?? 1
      await breathe()
      const took = await batch(name, count)
      spent += Math.max(took, effort.batch / 4)
      counts.set(name, nextCount(count, took, effort))
    }
  }
  return counts
}

/** Halfway to what would have filled this batch, and at most twice as many: one that was disturbed does not spoil the next. */
export function nextCount(count: number, took: number, { batch }: Pick<Effort, 'batch'>): number {
  const fitting = took > 0 ? batch / took : Number.POSITIVE_INFINITY
  return Math.max(1, Math.round(count * Math.min(2, (1 + fitting) / 2)))
}

/** How many calls of a case that is still cold fill a third of a batch or more. */
async function firstCount(name: string, batch: Batch, effort: Effort): Promise<number> {
  for (let count = 1; ; count *= 4) {
    if ((await batch(name, count)) > effort.batch / 3) return count
  }
}

/** Lets the runtime finish what it puts off, such as the finalisers of bodies: without it they pile up. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function shuffled<T>(values: readonly T[]): T[] {
  const order = values.map((value) => ({ value, at: Math.random() }))
  return order.sort((a, b) => a.at - b.at).map(({ value }) => value)
}

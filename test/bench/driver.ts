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
  /** Fresh processes for each row that a goal stands on; other rows get one. */
  readonly processes: number
  /** Rounds in each process. */
  readonly rounds: number
  /** Milliseconds of one batch. */
  readonly batch: number
  /** Milliseconds for which each case runs before it counts. */
  readonly warm: number
}

/** Times the cases of a row in this process. */
export async function sample(names: readonly string[], batch: Batch, effort: Effort): Promise<Samples> {
  const counts = new Map<string, number>()
  const samples: Record<string, number[]> = {}
  for (const name of names) {
    counts.set(name, await calibrate(name, batch, effort))
    samples[name] = []
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const name of shuffled(names)) {
      const count = counts.get(name) ?? 1
      await breathe()
      samples[name]?.push(((await batch(name, count)) * 1e6) / count)
    }
  }
  return samples
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

/** Lets the runtime finish what it puts off, such as the finalisers of bodies: without it they pile up. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

function shuffled<T>(values: readonly T[]): T[] {
  const order = values.map((value) => ({ value, at: Math.random() }))
  return order.sort((a, b) => a.at - b.at).map(({ value }) => value)
}

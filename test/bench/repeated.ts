/** A suite on a runtime, in as many fresh processes as it takes until its numbers are certain and the controls hold. */
import type { Timed } from './in-process.ts'
import { CONTROL } from './row.ts'
import { type Samples, summarise, type Timings } from './statistics.ts'
import type { Steps } from './turns.ts'

/** A row, measured: each case by name, what the control showed, and how often the row had to be measured. */
export interface Result {
  readonly id: string
  readonly title: string
  readonly timings: Timings
  /** What the same function was off by, as a part of one. */
  readonly control: number
  readonly attempts: number
  /** Fresh processes that it was timed in. */
  readonly processes: number
  readonly isNoisy: boolean
  /** What each process timed. Too much to be written down. */
  readonly samples: readonly Samples[]
}

/** How far the two cases that are the same function may be apart. */
export const CONTROL_LIMIT = 0.03
const MAX_ATTEMPTS = 5

/** How some rows are run in one fresh process, and when a row has been run often enough. */
export interface Runner {
  /** Runs all rows, or those that are named. */
  run(ids: readonly string[] | null): Promise<readonly Timed[]>
  isSettled(id: string, samples: readonly Samples[]): boolean
}

/** Measures a suite. Rows whose control does not hold are measured again, five times at most; then the steadiest is taken and called noisy. */
export async function* measureRows(runner: Runner, processes: number): Steps<readonly Result[]> {
  const best = new Map<string, Result>()
  let due: readonly string[] | null = null
  for (let attempts = 1; attempts <= MAX_ATTEMPTS && due?.length !== 0; attempts++) {
    for (const { id, title, samples } of yield* attempt(runner, due, processes)) {
      const timings = summarise(samples)
      const control = Math.abs((timings[CONTROL]?.ratio ?? Number.POSITIVE_INFINITY) - 1)
      const known = best.get(id)
      // A control that is no number at all is the worst there is.
      const isBetter = known === undefined || control < known.control || Number.isNaN(known.control)
      const kept = isBetter
        ? { id, title, timings, control, isNoisy: !(control <= CONTROL_LIMIT), processes: samples.length, samples }
        : known
      best.set(id, { ...kept, attempts })
    }
    due = [...best.values()].filter(({ isNoisy }) => isNoisy).map(({ id }) => id)
  }
  return [...best.values()]
}

async function orNothing(timed: Promise<readonly Timed[]>): Promise<readonly Timed[]> {
  try {
    return await timed
  } catch (error) {
    console.error(`a process failed, and is left out: ${String(error).slice(0, 600)}`)
    return []
  }
}

interface Attempted {
  readonly id: string
  readonly title: string
  readonly samples: Samples[]
}

/**
 * Runs the rows, each in as many processes as it takes to be settled, or as there may be. A process that fails is one of them, and
 * what the others timed stays; only the first has to succeed, as it tells which rows there are.
 */
async function* attempt(
  { run, isSettled }: Runner,
  ids: readonly string[] | null,
  processes: number,
): Steps<readonly Attempted[]> {
  const rows = new Map<string, Attempted>()
  let due = ids
  for (let done = 1; done <= processes && due?.length !== 0; done++) {
    for (const { id, title, samples } of await (done === 1 ? run(due) : orNothing(run(due)))) {
      const row = rows.get(id) ?? { id, title, samples: [] }
      row.samples.push(samples)
      rows.set(id, row)
    }
    yield
    const open = [...rows.values()].filter(({ id, samples }) => !isSettled(id, samples))
    due = open.map(({ id }) => id).filter((id) => due?.includes(id) ?? true)
  }
  return [...rows.values()]
}

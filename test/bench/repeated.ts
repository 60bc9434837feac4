/** A suite on a runtime, in as many processes as it takes until the controls hold. */
import type { Effort } from './driver.ts'
import type { Timed } from './in-process.ts'
import { CONTROL } from './row.ts'
import { runIn } from './runtimes.ts'
import { type Samples, summarise, type Timings } from './statistics.ts'

/** A row, measured: each case by name, what the control showed, and how often the row had to be measured. */
export interface Result {
  readonly id: string
  readonly title: string
  readonly timings: Timings
  /** What the same function was off by, as a part of one. */
  readonly control: number
  readonly attempts: number
  readonly isNoisy: boolean
  /** What each process timed. Too much to be written down. */
  readonly samples: readonly Samples[]
}

/** How far the two cases that are the same function may be apart. */
export const CONTROL_LIMIT = 0.03
const MAX_ATTEMPTS = 5

/** Runs some rows in one fresh process: all of them, or those that are named. */
export type RunRows = (ids: readonly string[] | null) => Promise<readonly Timed[]>

/** Measures a suite. Rows whose control does not hold are measured again, five times at most; then the steadiest is taken and called noisy. */
export function measureSuite(runtime: string, entry: string, only: string, effort: Effort): Promise<readonly Result[]> {
  return measureRows((ids) => runIn(runtime, entry, { only, ids }, effort), effort.processes)
}

export async function measureRows(run: RunRows, processes: number): Promise<readonly Result[]> {
  const best = new Map<string, Result>()
  let due: readonly string[] | null = null
  for (let attempts = 1; attempts <= MAX_ATTEMPTS && due?.length !== 0; attempts++) {
    for (const { id, title, samples } of await attempt(run, due, processes)) {
      const timings = summarise(samples)
      const control = Math.abs((timings[CONTROL]?.ratio ?? Number.POSITIVE_INFINITY) - 1)
      const known = best.get(id)
      const isBetter = known === undefined || control < known.control
      const kept = isBetter ? { id, title, timings, control, isNoisy: control > CONTROL_LIMIT, samples } : known
      best.set(id, { ...kept, attempts })
    }
    due = [...best.values()].filter(({ isNoisy }) => isNoisy).map(({ id }) => id)
  }
  return [...best.values()]
}

/** Runs the rows once, and those on which a goal stands in as many processes as are wanted. */
async function attempt(run: RunRows, ids: readonly string[] | null, processes: number) {
  const rows = new Map<string, { id: string; title: string; isGoal: boolean; samples: Samples[] }>()
  let due = ids
  for (let i = 0; i < processes && due?.length !== 0; i++) {
    for (const { samples, ...row } of await run(due)) {
      const known = rows.get(row.id)
      if (known === undefined) rows.set(row.id, { ...row, samples: [samples] })
      else known.samples.push(samples)
    }
    due = [...rows.values()].filter(({ isGoal }) => isGoal).map(({ id }) => id)
  }
  return [...rows.values()]
}

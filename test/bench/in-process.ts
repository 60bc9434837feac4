/** Runs a suite in the process it is loaded into, and prints what it timed as one line of JSON. */
import { type Effort, sample } from './driver.ts'
import { type Row, readyRow } from './row.ts'
import type { Samples } from './statistics.ts'

/** Which rows to run: those whose id begins so, or those that are named. */
export interface Choice {
  readonly only: string
  readonly ids: readonly string[] | null
}

/** A row as one process timed it. */
export interface Timed {
  readonly id: string
  readonly title: string
  readonly samples: Samples
}

export function isChosen(id: string, { only, ids }: Choice): boolean {
  return id.startsWith(only) && (ids === null || ids.includes(id))
}

export async function runSuite(rows: readonly Row[], effort: Effort, choice: Choice): Promise<void> {
  const timed: Timed[] = []
  for (const row of rows.filter(({ id }) => isChosen(id, choice))) {
    const { names, prepare, run } = readyRow(row)
    const batch = async (name: string, count: number) => {
      await prepare()
      const start = process.cpuUsage()
      await run(name, count)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1000
    }
    timed.push({ id: row.id, title: row.title, samples: await sample(names, batch, effort) })
  }
  console.log(JSON.stringify(timed))
}

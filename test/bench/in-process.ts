/** Runs a suite in the process it is loaded into, and prints what it measured as one line of JSON. */
import { type Effort, type Measured, measure } from './driver.ts'
import { type Row, repeat, withControl } from './row.ts'

/** A row as it is written down. */
export interface Result extends Measured {
  readonly id: string
  readonly title: string
}

export async function runSuite(rows: readonly Row[], effort: Effort, only: string): Promise<void> {
  const results: Result[] = []
  for (const row of rows) {
    if (only !== '' && !row.id.startsWith(only)) continue
    const cases = withControl(row.cases())
    const measured = await measure(
      Object.keys(cases),
      async (name, count) => {
        const start = process.cpuUsage()
        await repeat(cases[name] ?? (() => undefined), count)
        const { user, system } = process.cpuUsage(start)
        return (user + system) / 1000
      },
      effort,
    )
    results.push({ id: row.id, title: row.title, ...measured })
  }
  console.log(JSON.stringify(results))
}

/** What a request leaves on the heap, on Node: the growth over a thousand requests, during which nothing is collected. */
import { readyRow } from '../row.ts'
import { median } from '../statistics.ts'
import { rows } from './hono.ts'

const REQUESTS = 1000
const REPEATS = 7

/** Bytes per request, by row and case. */
export async function measureHeap(): Promise<Record<string, number>> {
  const { gc } = globalThis as { gc?: () => void }
  const bytes: Record<string, number> = {}
  for (const row of rows.filter(({ id }) => id === 'get-10' || id === 'preflight')) {
    const { names, run } = readyRow(row)
    // First until the compiler is done with all of them: what it makes would count as well.
    for (let i = 0; i < 8; i++) for (const name of names) await run(name, REQUESTS)
    const grown = new Map(names.map((name) => [name, [] as number[]]))
    for (let i = 0; i < REPEATS; i++) {
      for (const name of names) {
        gc?.()
        await new Promise((resolve) => setTimeout(resolve, 0))
        const before = process.memoryUsage().heapUsed
        await run(name, REQUESTS)
        grown.get(name)?.push((process.memoryUsage().heapUsed - before) / REQUESTS)
      }
    }
    for (const [name, list] of grown) bytes[`${row.id}, ${name}`] = median(list)
  }
  return bytes
}

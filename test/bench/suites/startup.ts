/** What happens once: compiling a large policy. */
import { createCors } from '../../../src/index.ts'
import { origins } from '../inputs.ts'
import { median } from '../statistics.ts'

const REPEATS = 7

/** Compiles a large policy, and compares with the least that has to be done: a Set of the list, and one look at each character. */
export function measureCompiling(): Record<string, number> {
  const many = origins(100_000)
  let sum = 0
  const scan = () => {
    const set = new Set(many)
    for (const text of many) for (let i = 0; i < text.length; i++) sum += text.charCodeAt(i)
    return set.size + sum
  }
  const compile = () => createCors({ origins: many })
  const times: { scan: number[]; compile: number[] } = { scan: [], compile: [] }
  for (let i = 0; i < REPEATS; i++) {
    times.scan.push(cpuOf(scan))
    times.compile.push(cpuOf(compile))
  }
  return {
    'Set and scan of 100,000, ms': median(times.scan),
    'createCors of 100,000, ms': median(times.compile),
    'createCors beside Set and scan': median(times.compile.map((time, i) => time / (times.scan[i] ?? Number.NaN))),
    ...memoryOf(compile),
  }
}

function cpuOf(run: () => unknown): number {
  const start = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}

/** Where the collector can be called, what a policy keeps beyond the strings that it was given. */
function memoryOf(compile: () => ReturnType<typeof createCors>): Record<string, number> {
  const { gc } = globalThis as { gc?: () => void }
  if (gc === undefined) return {}
  const heap = () => {
    gc()
    return process.memoryUsage().heapUsed
  }
  const before = heap()
  const kept = compile()
  const bytes = (heap() - before) / 100_000
  return kept.policy.origins.length > 0 ? { 'bytes per origin': bytes } : {}
}

/** What happens once: compiling a large policy. */
import { createCors } from '../../../src/index.ts'
import { origins } from '../inputs.ts'

/** Compiles many policies of a size, and compares with the least that has to be done: a Set of the list, and one look at each character. */
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
  for (let i = 0; i < 12; i++) {
    for (const [name, run] of [
      ['scan', scan],
      ['compile', compile],
    ] as const) {
      const { user, system } = process.cpuUsage()
      run()
      const after = process.cpuUsage()
      times[name].push((after.user + after.system - user - system) / 1000)
    }
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
  const collect = (globalThis as { gc?: () => void }).gc
  const heap = () => {
    collect?.()
    return process.memoryUsage().heapUsed
  }
  const before = heap()
  const kept = compile()
  const bytes = (heap() - before) / 100_000
  return {
    'Set and scan of 100,000, ms': middle(times.scan),
    'createCors of 100,000, ms': middle(times.compile),
    'bytes per origin': kept.policy.origins.length > 0 && collect ? bytes : Number.NaN,
  }
}

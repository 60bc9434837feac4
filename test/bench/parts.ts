/** What a run consists of. */
import type { Effort } from './driver.ts'
import { measureLoad, measureLoopback } from './loopback.ts'
import { measureSuite, type Result } from './repeated.ts'
import { bundleEntry, KNOWN, runCode } from './runtimes.ts'
import { measureSizes } from './size.ts'
import { measureStartup } from './startup.ts'
import { medians } from './statistics.ts'
import { HEAP_FLAGS } from './suites/heap.ts'

/** A part that times rows. */
export interface TimedPart {
  readonly on: readonly string[]
  readonly measure: (runtime: string, only: string, effort: Effort) => Promise<readonly Result[]>
}

/** A part that finds numbers. */
export interface FigurePart {
  readonly on: readonly string[]
  readonly measure: (runtime: string, seconds: number) => Promise<Record<string, number>>
}

const NODE = ['node24', 'node26']
const PROCESSES = 3

/** A suite; where its goals bind some runtimes only, one process is enough for the others. */
const suite = (entry: string, on: readonly string[] = KNOWN, goalsOn = on): TimedPart => ({
  on,
  measure: (runtime, only, effort) => {
    const processes = goalsOn.includes(runtime) ? effort.processes : 1
    return measureSuite(runtime, entry, only, { ...effort, processes })
  },
})

export const TIMED: Readonly<Record<string, TimedPart>> = {
  hono: suite('suites/hono'),
  bodies: suite('suites/bodies'),
  floor: suite('suites/floor'),
  frameworks: suite('peers/frameworks'),
  node: suite('peers/node', NODE),
  growth: suite('suites/growth', KNOWN, NODE),
  hostile: suite('suites/hostile', KNOWN, NODE),
  loopback: {
    on: KNOWN,
    // Servers take longer to be compiled than functions, and half the processes are enough: each is four servers.
    measure: (runtime, _only, { processes, rounds }) =>
      measureLoopback(runtime, {
        processes: Math.ceil(processes / 2),
        rounds: Math.ceil(rounds / 3),
        batch: 40,
        warm: 600,
      }),
  },
}

export const FIGURES: Readonly<Record<string, FigurePart>> = {
  heap: { on: NODE, measure: heap },
  startup: { on: KNOWN.filter((name) => name !== 'workerd'), measure: measureStartup },
  size: { on: ['all'], measure: measureSizes },
  load: { on: KNOWN, measure: measureLoad },
}

/** Bytes per request: the median of some processes. */
async function heap(runtime: string): Promise<Record<string, number>> {
  const code = await bundleEntry(
    "import { measureHeap } from './suites/heap.ts'\nconsole.log(JSON.stringify(await measureHeap()))",
  )
  const runs: Record<string, number>[] = []
  for (let i = 0; i < PROCESSES; i++) runs.push(JSON.parse(await runCode(runtime, code, HEAP_FLAGS)))
  return medians(runs)
}

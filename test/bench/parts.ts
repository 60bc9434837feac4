/** What a run consists of. */
import type { Effort } from './driver.ts'
import { measureLoad, timeServers } from './loopback.ts'
import { isSettled, rowsWithGoals } from './precision.ts'
import { measureRows, type Result } from './repeated.ts'
import { bundleEntry, KNOWN, runCode, runIn } from './runtimes.ts'
import { measureSizes } from './size.ts'
import { measureStartup } from './startup.ts'
import type { Samples } from './statistics.ts'
import { type Figures, repeatedly, type Steps } from './turns.ts'

/** Which rows are timed: those whose id begins so, of all or of those that a goal stands on. */
export interface RowChoice {
  readonly only: string
  readonly goals: boolean
}

/** A part that times rows. */
export interface TimedPart {
  readonly on: readonly string[]
  readonly measure: (runtime: string, choice: RowChoice, effort: Effort) => Steps<readonly Result[]>
}

/** A part that finds numbers. */
export interface FigurePart {
  readonly on: readonly string[]
  readonly measure: (runtime: string, seconds: number) => Steps<Figures>
}

const NODE = ['node24', 'node26']
/** Numbers that differ from process to process are found in so many of them. */
const TIMES = 13

/** The rows of a suite, in-process. */
const suite = (name: string, entry: string, on: readonly string[] = KNOWN): TimedPart => ({
  on,
  measure(runtime, { only, goals }, effort) {
    const first = goals ? rowsWithGoals(name, runtime) : null
    const run = (ids: readonly string[] | null) => runIn(runtime, entry, { only, ids: ids ?? first }, effort)
    return measureRows({ run, isSettled: (id, samples) => isSettled(name, runtime, id, samples) }, effort.processes)
  },
})

/**
 * Each process is four servers. They take longer to be compiled than functions, and a batch is long enough for one to find its way
 * back into the caches: no real server shares a core with four others that take turns every eight milliseconds.
 */
const loopback: TimedPart = {
  on: KNOWN,
  measure(runtime, _choice, effort) {
    const run = async () => [
      await timeServers(runtime, { ...effort, rounds: effort.rounds * 0.8, batch: 40, warm: 1200 }),
    ]
    const settled = (id: string, samples: readonly Samples[]) => isSettled('loopback', runtime, id, samples)
    return measureRows({ run, isSettled: settled }, effort.processes)
  },
}

export const TIMED: Readonly<Record<string, TimedPart>> = {
  hono: suite('hono', 'suites/hono'),
  bodies: suite('bodies', 'suites/bodies'),
  floor: suite('floor', 'suites/floor'),
  frameworks: suite('frameworks', 'peers/frameworks'),
  node: suite('node', 'peers/node', NODE),
  growth: suite('growth', 'suites/growth'),
  hostile: suite('hostile', 'suites/hostile'),
  loopback,
}

export const FIGURES: Readonly<Record<string, FigurePart>> = {
  heap: { on: NODE, measure: (runtime) => repeatedly(TIMES, () => heap(runtime)) },
  startup: {
    on: KNOWN.filter((name) => name !== 'workerd'),
    measure: (runtime) => repeatedly(TIMES, () => measureStartup(runtime)),
  },
  size: { on: ['all'], measure: () => repeatedly(1, measureSizes) },
  load: { on: KNOWN, measure: (runtime, seconds) => repeatedly(1, () => measureLoad(runtime, seconds)) },
}

/** Room for what a thousand requests leave behind, so that no collection takes place while they are counted. */
const HEAP_FLAGS = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64']

/** Bytes per request. */
async function heap(runtime: string): Promise<Record<string, number>> {
  const code = await bundleEntry(
    "import { measureHeap } from './suites/heap.ts'\nconsole.log(JSON.stringify(await measureHeap()))",
  )
  return JSON.parse(await runCode(runtime, code, HEAP_FLAGS))
}

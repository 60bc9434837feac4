/**
 * Taking turns: every part of a run goes one step at a time, a fresh process each, so that all of them are spread over the whole
 * run. A machine has its better and its worse quarters of an hour, and a quotient of something that allocates much with something
 * that allocates little is another in each; what is measured in one of them only, another run does not find again.
 */
import { byName, estimate } from './statistics.ts'

/** Work that can be put down after each of its steps, and ends with what it found. */
export type Steps<T> = AsyncGenerator<void, T>

/** One part of a run. */
export interface Job {
  readonly name: string
  readonly steps: Steps<unknown>
}

/** Takes all jobs to their ends, a step of each in turn. One that fails is a line on the terminal, and the others go on. */
export async function takeTurns(jobs: readonly Job[], report: (line: string) => void): Promise<void> {
  const began = performance.now()
  let open = jobs
  for (let turn = 1; open.length > 0; turn++) {
    const unfinished: Job[] = []
    for (const job of open) {
      try {
        if (!(await job.steps.next()).done) unfinished.push(job)
      } catch (error) {
        report(`${job.name}: ${String(error).slice(0, 600)}`)
      }
    }
    open = unfinished
    const minutes = ((performance.now() - began) / 60_000).toFixed(1)
    report(`turn ${turn}, after ${minutes} minutes: ${open.length} of ${jobs.length} parts go on`)
  }
}

/** Numbers that were found in one fresh process after the other. */
export interface Figures {
  /** What the processes say together, by name. */
  readonly values: Readonly<Record<string, number>>
  /** What each of them found. */
  readonly samples: readonly Readonly<Record<string, number>>[]
}

/** Finds the same numbers so many times. */
export async function* repeatedly(times: number, find: () => Promise<Record<string, number>>): Steps<Figures> {
  const samples: Record<string, number>[] = []
  while (samples.length < times) {
    samples.push(await find())
    yield
  }
  return { values: byName(samples, (found) => estimate(found).value), samples }
}

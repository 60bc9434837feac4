// Processor time of other processes, as Linux tells it in /proc.
import { readdirSync, readFileSync } from 'node:fs'

/** The milliseconds for which the threads of these processes have run. */
export function cpuTime(pids: readonly number[]): number {
  let nanoseconds = 0
  for (const pid of pids) {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ', 1)[0])
    }
  }
  return nanoseconds / 1e6
}

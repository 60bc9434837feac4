// Processor time of other processes, as Linux tells it in /proc.
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** The milliseconds of processor time that these processes take for some work, which they do while it is awaited. */
export async function cpuTimeOf(pids: readonly number[], work: () => Promise<void>): Promise<number> {
  const before = timesOf(pids)
  await work()
  // A thread that is running is told with what it had at the last tick, some milliseconds ago: first it has to come to rest.
  await pause(1)
  let spent = 0
  for (const [thread, time] of timesOf(pids)) spent += time - (before.get(thread) ?? 0)
  return spent / 1e6
}

/** Nanoseconds by thread: one that has ended is not there any more, and must not be taken for time that was given back. */
function timesOf(pids: readonly number[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>()
  for (const pid of pids) {
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const time = timeOf(`/proc/${pid}/task/${task}/schedstat`)
      if (time !== null) times.set(`${pid} ${task}`, time)
    }
  }
  return times
}

/** What a thread has run for; null where it has ended since it was listed. */
function timeOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8').split(' ', 1)[0])
  } catch {
    return null
  }
}

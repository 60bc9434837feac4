// What Linux tells of processes in /proc; elsewhere there are none to be seen.
import { readdirSync, readFileSync } from 'node:fs'

/** The process ids of a process's children. */
export function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').map(Number)
  return pids.filter((pid) => pid > 0 && parentOf(pid) === parent)
}

/** The resident memory of a process, in bytes. */
export function residentMemory(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
  } catch {
    return undefined // It has just ended.
  }
}

/** Which processes there are, and which started which. */

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A running process. */
export interface Running {
  readonly pid: number
  readonly parent: number
  readonly command: string
}

/** Lists every process below one, children of children too. */
export function descendantsOf(pid: number): readonly Running[] {
  const all = list()
  const found: Running[] = []
  for (let parents = [pid]; parents.length > 0; ) {
    const children = all.filter(({ parent }) => parents.includes(parent))
    found.push(...children)
    parents = children.map((child) => child.pid)
  }
  return found
}

/** Tells whether a process is there. One that has ended and was not collected yet is not. */
export function isRunning(pid: number): boolean {
  return list().some((process) => process.pid === pid)
}

function list(): readonly Running[] {
  if (existsSync('/proc/self/stat')) return readdirSync('/proc').flatMap(fromProc)
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return state === undefined || state.startsWith('Z')
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command: command ?? '' }]
  })
}

function fromProc(entry: string): readonly Running[] {
  if (!/^\d+$/.test(entry)) return []
  try {
    const stat = readFileSync(`/proc/${entry}/stat`, 'utf8')
    // The name stands in parentheses and may hold anything, parentheses too; state and parent follow the last one.
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return state === 'Z' ? [] : [{ pid: Number(entry), parent: Number(parent), command }]
  } catch {
    // It ended while it was looked at.
    return []
  }
}

/// <reference types="node" />
import { watch } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { printable } from '../diagnose/report/printable.ts'
import type { SwappableCors } from '../operate/swap.ts'
import type { PolicyDiff } from '../policy/data/diff.ts'
import { readPolicyFile } from './policy-file.ts'

/** An editor writes a file in several steps. The file is read when they are over. */
const SETTLED_MS = 50

/**
 * Reads a policy file again when it changes, or when the process gets SIGHUP, and exchanges the
 * policy. A file with a defect changes nothing: its message is printed, and the old policy stays.
 *
 * @param path a JSON file. A module could not be loaded a second time.
 * @param policy the policy that the server answers by
 * @param print prints a line
 * @returns a function that ends the watch
 */
export function watchPolicy(path: string, policy: SwappableCors, print: (line: string) => void): () => void {
  let timer: NodeJS.Timeout | undefined

  async function reload(): Promise<void> {
    try {
      const before = policy.version
      const diff = policy.swap((await readPolicyFile(path)) as never)
      if (policy.version === before) return
      print(`${printable(path)}: a new policy answers`)
      for (const line of linesOf(diff)) print(line)
    } catch (error) {
      print(
        `${printable(path)}: the old policy stays: ${printable(error instanceof Error ? error.message : String(error))}`,
      )
    }
  }

  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void reload(), SETTLED_MS)
  }
  // The folder is watched, because an editor may put a new file in the place of the old one.
  const watcher = watch(dirname(resolve(path)), (_, name) => {
    if (name === null || name === basename(path)) soon()
  })
  watcher.on('error', (error) => print(`${printable(path)} is no longer watched: ${printable(error.message)}`))
  process.on('SIGHUP', soon)
  return () => {
    clearTimeout(timer)
    watcher.close()
    process.off('SIGHUP', soon)
  }
}

function linesOf({ allowed, stopped, other }: PolicyDiff): readonly string[] {
  const marked = [
    ['+', allowed],
    ['-', stopped],
    ['~', other],
  ] as const
  return marked.flatMap(([mark, changes]) => changes.map(({ sentence }) => `  ${mark} ${printable(sentence)}`))
}

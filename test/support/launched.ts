/** A command that a test starts, waits for and ends. */

import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { KEEPER } from '../../examples/start/edge.ts'

/** A command that runs. */
export interface Launched {
  readonly child: ChildProcess
  /** Resolves with the exit code, or the name of the signal, and all output, when the command and its pipes are done. */
  readonly ended: Promise<{ readonly code: number | string; readonly output: string }>
  /** Waits until the output so far matches, and returns the match. @throws when the command ends without. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>
  /** Ends the command, asking first. */
  close(): Promise<void>
}

/** Starts a command, with nothing on its standard input. */
export function launch(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Launched {
  return watch(spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } }))
}

/** Starts a command that would stay if the test were killed, under something that ends it. */
export function launchKept(file: string, args: readonly string[]): Launched {
  const child = spawn(process.execPath, [KEEPER, file, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  const watched = watch(child)
  const close = async (): Promise<void> => {
    child.stdin.destroy()
    await watched.ended
  }
  return { ...watched, close }
}

function watch(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Launched {
  const waiting = new Set<() => void>()
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const look of waiting) look()
    })
  const ended = new Promise<{ code: number | string; output: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'unknown', output }))
  })
  return {
    child,
    ended,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(output)
          if (found === null) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
        ended.then(
          ({ code }) => reject(new Error(`${child.spawnfile} ended with ${code} before ${pattern}:\n${output}`)),
          reject,
        )
      }),
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      const hard = setTimeout(() => child.kill('SIGKILL'), 8_000)
      await exit
      clearTimeout(hard)
    },
  }
}

/**
 * Runs a command in a process group of its own and sees to it that nothing of it stays: when standard input closes, the command
 * is asked to end, and after a while made to. A pipe closes however its other side goes, so this also holds when whoever started
 * the keeper was killed and could tidy up nothing. A signal to the keeper ends the command at once.
 *
 * Run:  node keeper.ts <file> [argument …]
 */

import { spawn } from 'node:child_process'

/** How long the command may take to end by itself. */
const PATIENCE = 4_000

const [file = '', ...args] = process.argv.slice(2)
const child = spawn(file, args, {
  detached: true,
  stdio: ['ignore', 'inherit', 'inherit'],
})
const killGroup = (): void => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Nothing of the group is left.
  }
}

child.once('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.once('exit', (code) => {
  // What the command started may outlive it.
  killGroup()
  process.exit(code ?? 1)
})
process.stdin.once('close', () => {
  child.kill('SIGTERM')
  setTimeout(killGroup, PATIENCE)
})
process.stdin.resume()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, killGroup)

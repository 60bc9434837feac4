import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Stage } from '../stage.ts'
import { answers, freePort } from './nginx.ts'

// The system's Python is the one that has the system's packages.
const PYTHON = '/usr/bin/python3'

/** Runs one of the Python applications next to this file. */
export async function python(script: string, ...args: string[]): Promise<Stage> {
  const port = await freePort()
  const child = spawn(PYTHON, [join(import.meta.dirname, script), String(port), ...args], { stdio: 'ignore' })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await answers(`http://127.0.0.1:${port}/`)
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      child.kill('SIGTERM')
      await closed
    },
  }
}

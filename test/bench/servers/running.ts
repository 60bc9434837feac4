/** Starts the servers of a table, one process each. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleEntry, commandOf } from '../runtimes.ts'
import { serveWorkerd } from './workerd.ts'

/** A server that answers on a port of this machine. */
export interface Running extends AsyncDisposable {
  readonly port: number
  readonly pids: readonly number[]
}

/** Starts a variant of the app in a runtime. */
export async function startServer(runtime: string, variant: string): Promise<Running> {
  if (runtime === 'workerd') {
    const code = await bundleEntry("import { worker } from './servers/worker.ts'\nexport default worker")
    return serveWorkerd(code, { VARIANT: variant })
  }
  const code = await bundleEntry(`import './servers/${runtime.replace(/\d+$/, '')}.ts'`)
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-bench-'))
  const file = join(folder, 'server.mjs')
  writeFileSync(file, code)
  const [command = '', ...args] = commandOf(runtime)
  const child = spawn(command, [...args, file, variant], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(Number(String(data).trim())))
    child.once('exit', () => reject(new Error(`${runtime} ended before it served`)))
  })
  return {
    port,
    pids: [child.pid ?? 0],
    async [Symbol.asyncDispose]() {
      child.removeAllListeners('exit')
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

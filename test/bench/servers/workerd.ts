/**
 * A worker in workerd alone. miniflare puts workers of its own in front of it, which do several times the work of a small app: in what
 * a request takes with them, the difference between two apps is lost.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Running } from './running.ts'

const WORKERD = fileURLToPath(new URL('../../../node_modules/.bin/workerd', import.meta.url))

/** Serves a bundled worker, with these texts as its bindings. It may ask servers on this machine. */
export async function serveWorkerd(code: string, vars: Readonly<Record<string, string>>): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'corsmith-bench-'))
  writeFileSync(join(folder, 'worker.mjs'), code)
  writeFileSync(join(folder, 'config.capnp'), configFor(vars))
  const child = spawn(WORKERD, ['serve', '--control-fd=3', join(folder, 'config.capnp')], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    const control = child.stdio[3] as Readable
    control.once('data', (data) => resolve(JSON.parse(String(data).split('\n', 1)[0] ?? '').port))
    child.once('exit', () => reject(new Error('workerd ended before it served')))
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

function configFor(vars: Readonly<Record<string, string>>): string {
  const bindings = Object.entries(vars).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
      compatibilityDate = "2026-10-01",
      bindings = [${bindings.join(', ')}],
    )),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`
}

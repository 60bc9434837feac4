/** Starts the servers under test: processes of Node, and workerd. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { childrenOf } from '../support/resident.ts'
import type { Settings } from './edge.ts'
import { createHeap } from './isolate.ts'

export interface Target {
  readonly name: string
  readonly port: number
  /** Why it ended before it was asked to; null while it runs. */
  crashed(): string | null
  /** Bytes in use on the heap, after a collection. */
  memory(): Promise<number>
  close(): Promise<void>
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

export async function startNode(settings: Settings, name: string): Promise<Target> {
  const child = fork(here('node-server.ts'), [JSON.stringify(settings)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  child.setMaxListeners(50)
  let isAsked = false
  let crash: string | null = null
  let errors = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-2000)
  })
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (code, signal) => {
      if (!isAsked) crash = `${name} ended with ${code ?? signal}: ${errors}`
      resolve()
    }),
  )
  const told = <K extends string>(key: K) =>
    new Promise<number>((resolve, reject) => {
      ended.then(() => reject(new Error(crash ?? `${name} ended`)))
      child.on('message', (message: Record<K, number>) => {
        if (message[key] !== undefined) resolve(message[key])
      })
    })
  return {
    name,
    port: await told('port'),
    crashed: () => crash,
    memory() {
      const memory = told('memory').catch(() => 0)
      if (child.connected) child.send('memory', () => {})
      return memory
    },
    async close() {
      isAsked = true
      if (child.exitCode === null) child.kill()
      await ended
    },
  }
}

export async function startWorkerd(settings: Settings, name: string): Promise<Target> {
  const { outputFiles } = await build({
    entryPoints: [here('worker.ts')],
    external: ['cloudflare:*'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  })
  const before = new Set(childrenOf(process.pid))
  let crash: string | null = null
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      name: 'edge',
      inspectorPort: 0,
      modules: [{ type: 'ESModule', path: 'worker.mjs', contents: outputFiles[0]?.text ?? '' }],
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['nodejs_compat'],
      bindings: { SETTINGS: JSON.stringify(settings) },
      host: '127.0.0.1',
      port: 0,
      cf: false,
      log: new Log(LogLevel.NONE),
      handleStructuredLogs: ({ level, message }) => {
        if (level === 'error' && /fatal|segmentation/i.test(message)) crash = `${name}: ${message}`
      },
    }),
  )
  const { port } = await worker.ready
  const inspector = await worker.getInspectorURL()
  // No tenant has this host, so it costs no read.
  const nudge = () => fetch(`http://127.0.0.1:${port}/`).then((response) => response.arrayBuffer())
  const heap = createHeap(inspector, 'edge', nudge)
  const pids = childrenOf(process.pid).filter((pid) => !before.has(pid))
  return {
    name,
    port: Number(port),
    crashed: () => crash ?? (pids.every(isAlive) ? null : `${name} ended`),
    memory: heap.measure,
    async close() {
      await heap.close()
      await worker.dispose()
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

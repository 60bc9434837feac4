// The same proxy in every runtime, each a real server on a port of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createProxyServer } from '../../adapters/node-proxy.ts'
import { createProxy, type ProxyOptions, proxyOptionsFromEnv } from '../../src/proxy.ts'
import { startEdge } from './edge.ts'
import { type Loopback, ready } from './loopback.ts'
import { serve } from './serve-fetch.ts'

/** A proxy that is running. */
export type Running = Pick<Loopback, 'port' | 'origin' | typeof Symbol.asyncDispose>

type Start = (vars: Record<string, unknown>) => Promise<Running>

type Runtime = readonly [name: string, start: Start]

const WORKERD: Runtime = ['workerd', startEdge]
const NODE: Runtime = ['Node', (vars) => startNodeProxy(proxyOptionsFromEnv(vars))]

/** The edge worker in workerd, and the core under Node behind a bridge to node:http. */
export const RUNTIMES: readonly Runtime[] = [WORKERD, NODE]

const DENO = ['run', '--no-prompt', '--no-check', '--allow-net=127.0.0.1', '--allow-env']

/** And as a server of Node, and under Deno and Bun. */
export const ALL_RUNTIMES: readonly Runtime[] = [
  WORKERD,
  NODE,
  ['node:http', (vars) => ready(createProxyServer(proxyOptionsFromEnv(vars)) as Server)],
  ['Deno', (vars) => startApp('deno', DENO, vars)],
  ['Bun', (vars) => startApp('bun', ['run'], vars)],
]

/** In which a proxy opens WebSockets. */
export const OPENING: readonly Runtime[] = [
  ...ALL_RUNTIMES.filter(([name]) => name === 'workerd' || name === 'node:http'),
  ['node:http of Deno', (vars) => startApp('deno', [...DENO, '--allow-read'], vars, 'edge-node-proxy.ts')],
  ['node:http of Bun', (vars) => startApp('bun', ['run'], vars, 'edge-node-proxy.ts')],
]

/** Starts a proxy under Node. */
export function startNodeProxy(options: ProxyOptions): Promise<Loopback> {
  return serve(createProxy(options))
}

/** Starts the application of a runtime, which prints its port. */
export async function startApp(
  command: string,
  args: readonly string[],
  vars: Record<string, unknown>,
  file = `edge-${command}.ts`,
): Promise<Running> {
  const app = fileURLToPath(new URL(`apps/${file}`, import.meta.url))
  const child = spawn(command, [...args, app, JSON.stringify(vars)], {
    // What a runtime prints of connections that break is no concern of a test.
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, DENO_NO_UPDATE_CHECK: '1', NO_COLOR: '1' },
  })
  const lines = createInterface({ input: child.stdout })
  const [first] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as [unknown]
  const port = Number(first)
  if (!(port > 0)) throw new Error(`${command} did not start: ${first}`)
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}

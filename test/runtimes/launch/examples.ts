// How each example is started: as its README line says, on a port of ours.
import { join } from 'node:path'
import { program } from '../paths.ts'
import { launch, run } from '../process.ts'
import type { Target } from '../target.ts'
import { NEXT_ENV, serveNext } from './next.ts'
import { serveWorker } from './runtimes.ts'

const at = (work: string, name: string) => join(work, 'examples', name)

/** An example that reads PORT. */
function byPort(name: string, command: string, ...args: readonly string[]): Target {
  return {
    name,
    needs: command === 'bun' ? ['bun'] : [],
    start: (port, work) => launch(command, args, port, at(work, name), { PORT: String(port) }),
  }
}

const DENO = ['serve', '--no-prompt', '--cached-only', '--no-check', '--node-modules-dir=manual', '--host', '127.0.0.1']

/** An example that is built first. Both read PORT and HOST. */
function built(name: string, compiler: string, server: string): Target {
  return {
    name,
    needs: [compiler],
    async start(port, work) {
      const env = { NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', PORT: String(port), HOST: '127.0.0.1' }
      await run(process.execPath, [program(compiler), 'build'], at(work, name), env)
      return launch(process.execPath, [server], port, at(work, name), env)
    },
  }
}

export const EXAMPLES: readonly Target[] = [
  byPort('node', process.execPath, 'server.ts'),
  byPort('express', process.execPath, 'server.ts'),
  byPort('fastify', process.execPath, 'server.ts'),
  byPort('koa', process.execPath, 'server.ts'),
  byPort('hono', process.execPath, 'server.ts'),
  byPort('h3', process.execPath, 'server.ts'),
  byPort('react-router', process.execPath, 'server.ts'),
  byPort('bun', 'bun', 'run', 'server.ts'),
  byPort('elysia', 'bun', 'run', 'server.ts'),
  {
    name: 'deno',
    needs: ['deno'],
    start: (port, work) => launch('deno', [...DENO, '--port', String(port), 'main.ts'], port, at(work, 'deno')),
  },
  {
    name: 'workers',
    needs: ['workerd'],
    start: (port, work) => serveWorker(join(at(work, 'workers'), 'worker.ts'), 'example-workers', port, work),
  },
  built('sveltekit', 'vite/bin/vite.js', 'build'),
  built('astro', 'astro/bin/astro.mjs', 'dist/server/entry.mjs'),
  {
    name: 'next',
    needs: ['next'],
    async start(port, work) {
      await run(process.execPath, [program('next/dist/bin/next'), 'build'], at(work, 'next'), NEXT_ENV)
      return serveNext(port, at(work, 'next'))
    },
  },
]

// One launcher per runtime: a few lines each, nothing of CORS in them.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { launch } from '../process.ts'
import type { Running, Target } from '../target.ts'

/** The file of an application: below `apps`, or with its folder. */
const app = (file: string) => join('test', 'runtimes', file.includes('/') ? file : `apps/${file}`)

export function node(name: string, file: string, ...args: readonly string[]): Target {
  return {
    name,
    needs: [],
    start: (port, work) => launch(process.execPath, [app(file), String(port), ...args], port, work),
  }
}

export function bun(name: string, file: string, ...args: readonly string[]): Target {
  return {
    name,
    needs: ['bun'],
    start: (port, work) =>
      launch('bun', ['run', app(file), String(port), ...args], port, work, { NODE_ENV: 'production' }),
  }
}

/** Without --allow-env: an adapter that reads the environment would fail. */
export function deno(name: string, file: string, mode: 'run' | 'serve' = 'run'): Target {
  const flags = ['--no-prompt', '--cached-only', '--no-check', '--node-modules-dir=manual']
  return {
    name,
    needs: ['deno'],
    start: (port, work) =>
      launch(
        'deno',
        mode === 'serve'
          ? ['serve', ...flags, '--host', '127.0.0.1', '--port', String(port), app(file)]
          : ['run', ...flags, '--allow-net', app(file), String(port)],
        port,
        work,
        { DENO_NO_UPDATE_CHECK: '1' },
      ),
  }
}

export function workerd(name: string, file: string): Target {
  return { name, needs: ['workerd'], start: (port, work) => serveWorker(join(work, app(file)), file, port, work) }
}

/** workerd itself, with a configuration of its own: no development server in between. */
export async function serveWorker(entry: string, name: string, port: number, work: string): Promise<Running> {
  const base = name.replace('/', '-')
  const outfile = join(work, `${base}.js`)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
    absWorkingDir: work,
  })
  const config = join(work, `${base}.capnp`)
  await writeFile(config, capnp(port, `${base}.js`))
  return launch('workerd', ['serve', config], port, work)
}

const capnp = (port: number, script: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "app", worker = (modules = [(name = "app", esModule = embed "${script}")], compatibilityDate = "2026-10-01"))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "app")]
);
`

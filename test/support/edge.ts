// The edge worker of the examples, bundled from the sources, in a workerd of its own and behind a real port.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { PAGE } from './pages.ts'
import { childrenOf } from './resident.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A worker that is running. */
export interface Edge extends AsyncDisposable {
  readonly port: number
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  /** The process ids of workerd. */
  readonly pids: readonly number[]
  /** What the worker printed so far. */
  printed(): string
}

let bundled: Promise<string> | undefined

/** Starts the worker of `examples/edge-proxy` with the given variables, and nothing of `wrangler.toml`. */
export async function startEdge(vars: Record<string, unknown>): Promise<Edge> {
  bundled ??= bundle('examples/edge-proxy/worker.ts')
  return startWorker(await bundled, vars)
}

/** Variables of an edge in front of an upstream, for one page. */
export function varsFor(upstream: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { UPSTREAM: upstream, CORS_ORIGINS: PAGE, CORS_CREDENTIALS: 'true', CORS_METHODS: 'PUT, DELETE', ...more }
}

/** Bundles a worker, with the package taken from the sources. Under mutation, it is told which mutant is switched on. */
export async function bundle(entry: string): Promise<string> {
  const { __STRYKER_ACTIVE_MUTANT__: activeMutant } = process.env
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    alias: { 'corsmith/workers': './adapters/workers.ts', 'corsmith/log': './src/log.ts', corsmith: './src/index.ts' },
    external: ['cloudflare:*'],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    banner: activeMutant ? { js: `globalThis.__stryker__ = ${JSON.stringify({ activeMutant })}` } : {},
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** Starts a bundled worker. */
export async function startWorker(contents: string, bindings: Record<string, unknown>): Promise<Edge> {
  let printed = ''
  const before = new Set(childrenOf(process.pid))
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: [{ type: 'ESModule', path: 'worker.mjs', contents }],
      compatibilityDate: /compatibility_date = "(.+)"/.exec(readFileSync(`${root}/wrangler.toml`, 'utf8'))?.[1] ?? '',
      compatibilityFlags: ['nodejs_compat'],
      host: '127.0.0.1',
      port: 0,
      cf: false,
      bindings: Object.fromEntries(Object.entries(bindings).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ message }) => {
        printed += `${message}\n`
      },
    }),
  )
  const url = await miniflare.ready
  return {
    port: Number(url.port),
    origin: url.origin,
    pids: childrenOf(process.pid).filter((pid) => !before.has(pid)),
    printed: () => printed,
    [Symbol.asyncDispose]: () => miniflare.dispose(),
  }
}

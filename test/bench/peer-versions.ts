/** The libraries that are compared: installed where they are missing, and named with their versions. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Installs what test/bench pins. The first run does. */
export function installPeers(): void {
  if (existsSync(`${HERE}node_modules`)) return
  execFileSync('npm', ['ci', '--workspaces=false', '--no-audit', '--no-fund'], { cwd: HERE, stdio: 'inherit' })
}

export function peerVersions(): Record<string, string> {
  const { dependencies } = readJson(`${HERE}package.json`) as { dependencies: Record<string, string> }
  const hono = readJson(`${ROOT}node_modules/hono/package.json`) as { version: string }
  const server = readJson(`${ROOT}node_modules/@hono/node-server/package.json`) as { version: string }
  return { hono: hono.version, '@hono/node-server': server.version, ...dependencies }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

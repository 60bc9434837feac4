/**
 * `npm run test:clients:latest`: installs the newest version of every client, and runs them with the presets as they are. A failure
 * names the method or the header that the new version needs and the preset lacks. It changes the working tree, so it is for a fresh
 * checkout: .github/workflows/clients.yml runs it every week.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER: string = import.meta.dirname
const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(FOLDER, 'package.json'), 'utf8'),
)

function run(file: string, args: readonly string[]): number {
  return spawnSync(file, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1
}

const flags = ['--no-save', '--no-package-lock', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund']
const latest = Object.keys(dependencies).map((name) => `${name}@latest`)
const installed = run('npm', ['install', '--prefix', FOLDER, ...flags, ...latest])
process.exitCode = installed === 0 ? run(process.execPath, ['--conditions=browser', join(FOLDER, 'run.ts')]) : installed

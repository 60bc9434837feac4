import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from '../runtimes/process.ts'

const QUIET: Readonly<Record<string, string>> = {
  NO_COLOR: '1',
  CI: 'true',
  DENO_NO_UPDATE_CHECK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
}

/** Writes files below a folder of one cell, and gives the folder. */
export async function project(
  folder: string,
  name: string,
  files: Readonly<Record<string, string>>,
  type: 'module' | 'commonjs' = 'module',
): Promise<string> {
  const own = join(folder, name)
  const all = { 'package.json': JSON.stringify({ name: 'app', private: true, type }), ...files }
  for (const [file, text] of Object.entries(all)) {
    await mkdir(dirname(join(own, file)), { recursive: true })
    await writeFile(join(own, file), text)
  }
  return own
}

/** Runs a command that the group has installed, or that stands on the path. Gives what it printed. */
export function tool(folder: string, cwd: string, [command = '', ...args]: readonly string[]): Promise<string> {
  const PATH = `${join(folder, 'node_modules', '.bin')}:${process.env.PATH}`
  return run(command, args, cwd, { ...QUIET, PATH })
}

/** Node, of the version that runs this. */
export const NODE: string = process.execPath

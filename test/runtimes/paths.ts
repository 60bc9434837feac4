import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The repository. */
export const ROOT: string = join(import.meta.dirname, '..', '..')

/** Where something installed lies; undefined where it is not. npm puts most packages at the top, and some beside the tests. */
export function installed(path: string): string | undefined {
  return ['node_modules', 'test/node_modules']
    .map((folder) => join(ROOT, folder, path))
    .find((file) => existsSync(file))
}

/** The same for what a target has declared to need: it would not be started otherwise. */
export function program(path: string): string {
  const file = installed(path)
  if (file === undefined) throw new Error(`${path} is not installed`)
  return file
}

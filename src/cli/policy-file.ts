/// <reference types="node" />
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { readJson } from './input.ts'
import { UsageError } from './io.ts'

/**
 * Reads a policy: a JSON file, or a module whose default export, or export `policy` or `cors`, is one. A module is run, as any import
 * is.
 */
export async function readPolicyFile(path: string): Promise<unknown> {
  if (/\.(json|jsonc)$/i.test(path)) return readJson(path)
  if (!/\.[cm]?[jt]s$/i.test(path))
    throw new UsageError(`${path}: a policy is a .json file, or a module (.js, .mjs, .ts) that exports one`)
  let module: Record<string, unknown>
  try {
    module = await import(pathToFileURL(resolve(path)).href)
  } catch (error) {
    const lines = String((error as Error)?.message ?? error).split('\n')
    throw new UsageError(`${path} cannot be imported: ${lines[0]}`)
  }
  const found = [module.policy, module.default, module.cors].find(
    (value) => typeof value === 'object' && value !== null,
  )
  if (found === undefined) throw new UsageError(`${path} exports no policy: export const policy = { origins: […] }`)
  // A Cors carries the policy it was made of.
  const inner =
    (found as { policy?: unknown; decide?: unknown }).decide === undefined
      ? found
      : (found as { policy: unknown }).policy
  return inner
}

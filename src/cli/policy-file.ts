/// <reference types="node" />
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { printable } from '../diagnose/report/printable.ts'
import { duplicateKeys } from '../policy/data/json.ts'
import { placeOf } from '../policy/error.ts'
import type { PolicyIssue } from '../policy/types.ts'
import { readJson, readText, sizeOf } from './files.ts'
import { UsageError } from './io.ts'

/** How long a module may take to load. A module that waits forever must not hold a build. */
const LOAD_MS = 10_000

/**
 * Reads a policy as {@link readPolicySource} does, and refuses a text that holds a key twice.
 *
 * @throws {UsageError} for a file that cannot be read
 */
export async function readPolicyFile(path: string): Promise<unknown> {
  const { policy, issues } = await readPolicySource(path)
  const [twice] = issues
  if (twice !== undefined) throw new UsageError(`${path}: ${printable(placeOf(twice.path))}: ${twice.message}`)
  return policy
}

/**
 * Reads a policy as {@link readPolicyFile} does, and tells which export of a module it is; null for
 * a JSON file.
 *
 * @throws {UsageError} for a file that cannot be read
 */
export async function readPolicyModule(
  path: string,
): Promise<{ readonly policy: unknown; readonly exported: string | null }> {
  const policy = await readPolicyFile(path)
  if (/\.jsonc?$/i.test(path)) return { policy, exported: null }
  const module = await load(path)
  const exported = EXPORTS.find((name) => typeof module[name] === 'object' && module[name] !== null)
  return { policy, exported: exported ?? null }
}

/** The exports that may be the policy, the first one first. */
const EXPORTS = ['policy', 'default', 'cors'] as const

/** A policy, and the issues of the text that it was read from. */
interface PolicySource {
  readonly policy: unknown
  readonly issues: readonly PolicyIssue[]
}

/**
 * Reads a policy from a JSON file or from a module. A module exports it as default, `policy` or
 * `cors`. The module runs, as with any import.
 *
 * @throws {UsageError} for a file that cannot be read
 */
export async function readPolicySource(path: string): Promise<PolicySource> {
  if (/\.(json|jsonc)$/i.test(path)) return { policy: readJson(path), issues: duplicateKeys(readText(path)) }
  if (!/\.[cm]?[jt]s$/i.test(path))
    throw new UsageError(`${path}: a policy is a .json file, or a module (.js, .mjs, .ts) that exports one`)
  sizeOf(path)
  const found = policyOf(await load(path), path)
  if (found === undefined)
    throw new UsageError(`${path} exports no policy: write export const policy = { origins: […] }`)
  return { policy: found, issues: [] }
}

async function load(path: string): Promise<Record<string, unknown>> {
  let timer: NodeJS.Timeout | undefined
  // The timer also keeps the process alive. Otherwise Node exits without a message while it waits
  // for a promise that never settles.
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not loaded after ${LOAD_MS / 1000} s`)), LOAD_MS)
  })
  try {
    return await Promise.race([import(pathToFileURL(resolve(path)).href), late])
  } catch (error) {
    throw new UsageError(`${path} cannot be imported: ${firstLine(error)}`)
  } finally {
    clearTimeout(timer)
  }
}

/** Finds the policy among the exports of a module. An export may throw when it is read. */
function policyOf(module: Record<string, unknown>, path: string): unknown {
  try {
    const found = EXPORTS.map((name) => module[name]).find((value) => typeof value === 'object' && value !== null) as
      | { readonly policy?: unknown; readonly decide?: unknown; readonly routes?: unknown }
      | undefined
    // A `Cors` carries its policy. Routes carry one each.
    return found?.decide === undefined || found.routes !== undefined ? found : found.policy
  } catch (error) {
    throw new UsageError(`${path}: its exports cannot be read: ${firstLine(error)}`)
  }
}

function firstLine(error: unknown): string {
  return String((error as Error)?.message ?? error).split('\n')[0] ?? ''
}

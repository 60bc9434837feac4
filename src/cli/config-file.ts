import { printable } from '../diagnose/report/printable.ts'
import { languageOf } from '../migrate/source/calls.ts'
import { hash } from '../policy/data/json.ts'
import type { CorsPolicy } from '../policy/types.ts'
import type { Read } from '../targets/readers/reading.ts'
import { importConfig, lintConfig, type NotUnderstood, recognizeConfig, type TargetName } from '../targets.ts'
import { codeLibrary, libraryNamed } from './code/libraries.ts'
import { readCode } from './code/read.ts'
import { readText } from './files.ts'
import { type Io, UsageError } from './io.ts'
import { readPolicyFile } from './policy-file.ts'

/**
 * Returns the target of a configuration, or the library of application code; null for a policy, or a
 * file that is read in another way.
 */
export function configTarget(path: string): string | null {
  const library = codeLibrary(path)
  if (library !== null) return library
  return languageOf(path) === null ? recognizeConfig(readText(path)) : null
}

/** Reads the configuration of a target, or application code that uses a library. */
export async function readConfigOrCode(path: string, target: string): Promise<Read> {
  const library = libraryNamed(target)
  if (library !== undefined) return readCode(path, library)
  const text = readText(path)
  return { ...importConfig(text, target as TargetName), ...lintConfig(text, target as TargetName) }
}

/** Says on standard error what an import left out. */
export function warnLeftOut(path: string, notUnderstood: readonly NotUnderstood[], io: Io): void {
  for (const { line, text, why } of notUnderstood)
    io.warn(`${printable(path)}:${line}: left out: ${printable(text.slice(0, 200))}\n  ${printable(why)}\n`)
}

/**
 * Reads a policy, or the configuration of a server as a policy.
 *
 * @throws {UsageError} for a file that cannot be read, and for a configuration without a policy
 */
export async function readPolicyOrConfig(path: string, io: Io): Promise<unknown> {
  const target = configTarget(path)
  if (target === null) return readPolicyFile(path)
  const { policy, notUnderstood } = await readConfigOrCode(path, target)
  warnLeftOut(path, notUnderstood, io)
  if (policy === null) throw new UsageError(`${path}: no policy can be read from this configuration of ${target}`)
  return policy
}

/**
 * Says on standard error whether a configuration was written from a policy, by the hash in its head.
 */
export function warnDrift(path: string, policy: unknown, other: string, io: Io): void {
  if (configTarget(path) === null) return
  const [, named] = /Policy ([0-9a-f]{16}), written by corsmith/.exec(readText(path)) ?? []
  if (named === undefined) return
  const own = hash(policy as CorsPolicy)
  io.warn(
    named === own
      ? `${printable(path)} was written from ${printable(other)}\n`
      : `${printable(path)} was written from another policy: ${named}, and ${printable(other)} is ${own}\n`,
  )
}

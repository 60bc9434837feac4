import { printable } from '../diagnose/report/printable.ts'
import { hash } from '../policy/data/json.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { importConfig, type NotUnderstood, recognizeConfig, type TargetName } from '../targets.ts'
import { readText } from './files.ts'
import { type Io, UsageError } from './io.ts'
import { readPolicyFile } from './policy-file.ts'

/** Returns the target of a configuration; null for a policy, or a file that is read in another way. */
export function configTarget(path: string): TargetName | null {
  return /\.[cm]?[jt]s$/i.test(path) ? null : recognizeConfig(readText(path))
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
  const { policy, notUnderstood } = importConfig(readText(path), target)
  warnLeftOut(path, notUnderstood, io)
  if (policy === null) throw new UsageError(`${path}: this configuration of ${target} says no policy that can be read`)
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

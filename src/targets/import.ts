import { readBucket } from './readers/buckets.ts'
import { readNginx } from './readers/nginx.ts'
import type { ConfigIssue, Imported, Read } from './readers/reading.ts'
import type { TargetName } from './table.ts'

/** The reader of each target that can be read back. */
const READERS: Partial<Readonly<Record<TargetName, (text: string) => Read>>> = {
  nginx: readNginx,
  s3: readBucket('s3'),
  r2: readBucket('r2'),
  gcs: readBucket('gcs'),
}

/** Returns whether {@link importConfig} reads the configuration of a target. */
export function isReadable(target: TargetName): boolean {
  return Object.hasOwn(READERS, target)
}

/**
 * Reads the policy that a configuration says. The policy never allows more than the configuration.
 * What was not understood is listed, so the configuration may allow more than the policy.
 *
 * @param text The configuration.
 * @param target The server, gateway or bucket that it is for.
 * @returns The policy, and what was left out.
 * @throws {TypeError} for a target whose configuration is not read
 *
 * @example
 * ```ts
 * import { importConfig } from 'corsmith/targets'
 *
 * const { policy, notUnderstood } = importConfig('add_header Access-Control-Allow-Origin "https://a.com";', 'nginx')
 * ```
 */
export function importConfig(text: string, target: TargetName): Imported {
  const { policy, notUnderstood } = read(text, target)
  return { policy, notUnderstood }
}

/**
 * Lists what a configuration lets in, or leaves out, that its owner hardly meant: expressions that
 * are not anchored, every origin with credentials, a missing `Vary`, errors without headers, and
 * headers that are sent twice.
 *
 * @param text The configuration.
 * @param target The server, gateway or bucket that it is for.
 * @returns The issues, and what was not understood.
 * @throws {TypeError} for a target whose configuration is not read
 *
 * @example
 * ```ts
 * import { lintConfig } from 'corsmith/targets'
 *
 * lintConfig('add_header Access-Control-Allow-Origin $http_origin;', 'nginx').issues
 * ```
 */
export function lintConfig(
  text: string,
  target: TargetName,
): { readonly issues: readonly ConfigIssue[]; readonly notUnderstood: Imported['notUnderstood'] } {
  const { issues, notUnderstood } = read(text, target)
  return { issues, notUnderstood }
}

function read(text: string, target: TargetName): Read {
  const reader = isReadable(target) ? READERS[target] : undefined
  if (reader === undefined)
    throw new TypeError(
      `configuration for ${JSON.stringify(target)} is not read: write one of ${Object.keys(READERS).join(', ')}`,
    )
  return reader(text)
}

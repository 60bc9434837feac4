import { validatePolicy } from '../../policy/check.ts'
import type { CorsPolicy } from '../../policy/types.ts'
import { textOf } from '../../targets/compile.ts'
import { isTarget, rowOf, TARGET_NAMES, type TargetName } from '../../targets/table.ts'

/** The places of causes for which there is nothing to write. */
const PLACES = {
  azure: 'Azure App Service',
  cloudrun: 'Cloud Run',
  cloudflare: 'Cloudflare',
  codespaces: 'Codespaces or Gitpod',
  waf: 'the firewall',
  tunnel: 'the tunnel',
  gateway: 'the gateway',
  server: 'the server',
  network: 'the network',
  client: 'the page',
} as const

/** The name of a target: a value of `--for`, or a place of a cause that has no configuration. */
export type Target = TargetName | keyof typeof PLACES

/** Every target, with the name of its product. */
export const TARGETS: Readonly<Record<Target, string>> = {
  ...(Object.fromEntries(TARGET_NAMES.map((name) => [name, rowOf(name).title])) as Record<TargetName, string>),
  ...PLACES,
}

/** The targets of `--for`: those with a configuration. */
export const CHOOSABLE: readonly TargetName[] = TARGET_NAMES

/**
 * Writes a policy for a target. Comments at the head of the text name what the target cannot
 * express.
 *
 * @param target The framework, server, platform or bucket.
 * @param policy The policy.
 * @returns The text; null for a target without a configuration.
 * @throws {CorsPolicyError} for a policy with a defect
 *
 * @example
 * ```ts
 * import { snippet } from 'corsmith/diagnose'
 *
 * snippet('nginx', { origins: ['https://app.example.com'] }) // # Where: The maps go into http { } …
 * ```
 */
export function snippet(target: Target, policy: CorsPolicy): string | null {
  return isTarget(target) ? textOf(validatePolicy(withForcedCredentials(target, policy)), target, []) : null
}

/**
 * Adds credentials for a bucket that allows them to every origin that it lists. Without them
 * nothing could be written, and the fix of a page would be empty. A bucket's answers do not depend
 * on cookies, and the note of the target says what happens.
 */
function withForcedCredentials(target: TargetName, policy: CorsPolicy): CorsPolicy {
  const row = rowOf(target)
  const isForced = row.by === 'itself' && row.can.credentials === 'always' && Array.isArray(policy.origins)
  return isForced && policy.credentials !== true
    ? { ...policy, credentials: true, dangerouslyAllowInsecureOrigins: true }
    : policy
}

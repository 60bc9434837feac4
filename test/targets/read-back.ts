/** What a text says that `compile` wrote, read back and compared with its policy. */
import type { CorsPolicy } from '../../src/index.ts'
import { diffPolicies } from '../../src/policy.ts'
import { importConfig, type Loss, type TargetName } from '../../src/targets.ts'

const FREE = ['GET', 'HEAD', 'POST']
/** What no text says. */
const UNSAID = ['preflightStatus', 'refused', 'dangerouslyAllowInsecureOrigins', 'dangerouslyAllowPublicSuffixes']

/**
 * Lists what a text says differently: everything wider, and, where nothing was lost, everything narrower too.
 *
 * @returns sentences; empty for a text that says its policy
 */
export function driftOf(policy: CorsPolicy, losses: readonly Loss[], text: string, target: TargetName): string[] {
  const { policy: read, notUnderstood } = importConfig(text, target)
  if (read === null) return [`nothing is read of\n${text}`]
  const { allowed, stopped, other } = diffPolicies(policy, read)
  const wider = allowed.filter(({ option }) => option !== 'refused')
  if (losses.length > 0) return wider.map(({ sentence }) => sentence)
  const narrower = stopped.filter(({ value }) => !FREE.includes(String(value)))
  // 5 seconds are what browsers assume; some texts write them out.
  const changed = other.filter(
    ({ option, value }) =>
      !UNSAID.includes(option) && !FREE.includes(String(value)) && (option !== 'maxAge' || policy.maxAge !== undefined),
  )
  return [
    ...[...wider, ...narrower, ...changed].map(({ sentence }) => sentence),
    ...notUnderstood.map(({ why }) => why),
  ]
}

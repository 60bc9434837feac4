import { clip } from '../diagnose/page-request.ts'
import { CorsPolicyError, placeOf } from '../policy/error.ts'
import { show } from '../policy/values.ts'
import { UsageError } from './io.ts'

/** The largest number of defects that are printed. The rest is counted. */
const PRINTED = 25

/**
 * Runs a function that may find defects in a policy. They become a {@link UsageError}. A key with a
 * line break stays on its line.
 *
 * @param path The file of the policy, for the message.
 * @param act The function.
 * @returns What the function returns.
 * @throws {UsageError} for a policy with a defect
 */
export function withPolicyOf<T>(path: string, act: () => T): T {
  try {
    return act()
  } catch (error) {
    if (!(error instanceof CorsPolicyError)) throw error
    const { issues } = error
    const rest = issues.length - PRINTED
    throw new UsageError(`${path}: this policy has ${issues.length} ${issues.length === 1 ? 'defect' : 'defects'}`, [
      ...issues
        .slice(0, PRINTED)
        .map(({ path: place, value, message }) => `  ${clip(placeOf(place))}: ${show(value)}: ${clip(message, 400)}`),
      ...(rest > 0 ? [`  … and ${rest} more`] : []),
    ])
  }
}

import { clip } from '../diagnose/page-request.ts'
import { CorsPolicyError, placeOf } from '../policy/error.ts'
import { show } from '../policy/values.ts'
import { UsageError } from './io.ts'

/** More than a person reads is counted, not printed. */
const PRINTED = 25

/** Does what may find that a policy has no meaning: its defects are the user's, and a key with a line break stays in its line. */
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

import type { Evidence } from '../evidence.ts'
import type { Fix } from '../finding.ts'
import { clip } from '../page-request.ts'
import { printable } from '../report/printable.ts'

/** The part of the plan that goes into the fix of one finding. */
interface Planned extends Pick<Fix, 'policy' | 'alternative' | 'note' | 'asks' | 'proof'> {
  /** A sentence about what is left to repair, to follow the advice; empty if nothing is left. */
  readonly rest: string
}

const NOTHING: Planned = { policy: null, alternative: null, note: null, asks: [], proof: null, rest: '' }

/**
 * Adds the policy of the plan to a fix.
 *
 * @param isPolicy Whether a policy repairs this finding. A policy that leaves the request blocked,
 * or lets a stranger in, is not a fix. Then `rest` says what remains.
 */
export function planned(isPolicy: boolean, { plan }: Evidence): Planned {
  if (!isPolicy || plan === null) return NOTHING
  const { proof } = plan
  if (proof !== null && (proof.passes === false || proof.gained.length > 0))
    return { ...NOTHING, proof, rest: remainder(proof) }
  return { ...plan, rest: '' }
}

function remainder({ remains, gained }: NonNullable<Fix['proof']>): string {
  if (remains !== null) {
    const value = remains.value === '' ? '' : ` (${short(remains.value)})`
    return ` No policy on this server is enough: ${remains.code}${value} remains, at ${short(remains.url)}.`
  }
  return gained.length > 0
    ? ` A policy would let strangers in: ${gained.join('; ')}.`
    : ' A policy alone is not enough.'
}

/** The text is from a server, so it becomes printable and short. */
function short(text: string): string {
  return printable(clip(text, 160))
}

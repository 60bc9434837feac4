import type { Evidence } from '../evidence.ts'
import type { Fix } from '../finding.ts'
import { clip } from '../page-request.ts'
import { printable } from '../report/printable.ts'

/** What the plan of a diagnosis says in the fix of one finding. */
export interface Planned extends Pick<Fix, 'policy' | 'alternative' | 'note' | 'asks' | 'proof'> {
  /** What is left to put right, to be said behind the advice; empty where nothing is. */
  readonly rest: string
}

const NOTHING: Planned = { policy: null, alternative: null, note: null, asks: [], proof: null, rest: '' }

/**
 * Gives a fix its policy.
 *
 * @param isPolicy whether a policy repairs this finding. A policy that would leave the request blocked, or let a stranger in, is no fix: what remains is said instead.
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

/** A server said it: it is shown printable and short. */
function short(text: string): string {
  return printable(clip(text, 160))
}

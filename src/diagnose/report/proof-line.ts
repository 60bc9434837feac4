import type { Proof } from '../plan.ts'

/** Writes the result of a proof on one line. */
export function proofLine(proof: Proof): string {
  const { holds, passes, remains, passed, kept, lost, strangers, gained, unproven } = proof
  const first =
    passes === null
      ? 'it is unknown whether this request passes'
      : passes
        ? 'this request passes'
        : `this request stays blocked${remains === null ? '' : ` (${remains.code})`}`
  const second =
    passed === 0
      ? 'nothing passed before'
      : `${kept} of ${passed} that passed still pass${lost.length === 0 ? '' : ` (not: ${lost.join('; ')})`}`
  const third =
    strangers === 0
      ? 'no stranger was tried'
      : `${gained.length} strangers gain${gained.length === 0 ? '' : ` (${gained.join('; ')})`}`
  const why = unproven.length === 0 ? '' : `; ${unproven.join('; ')}`
  return `${holds ? 'proven' : 'not proven'}: ${first}; ${second}; ${third}${why}`
}

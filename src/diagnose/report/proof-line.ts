import type { Proof, RequestProof } from '../plan.ts'

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

/** Writes what a changed request comes to on one line. */
export function requestProofLine({ passes, remains, unproven }: RequestProof): string {
  const said =
    passes === null
      ? 'not proven: it is unknown whether the changed request passes'
      : passes
        ? 'proven: the changed request passes'
        : `not proven: the changed request stays blocked${remains === null ? '' : ` (${remains.code})`}`
  return [said, ...unproven].join('; ')
}

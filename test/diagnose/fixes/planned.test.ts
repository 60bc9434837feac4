import { describe, expect, it } from 'vitest'
import { planned } from '../../../src/diagnose/fixes/planned.ts'
import type { Plan, Proof } from '../../../src/diagnose/plan.ts'
import { evidenceOf, PAGE, URL_ } from './exchange.ts'

const PROOF: Proof = {
  holds: true,
  passes: true,
  remains: null,
  passed: 1,
  kept: 1,
  lost: [],
  strangers: 1,
  gained: [],
  unproven: [],
}
const PLAN: Plan = {
  policy: { origins: [PAGE] },
  alternative: { origins: [PAGE], requestHeaders: ['X-*'] },
  note: 'note',
  asks: ['ask'],
  proof: PROOF,
}
const NOTHING = { policy: null, alternative: null, note: null, asks: [], proof: null, rest: '' }
const given = (proof: Partial<Proof> | null, isPolicy = true) =>
  planned(isPolicy, evidenceOf([], { plan: { ...PLAN, proof: proof && { ...PROOF, ...proof } } }))

describe('planned()', () => {
  it('gives the plan where a policy repairs the finding', () => {
    expect(given({})).toEqual({ ...PLAN, rest: '' })
    expect(given(null)).toEqual({ ...PLAN, proof: null, rest: '' })
    // It depends on an answer that was not seen, or takes from others: the proof says so.
    for (const proof of [{ passes: null }, { lost: ['GET'], holds: false }])
      expect(given(proof)).toEqual({ ...PLAN, proof: { ...PROOF, ...proof }, rest: '' })
  })

  it('gives nothing where none does, or there is no plan', () => {
    expect(given({}, false)).toEqual(NOTHING)
    expect(planned(true, evidenceOf([]))).toEqual(NOTHING)
  })

  it.each<readonly [Partial<Proof>, string]>([
    [
      { passes: false, remains: { code: 'preflight-status', value: '404', url: URL_ } },
      ` No policy on this server is enough: preflight-status (404) remains, at ${URL_}.`,
    ],
    [
      { passes: false, remains: { code: 'allow-origin-missing', value: '', url: URL_ } },
      ` No policy on this server is enough: allow-origin-missing remains, at ${URL_}.`,
    ],
    [
      { passes: false, remains: { code: 'allow-origin-mismatch', value: `\u001b[1m${'a'.repeat(200)}`, url: URL_ } },
      ` No policy on this server is enough: allow-origin-mismatch (\\x1b[1m${'a'.repeat(156)}… (44 more characters)) remains, at ${URL_}.`,
    ],
    [{ passes: false }, ' A policy alone is not enough.'],
    [{ gained: ['GET from a', 'GET from b'] }, ' A policy would let strangers in: GET from a; GET from b.'],
    [{ passes: null, gained: ['GET from a'] }, ' A policy would let strangers in: GET from a.'],
  ])('gives no policy that is not enough, and says what remains: %o', (proof, rest) => {
    expect(given(proof)).toEqual({ ...NOTHING, proof: { ...PROOF, ...proof }, rest })
  })
})

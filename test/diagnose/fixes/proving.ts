// What a policy is proven with: the exchanges that were seen, and the proof of one that changes nothing.
import { prove } from '../../../src/diagnose/fixes/proof.ts'
import type { Proof } from '../../../src/diagnose/plan.ts'
import type { CorsPolicy } from '../../../src/index.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen } from './exchange.ts'

export type Line = readonly [string, string]

export const B = 'https://b.example.com'
export const STRANGER = 'https://cors-probe.invalid'
export const acao = (value: string): Line => ['Access-Control-Allow-Origin', value]
export const CREDENTIALS: Line = ['Access-Control-Allow-Credentials', 'true']
export const says = (...headers: Line[]): Exchange => ({ headers })
export const permits = (...headers: Line[]): Exchange => ({ method: 'OPTIONS', headers: [acao('*'), ...headers] })
export const foreign = (exchange: Exchange): Exchange => ({ purpose: 'foreign-origin', origin: STRANGER, ...exchange })
export const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))

export const proof = (
  policy: CorsPolicy,
  exchanges: readonly Exchange[],
  rest: Parameters<typeof evidenceOf>[1] = {},
) =>
  prove(
    policy,
    evidenceOf(
      exchanges.map((each) => (each.method === 'OPTIONS' ? preflight(each) : seen(each))),
      rest,
    ),
  )

export const HOLDS: Proof = {
  holds: true,
  passes: true,
  remains: null,
  passed: 0,
  kept: 0,
  lost: [],
  strangers: 0,
  gained: [],
  unproven: [],
}
export const OWN = { origins: [PAGE] }
export const OPEN = { origins: '*' } as const

import { blamingCaller } from '../policy/error.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { createCorsOf } from '../server/create.ts'
import { type AnyCors, isCors } from '../server/ready.ts'
import type { Cors } from '../server/types.ts'
import { observe } from './observe.ts'
import { type BlockCode, type CorsRecord, toRecord } from './record.ts'

/** A request about which the live policy and the candidate disagree. */
export interface Disagreement extends CorsRecord {
  /** Why a browser would block the request under the candidate; null where it would not. */
  readonly candidate: BlockCode | null
  /**
   * `allowed`: blocked today, and the candidate allows it. `stopped`: allowed today, and the
   * candidate blocks it. `other`: both block it, for two reasons.
   */
  readonly change: 'allowed' | 'stopped' | 'other'
}

/** Options of {@link shadow}. */
export interface ShadowOptions {
  /** Called with each request about which the two disagree. */
  readonly onDisagreement: (disagreement: Disagreement) => unknown
}

/**
 * Tries a candidate beside the live policy. The live policy answers every request. The candidate
 * never answers. A request about which the two disagree is reported.
 *
 * Differences that block no request, such as exposed headers, are not compared here: use
 * `diffPolicies`.
 *
 * @param live the policy that answers
 * @param candidate the policy that you think of
 * @param options what to do with a disagreement
 * @returns the live policy; every adapter takes it
 * @throws {CorsPolicyError} when one of the policies has a defect
 *
 * @example
 * ```ts
 * import { createCors } from 'corsmith'
 * import { shadow, shadowReport } from 'corsmith/swap'
 *
 * const report = shadowReport()
 * const live = createCors({ origins: ['https://app.example.com', 'https://old.example.com'] })
 * export const policy = shadow(live, { origins: ['https://app.example.com'] }, report)
 * // later: report.summary()
 * ```
 */
export function shadow<C extends AnyCors>(live: C, candidate: Cors | CorsPolicy, options: ShadowOptions): C
export function shadow(live: CorsPolicy, candidate: Cors | CorsPolicy, options: ShadowOptions): Cors
export function shadow(live: AnyCors | CorsPolicy, candidate: Cors | CorsPolicy, options: ShadowOptions): AnyCors {
  const { onDisagreement } = options
  if (typeof onDisagreement !== 'function') throw new TypeError('shadow: onDisagreement is a function')
  const ready = <C extends AnyCors>(source: C | CorsPolicy) =>
    isCors(source) ? (source as C) : blamingCaller(shadow, () => createCorsOf(source))
  const other = ready<Cors>(candidate)
  return observe(ready(live), {
    onDecision(record, request) {
      const decision = other.decide(request)
      const entries = () => other.entries(request)
      const theirs = toRecord({ request, decision, entries, tenant: record.tenant, policy: null })?.code ?? null
      if (theirs === record.code) return undefined
      const change = theirs === null ? 'allowed' : record.code === null ? 'stopped' : 'other'
      return onDisagreement({ ...record, candidate: theirs, change })
    },
  })
}

/** The disagreements of one kind from one origin. */
export interface ShadowCount {
  readonly change: Disagreement['change']
  readonly origin: string
  readonly live: BlockCode | null
  readonly candidate: BlockCode | null
  readonly count: number
  /** The first request of this kind. */
  readonly example: Disagreement
}

/** Counts disagreements. It is the third argument of {@link shadow}. */
export interface ShadowReport extends ShadowOptions {
  /** Gives the counts, the most frequent first. */
  summary(): readonly ShadowCount[]
}

/** Strangers choose their origins, so the number of counts has a limit. */
const MAX_COUNTS = 1000

/**
 * Makes a report that counts disagreements by kind and origin. It keeps at most 1,000 kinds; what
 * comes later is counted under the origin `(others)`.
 *
 * @returns the third argument of {@link shadow}
 *
 * @example
 * ```ts
 * import { shadow, shadowReport } from 'corsmith/swap'
 *
 * const report = shadowReport()
 * const [live, next] = [{ origins: ['https://a.example'] }, { origins: ['https://b.example'] }]
 * export const policy = shadow(live, next, report)
 * console.table(report.summary())
 * ```
 */
export function shadowReport(): ShadowReport {
  const counts = new Map<string, { count: number; readonly example: Disagreement; readonly origin: string }>()
  return {
    onDisagreement(disagreement) {
      const { change, code, candidate } = disagreement
      const keyOf = (origin: string) => JSON.stringify([change, origin, code, candidate])
      const own = keyOf(disagreement.origin)
      const origin = counts.has(own) || counts.size < MAX_COUNTS ? disagreement.origin : '(others)'
      const known = counts.get(keyOf(origin))
      if (known === undefined) counts.set(keyOf(origin), { count: 1, example: disagreement, origin })
      else known.count++
    },
    summary: () =>
      [...counts.values()]
        .map(({ count, example, origin }) => {
          const { change, code, candidate } = example
          return { change, origin, live: code, candidate, count, example }
        })
        .sort((a, b) => b.count - a.count),
  }
}

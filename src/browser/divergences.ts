import { CACHE_DIVERGENCES } from './divergences-cache.ts'
import { FIELDS_DIVERGENCES } from './divergences-fields.ts'
import { LIFETIMES_DIVERGENCES } from './divergences-lifetimes.ts'
import { LOCATIONS_DIVERGENCES } from './divergences-locations.ts'
import { REDIRECTS_DIVERGENCES } from './divergences-redirects.ts'
import { REQUESTS_DIVERGENCES } from './divergences-requests.ts'
import { SITES_DIVERGENCES } from './divergences-sites.ts'
import type { Engine, EngineRules } from './engines.ts'

/** An engine that is not the standard. */
export type RealEngine = Exclude<Engine, 'spec'>

/** A recorded exchange that shows a divergence, or the place in an engine's source where no page can observe it. */
export interface Evidence {
  /** What the page did. A, B and C are three origins; A is the page's own. */
  readonly page?: string
  /** How each URL answered; `{1}` is the URL with that number. */
  readonly server?: readonly string[]
  /** What each engine did: its requests, and what the page got. */
  readonly observed: Partial<Readonly<Record<RealEngine, string>>>
}

/** One rule in which engines leave the standard, and the exchange that shows it. */
export interface Divergence<K extends keyof EngineRules = keyof EngineRules> {
  /** The rule of {@link EngineRules} that has another value. */
  readonly rule: K
  /** The rule in words: what the engines do. */
  readonly summary: string
  /** The part of the standard that says otherwise, or leaves it open. */
  readonly spec: string
  /** The value of each engine that differs. */
  readonly engines: Partial<Readonly<Record<RealEngine, EngineRules[K]>>>
  /** What shows it. The whole exchanges are in the repository, in `test/vectors/divergences.json`. */
  readonly evidence: Evidence
}

/** One row, whatever its rule. */
export type AnyDivergence = { [K in keyof EngineRules]: Divergence<K> }[keyof EngineRules]

/** Everything in which Chromium, Firefox and WebKit leave the standard, as far as CORS is concerned. */
export const DIVERGENCES: readonly AnyDivergence[] = [
  ...FIELDS_DIVERGENCES,
  ...REQUESTS_DIVERGENCES,
  ...REDIRECTS_DIVERGENCES,
  ...LOCATIONS_DIVERGENCES,
  ...SITES_DIVERGENCES,
  ...CACHE_DIVERGENCES,
  ...LIFETIMES_DIVERGENCES,
]

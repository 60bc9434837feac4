import { CACHE_DIVERGENCES } from './divergences-cache.ts'
import { FIELDS_DIVERGENCES } from './divergences-fields.ts'
import { LIFETIMES_DIVERGENCES } from './divergences-lifetimes.ts'
import { LOCATIONS_DIVERGENCES } from './divergences-locations.ts'
import { REDIRECTS_DIVERGENCES } from './divergences-redirects.ts'
import { REQUESTS_DIVERGENCES } from './divergences-requests.ts'
import { SITES_DIVERGENCES } from './divergences-sites.ts'
import type { BrowserModel, BrowserRules } from './engines.ts'

/** A browser that is not the standard. */
export type BrowserName = Exclude<BrowserModel, 'spec'>

/** A recorded exchange that shows a divergence, or the place in a browser's source where no page can observe it. */
export interface Recording {
  /** What the page did. A, B and C are three origins; A is the page's own. */
  readonly page?: string
  /** How each URL answered; `{1}` is the URL with that number. */
  readonly server?: readonly string[]
  /** What each browser did: its requests, and what the page got. */
  readonly observed: Partial<Readonly<Record<BrowserName, string>>>
}

/** One rule in which browsers leave the standard, and the exchange that shows it. */
export interface Divergence<K extends keyof BrowserRules = keyof BrowserRules> {
  /** The rule of {@link BrowserRules} that has another value. */
  readonly rule: K
  /** The rule in words: what the browsers do. */
  readonly summary: string
  /** The part of the standard that says otherwise, or leaves it open. */
  readonly spec: string
  /** The value of each browser that differs. */
  readonly engines: Partial<Readonly<Record<BrowserName, BrowserRules[K]>>>
  /** What shows it. The whole exchanges are in the repository, in `test/vectors/divergences.json`. */
  readonly evidence: Recording
}

/** One row, whatever its rule. */
export type AnyDivergence = { [K in keyof BrowserRules]: Divergence<K> }[keyof BrowserRules]

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

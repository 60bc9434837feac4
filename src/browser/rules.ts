import { CACHE_RULES } from './rules/cache.ts'
import { COOKIE_RULES } from './rules/cookies.ts'
import { REDIRECT_RULES } from './rules/redirects.ts'
import { REQUEST_RULES } from './rules/requests.ts'
import { RESPONSE_RULES } from './rules/responses.ts'
import type { BrowserModel, BrowserName, Rule, RuleValue, ValueOf } from './rules/rule.ts'

export type { BrowserModel, BrowserName, Rule, RuleValue } from './rules/rule.ts'

type Table = typeof REQUEST_RULES &
  typeof RESPONSE_RULES &
  typeof REDIRECT_RULES &
  typeof CACHE_RULES &
  typeof COOKIE_RULES

/**
 * Everything in which browsers differ, with the value of each rule for one browser. {@link
 * DIVERGENCES} says what each rule means.
 */
export type BrowserRules = { readonly [K in keyof Table]: ValueOf<Table[K]> }

const TABLE: Readonly<Record<keyof Table, Rule>> = {
  ...REQUEST_RULES,
  ...RESPONSE_RULES,
  ...REDIRECT_RULES,
  ...CACHE_RULES,
  ...COOKIE_RULES,
}

/**
 * One rule in which browsers leave the standard. `docs/browser-differences.md` shows the recorded
 * exchange of each.
 */
export interface Divergence {
  /** The rule of {@link BrowserRules} that has another value. */
  readonly rule: keyof BrowserRules
  /** What the rule decides, and what its values mean. */
  readonly doc: string
  /** The section of the standard that says otherwise, or that leaves the choice to the browser. */
  readonly spec: string
  /** The standard's value. Where the standard sets no limit, it is `Infinity`. */
  readonly standard: RuleValue
  /** The value of each browser that differs from the standard. */
  readonly browsers: Readonly<Partial<Record<BrowserName, RuleValue>>>
}

/**
 * Everything in which Chromium, Firefox and WebKit leave the standard, as far as CORS is concerned.
 */
export const DIVERGENCES: readonly Divergence[] = Object.entries(TABLE).map(
  ([rule, { doc, spec, standard, ...browsers }]) => ({
    rule: rule as keyof BrowserRules,
    doc,
    spec: spec.startsWith('#') ? `https://fetch.spec.whatwg.org/${spec}` : spec,
    standard,
    browsers,
  }),
)

/**
 * Gives the rules of a browser: the standard's values, and those in which the browser differs.
 *
 * @param browser the browser; `'spec'` is the one that the Fetch Standard describes
 * @returns one value per rule
 * @example
 * ```ts
 * import { rulesOf } from 'corsmith/browser'
 *
 * rulesOf('webkit').maxAgeCap // 600
 * rulesOf('spec').maxAgeCap // Infinity
 * ```
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function rulesOf(browser: BrowserModel): BrowserRules {
  const values = Object.entries(TABLE).map(([name, rule]) => [
    name,
    (browser === 'spec' ? undefined : rule[browser]) ?? rule.standard,
  ])
  return Object.fromEntries(values) as BrowserRules
}

import type { Engine, EngineRules } from './engines.ts'

/** A browser exchange that shows a divergence. */
export interface Evidence {
  /** The browser and its version. */
  readonly browser: string
  /** What the page did. */
  readonly page: string
  /** What the server answered, in order. */
  readonly server: readonly string[]
  /** What the browser did. */
  readonly observed: string
}

/** One rule in which engines leave the standard, and the exchange that shows it. */
export interface Divergence<K extends keyof EngineRules = keyof EngineRules> {
  /** The rule of {@link EngineRules} that has another value. */
  readonly rule: K
  /** The rule in words. */
  readonly summary: string
  /** The part of the standard that says otherwise. */
  readonly spec: string
  /** The value of each engine that differs. */
  readonly engines: Partial<Record<Exclude<Engine, 'spec'>, EngineRules[K]>>
  /** At least one recorded exchange per engine, or the place in its source. */
  readonly evidence: readonly Evidence[]
}

type AnyDivergence = { [K in keyof EngineRules]: Divergence<K> }[keyof EngineRules]

/** Everything in which Chromium, Firefox and WebKit leave the standard, as far as CORS is concerned. */
export const DIVERGENCES: readonly AnyDivergence[] = [
  {
    rule: 'wildcardCoversAuthorization',
    summary: 'Access-Control-Allow-Headers: * covers Authorization',
    spec: 'https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name',
    engines: { chromium: true, firefox: true, webkit: true },
    evidence: [],
  },
]

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
    summary: '',
    spec: '',
    engines: { chromium: true, firefox: true, webkit: true },
    evidence: [],
  },
  {
    rule: 'joinsRequestHeaders',
    summary: '',
    spec: '',
    engines: { chromium: true, webkit: true },
    evidence: [],
  },
  {
    rule: 'limitsSafelistedTotal',
    summary: '',
    spec: '',
    engines: { firefox: false, webkit: false },
    evidence: [],
  },
  {
    rule: 'dropsEmptyLines',
    summary: '',
    spec: '',
    engines: { firefox: true },
    evidence: [],
  },
  {
    rule: 'countsOriginLines',
    summary: '',
    spec: '',
    engines: { firefox: true },
    evidence: [],
  },
  {
    rule: 'starSurvivesBadElement',
    summary: '',
    spec: '',
    engines: { firefox: true },
    evidence: [],
  },
  {
    rule: 'methodBeforeHeaderSyntax',
    summary: '',
    spec: '',
    engines: { firefox: true },
    evidence: [],
  },
  {
    rule: 'safelistsClientHints',
    summary: '',
    spec: '',
    engines: { chromium: true },
    evidence: [],
  },
  {
    rule: 'statusBeforeOrigin',
    summary: '',
    spec: '',
    engines: { webkit: true },
    evidence: [],
  },
  {
    rule: 'redirectBeforeOrigin',
    summary: '',
    spec: '',
    engines: { chromium: true },
    evidence: [],
  },
  {
    rule: 'uploadStreams',
    summary: '',
    spec: '',
    engines: { chromium: 'http2', firefox: 'string', webkit: 'refused' },
    evidence: [],
  },
  {
    rule: 'preflightsAfterPreflight',
    summary: '',
    spec: '',
    engines: { firefox: true, webkit: true },
    evidence: [],
  },
  {
    rule: 'cacheUnit',
    summary: '',
    spec: '',
    engines: { chromium: 'answer', firefox: 'token', webkit: 'answer' },
    evidence: [],
  },
  {
    rule: 'cachesWildcard',
    summary: '',
    spec: '',
    engines: { firefox: false },
    evidence: [],
  },
  {
    rule: 'cacheExemptMethods',
    summary: '',
    spec: '',
    engines: { firefox: ['GET', 'POST'] },
    evidence: [],
  },
  {
    rule: 'sharesCredentialedEntries',
    summary: '',
    spec: '',
    engines: { firefox: false },
    evidence: [],
  },
  {
    rule: 'cacheSize',
    summary: '',
    spec: '',
    engines: { chromium: 1024, firefox: 100 },
    evidence: [],
  },
  {
    rule: 'cacheUrlLimit',
    summary: '',
    spec: '',
    engines: { chromium: 512 },
    evidence: [],
  },
  {
    rule: 'maxAgeCap',
    summary: '',
    spec: '',
    engines: { chromium: 7200, firefox: 86_400, webkit: 600 },
    evidence: [],
  },
  {
    rule: 'maxAgeSyntax',
    summary: '',
    spec: '',
    engines: { firefox: 'never' },
    evidence: [],
  },
  {
    rule: 'maxAgeSigned',
    summary: '',
    spec: '',
    engines: { chromium: true, webkit: true },
    evidence: [],
  },
  {
    rule: 'maxAgeOverflows',
    summary: '',
    spec: '',
    engines: { chromium: true, webkit: true },
    evidence: [],
  },
  {
    rule: 'emptyLocation',
    summary: '',
    spec: '',
    engines: { chromium: 'absent', webkit: 'failure' },
    evidence: [],
  },
  {
    rule: 'redirectsDeleteAsGet',
    summary: '',
    spec: '',
    engines: { webkit: true },
    evidence: [],
  },
  {
    rule: 'keepsFirstHeaders',
    summary: '',
    spec: '',
    engines: { webkit: true },
    evidence: [],
  },
  {
    rule: 'keepsOriginHeader',
    summary: '',
    spec: '',
    engines: { webkit: true },
    evidence: [],
  },
  {
    rule: 'checksRedirectsAsFirst',
    summary: '',
    spec: '',
    engines: { webkit: true },
    evidence: [],
  },
  {
    rule: 'locationsRefusedFirst',
    summary: '',
    spec: '',
    engines: { chromium: ['malformed'], firefox: ['malformed', 'data:'] },
    evidence: [],
  },
  {
    rule: 'preflightsByFirstHeaders',
    summary: '',
    spec: '',
    engines: { firefox: true },
    evidence: [],
  },
  {
    rule: 'rangeUnitInAnyCase',
    summary: '',
    spec: '',
    engines: { webkit: true },
    evidence: [],
  },
  {
    rule: 'repeatsUnsafeNames',
    summary: '',
    spec: '',
    engines: { firefox: true },
    evidence: [],
  },
  {
    rule: 'preflightKeepsOrigin',
    summary: '',
    spec: '',
    engines: { firefox: true },
    evidence: [],
  },
]

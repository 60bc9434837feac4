import { fieldLines, getField } from '../browser/wire.ts'
import { ALLOW_ORIGIN, READ, VARY } from '../spec/fields.ts'
import { splitList } from '../spec/tokens.ts'
import type { Standing } from './in-line.ts'
import type { Call } from './page-request.ts'
import type { Plan } from './plan.ts'
import type { Observation } from './recorder.ts'
import type { Verdicts } from './verdicts.ts'

/** A spelling of the page's origin, and whether the server shares with it. */
export interface Variant {
  readonly origin: string
  readonly slip: 'trailing-slash' | 'quoted' | 'scheme' | 'www' | 'loopback-name' | 'port'
  readonly observation: Observation
  readonly isShared: boolean
}

/** What was asked beyond what the browser itself asks. Each is null where it was not needed. */
export interface Probes {
  /** The request without its side effects: GET instead of a request that a failed preflight kept back. */
  readonly standIn: Observation | null
  /** The same URL for a page of a stranger. */
  readonly foreign: Observation | null
  /** The same URL without `Origin`. */
  readonly noOrigin: Observation | null
  /** A path that does not exist, next to the URL. */
  readonly missing: Observation | null
  /** The root of the server. */
  readonly root: Observation | null
  /** The same URL past every cache. */
  readonly fresh: Observation | null
  /** The preflight with the `Authorization` that no browser puts there. */
  readonly authorized: Observation | null
  /** Other spellings of the page's origin. */
  readonly variants: readonly Variant[]
}

/** Everything that is known when the findings are made. */
export interface Evidence {
  readonly call: Call
  readonly verdicts: Verdicts
  /** Every failure in line; the first is the one that browsers report. */
  readonly standings: readonly Standing[]
  /** The last preflight that was answered. */
  readonly preflight: Observation | null
  /** Every answered request of the page itself, redirects included. */
  readonly hops: readonly Observation[]
  /** The last of them. */
  readonly final: Observation | null
  /** What the page would get: the last hop, or what stands in for it. */
  readonly actual: Observation | null
  /** The first request that nothing came back from; withheld ones do not count. */
  readonly broken: Observation | null
  /** Whether the request itself was not sent because it has side effects. */
  readonly isWithheld: boolean
  /** Whether another origin is asked at all. */
  readonly isCrossOrigin: boolean
  readonly probes: Probes
  /** Every observation, in order. */
  readonly observations: readonly Observation[]
  /** The policy of the fixes; null where no policy shares this response with this page. */
  readonly plan: Plan | null
}

/** Gets a field of an answer; null where there is none. */
export function field(observation: Observation | null, name: string): string | null {
  return observation?.response ? getField(observation.response.headers, name) : null
}

/** Gets the lines of a field. */
export function linesOf(observation: Observation | null, name: string): readonly string[] {
  return observation?.response ? fieldLines(observation.response.headers, name) : []
}

/** Gets a status; 0 where nothing came back. */
export function statusOf(observation: Observation | null): number {
  return observation?.response?.status ?? 0
}

/** Tells whether an answer carries `Access-Control-Allow-Origin`. */
export function isMarked(observation: Observation | null): boolean {
  return field(observation, ALLOW_ORIGIN) !== null
}

/** Tells whether a field matches. */
export function fieldHas(observation: Observation | null, name: string, pattern: RegExp): boolean {
  return pattern.test(field(observation, name) ?? '')
}

/** Tells whether the beginning of a body matches. */
export function bodyHas(observation: Observation | null, pattern: RegExp): boolean {
  return pattern.test(observation?.response?.sample ?? '')
}

/** Tells whether a CORS policy had a hand in an answer, whatever it decided. */
export function speaksCors(observation: Observation | null): boolean {
  const headers = observation?.response?.headers ?? []
  return variesByOrigin(observation) || headers.some(([name]) => /^access-control-allow-/i.test(name))
}

/** Tells whether an answer says that it depends on `Origin`. */
export function variesByOrigin(observation: Observation | null): boolean {
  return linesOf(observation, VARY).some((line) =>
    splitList(line).some((name) => name === '*' || name.toLowerCase() === READ.origin),
  )
}

/** Tells whether a cache says that the answer came from it. */
export function cameFromCache(observation: Observation | null): boolean {
  const age = Number(field(observation, 'Age') ?? '0')
  const notes = ['X-Cache', 'CF-Cache-Status', 'X-Vercel-Cache', 'Cache-Status', 'X-Proxy-Cache', 'X-Cache-Status']
  // Varnish names the request that brought the answer beside the one that gets it.
  const isVarnishHit = /^\d+ \d+$/.test(field(observation, 'X-Varnish') ?? '')
  return age > 0 || isVarnishHit || notes.some((name) => /\bhit\b/i.test(field(observation, name) ?? ''))
}

/** Tells whether something between the page and the server left its mark. */
export function passedCdn(observation: Observation | null): boolean {
  const marks = [
    'X-Cache',
    'X-Varnish',
    'X-Amz-Cf-Id',
    'CF-Ray',
    'X-Served-By',
    'X-Fastly-Request-ID',
    'Akamai-Grn',
    'X-Akamai-Request-ID',
  ]
  return (
    marks.some((name) => field(observation, name) !== null) ||
    fieldHas(observation, 'Via', /cloudfront|varnish|fastly|google/i)
  )
}

/** Tells whether any answer that was seen carries `Access-Control-Allow-Origin`. */
export function everMarked(evidence: Evidence): boolean {
  return evidence.observations.some(isMarked)
}

/** Tells whether a page of this origin may read an answer, as far as its `Access-Control-Allow-Origin` goes. */
export function admits(observation: Observation | null, origin: string): boolean {
  const value = field(observation, ALLOW_ORIGIN)
  return value === '*' || value === origin
}

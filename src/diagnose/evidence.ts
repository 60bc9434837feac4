import { fieldLines, getField } from '../browser/wire.ts'
import { ALLOW_ORIGIN, READ, VARY } from '../spec/fields.ts'
import { splitList } from '../spec/tokens.ts'
import type { Obstacle } from './obstacles.ts'
import type { Call } from './page-request.ts'
import type { Plan } from './plan.ts'
import type { Observation } from './recorder.ts'
import type { Verdicts } from './verdicts.ts'

/** A spelling of the page's origin, and whether the server shares with it. */
export interface Variant {
  readonly origin: string
  readonly difference: 'trailing-slash' | 'quoted' | 'scheme' | 'www' | 'loopback-name' | 'port'
  readonly observation: Observation
  readonly isShared: boolean
}

/** Requests beyond those of the browser. Each is null if it was not needed. */
export interface Probes {
  /** A GET in place of the request itself, which a failed preflight kept back. */
  readonly standIn: Observation | null
  /** The same URL, requested by the page of a stranger. */
  readonly foreign: Observation | null
  /** The same URL without `Origin`. */
  readonly noOrigin: Observation | null
  /** A missing path next to the URL. */
  readonly missing: Observation | null
  /** The root of the server. */
  readonly root: Observation | null
  /** The same URL with a new parameter, so that no cache has the answer. */
  readonly fresh: Observation | null
  /** The preflight with an `Authorization` header, which no browser adds. */
  readonly authorized: Observation | null
  /** The refused request again, without the `Sec-Fetch-…` headers that browsers add. */
  readonly withoutMetadata: Observation | null
  /** Other spellings of the page's origin. */
  readonly variants: readonly Variant[]
}

/** Everything that the signatures of findings read. */
export interface Evidence {
  readonly call: Call
  readonly verdicts: Verdicts
  /** Every failure in order; the first is the one that browsers report. */
  readonly obstacles: readonly Obstacle[]
  /** The last preflight with an answer. */
  readonly preflight: Observation | null
  /** Every answered request of the page itself, with its redirects. */
  readonly hops: readonly Observation[]
  /** The last of these. */
  readonly final: Observation | null
  /** The response that the page would get: the last hop, or the stand-in. */
  readonly actual: Observation | null
  /** The first request without an answer. Requests that were withheld do not count. */
  readonly broken: Observation | null
  /** Whether the request itself was not sent because it has side effects. */
  readonly isWithheld: boolean
  /** Whether the request leaves the page's own origin. */
  readonly isCrossOrigin: boolean
  readonly probes: Probes
  /** Every observation, in order. */
  readonly observations: readonly Observation[]
  /** The policy of the fixes; null if no policy shares this response with this page. */
  readonly plan: Plan | null
}

/** Returns a field of an answer; null if it is missing. */
export function field(observation: Observation | null, name: string): string | null {
  return observation?.response ? getField(observation.response.headers, name) : null
}

/** Returns the lines of a field. */
export function linesOf(observation: Observation | null, name: string): readonly string[] {
  return observation?.response ? fieldLines(observation.response.headers, name) : []
}

/** Returns the status; 0 without an answer. */
export function statusOf(observation: Observation | null): number {
  return observation?.response?.status ?? 0
}

/** Returns whether an answer has `Access-Control-Allow-Origin`. */
export function hasAllowOrigin(observation: Observation | null): boolean {
  return field(observation, ALLOW_ORIGIN) !== null
}

/** Returns whether a field matches. */
export function fieldHas(observation: Observation | null, name: string, pattern: RegExp): boolean {
  return pattern.test(field(observation, name) ?? '')
}

/** Returns whether the beginning of the body matches. */
export function bodyHas(observation: Observation | null, pattern: RegExp): boolean {
  return pattern.test(observation?.response?.sample ?? '')
}

/** Returns whether a CORS policy took part in an answer, with any decision. */
export function speaksCors(observation: Observation | null): boolean {
  const headers = observation?.response?.headers ?? []
  return variesByOrigin(observation) || headers.some(([name]) => /^access-control-allow-/i.test(name))
}

/** Returns whether `Vary` says that an answer depends on `Origin`. */
export function variesByOrigin(observation: Observation | null): boolean {
  return linesOf(observation, VARY).some((line) =>
    splitList(line).some((name) => name === '*' || name.toLowerCase() === READ.origin),
  )
}

/** Returns whether a cache says that the answer came from it. */
export function cameFromCache(observation: Observation | null): boolean {
  const age = Number(field(observation, 'Age') ?? '0')
  const notes = ['X-Cache', 'CF-Cache-Status', 'X-Vercel-Cache', 'Cache-Status', 'X-Proxy-Cache', 'X-Cache-Status']
  // For a hit, Varnish names two requests: the one that filled the cache, and this one.
  const isVarnishHit = /^\d+ \d+$/.test(field(observation, 'X-Varnish') ?? '')
  return age > 0 || isVarnishHit || notes.some((name) => /\bhit\b/i.test(field(observation, name) ?? ''))
}

/** Returns whether a header shows something between the page and the server. */
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

/** Returns whether any answer has `Access-Control-Allow-Origin`. */
export function everMarked(evidence: Evidence): boolean {
  return evidence.observations.some(hasAllowOrigin)
}

/** Returns whether `Access-Control-Allow-Origin` lets pages of this origin read an answer. */
export function admits(observation: Observation | null, origin: string): boolean {
  const value = field(observation, ALLOW_ORIGIN)
  return value === '*' || value === origin
}

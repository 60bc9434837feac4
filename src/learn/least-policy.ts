import { checkPolicy } from '../policy/check.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { isSafelistedResponseHeaderName } from '../spec/names.ts'
import type { Sighting } from './observation.ts'

/** An entry of the least policy, and what needs it. */
export interface LeastEntry {
  readonly option: 'origins' | 'credentials' | 'methods' | 'requestHeaders' | 'exposedHeaders'
  readonly value: string | true
  /** How many requests need it. */
  readonly times: number
  /** One of these requests. */
  readonly first: string
}

/** An origin that was seen and is not allowed. */
export interface LeftOut {
  readonly origin: string
  readonly times: number
  readonly why: string
}

/** The smallest policy that shares what was seen. */
export interface LeastPolicy {
  /** Null where no origin is left to allow. */
  readonly policy: CorsPolicy | null
  readonly entries: readonly LeastEntry[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * Makes the smallest policy that shares what was seen. Every entry is needed: without it, one of the
 * requests would be refused.
 *
 * An origin that was seen fewer than `min` times is a stranger: it is listed, and not allowed. So is
 * an origin that no policy can hold.
 *
 * @param sightings what was seen
 * @param min how often an origin must have been seen
 */
export function leastPolicy(sightings: readonly Sighting[], min: number): LeastPolicy {
  const byOrigin = new Map<string, Sighting[]>()
  for (const sighting of sightings) {
    const of = byOrigin.get(sighting.origin) ?? []
    of.push(sighting)
    byOrigin.set(sighting.origin, of)
  }
  const credentials = sightings.some((sighting) => sighting.credentials)
  const leftOut: LeftOut[] = []
  const kept: Sighting[] = []
  for (const [origin, of] of byOrigin) {
    const defect = checkPolicy({ origins: [origin], credentials }).find(({ severity }) => severity === 'error')
    const seen = of.reduce((sum, { times = 1 }) => sum + times, 0)
    const why =
      defect === undefined
        ? seen < min
          ? `seen ${seen === 1 ? 'once' : `${seen} times`}: add it if you know it`
          : null
        : defect.message
    if (why === null) kept.push(...of)
    else leftOut.push({ origin, times: seen, why })
  }
  const counts = new Map<string, LeastEntry>()
  const count = (option: LeastEntry['option'], value: string | true, { place, times: more = 1 }: Sighting) => {
    const key = `${option} ${value}`
    const { times = 0, first = place } = counts.get(key) ?? {}
    counts.set(key, { option, value, times: times + more, first })
  }
  for (const sighting of kept) {
    count('origins', sighting.origin, sighting)
    if (sighting.credentials) count('credentials', true, sighting)
    if (sighting.method !== null) count('methods', sighting.method, sighting)
    for (const name of sighting.names) count('requestHeaders', name, sighting)
    for (const name of sighting.exposed)
      if (!isSafelistedResponseHeaderName(name)) count('exposedHeaders', name, sighting)
  }
  const entries = [...counts.values()]
  return { policy: entries.length === 0 ? null : policyOfEntries(entries), entries, leftOut }
}

/** Puts entries together. */
export function policyOfEntries(entries: readonly LeastEntry[]): CorsPolicy {
  const of = (option: LeastEntry['option']) =>
    entries.filter((entry) => entry.option === option).map(({ value }) => String(value))
  const lists = (['methods', 'requestHeaders', 'exposedHeaders'] as const)
    .map((option) => [option, of(option)] as const)
    .filter(([, names]) => names.length > 0)
  return {
    origins: of('origins'),
    ...(of('credentials').length > 0 ? { credentials: true } : {}),
    ...Object.fromEntries(lists),
  }
}

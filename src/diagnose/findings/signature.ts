/** Small words that signatures are written in. */
import { type Evidence, field } from '../evidence.ts'
import type { Standing } from '../in-line.ts'
import { type Observation, requestKey } from '../recorder.ts'
import type { Hit } from '../row.ts'

/** The hit of a signature that needs no values. */
export const YES: Hit = {}

/** Turns a condition into a hit. */
export function hit(condition: boolean, values: Hit = YES): Hit | null {
  return condition ? values : null
}

/** Gets the observation whose response brought a failure about. */
export function culprit(evidence: Evidence, standing: Standing | null): Observation | null {
  const request = standing?.exchange?.request
  if (request === undefined) return null
  const key = requestKey(request)
  return evidence.observations.find((observation) => requestKey(observation.request) === key) ?? evidence.actual
}

/** Gets the absolute `Location` of a culprit; null where there is none that can be read. */
export function locationOf(observation: Observation | null): URL | null {
  const location = field(observation, 'Location')
  return location === null || observation === null ? null : URL.parse(location, observation.request.url)
}

/** Gets the address of a culprit. */
export function addressOf(observation: Observation | null, evidence: Evidence): URL {
  return observation === null ? evidence.call.url : new URL(observation.request.url)
}

/** Helpers for the signatures of rows. */
import { type Evidence, field } from '../evidence.ts'
import type { Obstacle } from '../obstacles.ts'
import { type Observation, requestKey } from '../recorder.ts'
import type { SlotValues } from '../row.ts'

/** A match without values. */
const YES: SlotValues = {}

/** The methods that the cors package of npm names if no option does. Vite has that package inside. */
export const METHODS_OF_CORS = 'GET,HEAD,PUT,PATCH,POST,DELETE'

/** Turns a condition into a match. */
export function matchIf(condition: boolean, values: SlotValues = YES): SlotValues | null {
  return condition ? values : null
}

/** Returns the observation whose response caused a failure. */
export function failedAnswer(evidence: Evidence, obstacle: Obstacle | null): Observation | null {
  const request = obstacle?.exchange?.request
  if (request === undefined) return null
  const key = requestKey(request)
  return evidence.observations.find((observation) => requestKey(observation.request) === key) ?? evidence.actual
}

/** Returns the absolute `Location` of an observation; null without a URL. */
export function locationOf(observation: Observation | null): URL | null {
  const location = field(observation, 'Location')
  return location === null || observation === null ? null : URL.parse(location, observation.request.url)
}

/** Returns the URL of an observation. */
export function urlOf(observation: Observation | null, evidence: Evidence): URL {
  return observation === null ? evidence.call.url : new URL(observation.request.url)
}

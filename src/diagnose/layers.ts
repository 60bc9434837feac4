import { ALLOW_ORIGIN } from '../spec/fields.ts'
import { type Evidence, field, linesOf } from './evidence.ts'
import type { Observation } from './recorder.ts'

/** The fields that show which server sent an answer. The first one present counts. */
const NAMES = ['Server', 'X-Powered-By', 'Via'] as const

/** Names the layer that sent an answer; null if the answer does not show it. */
export function layerOf(observation: Observation | null): string | null {
  for (const name of NAMES) {
    const value = field(observation, name)
    if (value !== null) return value
  }
  return null
}

/**
 * Returns which layer writes which of several values of `Access-Control-Allow-Origin`. A value that
 * error answers have too comes from the server in front. A value that follows `Origin` comes from a
 * library. Returns an empty text if the answers do not show it.
 */
export function ownersOf(evidence: Evidence, observation: Observation | null): string {
  const values = valuesOf(observation)
  const others = [evidence.probes.missing, evidence.probes.foreign, evidence.probes.noOrigin, evidence.probes.root]
  for (const other of others) {
    const there = valuesOf(other)
    const outer = there[0]
    if (there.length !== 1 || values.length < 2 || outer === undefined || !values.includes(outer)) continue
    const rest = values.filter((_value, i) => i !== values.indexOf(outer))
    const front = layerOf(observation)
    return `; ${outer} stands alone on another answer (${other?.response?.status ?? 0}), so the ${front === null ? 'server in front' : `server in front, ${front},`} adds it, and the application adds ${rest.join(' and ')}`
  }
  return ''
}

function valuesOf(observation: Observation | null): readonly string[] {
  return linesOf(observation, ALLOW_ORIGIN)
    .flatMap((line) => line.split(','))
    .map((value) => value.trim())
}

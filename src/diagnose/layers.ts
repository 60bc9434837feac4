import { ALLOW_ORIGIN } from '../spec/fields.ts'
import { type Evidence, field, linesOf } from './evidence.ts'
import type { Observation } from './recorder.ts'

/** What an answer shows of who sent it: the first of these fields. */
const NAMES = ['Server', 'X-Powered-By', 'Via'] as const

/** Names the layer that an answer comes from, as far as it says; null where it says nothing. */
export function layerOf(observation: Observation | null): string | null {
  for (const name of NAMES) {
    const value = field(observation, name)
    if (value !== null) return value
  }
  return null
}

/**
 * Tells which layer writes which of several values of `Access-Control-Allow-Origin`: what stands on error answers too belongs to the
 * server in front, and what follows `Origin` to a library that compares. Empty where the answers do not tell.
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

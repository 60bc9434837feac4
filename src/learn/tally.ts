import type { Sighting } from './observation.ts'

/** Collects sightings, equal ones once, with how often each was seen. */
export interface Tally {
  add(sighting: Sighting): void
  all(): readonly Sighting[]
}

/** A client can invent origins and names. More different sightings than these are not kept. */
const MOST = 100_000

/** Makes an empty tally. Its size depends on how many different sightings there are. */
export function createTally(): Tally {
  const counted = new Map<string, Sighting>()
  return {
    add(sighting) {
      const { origin, method, names, credentials, exposed, times = 1 } = sighting
      const key = JSON.stringify([origin, method, [...names].sort(), credentials, [...exposed].sort()])
      const known = counted.get(key)
      if (known === undefined && counted.size === MOST) return
      counted.set(key, { ...(known ?? sighting), times: (known?.times ?? 0) + times })
    },
    all: () => [...counted.values()],
  }
}

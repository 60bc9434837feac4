// Arithmetic on counts.
import type { Counts } from '../support/counting.ts'

/** What `counts` has beyond `base`; what is less is negative. What is equal in both is left out. */
export function added(counts: Counts, base: Counts): Counts {
  const names = new Set([...Object.keys(counts), ...Object.keys(base)])
  const differences = [...names].map((name) => [name, (counts[name] ?? 0) - (base[name] ?? 0)] as const)
  return Object.fromEntries(differences.filter(([, difference]) => difference !== 0))
}

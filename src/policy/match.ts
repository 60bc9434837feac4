import { MAX_ORIGIN } from '../spec/origins.ts'
import { createMatcher } from './patterns.ts'
import { wideEntry } from './wide.ts'

/**
 * Returns a look-up for checked entries of `origins` without `*`: one look into a `Set`. It returns
 * the entry, or null.
 */
export function exactly(origins: Iterable<string>): (origin: string) => string | null {
  const exact = new Set(origins)
  // A longer text cannot match, and hashing it would take time.
  return (origin) => (origin.length <= MAX_ORIGIN && exact.has(origin) ? origin : null)
}

/**
 * Returns a look-up for checked entries of `origins`, with and without `*`. For a single exact origin
 * it is that origin: a tenant often has one, and with thousands of tenants a look-up costs as much
 * as it reads.
 */
export function matching(origins: readonly string[]): ((origin: string) => string | null) | string {
  // A checked entry without `*` is exact. Parsing it again would double the cost of a long list.
  const patterns = new Set(origins.filter((text) => text.includes('*')))
  const [one] = origins
  if (patterns.size === 0) return origins.length === 1 && one ? one : exactly(origins)
  const exact = new Set(origins)
  for (const text of patterns) exact.delete(text)
  return createMatcher(exact, Array.from(patterns, wideEntry))
}

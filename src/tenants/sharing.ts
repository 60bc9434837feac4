import { DERIVE, type Derivable } from '../server/engine.ts'
import type { Tables } from '../server/tables.ts'
import type { Cors } from '../server/types.ts'
import { createBounded, type Marked } from './bounded.ts'

/** The parts of a policy that do not depend on its origins. */
interface Lines extends Marked, Pick<Tables, 'preflight' | 'shared' | 'widening'> {}

/** How many different lines are remembered. The tenants of one API hardly have more. */
const MAX_LINES = 256

/**
 * Makes a function that lets policies with equal header lines use one copy of them. The tenants of
 * one API differ in their origins, and rarely in methods and headers. A copy for each of thousands
 * of tenants is in no processor's cache when its tenant's next request comes.
 */
export function createSharing(): (cors: Cors) => Cors {
  const known = createBounded<Lines>(MAX_LINES)

  function linesOf({ preflight, shared, widening }: Tables): Lines {
    const key = JSON.stringify([preflight, shared, widening])
    const found = known.get(key)
    if (found !== undefined) return found
    const made = { preflight, shared, widening }
    known.set(key, made)
    return made
  }

  return (cors) =>
    (cors as Cors & Derivable)[DERIVE]((policy, tables) => {
      const { match, vary, status, echo, parts, forbid } = tables
      const { preflight, shared, widening } = linesOf(tables)
      // Written out: a copy of `tables` has fields that only the compiler reads, and is twice as large.
      return [policy, { match, vary, shared, parts, preflight, echo, status, widening, forbid }]
    })
}

import type { CorsPolicy } from '../policy/types.ts'
import { type Apply, createApply, createHeaders, WITH_PREFLIGHTS } from './apply.ts'
import { decide, preflightOrigin } from './decide.ts'
import { ENTRIES, entriesFor, TABLES } from './entries.ts'
import { guard } from './guard.ts'
import { createPreflight } from './preflight.ts'
import type { Tables } from './tables.ts'
import type { Cors, RequestHead } from './types.ts'
import { createWrap } from './wrap.ts'

/**
 * The key under which a {@link Cors} is made anew with changed tables. The symbol is registered, so
 * that the ES module and the CommonJS copy of this package understand each other.
 */
export const DERIVE: unique symbol = Symbol.for('corsmith.derive')

/** The side of a `Cors` that adapters see. */
export interface Derivable {
  [DERIVE](change: Change): Cors
}

type Change = (policy: CorsPolicy, tables: Tables) => readonly [CorsPolicy, Tables]

/**
 * Makes the engine of a policy: what answers its preflights and puts its header set on responses.
 * Everything that does not depend on the request was prepared before, once. The policy is frozen.
 */
export function createEngine(policy: CorsPolicy, tables: Tables): Cors {
  // entries() returns these again and again, so callers must not change them.
  for (const entry of [...tables.preflight, ...tables.shared]) Object.freeze(entry)
  const entries: Cors['entries'] = (request, names) => entriesFor(tables, request, names)
  // The first four are the quickest to read, and with thousands of policies it is felt.
  const engine: Cors & Derivable = Object.assign(
    Object.defineProperties({}, { [TABLES]: { value: tables }, [ENTRIES]: { value: entries } }),
    {
      entries,
      policy,
      ...createAnswering(tables, createApply(tables, ...WITH_PREFLIGHTS)),
      headers: createHeaders(tables, ...WITH_PREFLIGHTS),
      decide: (request: RequestHead) => decide(tables, request),
      guard: (request: RequestHead) => guard(tables, request),
      [DERIVE]: (change: Change) => createEngine(...change(policy, tables)),
    },
  )
  return engine
}

/** The part of a {@link Cors} by which adapters answer requests. */
export type Answering = Pick<Cors, 'preflight' | 'guard' | 'apply' | 'wrap'> & {
  readonly policy: Pick<CorsPolicy, 'refused'>
}

/**
 * Makes the methods of an engine by which adapters answer. Adapters answer a preflight before they
 * call `apply`. If other code can call `apply` with a preflight, pass an `apply` that was created
 * with the steps `WITH_PREFLIGHTS`.
 */
export function createAnswering(
  tables: Tables,
  apply: Apply = createApply(tables),
): Omit<Answering, 'policy' | 'guard'> {
  const answer = createPreflight(tables)
  return {
    preflight(request) {
      const origin = preflightOrigin(request)
      return origin === null ? null : answer(request, origin)
    },
    apply: (request, response) => apply(request, response, request.method),
    wrap: createWrap(tables, answer, apply),
  }
}

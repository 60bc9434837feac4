import { freezePolicy } from '../policy/freeze.ts'
import type { CorsPolicy } from '../policy/types.ts'
import { ACTUAL, ANY, createApply, createHeaders, type Steps } from './apply.ts'
import { allowOriginOf, decide, preflightOrigin } from './decide.ts'
import { guard } from './guard.ts'
import { createPreflight, preflightEntries } from './preflight.ts'
import { sharedEntries } from './stamp.ts'
import type { Tables } from './tables.ts'
import type { Cors } from './types.ts'
import { createWrap } from './wrap.ts'

/**
 * The key under which a {@link Cors} is made anew with changed tables. The symbol is registered, so
 * that the ES module and the CommonJS copy of this package understand each other.
 */
export const DERIVE: unique symbol = Symbol.for('corsmith.derive')

/** The side of a `Cors` that adapters see. */
export interface Derivable {
  [DERIVE](change: (policy: CorsPolicy, tables: Tables) => readonly [CorsPolicy, Tables]): Cors
}

/**
 * Makes the engine of a policy: what answers its preflights and puts its header set on responses.
 * Everything that does not depend on the request was prepared before, once.
 */
export function createEngine(policy: CorsPolicy, tables: Tables): Cors {
  // entries() returns these again and again, so callers must not change them.
  for (const entry of [...tables.preflight, ...tables.shared]) Object.freeze(entry)
  const engine: Cors & Derivable = {
    ...createAnswering(tables, ANY),
    policy: freezePolicy(policy),
    decide: (request) => decide(tables, request),
    entries(request, names) {
      const origin = preflightOrigin(request)
      return origin === null
        ? sharedEntries(tables, allowOriginOf(tables, request), names)
        : preflightEntries(tables, request, origin)
    },
    guard: (request) => guard(tables, request),
    [DERIVE]: (change) => createEngine(...change(policy, tables)),
  }
  return engine
}

/** The part of a {@link Cors} by which adapters answer requests. */
export type Answering = Pick<Cors, 'preflight' | 'guard' | 'apply' | 'headers' | 'wrap'> & {
  readonly policy: Pick<CorsPolicy, 'refused'>
}

/**
 * Makes the part of an engine that adapters need. `guard` refuses only what the policy forbids.
 *
 * @param steps `ANY`, where answers of the application to preflights may come
 */
export function createAnswering(tables: Tables, steps: Steps = ACTUAL): Answering {
  const answer = createPreflight(tables)
  const apply = createApply(tables, steps)
  return {
    policy: { refused: tables.forbid ? 'forbid' : 'pass' },
    preflight(request) {
      const origin = preflightOrigin(request)
      return origin === null ? null : answer(request, origin)
    },
    guard: (request) => tables.forbid?.(tables, request) ?? null,
    apply: (request, response) => apply(request, response, request.method),
    headers: createHeaders(tables, steps),
    wrap: createWrap(tables, answer, apply),
  }
}

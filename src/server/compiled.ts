import type { CorsPolicy } from '../policy/types.ts'
import { createApply } from './apply.ts'
import { type Answering, createAnswering, createEngine } from './engine.ts'
import { createPreflight } from './preflight.ts'
import { readTables, type WrittenTables } from './tables.ts'
import type { Cors } from './types.ts'
import { createWrap } from './wrap.ts'

/**
 * Makes the `Cors` of a compiled policy. It has the same methods, and gives the same answers, as one
 * that `createCors` made at start.
 *
 * @param policy the policy, for `cors.policy`
 * @param tables the tables that `corsmith compile js` wrote
 * @returns the policy, ready to answer requests
 *
 * @example
 * ```ts
 * import { assemble, type WrittenTables } from 'corsmith/runtime'
 *
 * declare const tables: WrittenTables
 * const cors = assemble({ origins: ['https://app.example.com'] }, tables)
 * ```
 */
export function assemble(policy: CorsPolicy, tables: WrittenTables): Cors {
  return createEngine(policy, readTables(tables))
}

/**
 * Makes the part of a `Cors` that adapters need. A bundle then has no code of `decide` and
 * `entries`.
 *
 * @param tables the tables that `corsmith compile js` wrote
 * @returns what the adapters of `corsmith/runtime` take
 *
 * @example
 * ```ts
 * import { answering, type WrittenTables } from 'corsmith/runtime'
 *
 * declare const tables: WrittenTables
 * export const answers = answering(tables)
 * ```
 */
export function answering(tables: WrittenTables): Answering {
  const { forbid } = tables
  return {
    policy: forbid ? { refused: 'forbid' } : {},
    guard: (request) => forbid?.(tables, request) ?? null,
    ...createAnswering(readTables(tables)),
  }
}

/**
 * Makes `wrap` of a `Cors`. A bundle then has the code of no other method.
 *
 * @param tables the tables that `corsmith compile js` wrote
 * @returns a function that wraps handlers
 *
 * @example
 * ```ts
 * import { type WrittenTables, wrapping } from 'corsmith/runtime'
 *
 * declare const tables: WrittenTables
 * const wrap = wrapping(tables)
 * export default { fetch: wrap((request) => Response.json({ url: request.url })) }
 * ```
 */
export function wrapping(tables: WrittenTables): Cors['wrap'] {
  const read = readTables(tables)
  return createWrap(read, createPreflight(read), createApply(read))
}

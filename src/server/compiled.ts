import type { CorsPolicy } from '../policy/types.ts'
import { createApply } from './apply.ts'
import { createEngine } from './engine.ts'
import { createPreflight } from './preflight.ts'
import { readTables, type Tables } from './tables.ts'
import type { Cors, HandlerResult, RequestHead, WrapOptions } from './types.ts'
import { createWrap } from './wrap.ts'

/**
 * Makes the `Cors` of a compiled policy. It has the same methods, and gives the same answers, as one
 * that `createCors` made at start.
 *
 * @param policy the policy, for `cors.policy`
 * @param tables the tables that `corsmith compile js` wrote
 * @returns the policy, ready to answer requests
 * @throws {TypeError} where `tables` are none
 *
 * @example
 * ```ts
 * import { assemble, type Tables } from 'corsmith/runtime'
 *
 * declare const tables: Tables
 * const cors = assemble({ origins: ['https://app.example.com'] }, tables)
 * ```
 */
export function assemble(policy: CorsPolicy, tables: Tables): Cors {
  return createEngine(policy, readTables(tables))
}

/**
 * Wraps a handler with a compiled policy, as `cors.wrap` does. A bundle then holds the code of
 * `wrap`, and of no other method.
 *
 * @param tables the tables that `corsmith compile js` wrote
 * @param handler the handler
 * @returns the handler, wrapped
 * @throws {TypeError} where `tables` are none
 *
 * @example
 * ```ts
 * import { type Tables, wrap } from 'corsmith/runtime'
 *
 * declare const tables: Tables
 * export default { fetch: wrap(tables, (request: Request) => Response.json({ url: request.url })) }
 * ```
 */
export function wrap<Q extends RequestHead = Request, A extends unknown[] = [], R extends HandlerResult = Response>(
  tables: Tables,
  handler: (request: Q, ...args: A) => R,
  options?: WrapOptions<Q, A>,
): (request: Q, ...args: A) => R {
  const read = readTables(tables)
  return createWrap(read, createPreflight(read), createApply(read))(handler, options)
}

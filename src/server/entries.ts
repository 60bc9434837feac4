import { ALLOW_ORIGIN, VARY } from '../spec/fields.ts'
import { allowOriginFor, allowOriginOf, preflightOrigin } from './decide.ts'
import type { Tables } from './tables.ts'
import type { Cors, HeaderEntry, RequestHead } from './types.ts'

/**
 * Gives the header set for a request as plain data, as `cors.entries` does.
 *
 * @param names the names of the response's own headers
 */
export function entriesFor(tables: Tables, request: RequestHead, names?: Iterable<string>): readonly HeaderEntry[] {
  const origin = preflightOrigin(request)
  return origin === null
    ? sharedEntries(tables, allowOriginOf(tables, request), names)
    : preflightEntries(tables, request, origin)
}

/** Gives the header set of a preflight's answer as data. */
export function preflightEntries(tables: Tables, request: RequestHead, origin: string): readonly HeaderEntry[] {
  const allowOrigin = allowOriginFor(tables, origin)
  const { vary } = tables.echo ?? tables
  const varies: HeaderEntry[] = vary === null ? [] : [[VARY, vary]]
  if (allowOrigin === null) return varies
  return [[ALLOW_ORIGIN, allowOrigin], ...tables.preflight, ...(tables.echo?.lines(request) ?? []), ...varies]
}

/**
 * Gives the header set of an actual response as data.
 *
 * @param allowOrigin the value of `Access-Control-Allow-Origin`; null or undefined where nothing is
 *   shared
 * @param names the names of the response's headers, against which patterns of `exposedHeaders`
 *   expand
 */
export function sharedEntries(
  { shared, vary, parts }: Tables,
  allowOrigin: string | null | undefined,
  names: Iterable<string> = [],
): readonly HeaderEntry[] {
  const varies: HeaderEntry[] = vary === null ? [] : [[VARY, vary]]
  if (!allowOrigin) return varies
  const others = parts.flatMap((part) => part.entries(allowOrigin, names))
  return [[ALLOW_ORIGIN, allowOrigin], ...shared, ...others, ...varies]
}

/** The key of an engine's tables, for {@link readEntries}. */
export const TABLES: unique symbol = Symbol()

/** The key of an engine's own `entries`. */
export const ENTRIES: unique symbol = Symbol()

/** What {@link readEntries} reads. No loop over an object's properties sees it, and no copy has it. */
export interface WithTables {
  readonly [TABLES]?: Tables
  readonly [ENTRIES]?: Cors['entries']
}

/**
 * Gives what `cors.entries` gives. An engine's tables are read without the call: a function of each
 * of thousands of policies is in no processor's cache. An `entries` that somebody put in its place
 * is called.
 */
export function readEntries(
  cors: Pick<Cors, 'entries'> & WithTables,
  request: RequestHead,
  names?: Iterable<string>,
): readonly HeaderEntry[] {
  const tables = cors[TABLES]
  return tables !== undefined && cors[ENTRIES] === cors.entries
    ? entriesFor(tables, request, names)
    : cors.entries(request, names)
}

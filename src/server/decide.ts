import { MAX_ORIGIN, parseOrigin } from '../spec/origins.ts'
import * as READ from '../spec/read.ts'
import type { Tables } from './tables.ts'
import type { Decision, RefusalCode, RequestHead } from './types.ts'

/** Gives the `Origin` of a request, or null. */
export function sentOrigin({ headers }: RequestHead): string | null {
  return headers.get(READ.origin) ?? null
}

/**
 * Gives the `Origin` of a CORS-preflight request; null for any other request. A preflight has the
 * method `OPTIONS`, an `Origin` and an `Access-Control-Request-Method`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 */
export function preflightOrigin(request: RequestHead): string | null {
  return request.method === 'OPTIONS' && (request.headers.get(READ.requestMethod) ?? null) !== null
    ? sentOrigin(request)
    : null
}

function entryFor(match: NonNullable<Tables['match']>, origin: string): string | null | undefined {
  return typeof match === 'function' ? match(origin) : match === origin ? origin : null
}

/**
 * Gives the value of `Access-Control-Allow-Origin` for an origin: itself, `*`, or null for a
 * refused one.
 */
export function allowOriginFor({ match }: Tables, origin: string): string | null {
  if (match === null) return '*'
  // No entry (null) and a predicate that failed (undefined) both refuse.
  return entryFor(match, origin) ? origin : null
}

/**
 * Gives the value of `Access-Control-Allow-Origin` for an actual request; null where its origin is
 * refused, undefined where it has none. A policy for `*` does not look at `Origin`.
 */
export function allowOriginOf(tables: Tables, request: RequestHead): string | null | undefined {
  if (tables.match === null) return '*'
  const origin = sentOrigin(request)
  return origin === null ? undefined : allowOriginFor(tables, origin)
}

/** Returns the kind of a request, and the entry that allows its origin or the reason why none does. */
export function decide({ match }: Tables, request: RequestHead): Decision {
  const origin = sentOrigin(request)
  const kind = origin === null ? 'non-cors' : preflightOrigin(request) === null ? 'cors' : 'preflight'
  const rule = match === null ? '*' : origin === null ? null : entryFor(match, origin)
  const shared = typeof rule === 'string'
  const refusal =
    shared || origin === null
      ? null
      : rule === undefined
        ? 'origin-predicate-failed'
        : (malformation(origin) ?? 'origin-not-allowed')
  return { kind, shared, origin, rule: rule ?? null, refusal }
}

/** Tells why a value is not one serialized origin; null where it is one. */
export function malformation(origin: string): RefusalCode | null {
  if (origin === 'null') return 'origin-null'
  if (origin.length > MAX_ORIGIN) return 'origin-too-long'
  // Servers join two Origin lines by a comma, and a serialized origin contains no comma.
  if (origin.includes(',')) return 'origin-multiple'
  return parseOrigin(origin) === null ? 'origin-malformed' : null
}

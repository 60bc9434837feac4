import type { CompiledPolicy } from '../policy/compile.ts'
import { READ } from '../spec/fields.ts'
import { MAX_ORIGIN, parseOrigin } from '../spec/origins.ts'
import type { Decision, RefusalCode, RequestHead } from './types.ts'

/**
 * What a request is to a policy. Everything that the engine writes follows from this.
 *
 * - `preflight`: a CORS-preflight request from this origin, allowed or not.
 * - `shared`: an actual request whose response is shared: with its origin, or with `*`.
 * - `refused`: an actual request from an origin that the policy does not allow.
 * - `no-origin`: a request without `Origin`: navigation, same-origin GET, curl.
 */
export type Situation =
  | { readonly kind: 'preflight'; readonly origin: string }
  | { readonly kind: 'shared'; readonly allowOrigin: string }
  | { readonly kind: 'refused'; readonly allowOrigin: null }
  | { readonly kind: 'no-origin'; readonly allowOrigin: null }

/** A situation of an actual request. */
export type ActualSituation = Exclude<Situation, { kind: 'preflight' }>

// Requests come by the million, and these three are the same for each of them.
const SHARED_WITH_ALL: ActualSituation = { kind: 'shared', allowOrigin: '*' }
const REFUSED: ActualSituation = { kind: 'refused', allowOrigin: null }
const NO_ORIGIN: ActualSituation = { kind: 'no-origin', allowOrigin: null }

/**
 * Finds out what a request is to a policy.
 *
 * @param method the request's method, read by the caller: in workerd each read of a request is a
 *   call into C++
 */
export function situationOf(compiled: CompiledPolicy, request: RequestHead, method: string): Situation {
  const origin = method === 'OPTIONS' ? preflightOrigin(request) : null
  return origin === null ? actualSituation(compiled, request) : { kind: 'preflight', origin }
}

/** Finds out what an actual request is to a policy. A policy for `*` does not look at `Origin`. */
export function actualSituation(compiled: CompiledPolicy, request: RequestHead): ActualSituation {
  if (compiled.anyOrigin) return SHARED_WITH_ALL
  const origin = request.headers.get(READ.origin) ?? null
  if (origin === null) return NO_ORIGIN
  const allowOrigin = allowOriginFor(compiled, origin)
  return allowOrigin === null ? REFUSED : { kind: 'shared', allowOrigin }
}

/**
 * Gives the value of `Access-Control-Allow-Origin` for an origin: itself, `*`, or null for a
 * refused one.
 */
export function allowOriginFor(compiled: CompiledPolicy, origin: string): string | null {
  if (compiled.anyOrigin) return '*'
  // No entry (null) and a predicate that failed (undefined) both refuse.
  return typeof compiled.match(origin) === 'string' ? origin : null
}

/**
 * Gives the `Origin` of a CORS-preflight request; null for any other request. A preflight has the
 * method `OPTIONS`, an `Origin` and an `Access-Control-Request-Method`.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 */
export function preflightOrigin({ method, headers }: RequestHead): string | null {
  if (method !== 'OPTIONS' || (headers.get(READ.method) ?? null) === null) return null
  return headers.get(READ.origin) ?? null
}

/** Explains a request to the caller of `decide()`: its kind, the rule that matched, or why not. */
export function decide(compiled: CompiledPolicy, request: RequestHead): Decision {
  const origin = request.headers.get(READ.origin) ?? null
  const kind = origin === null ? 'non-cors' : preflightOrigin(request) === null ? 'cors' : 'preflight'
  if (compiled.anyOrigin) return { kind, shared: true, origin, rule: '*', refusal: null }
  if (origin === null) return { kind, shared: false, origin, rule: null, refusal: null }
  const rule = compiled.match(origin)
  if (typeof rule === 'string') return { kind, shared: true, origin, rule, refusal: null }
  const refusal = rule === undefined ? 'origin-predicate-failed' : (malformation(origin) ?? 'origin-not-allowed')
  return { kind, shared: false, origin, rule: null, refusal }
}

/** Tells why a value is not one serialized origin; null where it is one. */
export function malformation(origin: string): RefusalCode | null {
  if (origin === 'null') return 'origin-null'
  if (origin.length > MAX_ORIGIN) return 'origin-too-long'
  // Servers join two Origin lines by a comma, and a serialized origin contains no comma.
  if (origin.includes(',')) return 'origin-multiple'
  return parseOrigin(origin) === null ? 'origin-malformed' : null
}

/**
 * Tells whether the browser says that page and server have the same origin.
 *
 * @see https://w3c.github.io/webappsec-fetch-metadata/
 */
export function saysSameOrigin(request: RequestHead): boolean {
  return request.headers.get(READ.fetchSite) === 'same-origin'
}

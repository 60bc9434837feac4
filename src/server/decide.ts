import type { CompiledPolicy } from '../policy/compile.ts'
import { READ } from '../spec/fields.ts'
import { MAX_ORIGIN, parseOrigin } from '../spec/origins.ts'
import type { Decision, RefusalCode, RequestHead } from './types.ts'

/** Classifies a request and looks its origin up. */
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

/**
 * The `Origin` of a CORS-preflight request, which has `OPTIONS`, `Origin` and `Access-Control-Request-Method`, all three; null for
 * any other request.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 */
export function preflightOrigin({ method, headers }: RequestHead): string | null {
  if (method !== 'OPTIONS' || (headers.get(READ.method) ?? null) === null) return null
  return headers.get(READ.origin) ?? null
}

/** Says in what way a value is not one serialized origin; null when it is. */
export function malformation(origin: string): RefusalCode | null {
  if (origin === 'null') return 'origin-null'
  if (origin.length > MAX_ORIGIN) return 'origin-too-long'
  // Two Origin lines arrive joined by a comma, and no origin holds one.
  if (origin.includes(',')) return 'origin-multiple'
  return parseOrigin(origin) === null ? 'origin-malformed' : null
}

/** Tells whether the browser itself says that page and server have one origin. @see https://w3c.github.io/webappsec-fetch-metadata/ */
export function isSameOrigin(request: RequestHead): boolean {
  return request.headers.get(READ.fetchSite) === 'same-origin'
}

/** What goes into `Access-Control-Allow-Origin`: the origin as it was received, `*`, or null for one that is refused. */
export function sharedWith(compiled: CompiledPolicy, origin: string): string | null {
  if (compiled.anyOrigin) return '*'
  return typeof compiled.match(origin) === 'string' ? origin : null
}

/** What goes into `Access-Control-Allow-Origin`; null for a stranger, undefined for a request without `Origin`. */
export type Sharing = string | null | undefined

/** {@link sharedWith} for an actual request; `*` does not look at its `Origin`. */
export function sharedActually(compiled: CompiledPolicy, request: RequestHead): Sharing {
  if (compiled.anyOrigin) return '*'
  const origin = request.headers.get(READ.origin) ?? undefined
  return origin === undefined ? undefined : sharedWith(compiled, origin)
}

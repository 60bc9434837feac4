import type { CompiledPolicy } from '../policy/compile.ts'
import { READ } from '../spec/fields.ts'
import { MAX_ORIGIN, parseOrigin } from '../spec/origins.ts'
import type { Decision, RefusalCode, RequestHead } from './types.ts'

/** Classifies a request and looks its origin up. */
export function decide(compiled: CompiledPolicy, request: RequestHead): Decision {
  const origin = request.headers.get(READ.origin) ?? null
  const kind = origin === null ? 'non-cors' : isPreflight(request) ? 'preflight' : 'cors'
  if (compiled.anyOrigin) return { kind, shared: true, origin, rule: '*', refusal: null }
  if (origin === null) return { kind, shared: false, origin, rule: null, refusal: null }
  const rule = compiled.match(origin)
  if (typeof rule === 'string') return { kind, shared: true, origin, rule, refusal: null }
  const refusal = rule === undefined ? 'origin-predicate-failed' : (malformation(origin) ?? 'origin-not-allowed')
  return { kind, shared: false, origin, rule: null, refusal }
}

/**
 * Tells whether a request is a CORS-preflight request: `OPTIONS`, `Origin` and `Access-Control-Request-Method`, all three.
 *
 * @see https://fetch.spec.whatwg.org/#cors-preflight-request
 */
export function isPreflight(request: RequestHead): boolean {
  return (
    request.method === 'OPTIONS' &&
    (request.headers.get(READ.method) ?? null) !== null &&
    (request.headers.get(READ.origin) ?? null) !== null
  )
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

/** What goes into `Access-Control-Allow-Origin`: the origin as it was received, `*`, or null for a request that is refused. */
export function sharedWith(compiled: CompiledPolicy, request: RequestHead): string | null {
  if (compiled.anyOrigin) return '*'
  const origin = request.headers.get(READ.origin) ?? null
  return origin !== null && typeof compiled.match(origin) === 'string' ? origin : null
}

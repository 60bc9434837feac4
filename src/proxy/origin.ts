import type { Cors } from '../server/types.ts'
import { READ } from '../spec/fields.ts'
import { plainName } from './claims.ts'
import type { ForwardOrigin } from './options.ts'

/** What the edge has to know of a request before it decides what becomes of its `Origin`. */
export interface Passage {
  /** Null for a request without one. */
  readonly origin: string | null
  /** Whether the page has the edge's own origin. */
  readonly isOwn: boolean
  /** Whether the request may change something. */
  readonly isWrite: boolean
  /** Whether it asks for a WebSocket, which no CORS check follows. */
  readonly isUpgrade: boolean
}

/** Reads what decides about a request's `Origin`. */
export function readPassage(request: Request, publicOrigin: string | null): Passage {
  const { method, headers } = request
  const origin = headers.get(READ.origin)
  return {
    origin,
    isOwn: origin !== null && isOwn(origin, headers.get(READ.fetchSite), publicOrigin),
    isWrite: !['GET', 'HEAD', 'OPTIONS'].includes(method) || namesMethod(headers),
    isUpgrade: (headers.get(READ.upgrade) ?? '').toLowerCase() === 'websocket',
  }
}

/** The browser knows best. Where it does not say, an `Origin` that is the edge's public one says the same. */
function isOwn(origin: string, site: string | null, publicOrigin: string | null): boolean {
  return site === 'same-origin' || (origin === publicOrigin && site !== 'cross-site' && site !== 'same-site')
}

/** Many frameworks take the method from one of these headers, and then a GET is a write. */
const METHODS: ReadonlySet<string> = new Set(['x-http-method-override', 'x-http-method', 'x-method-override'])

function namesMethod(headers: Headers): boolean {
  for (const name of headers.keys()) if (METHODS.has(plainName(name))) return true
  return false
}

/**
 * Tells whether a request's origin must be judged here: a WebSocket in every mode, and a write where the `Origin` may be hidden from
 * an origin API that would have judged it.
 */
export function needsJudgement({ origin, isOwn, isWrite, isUpgrade }: Passage, mode: ForwardOrigin): boolean {
  return origin !== null && !isOwn && (isUpgrade || (isWrite && mode !== 'keep'))
}

/**
 * What the origin API is to see of an `Origin` that was not refused; null for nothing.
 *
 * A cross-origin write loses its `Origin` only where the policy trusts the origin with credentials: such a page may read any token
 * and send any request as the user, so that there is nothing left for a check to protect. `'*'` and lists without credentials say
 * who may read, and not who may act for a user.
 *
 * @param judge the policy that judged the request, or null where none had to.
 */
export function forwardedOrigin(
  { origin, isOwn, isWrite, isUpgrade }: Passage,
  mode: ForwardOrigin,
  upstreamOrigin: string,
  judge: Cors | null,
): string | null {
  if (origin === null || mode === 'keep') return origin
  if (isOwn && mode === 'rewrite') return upstreamOrigin
  if (isUpgrade) return origin
  const isHidden = isOwn || !isWrite || judge?.policy.credentials === true
  return isHidden ? null : origin
}

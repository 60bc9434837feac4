import type { Cors } from '../server/types.ts'
import { READ } from '../spec/fields.ts'
import { cgiName, namesOf } from './headers.ts'
import type { ForwardOrigin } from './options.ts'

/** The properties of a request that decide about its `Origin`. */
export interface ForwardContext {
  /** The names of the request's headers, in lower case. */
  readonly names: readonly string[]
  /** Null for a request without `Origin`. */
  readonly origin: string | null
  /** Whether the page has the edge's own origin. */
  readonly isOwn: boolean
  /** Whether the request may change something. */
  readonly isWrite: boolean
  /** Whether the request opens a WebSocket. Browsers run no CORS check on its answer. */
  readonly isUpgrade: boolean
}

/** Reads the properties of a request that decide about its `Origin`. */
export function readOriginContext(request: Request, publicOrigin: string | null): ForwardContext {
  const { method, headers } = request
  const names = namesOf(headers)
  const origin = names.includes(READ.origin) ? headers.get(READ.origin) : null
  return {
    names,
    origin,
    isOwn: origin !== null && isOwn(origin, headers.get(READ.fetchSite), publicOrigin),
    isWrite: !['GET', 'HEAD', 'OPTIONS'].includes(method) || names.some(overridesMethod),
    isUpgrade: names.includes(READ.upgrade) && headers.get(READ.upgrade)?.toLowerCase() === 'websocket',
  }
}

/**
 * `Sec-Fetch-Site` decides where the browser sends it. Without it, the public origin of the edge
 * does.
 */
function isOwn(origin: string, site: string | null, publicOrigin: string | null): boolean {
  return site === 'same-origin' || (origin === publicOrigin && site !== 'cross-site' && site !== 'same-site')
}

/** Many frameworks take the method from one of these headers, so a GET with one may be a write. */
const METHOD_OVERRIDES: ReadonlySet<string> = new Set(['x-http-method-override', 'x-http-method', 'x-method-override'])

const OVERRIDE_LENGTHS: ReadonlySet<number> = new Set([...METHOD_OVERRIDES].map((name) => name.length))

function overridesMethod(name: string): boolean {
  // Most names have another length, and are not rewritten.
  return OVERRIDE_LENGTHS.has(name.length) && METHOD_OVERRIDES.has(cgiName(name))
}

/**
 * Tells whether the policy must decide about the origin before the request is sent. It must for a
 * WebSocket, and for a write whose `Origin` may be hidden: the origin API cannot check it any more.
 */
export function needsDecision({ origin, isOwn, isWrite, isUpgrade }: ForwardContext, mode: ForwardOrigin): boolean {
  return origin !== null && !isOwn && (isUpgrade || (isWrite && mode !== 'keep'))
}

/**
 * Gives the `Origin` for the origin API; null for none. The policy has not refused the origin.
 *
 * A cross-origin write loses its `Origin` only where the policy trusts the origin with credentials.
 * Such a page may read every token and act for the user already, so a check of `Origin` would
 * protect nothing. `'*'`, and a list without credentials, only say who may read.
 *
 * @param cors the policy for this request; null where {@link needsDecision} said no
 */
export function forwardedOrigin(
  { origin, isOwn, isWrite, isUpgrade }: ForwardContext,
  mode: ForwardOrigin,
  upstreamOrigin: string,
  cors: Cors | null,
): string | null {
  if (origin === null || mode === 'keep') return origin
  if (isOwn && mode === 'rewrite') return upstreamOrigin
  if (isUpgrade) return origin
  const isHidden = isOwn || !isWrite || cors?.policy.credentials === true
  return isHidden ? null : origin
}

import type { RegistrableDomain } from '../spec/sites.ts'
import { currentUrl, type FetchRequest } from './algorithms/fetch-request.ts'
import { serializeRequestOrigin } from './algorithms/origin.ts'
import type { PreflightCache } from './cache/preflight-cache.ts'
import type { CookieJar } from './cookies/jar.ts'
import type { FailureDetail } from './failures.ts'
import type { BrowserRules } from './rules.ts'
import type { Exchange, WireRequest, WireResponse } from './wire.ts'

/**
 * Answers a request: the server's side of the simulator. A throw, or null, is a connection that
 * broke.
 */
export type Send = (request: WireRequest) => WireResponse | null | Promise<WireResponse | null>

/** A remark for the author of a page. It does not block the request. */
export interface Note {
  readonly code: 'authorization-covered-by-wildcard' | 'local-network'
  readonly message: string
}

/**
 * The params of one fetch, and what it records.
 *
 * @see https://fetch.spec.whatwg.org/#fetch-params
 */
export interface FetchParams {
  readonly request: FetchRequest
  readonly rules: BrowserRules
  readonly cache: PreflightCache
  /** The cookies of the browser; null where nothing keeps cookies. */
  readonly cookies: CookieJar | null
  readonly send: Send
  /** Gives the registrable domain of a host. */
  readonly domainOf: RegistrableDomain
  readonly exchanges: Exchange[]
  readonly notes: Note[]
  /** A network error that one browser notices only when it is about to fetch the next URL. */
  pendingError: NetworkError | null
}

/** A response that arrived. */
export interface FetchedResponse {
  readonly response: WireResponse
  readonly isOpaqueRedirect: boolean
}

/** A network error of the standard, with the reason that the standard leaves out. */
export interface NetworkError {
  readonly failure: FailureDetail
  /** Whether a preflight failed. */
  readonly isPreflight: boolean
  /** The URL that was being fetched. */
  readonly url: string
  /** The serialized origin of the request at that moment. */
  readonly origin: string
  /** The status of the response that failed; null where there was none. */
  readonly status: number | null
  /** Whether a page asked its own origin. Such a request is not a CORS request. */
  readonly isSameOrigin: boolean
  /**
   * Checks the same response by the rules of another browser; null where no response was checked.
   */
  readonly checkBy: ((rules: BrowserRules) => FailureDetail | null) | null
}

/** Tells whether a fetch ended in a network error. */
export function isNetworkError<T extends object>(result: T | NetworkError): result is NetworkError {
  return 'failure' in result
}

/**
 * What a network error says besides its reason. The defaults hold for a request that got no
 * response.
 */
interface Circumstances {
  /** @default false */
  readonly isPreflight?: boolean
  /** By default the serialized origin of the request. A preflight may carry another. */
  readonly origin?: string
  /** @default null */
  readonly status?: number | null
  /** @default null */
  readonly checkBy?: NetworkError['checkBy']
}

/** Makes the network error of a request where it is now. */
export function networkError(
  { request }: FetchParams,
  failure: FailureDetail,
  circumstances: Circumstances = {},
): NetworkError {
  const { isPreflight = false, status = null, checkBy = null } = circumstances
  return {
    failure,
    isPreflight,
    url: currentUrl(request).href,
    origin: circumstances.origin ?? serializeRequestOrigin(request.origin, request.urlList),
    // A preflight is always sent for a request to another origin.
    isSameOrigin: !isPreflight && request.tainting === 'basic',
    status,
    checkBy,
  }
}

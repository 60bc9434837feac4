import type { RegistrableDomain } from '../spec/sites.ts'
import type { BrowserRules } from './engines.ts'
import type { FailureDetail } from './failures.ts'
import type { PreflightCache } from './preflight-cache.ts'
import type { FetchRequest } from './request.ts'
import type { Exchange, WireRequest, WireResponse } from './wire.ts'

/** Answers a request: the server's side of the simulator. A throw, or null, is a connection that broke. */
export type Send = (request: WireRequest) => WireResponse | null | Promise<WireResponse | null>

/** Something that a page's author should know although it blocks nothing. */
export interface Note {
  readonly code: 'authorization-covered-by-wildcard' | 'local-network'
  readonly message: string
}

/** One run of the standard's *fetch*: its params, and what it leaves behind. @see https://fetch.spec.whatwg.org/#fetch-params */
export interface FetchParams {
  readonly request: FetchRequest
  readonly rules: BrowserRules
  readonly cache: PreflightCache
  readonly send: Send
  /** Gives the registrable domain of a host. */
  readonly domainOf: RegistrableDomain
  readonly exchanges: Exchange[]
  readonly notes: Note[]
}

/** A response that arrived. */
export interface FetchedResponse {
  readonly response: WireResponse
  readonly isOpaqueRedirect: boolean
}

/** A network error of the standard, with the reason that the standard leaves out. */
export interface NetworkError {
  readonly defect: FailureDetail
  /** Whether a preflight failed. */
  readonly isPreflight: boolean
  /** The URL that was being fetched. */
  readonly url: string
  /** The serialized origin of the request at that moment. */
  readonly origin: string
  /** The status of the response that failed; null where there was none. */
  readonly status: number | null
  /** Whether a page of the same origin asked: whatever failed was no CORS request. */
  readonly isSameOrigin: boolean
  /** What another browser finds wrong first with the same response; null when it finds nothing. */
  readonly judgedBy: ((rules: BrowserRules) => FailureDetail | null) | null
}

/** Tells whether a fetch came to nothing. */
export function isNetworkError(result: FetchedResponse | NetworkError): result is NetworkError {
  return 'defect' in result
}

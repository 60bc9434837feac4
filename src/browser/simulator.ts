import { knownRegistrableDomain, type RegistrableDomain } from '../spec/sites.ts'
import { createRequest, currentUrl } from './algorithms/fetch-request.ts'
import { mainFetch } from './algorithms/main-fetch.ts'
import { OPAQUE, originOf } from './algorithms/origin.ts'
import { type PageInput, readPageInput } from './algorithms/page-input.ts'
import { basicFilter, corsFilter, exposedHeaderNames } from './algorithms/response-fields.ts'
import { localNetworkNote } from './algorithms/sites.ts'
import { createPreflightCache, type PreflightCache } from './cache/preflight-cache.ts'
import type { CookieJar } from './cookies/jar.ts'
import { type CorsFailure, describeNetworkError } from './failure.ts'
import { type FetchedResponse, type FetchParams, isNetworkError, type Note, type Send } from './fetch-params.ts'
import type { PageInit } from './request.ts'
import { type BrowserModel, type BrowserRules, rulesOf } from './rules.ts'
import type { Exchange, HeaderLine, WireResponse } from './wire.ts'

/** What a simulator is made of. */
export interface SimulatorOptions {
  /** Answers each request, line by line. A throw or null is a connection that broke. */
  readonly send: Send
  /** The browser to simulate. @default 'spec' */
  readonly browser?: BrowserModel
  /** The clock of the preflight cache, in milliseconds. @default Date.now */
  readonly now?: () => number
  /**
   * Gives the registrable domain of a host, or null where it has none. It tells same-site from
   * cross-site requests (`Sec-Fetch-Site`, `Cross-Origin-Resource-Policy`). By default a short list
   * of public suffixes decides; `corsmith/strict` has a function for the whole list.
   */
  readonly registrableDomain?: (host: string) => string | null
  /** The cookies of the browser, from `createCookieJar`. By default nothing keeps cookies. */
  readonly cookies?: CookieJar
}

/** A response that the page may read, and how it came about. */
export interface Shared {
  readonly shared: true
  /** What the server sent last. */
  readonly response: WireResponse
  /** The header lines that the page can read. */
  readonly headers: readonly HeaderLine[]
  /**
   * Names that `Access-Control-Expose-Headers` lets the page read, in lower case; empty for a
   * same-origin response.
   */
  readonly exposedHeaders: readonly string[]
  /** How the response is filtered: `response.type` in the page. */
  readonly type: 'basic' | 'cors' | 'opaque' | 'opaqueredirect'
  /** The URL of the last hop. */
  readonly url: string
  /** Whether a redirect was followed. */
  readonly redirected: boolean
  /** Everything that was sent, in order. */
  readonly exchanges: readonly Exchange[]
  /** Remarks about the request that do not block it. */
  readonly notes: readonly Note[]
}

/** A request that failed: the page gets a network error. */
export interface NotShared {
  readonly shared: false
  /** What failed. */
  readonly failure: CorsFailure
  /** Everything that was sent, in order. */
  readonly exchanges: readonly Exchange[]
  /** Remarks about the request that do not block it. */
  readonly notes: readonly Note[]
}

/** What a browser concludes of a request, line by line. */
export type Verdict = Shared | NotShared

/** A page that speaks header lines. */
export interface SimulatedPage {
  /**
   * Fetches as a page of this origin would.
   *
   * @param input a URL, relative to the page's origin, or a `Request`, whose body is used up
   * @param init as in `fetch()`
   * @returns the response that the page may read, or the failure, with everything that was sent
   * @throws {TypeError} for arguments that `fetch()` itself refuses
   */
  fetch(input: string | URL | Request, init?: PageInit): Promise<Verdict>
}

/** A browser that speaks header lines. */
export interface Simulator {
  /**
   * Opens a page. Pages of one simulator share its preflight cache and its cookies.
   *
   * @param origin the serialized origin of the page; `'null'` is an opaque origin
   * @returns the page
   * @throws {TypeError} where `origin` is not a serialized origin
   */
  page(origin: string): SimulatedPage
}

/**
 * Creates a browser that speaks header lines instead of `Request` and `Response`: for responses
 * read from a socket, from a HAR file or from a test, where a repeated header is still two lines.
 *
 * @param options what answers the requests, and the browser to simulate
 * @returns a browser with an empty preflight cache
 * @example
 * ```ts
 * import { createSimulator } from 'corsmith/browser'
 *
 * const line = ['Access-Control-Allow-Origin', '*'] as const
 * const send = () => ({ status: 200, headers: [line, line] })
 * const simulator = createSimulator({ browser: 'firefox', send })
 * const verdict = await simulator.page('https://app.example.com').fetch('https://api.example.com/')
 * if (!verdict.shared) verdict.failure.firefox // 'CORSMultipleAllowOriginNotAllowed'
 * ```
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  const rules = rulesOf(options.browser ?? 'spec')
  const setting: Setting = {
    send: options.send,
    cache: createPreflightCache(rules, options.now ?? Date.now),
    cookies: options.cookies ?? null,
    rules,
    domainOf: options.registrableDomain ?? knownRegistrableDomain,
  }
  return {
    page(origin) {
      checkOrigin(origin)
      return { fetch: async (input, init = {}) => conclude(origin, await readPageInput(input, init), setting) }
    },
  }
}

interface Setting {
  readonly send: Send
  readonly cache: PreflightCache
  readonly cookies: CookieJar | null
  readonly rules: BrowserRules
  readonly domainOf: RegistrableDomain
}

async function conclude(origin: string, { url, init }: PageInput, setting: Setting): Promise<Verdict> {
  const { rules } = setting
  const request = await createRequest(origin, url, init, rules)
  const exchanges: Exchange[] = []
  const notes: Note[] = localNetworkNote(origin, currentUrl(request))
  const fetchParams: FetchParams = { request, ...setting, exchanges, notes, pendingError: null }
  const result = await mainFetch(fetchParams)
  if (isNetworkError(result)) return { shared: false, failure: describeNetworkError(result, request), exchanges, notes }
  return { ...filtered(fetchParams, result), exchanges, notes }
}

/** @see https://fetch.spec.whatwg.org/#concept-main-fetch step 14 */
function filtered(fetchParams: FetchParams, fetched: FetchedResponse): Omit<Shared, 'exchanges' | 'notes'> {
  const { request, rules } = fetchParams
  const { response } = fetched
  const seen = {
    shared: true,
    response,
    url: currentUrl(request).href,
    redirected: request.urlList.length > 1,
  } as const
  if (fetched.isOpaqueRedirect) return { ...seen, type: 'opaqueredirect', headers: [], exposedHeaders: [] }
  if (request.tainting === 'opaque') return { ...seen, type: 'opaque', headers: [], exposedHeaders: [] }
  if (request.tainting === 'basic') {
    return { ...seen, type: 'basic', headers: basicFilter(response.headers), exposedHeaders: [] }
  }
  const exposedHeaders = exposedHeaderNames(response.headers, request.credentials, rules)
  return { ...seen, type: 'cors', headers: corsFilter(response.headers, exposedHeaders), exposedHeaders }
}

/**
 * Checks that an origin is written as a browser writes it. Another text would never match what a
 * browser sends.
 */
function checkOrigin(origin: string): void {
  if (origin === OPAQUE) return
  const url = URL.parse(origin)
  if (url !== null && originOf(url) === origin) return
  const right = url === null ? 'null or scheme://host' : originOf(url)
  throw new TypeError(`${JSON.stringify(origin)} is not a serialized origin: write ${JSON.stringify(right)}`)
}

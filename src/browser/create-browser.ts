import { fromResponse, toRequest, toResponse } from './conversions.ts'
import type { CorsFailure } from './failure.ts'
import type { Note } from './fetch-params.ts'
import type { PageInit } from './request.ts'
import type { BrowserModel } from './rules.ts'
import { createSimulator, type Verdict } from './simulator.ts'
import type { Exchange } from './wire.ts'

/** What a simulated browser is made of. */
export interface BrowserOptions {
  /** The server: any function from `Request` to `Response`, such as a Hono application's `app.fetch`. */
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Whose conclusions to draw; default `'spec'`. */
  readonly browser?: BrowserModel
  /** The clock of the preflight cache, in milliseconds; default `Date.now`. */
  readonly now?: () => number
  /**
   * Gives the registrable domain of a host, or null where it has none. It tells same-site from cross-site requests
   * (`Sec-Fetch-Site`, `Cross-Origin-Resource-Policy`). Default: by a short list of public suffixes. `corsmith/strict` has one
   * for the whole list.
   */
  readonly registrableDomain?: (host: string) => string | null
}

/** What came of a request: the response as the page sees it, or why it does not see it. */
export type Outcome =
  | {
      readonly shared: true
      /** The response as the page sees it: filtered, with the type, URL and status that `fetch()` would report. */
      readonly response: Response
      /** Names that `Access-Control-Expose-Headers` lets the page read, in lower case. */
      readonly exposedHeaders: readonly string[]
      /** Everything that was sent, in order. */
      readonly exchanges: readonly Exchange[]
      /** What deserves attention although it blocks nothing. */
      readonly notes: readonly Note[]
    }
  | {
      readonly shared: false
      /** What failed, in every browser's words. */
      readonly failure: CorsFailure
      /** Everything that was sent, in order. */
      readonly exchanges: readonly Exchange[]
      /** What deserves attention although it blocks nothing. */
      readonly notes: readonly Note[]
    }

/** A page of one origin in a simulated browser. */
export interface Page {
  /** The serialized origin of the page. */
  readonly origin: string
  /**
   * Fetches as a page of this origin would: a URL, or a `Request`, whose body is used up. Never rejects because of CORS or because of what the server does; rejects with a
   * TypeError where `fetch()` itself refuses its arguments.
   */
  fetch(input: string | URL | Request, init?: PageInit): Promise<Outcome>
}

/** A simulated browser. */
export interface Browser {
  /** Opens a page. Pages of one browser share its preflight cache. `'null'` is an opaque origin. */
  page(origin: string): Page
}

/**
 * Creates a browser that enforces CORS against a server function: same-origin policy, preflights, redirects, filtered responses.
 *
 * There is no HTTP cache, no cookie jar and no network: `exchange.credentials` says whether cookies would have been sent.
 *
 * @example
 * const browser = createBrowser({ fetch: app.fetch })
 * const outcome = await browser.page('https://app.example.com').fetch('https://api.example.com/items', { method: 'PUT' })
 * if (!outcome.shared) console.log(outcome.failure.consoleMessage.chromium)
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function createBrowser(options: BrowserOptions): Browser {
  const { fetch: server, ...setting } = options
  const check = createSimulator({
    ...setting,
    send: async (request) => fromResponse(await server(toRequest(request))),
  })
  return {
    page(origin) {
      const page = check.page(origin)
      return { origin, fetch: async (input, init) => toOutcome(await page.fetch(input, init)) }
    },
  }
}

function toOutcome(verdict: Verdict): Outcome {
  if (!verdict.shared) return verdict
  const { exposedHeaders, exchanges, notes } = verdict
  return { shared: true, response: toResponse(verdict), exposedHeaders, exchanges, notes }
}

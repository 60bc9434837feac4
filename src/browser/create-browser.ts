import { fromResponse, toRequest } from './conversions.ts'
import { type CookieJar, createCookieJar, type ThirdPartyCookies } from './cookies/jar.ts'
import { createPage, type Page } from './page/page.ts'
import type { BrowserModel } from './rules.ts'
import { createSimulator } from './simulator.ts'

/** What a simulated browser is made of. */
export interface BrowserOptions {
  /**
   * The server: any function from `Request` to `Response`, such as a Hono application's
   * `app.fetch`. `forwardTo` makes one of a running server.
   */
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** The browser to simulate. @default 'spec' */
  readonly browser?: BrowserModel
  /** The clock of the preflight cache and of the cookies, in milliseconds. @default Date.now */
  readonly now?: () => number
  /**
   * Gives the registrable domain of a host, or null where it has none. It tells same-site from
   * cross-site requests (`Sec-Fetch-Site`, `Cross-Origin-Resource-Policy`, `SameSite`). By default
   * a short list of public suffixes decides; `corsmith/strict` has a function for the whole list.
   */
  readonly registrableDomain?: (host: string) => string | null
  /**
   * What happens to cookies of another site than the page's. By default what the browser does as it
   * comes: Chromium and the standard allow them, Firefox partitions them by the site of the page,
   * and WebKit blocks them.
   */
  readonly thirdPartyCookies?: ThirdPartyCookies
}

/** A simulated browser. */
export interface Browser {
  /** The cookies that all pages of the browser share. */
  readonly cookies: CookieJar
  /**
   * Opens a page. Pages of one browser share its preflight cache and its cookies.
   *
   * @param origin the serialized origin of the page; `'null'` is an opaque origin
   * @returns the page
   * @throws {TypeError} where `origin` is not a serialized origin
   */
  page(origin: string): Page
}

/**
 * Creates a browser that enforces CORS against a server function: same-origin policy, preflights,
 * redirects, filtered responses, cookies. It has no HTTP cache and opens no connection.
 *
 * @param options the server function, and the browser to simulate
 * @returns a browser without cookies and with an empty preflight cache
 * @example
 * ```ts
 * import { createBrowser } from 'corsmith/testing'
 *
 * const browser = createBrowser({ fetch: () => new Response('hello'), browser: 'firefox' })
 * const page = browser.page('https://app.example.com')
 * const outcome = await page.request('https://api.example.com/items', { method: 'PUT' })
 * if (!outcome.shared) console.log(outcome.failure.consoleMessage.firefox)
 * ```
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function createBrowser(options: BrowserOptions): Browser {
  const { fetch: server, browser = 'spec', thirdPartyCookies, now, registrableDomain } = options
  const cookies = createCookieJar({ browser, thirdPartyCookies, now, registrableDomain })
  const handedOver = new WeakSet<object>()
  const simulator = createSimulator({
    browser,
    cookies,
    ...(now === undefined ? {} : { now }),
    ...(registrableDomain === undefined ? {} : { registrableDomain }),
    send: async (wire) => {
      const request = toRequest(wire)
      handedOver.add(request)
      return fromResponse(await server(request))
    },
  })
  return {
    cookies,
    page: (origin) =>
      createPage({
        origin,
        browser,
        simulated: simulator.page(origin),
        isHandedOver: (input) => typeof input === 'object' && input !== null && handedOver.has(input),
      }),
  }
}

import type { FetchRequest } from './algorithms/fetch-request.ts'
import type { FailureCode, FailureDetail, MessageContext } from './failures.ts'
import type { NetworkError } from './fetch-params.ts'
import { chromiumMessage } from './messages/chromium.ts'
import { firefoxMessage } from './messages/firefox.ts'
import { chromiumName, firefoxName, mdnPage } from './messages/names.ts'
import { webkitMessage } from './messages/webkit.ts'
import { type BrowserName, rulesOf } from './rules.ts'

/**
 * Why a browser keeps a response from a page, in every browser's words.
 *
 * @example
 * ```ts
 * import { createBrowser } from 'corsmith/testing'
 *
 * const browser = createBrowser({ fetch: () => new Response('hello') })
 * const outcome = await browser.page('https://app.example.com').request('https://api.example.com/')
 * if (!outcome.shared) outcome.failure.code // 'allow-origin-missing'
 * ```
 */
export interface CorsFailure {
  /** The reason. Codes are API, and `npx corsmith why <code>` explains each. */
  readonly code: FailureCode
  /** Whether the preflight failed, or the request itself (also when nothing was sent). */
  readonly during: 'preflight' | 'response'
  /** The algorithm of the Fetch Standard and its step. */
  readonly step: string
  /**
   * The offending text: a header's value, a method, a header name, a status; empty where there is
   * none.
   */
  readonly value: string
  /** The URL that was being fetched: after redirects, the last one. */
  readonly url: string
  /**
   * The origin that `Access-Control-Allow-Origin` was compared with. It is `'null'` after a
   * redirect from one foreign origin to another.
   */
  readonly origin: string
  /** The status of the response that failed; null where there was no response. */
  readonly status: number | null
  /** The `CorsError` of Chromium's developer tools; null where Chromium reports no CORS error. */
  readonly chromium: string | null
  /** The category of Firefox's console message; null where Firefox prints none about CORS. */
  readonly firefox: string | null
  /** The address of MDN's explanation. */
  readonly mdn: string
  /** The line that each browser prints in its console. */
  readonly consoleMessage: { readonly chromium: string; readonly firefox: string; readonly webkit: string }
}

/**
 * Puts a network error into the words of every browser. Each browser's line follows from its own
 * order of checks.
 */
export function describeNetworkError(error: NetworkError, request: FetchRequest): CorsFailure {
  const { failure, isPreflight, url, origin, status } = error
  const context: MessageContext = {
    isPreflight,
    url,
    firstUrl: (request.urlList[0] as URL).href,
    pageOrigin: request.origin,
    requestOrigin: origin,
    initiator: request.initiator,
    mode: request.mode,
    status,
  }
  const chromium = failureIn('chromium', error)
  const firefox = failureIn('firefox', error)
  // Firefox's CORS listener watches requests to other origins only.
  const isSilent =
    request.mode === 'no-cors' ||
    (error.isSameOrigin && failure.code !== 'scheme-not-http' && failure.code !== 'redirect-credentials')
  return {
    code: failure.code,
    during: isPreflight ? 'preflight' : 'response',
    step: failure.step,
    value: failure.value,
    url,
    origin,
    status,
    chromium: request.mode === 'cors' || isPreflight ? chromiumName(chromium, isPreflight) : null,
    firefox: isSilent ? null : firefoxName(firefox),
    mdn: mdnPage(failure),
    consoleMessage: {
      chromium: chromiumMessage(chromium, context),
      firefox: isSilent ? '' : firefoxMessage(firefox, context),
      webkit: webkitMessage(failureIn('webkit', error), context),
    },
  }
}

/**
 * What a browser finds wrong first with the same response; the simulated browser's own failure
 * where it finds nothing.
 */
function failureIn(browser: BrowserName, error: NetworkError): FailureDetail {
  return error.checkBy?.(rulesOf(browser)) ?? error.failure
}

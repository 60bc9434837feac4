import { type BrowserModel, rulesOf } from './engines.ts'
import { chromiumName, type FailureCode, type FailureDetail, firefoxName, mdnPage } from './failures.ts'
import type { NetworkError } from './fetch-params.ts'
import type { MessageContext } from './message-context.ts'
import { chromiumMessage } from './messages-chromium.ts'
import { firefoxMessage } from './messages-firefox.ts'
import { webkitMessage } from './messages-webkit.ts'
import type { FetchRequest } from './request.ts'

/** Why a browser keeps a response from a page, in every browser's words. */
export interface CorsFailure {
  /** The reason. Codes are API. */
  readonly code: FailureCode
  /** Whether the preflight failed, or the request itself (also when nothing was sent). */
  readonly during: 'preflight' | 'response'
  /** The algorithm of the Fetch Standard and its step. */
  readonly step: string
  /** The text at fault: a header's value, a method, a header name, a status; empty where there is none. */
  readonly value: string
  /** The URL that was being fetched: after redirects, the last one. */
  readonly url: string
  /** The origin that `Access-Control-Allow-Origin` was compared with; `null` after a redirect between strange origins. */
  readonly origin: string
  /** The status of the response at fault; null where there was none. */
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

/** Puts a fault into the words of every browser. Each browser's line follows from its own order of checks. */
export function describeNetworkError(networkError: NetworkError, request: FetchRequest): CorsFailure {
  const { defect, isPreflight, url, origin, status } = networkError
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
  const chromium = seenBy(networkError, 'chromium')
  const firefox = seenBy(networkError, 'firefox')
  // Firefox's CORS listener watches requests to other origins only.
  const isSilent =
    request.mode === 'no-cors' ||
    (networkError.isSameOrigin && defect.code !== 'scheme-not-http' && defect.code !== 'redirect-credentials')
  return {
    code: defect.code,
    during: isPreflight ? 'preflight' : 'response',
    step: defect.step,
    value: defect.value,
    url,
    origin,
    status,
    chromium: request.mode === 'cors' || isPreflight ? chromiumName(chromium, isPreflight) : null,
    firefox: isSilent ? null : firefoxName(firefox),
    mdn: mdnPage(defect),
    consoleMessage: {
      chromium: chromiumMessage(chromium, context),
      firefox: isSilent ? '' : firefoxMessage(firefox, context),
      webkit: webkitMessage(seenBy(networkError, 'webkit'), context),
    },
  }
}

function seenBy(networkError: NetworkError, browser: BrowserModel): FailureDetail {
  return networkError.judgedBy?.(rulesOf(browser)) ?? networkError.defect
}

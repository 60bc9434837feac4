import { type Engine, rulesOf } from './engines.ts'
import { chromiumName, type Defect, type FailureCode, firefoxName, mdnPage } from './failures.ts'
import type { Fault } from './fetching.ts'
import { chromiumMessage } from './messages-chromium.ts'
import { firefoxMessage } from './messages-firefox.ts'
import { webkitMessage } from './messages-webkit.ts'
import type { Occasion } from './occasion.ts'
import type { PageRequest } from './request.ts'

/** Why a browser keeps a response from a page, in every engine's words. */
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
  /** The line that each engine prints in its console. */
  readonly consoleMessage: { readonly chromium: string; readonly firefox: string; readonly webkit: string }
}

/** Puts a fault into the words of every engine. Each engine's line follows from its own order of checks. */
export function describeFault(fault: Fault, request: PageRequest): CorsFailure {
  const { defect, isPreflight, url, origin, status } = fault
  const occasion: Occasion = {
    isPreflight,
    url,
    firstUrl: (request.urlList[0] as URL).href,
    pageOrigin: request.origin,
    requestOrigin: origin,
    initiator: request.initiator,
    mode: request.mode,
    status,
  }
  const chromium = seenBy(fault, 'chromium')
  const firefox = seenBy(fault, 'firefox')
  // Firefox's CORS listener watches requests to other origins only.
  const isSilent =
    request.mode === 'no-cors' ||
    (fault.isSameOrigin && defect.code !== 'scheme-not-http' && defect.code !== 'redirect-credentials')
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
      chromium: chromiumMessage(chromium, occasion),
      firefox: isSilent ? '' : firefoxMessage(firefox, occasion),
      webkit: webkitMessage(seenBy(fault, 'webkit'), occasion),
    },
  }
}

function seenBy(fault: Fault, engine: Engine): Defect {
  return fault.judgedBy?.(rulesOf(engine)) ?? fault.defect
}

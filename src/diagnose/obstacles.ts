import type { CorsFailure } from '../browser/failure.ts'
import type { BrowserName } from '../browser/rules.ts'
import type { Exchange, HeaderLine, WireRequest, WireResponse } from '../browser/wire.ts'
import { getField, withoutField } from '../browser/wire.ts'
import {
  ALLOW_CREDENTIALS,
  ALLOW_HEADERS,
  ALLOW_METHODS,
  ALLOW_ORIGIN,
  REQUEST_HEADERS,
  REQUEST_METHOD,
} from '../spec/fields.ts'
import type { Call } from './page-request.ts'
import { requestKey } from './recorder.ts'
import { askBrowser } from './verdicts.ts'

/** A failure, and the exchange whose response caused it. */
export interface Obstacle {
  readonly failure: CorsFailure
  /** That exchange; null if nothing was sent. */
  readonly exchange: Exchange | null
}

/** A limit. No real answer has more failures one after another. */
const MAX_OBSTACLES = 10

/**
 * Lists everything that blocks a request, in the order in which a browser would meet it. A browser
 * reports only the first failure. To find the next one, this function repairs the first in the
 * recorded answer and asks the simulator again.
 *
 * For example, a preflight for PUT is answered with 404 and no CORS headers. The first failure is
 * `allow-origin-missing`. With the header added it is `preflight-status`, and with a 204 it is
 * `method-not-allowed`. With the method added the browser sends the PUT.
 *
 * @param call The page's request.
 * @param browser The browser whose order counts.
 * @param answer Returns the recorded answer. For a request that was never sent, it returns the
 * nearest one.
 * @returns The failures; empty if the response is shared.
 */
export async function listObstacles(
  call: Call,
  browser: BrowserName,
  answer: (request: WireRequest) => WireResponse | null,
): Promise<readonly Obstacle[]> {
  const repaired = new Map<string, WireResponse>()
  const obstacles: Obstacle[] = []
  while (obstacles.length < MAX_OBSTACLES) {
    const verdict = await askBrowser(browser, call, (request) => repaired.get(requestKey(request)) ?? answer(request))
    if (verdict.shared) break
    const exchange = verdict.exchanges.at(-1) ?? null
    obstacles.push({ failure: verdict.failure, exchange })
    const next = exchange === null ? null : repair(verdict.failure, exchange)
    if (next === null || exchange === null) break
    repaired.set(requestKey(exchange.request), next)
  }
  return obstacles
}

/** Repairs one failure in its response. Returns null if no header repairs it. */
function repair(failure: CorsFailure, { request, response }: Exchange): WireResponse | null {
  if (response === null) return null
  switch (failure.code) {
    case 'allow-origin-missing':
    case 'allow-origin-wildcard':
    case 'allow-origin-multiple':
    case 'allow-origin-malformed':
    case 'allow-origin-mismatch':
      return replace(response, ALLOW_ORIGIN, failure.origin)
    case 'allow-credentials':
      return replace(response, ALLOW_CREDENTIALS, 'true')
    case 'preflight-status':
    case 'preflight-redirect':
      return { ...response, status: 204, headers: withoutField(response.headers, 'location') }
    case 'allow-methods-syntax':
      return replace(response, ALLOW_METHODS, getField(request.headers, REQUEST_METHOD) ?? '')
    case 'allow-headers-syntax':
      return replace(response, ALLOW_HEADERS, getField(request.headers, REQUEST_HEADERS) ?? '')
    case 'method-not-allowed':
      return add(response, ALLOW_METHODS, failure.value)
    case 'header-not-allowed':
      return add(response, ALLOW_HEADERS, failure.value)
    default:
      return null
  }
}

function replace(response: WireResponse, name: string, value: string): WireResponse {
  return { ...response, headers: [...withoutField(response.headers, name), [name, value]] }
}

function add(response: WireResponse, name: string, value: string): WireResponse {
  const present = getField(response.headers, name)
  const line: HeaderLine = [name, present === null || present === '' ? value : `${present}, ${value}`]
  return { ...response, headers: [...withoutField(response.headers, name), line] }
}

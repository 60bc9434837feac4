import { ALLOW_CREDENTIALS, ALLOW_ORIGIN } from '../../spec/fields.ts'
import type { FailureDetail } from '../failures.ts'
import type { CredentialsMode } from '../request.ts'
import type { BrowserRules } from '../rules.ts'
import { fieldLines, type WireResponse } from '../wire.ts'
import { readField } from './response-fields.ts'

/** What the CORS check needs to know of a request. */
export interface CheckedRequest {
  /**
   * The serialized origin that the request carried; `null` for opaque origins and tainted
   * redirects.
   */
  readonly origin: string
  /** The credentials mode of what the page asked for, also for its preflight. */
  readonly credentials: CredentialsMode
}

/**
 * Checks whether a response may be shared with the origin that asked for it. Null is success.
 *
 * @example
 * ```ts
 * const response: WireResponse = { status: 200, headers: [['Access-Control-Allow-Origin', '*']] }
 * corsCheck({ origin: 'https://a.com', credentials: 'omit' }, response, rulesOf('spec')) // null: shared
 * ```
 * @see https://fetch.spec.whatwg.org/#concept-cors-check
 */
export function corsCheck(request: CheckedRequest, response: WireResponse, rules: BrowserRules): FailureDetail | null {
  // 1. Let origin be the result of getting `Access-Control-Allow-Origin` from response's header
  //    list.
  const origin = readField(response.headers, ALLOW_ORIGIN, rules)
  // 2. If origin is null, then return failure.
  if (origin === null) return { code: 'allow-origin-missing', step: 'CORS check, step 2', value: '' }
  const lines = countLines(response, rules)
  if (lines > 1 && rules.countsOriginLines) return originFailure(origin, lines)
  // 3. If request's credentials mode is not "include" and origin is `*`, then return success.
  if (request.credentials !== 'include' && origin === '*') return null
  // 4. If the result of byte-serializing a request origin with request is not origin, then return
  //    failure.
  if (origin !== request.origin) return originFailure(origin, lines)
  // 5. If request's credentials mode is not "include", then return success.
  if (request.credentials !== 'include') return null
  // 6. Let credentials be the result of getting `Access-Control-Allow-Credentials` from response's
  //    header list.
  const credentials = readField(response.headers, ALLOW_CREDENTIALS, rules)
  // 7. If credentials is `true`, then return success.
  if (credentials === 'true') return null
  // 8. Return failure.
  return { code: 'allow-credentials', step: 'CORS check, step 8', value: credentials ?? '' }
}

function countLines(response: WireResponse, rules: BrowserRules): number {
  if (!rules.countsOriginLines) return fieldLines(response.headers, ALLOW_ORIGIN).length
  return response.headers.filter(([name]) => name === ALLOW_ORIGIN).length
}

/**
 * Names what is wrong with a value that is not the origin. The standard has one failure for all of
 * it; this is Chromium's order.
 */
function originFailure(value: string, lines: number): FailureDetail {
  const step = 'CORS check, step 4'
  if (lines > 1) return { code: 'allow-origin-multiple', step, value, lines }
  if (value === '*') return { code: 'allow-origin-wildcard', step, value }
  if (value.includes(',') || value.includes(' ')) return { code: 'allow-origin-multiple', step, value, lines }
  if (value !== 'null' && !URL.canParse(value)) return { code: 'allow-origin-malformed', step, value }
  return { code: 'allow-origin-mismatch', step, value }
}

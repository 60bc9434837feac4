import type { FailureDetail } from './failures.ts'
import type { RedirectMode } from './fetch-types.ts'
import { isBrokenByLocation, isRedirectStatus, locationUrl } from './location.ts'
import { includesCredentials, isHttpScheme } from './origin.ts'
import type { RedirectRules } from './redirect-rules.ts'
import { fieldLines, getField, type WireResponse } from './wire.ts'

/** Where browsers judge the status of a preflight differently. */
export interface PreflightStatusRules extends RedirectRules {
  /** Whether the status is looked at before `Access-Control-Allow-Origin`. */
  readonly statusBeforeOrigin: boolean
  /** Whether a redirect is refused before its headers are looked at. */
  readonly redirectBeforeOrigin: boolean
  /**
   * Whether a preflight has the redirect mode of its request: with "follow" its `Location` is read first, as any other would be;
   * with another mode it is a bad status like any other.
   */
  readonly preflightTakesRedirectMode: boolean
}

/** What is wrong with a status, and whether that is found before the CORS check. */
interface StatusDefect {
  readonly defect: FailureDetail
  readonly isFirst: boolean
}

/** Finds what is wrong with the status of a preflight; null for an ok status. @see https://fetch.spec.whatwg.org/#ok-status */
export function statusDefect(
  request: { readonly url: string; readonly redirect: RedirectMode },
  response: WireResponse,
  rules: PreflightStatusRules,
): StatusDefect | null {
  const { status, headers } = response
  const url = new URL(request.url)
  if (isBrokenByLocation(response, url, rules)) {
    return { defect: { code: 'network-error', step: 'HTTP-network fetch', value: '' }, isFirst: true }
  }
  if (status >= 200 && status <= 299) return null
  const bad = { defect: defect('preflight-status', String(status)), isFirst: rules.statusBeforeOrigin }
  if (!isRedirectStatus(status) || fieldLines(headers, 'location').length === 0) return bad
  const location = locationUrl(response, url, rules)
  if (location === null) return bad
  const value = getField(headers, 'location') ?? ''
  if (rules.preflightTakesRedirectMode) {
    if (request.redirect !== 'follow') return bad
    const { locationsRefusedFirst } = rules
    if (location === 'failure')
      return { defect: defect('redirect-location', value), isFirst: locationsRefusedFirst.includes('malformed') }
    if (!isHttpScheme(location))
      return { defect: defect('redirect-scheme', value), isFirst: locationsRefusedFirst.includes(location.protocol) }
    if (includesCredentials(location)) return { defect: defect('redirect-credentials', value), isFirst: false }
  }
  const isFirst = rules.statusBeforeOrigin || rules.redirectBeforeOrigin
  return { defect: defect('preflight-redirect', value), isFirst }
}

function defect(code: FailureDetail['code'], value: string): FailureDetail {
  return { code, step: 'CORS-preflight fetch, step 7', value }
}

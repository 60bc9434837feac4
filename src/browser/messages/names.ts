import type { FailureCode, FailureDetail } from '../failures.ts'

/** What each browser calls a failure, and where MDN explains it. */
interface Names {
  /**
   * Chromium's `Network.CorsError` for a response, and for a preflight where it differs; null where
   * it reports none.
   */
  readonly chromium: string | null
  readonly chromiumPreflight?: string
  /** Firefox's message category; null where it prints no CORS message. */
  readonly firefox: string | null
  /** The last part of the page's address on MDN. */
  readonly mdn: string | null
}

const NAMES: Readonly<Record<FailureCode, Names>> = {
  'allow-origin-missing': {
    chromium: 'MissingAllowOriginHeader',
    chromiumPreflight: 'PreflightMissingAllowOriginHeader',
    firefox: 'CORSMissingAllowOrigin2',
    mdn: 'CORSMissingAllowOrigin',
  },
  'allow-origin-wildcard': {
    chromium: 'WildcardOriginNotAllowed',
    chromiumPreflight: 'PreflightWildcardOriginNotAllowed',
    firefox: 'CORSNotSupportingCredentials',
    mdn: 'CORSNotSupportingCredentials',
  },
  'allow-origin-multiple': {
    chromium: 'MultipleAllowOriginValues',
    chromiumPreflight: 'PreflightMultipleAllowOriginValues',
    firefox: 'CORSAllowOriginNotMatchingOrigin',
    mdn: 'CORSMultipleAllowOriginNotAllowed',
  },
  'allow-origin-malformed': {
    chromium: 'InvalidAllowOriginValue',
    chromiumPreflight: 'PreflightInvalidAllowOriginValue',
    firefox: 'CORSAllowOriginNotMatchingOrigin',
    mdn: 'CORSAllowOriginNotMatchingOrigin',
  },
  'allow-origin-mismatch': {
    chromium: 'AllowOriginMismatch',
    chromiumPreflight: 'PreflightAllowOriginMismatch',
    firefox: 'CORSAllowOriginNotMatchingOrigin',
    mdn: 'CORSAllowOriginNotMatchingOrigin',
  },
  'allow-credentials': {
    chromium: 'InvalidAllowCredentials',
    chromiumPreflight: 'PreflightInvalidAllowCredentials',
    firefox: 'CORSMissingAllowCredentials',
    mdn: 'CORSMissingAllowCredentials',
  },
  'preflight-status': {
    chromium: 'PreflightInvalidStatus',
    firefox: 'CORSPreflightDidNotSucceed3',
    mdn: 'CORSPreflightDidNotSucceed',
  },
  'preflight-redirect': {
    chromium: 'PreflightDisallowedRedirect',
    firefox: 'CORSExternalRedirectNotAllowed',
    mdn: 'CORSExternalRedirectNotAllowed',
  },
  'allow-methods-syntax': {
    chromium: 'InvalidAllowMethodsPreflightResponse',
    firefox: 'CORSInvalidAllowMethod',
    mdn: 'CORSInvalidAllowMethod',
  },
  'allow-headers-syntax': {
    chromium: 'InvalidAllowHeadersPreflightResponse',
    firefox: 'CORSInvalidAllowHeader',
    mdn: 'CORSInvalidAllowHeader',
  },
  'method-not-allowed': {
    chromium: 'MethodDisallowedByPreflightResponse',
    firefox: 'CORSMethodNotFound',
    mdn: 'CORSMethodNotFound',
  },
  'header-not-allowed': {
    chromium: 'HeaderDisallowedByPreflightResponse',
    firefox: 'CORSMissingAllowHeaderFromPreflight2',
    mdn: 'CORSMissingAllowHeaderFromPreflight',
  },
  'redirect-credentials': {
    chromium: 'RedirectContainsCredentials',
    firefox: 'CORSDidNotSucceed2',
    mdn: 'CORSDidNotSucceed',
  },
  'redirect-scheme': { chromium: 'CorsDisabledScheme', firefox: 'CORSDidNotSucceed2', mdn: 'CORSDidNotSucceed' },
  'embedded-credentials': { chromium: null, firefox: null, mdn: null },
  'redirect-location': { chromium: null, firefox: 'CORSDidNotSucceed2', mdn: 'CORSDidNotSucceed' },
  'redirect-limit': { chromium: null, firefox: 'CORSDidNotSucceed2', mdn: 'CORSDidNotSucceed' },
  'redirect-mode': { chromium: null, firefox: null, mdn: null },
  'redirect-body': { chromium: null, firefox: 'CORSDidNotSucceed2', mdn: 'CORSDidNotSucceed' },
  'scheme-not-http': { chromium: null, firefox: 'CORSRequestNotHttp', mdn: 'CORSRequestNotHttp' },
  'same-origin-mode': { chromium: null, firefox: null, mdn: null },
  'no-cors-redirect-mode': { chromium: null, firefox: null, mdn: null },
  'resource-policy': { chromium: null, firefox: null, mdn: null },
  'bad-port': { chromium: null, firefox: null, mdn: null },
  'network-error': { chromium: null, firefox: 'CORSDidNotSucceed2', mdn: 'CORSDidNotSucceed' },
}

const MDN = 'https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS/Errors'

/** Names a failure as Chromium's developer tools do; null where they report no CORS error. */
export function chromiumName(failure: FailureDetail, duringPreflight: boolean): string | null {
  // These schemes are refused by the network stack already.
  if (
    failure.code === 'redirect-scheme' &&
    /^(about|blob|chrome|data|file|filesystem|view-source):/.test(failure.value)
  )
    return null
  const names = NAMES[failure.code]
  return duringPreflight ? (names.chromiumPreflight ?? names.chromium) : names.chromium
}

/**
 * Names a failure by the category of Firefox's console message; null where it prints none about
 * CORS.
 */
export function firefoxName(failure: FailureDetail): string | null {
  // Firefox has another message for links to the user's files.
  if (failure.code === 'scheme-not-http' && failure.value === 'file') return null
  if (failure.code === 'allow-origin-multiple' && (failure.lines ?? 1) > 1) return 'CORSMultipleAllowOriginNotAllowed'
  return NAMES[failure.code].firefox
}

/** Gives the address of MDN's explanation; the overview where it has no page for a failure. */
export function mdnPage(failure: FailureDetail): string {
  const page = NAMES[failure.code].mdn
  return page === null ? MDN : `${MDN}/${page}`
}

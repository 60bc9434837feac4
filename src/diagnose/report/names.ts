import type { BrowserName } from '../../browser/rules.ts'
import { barriersOf, spaceOf } from '../address-space.ts'
import type { Diagnosis } from '../diagnosis.ts'
import type { NoAnswerKind } from '../transport.ts'

/** Chromium's names for failed connections. */
const NET_ERRORS: Partial<Record<NoAnswerKind, string>> = {
  dns: 'net::ERR_NAME_NOT_RESOLVED',
  refused: 'net::ERR_CONNECTION_REFUSED',
  timeout: 'net::ERR_CONNECTION_TIMED_OUT',
  tls: 'net::ERR_CERT_INVALID',
  reset: 'net::ERR_EMPTY_RESPONSE',
  'not-http': 'net::ERR_INVALID_HTTP_RESPONSE',
  'headers-too-large': 'net::ERR_RESPONSE_HEADERS_TOO_BIG',
}

/**
 * Names what a browser does with the response: `'shared'`; `'unverified'` if the request itself was
 * not sent; `'mixed-content'`; otherwise the browser's own name for the failure. That is Chromium's
 * enum or `net::ERR_…`, Firefox's category, or WebKit's console line.
 *
 * @param diagnosis The diagnosis.
 * @param browser The browser.
 * @returns The name.
 *
 * @example
 * ```ts
 * import { diagnose, verdictName } from 'corsmith/diagnose'
 *
 * const diagnosis = await diagnose('https://api.example.com/', { origin: 'https://app.example.com' })
 * verdictName(diagnosis, 'chromium') // 'MissingAllowOriginHeader'
 * ```
 */
export function verdictName(diagnosis: Diagnosis, browser: BrowserName): string {
  const verdict = diagnosis.verdicts[browser]
  const barrier = barriersOf(diagnosis.call, diagnosis.verdicts)[browser]
  if (barrier === 'mixed-content') return barrier
  if (barrier === 'insecure-local-network') return 'InsecureLocalNetwork'
  if (verdict.shared) return 'shared'
  const { failure } = verdict
  if (isUnsent(diagnosis, browser)) return 'unverified'
  if (browser === 'webkit') return failure.consoleMessage.webkit
  if (browser === 'firefox') return failure.firefox ?? failure.code
  if (failure.code === 'network-error') return netError(diagnosis)
  return failure.chromium ?? /net::\S+/.exec(failure.consoleMessage.chromium)?.[0] ?? failure.code
}

/**
 * Returns the line that a browser prints. It holds whole URLs; reports remove the secrets from
 * them.
 *
 * @param diagnosis The diagnosis.
 * @param browser The browser.
 * @returns The line; null if the browser prints none.
 *
 * @example
 * ```ts
 * import { consoleLine, diagnose } from 'corsmith/diagnose'
 *
 * const diagnosis = await diagnose('https://api.example.com/', { origin: 'https://app.example.com' })
 * consoleLine(diagnosis, 'firefox') // 'Cross-Origin Request Blocked: …'
 * ```
 */
export function consoleLine(diagnosis: Diagnosis, browser: BrowserName): string | null {
  const verdict = diagnosis.verdicts[browser]
  const barrier = barriersOf(diagnosis.call, diagnosis.verdicts)[browser]
  if (barrier === 'mixed-content') return mixedContentLine(diagnosis, browser)
  if (barrier === 'insecure-local-network') return localNetworkLine(diagnosis)
  if (verdict.shared || isUnsent(diagnosis, browser)) return null
  const line = verdict.failure.consoleMessage[browser]
  if (browser === 'chromium' && verdict.failure.code === 'network-error')
    return line.replace('net::ERR_FAILED', netError(diagnosis))
  return line || null
}

/** Returns whether a browser would allow the request, which was not sent. */
function isUnsent(diagnosis: Diagnosis, browser: BrowserName): boolean {
  const verdict = diagnosis.verdicts[browser]
  return diagnosis.isWithheld && !verdict.shared && verdict.failure.code === 'network-error'
}

function netError({ observations }: Diagnosis): string {
  const kind = observations.find(({ trouble: noAnswer }) => noAnswer !== null && noAnswer.kind !== 'withheld')?.trouble
    ?.kind
  return (kind && NET_ERRORS[kind]) ?? 'net::ERR_FAILED'
}

/** Recorded in Chromium 156. */
function localNetworkLine({ call }: Diagnosis): string {
  const what = call.initiator === 'xhr' ? 'XMLHttpRequest' : call.initiator === 'fetch' ? 'fetch' : 'resource'
  return `Access to ${what} at '${call.url.href}' from origin '${call.origin}' has been blocked by CORS policy: The request client is not a secure context and the resource is in more-private address space \`${spaceOf(call.url.hostname)}\`.`
}

function mixedContentLine({ call }: Diagnosis, browser: BrowserName): string {
  const url = call.url.href
  if (browser === 'firefox') return `Blocked loading mixed active content “${url}”`
  if (browser === 'webkit')
    return `[blocked] The page at ${call.origin}/ was not allowed to run insecure content from ${url}.`
  return `Mixed Content: The page at '${call.origin}/' was loaded over HTTPS, but requested an insecure resource '${url}'. This request has been blocked; the content must be served over HTTPS.`
}

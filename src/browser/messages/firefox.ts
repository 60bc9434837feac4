import type { FailureDetail, MessageContext } from '../failures.ts'

/** Writes the first line that Firefox 153 prints in its console; empty where it prints none. */
export function firefoxMessage(failure: FailureDetail, context: MessageContext): string {
  const { url, status } = context
  const loose = firefoxOther(failure, context)
  if (loose !== null) return loose
  const frame = 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at'
  const [reason, code] = firefoxReason(failure, status)
  // One of Firefox's sentences quotes the address.
  const address = failure.code === 'allow-origin-wildcard' ? `‘${url}’` : url
  return `${frame} ${address}. (Reason: ${reason}).${code === null ? '' : ` Status code: ${code}.`}`
}

function firefoxReason(failure: FailureDetail, status: number | null): [reason: string, status: string | null] {
  const { code, lines } = failure
  const value = asUtf8(failure.value)
  switch (code) {
    case 'allow-origin-missing':
      return ['CORS header ‘Access-Control-Allow-Origin’ missing', String(status)]
    case 'allow-origin-wildcard':
      return ['Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’', null]
    case 'allow-origin-multiple':
      if ((lines ?? 1) > 1) return ['Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed', null]
      return [`CORS header ‘Access-Control-Allow-Origin’ does not match ‘${value}’`, null]
    case 'allow-origin-malformed':
    case 'allow-origin-mismatch':
      return [`CORS header ‘Access-Control-Allow-Origin’ does not match ‘${value}’`, null]
    case 'allow-credentials':
      return ['expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’', null]
    case 'preflight-status':
      return ['CORS preflight response did not succeed', String(status)]
    case 'preflight-redirect':
      return ['CORS request external redirect not allowed', null]
    case 'allow-methods-syntax':
      return [`invalid token ‘${value}’ in CORS header ‘Access-Control-Allow-Methods’`, null]
    case 'allow-headers-syntax':
      return [`invalid token ‘${value}’ in CORS header ‘Access-Control-Allow-Headers’`, null]
    case 'method-not-allowed':
      return ['Did not find method in CORS header ‘Access-Control-Allow-Methods’', null]
    case 'header-not-allowed':
      return [
        `header ‘${value}’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response`,
        null,
      ]
    case 'scheme-not-http':
      return ['CORS request not http', null]
    default:
      return ['CORS request did not succeed', '(null)']
  }
}

/**
 * What Firefox prints without its CORS frame; an empty text where it prints nothing, null where it
 * uses the frame.
 */
function firefoxOther(failure: FailureDetail, context: MessageContext): string | null {
  switch (failure.code) {
    case 'same-origin-mode':
      return `Security Error: Content at ${context.pageOrigin}/ may not load data from ${context.url}.`
    case 'scheme-not-http':
      if (failure.value !== 'file') return null
      return `Security Error: Content at ${context.pageOrigin}/ may not load or link to ${context.url}.`
    case 'bad-port':
    case 'no-cors-redirect-mode':
    case 'redirect-mode':
    case 'embedded-credentials':
      return ''
    case 'resource-policy':
      return `The resource at “${context.url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#`
    default:
      return null
  }
}

/** Firefox reads the bytes of a value as UTF-8. */
function asUtf8(value: string): string {
  return new TextDecoder().decode(Uint8Array.from(value, (char) => char.charCodeAt(0)))
}

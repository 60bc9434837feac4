import type { FailureDetail, MessageContext } from '../failures.ts'
import type { Initiator } from '../request.ts'
import { chromiumName } from './names.ts'

const CHROMIUM_KINDS: Readonly<Record<Initiator, string>> = {
  fetch: 'fetch',
  xhr: 'XMLHttpRequest',
  beacon: 'resource',
  eventsource: 'resource',
  script: 'script',
  style: 'CSS stylesheet',
  image: 'image',
  font: 'font',
}

/** Writes the line that Chromium 156 prints in its console. */
export function chromiumMessage(failure: FailureDetail, context: MessageContext): string {
  const { firstUrl, pageOrigin, initiator, isPreflight } = context
  // A redirect to another scheme is followed as far as the check of the scheme.
  const url = failure.code === 'redirect-scheme' ? failure.value : context.url
  const loose = chromiumOther(failure, context)
  if (loose !== null) return loose
  const redirected = url === firstUrl ? '' : ` (redirected from '${firstUrl}')`
  const name = chromiumName(failure, isPreflight) ?? ''
  const prefix = name.startsWith('Preflight') ? "Response to preflight request doesn't pass access control check: " : ''
  return `Access to ${CHROMIUM_KINDS[initiator]} at '${url}'${redirected} from origin '${pageOrigin}' has been blocked by CORS policy: ${prefix}${chromiumReason(failure, initiator)}`
}

function chromiumReason(failure: FailureDetail, initiator: Initiator): string {
  const { code, value } = failure
  const shown = escapeValue(value)
  const xhr =
    initiator === 'xhr'
      ? ' The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.'
      : ''
  const hint = initiator === 'fetch' ? ' Have the server send the header with a valid value.' : ''
  switch (code) {
    case 'allow-origin-missing':
      return "No 'Access-Control-Allow-Origin' header is present on the requested resource."
    case 'allow-origin-wildcard':
      return `The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.${xhr}`
    case 'allow-origin-multiple':
      return `The 'Access-Control-Allow-Origin' header contains multiple values '${shown}', but only one is allowed.${hint}`
    case 'allow-origin-malformed':
      return `The 'Access-Control-Allow-Origin' header contains the invalid value '${shown}'.${hint}`
    case 'allow-origin-mismatch':
      return `The 'Access-Control-Allow-Origin' header has a value '${shown}' that is not equal to the supplied origin.${hint}`
    case 'allow-credentials':
      return `The value of the 'Access-Control-Allow-Credentials' header in the response is '${shown}' which must be 'true' when the request's credentials mode is 'include'.${xhr}`
    case 'preflight-status':
      return 'It does not have HTTP ok status.'
    case 'preflight-redirect':
      return 'Redirect is not allowed for a preflight request.'
    case 'allow-methods-syntax':
      return 'Cannot parse Access-Control-Allow-Methods response header field in preflight response.'
    case 'allow-headers-syntax':
      return 'Cannot parse Access-Control-Allow-Headers response header field in preflight response.'
    case 'method-not-allowed':
      return `Method ${shown} is not allowed by Access-Control-Allow-Methods in preflight response.`
    case 'header-not-allowed':
      return `Request header field ${shown} is not allowed by Access-Control-Allow-Headers in preflight response.`
    case 'redirect-credentials':
      return "Redirect location '' contains a username and password, which is disallowed for cross-origin requests."
    case 'redirect-scheme':
      return 'Cross origin requests are only supported for protocol schemes: chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app.'
    default:
      return ''
  }
}

/** What Chromium prints without its CORS frame; null where it uses the frame. */
function chromiumOther(failure: FailureDetail, context: MessageContext): string | null {
  switch (failure.code) {
    case 'same-origin-mode':
      return `Fetch API cannot load ${context.url}. Request mode is "same-origin" but the URL's origin is not same as the request origin ${context.pageOrigin}.`
    case 'scheme-not-http':
      if (failure.value === 'file') return `Not allowed to load local resource: ${context.url}`
      return `Fetch API cannot load ${context.url}. URL scheme "${failure.value}" is not supported.`
    case 'no-cors-redirect-mode':
      return `Fetch API cannot load ${context.url}. Request mode is "no-cors" but the redirect mode is not "follow".`
    case 'redirect-scheme':
      if (context.mode !== 'cors') return 'Failed to load resource: net::ERR_UNKNOWN_URL_SCHEME'
      return chromiumName(failure, false) === null ? 'Failed to load resource: net::ERR_UNSAFE_REDIRECT' : null
    case 'redirect-location':
      return 'Failed to load resource: net::ERR_INVALID_REDIRECT'
    case 'redirect-limit':
      return 'Failed to load resource: net::ERR_TOO_MANY_REDIRECTS'
    case 'redirect-body':
      return 'Failed to load resource: net::ERR_INVALID_ARGUMENT'
    case 'resource-policy':
      return `Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.${failure.value === 'same-site' ? 'NotSameSite' : 'NotSameOrigin'}`
    case 'bad-port':
      return 'Failed to load resource: net::ERR_UNSAFE_PORT'
    case 'redirect-mode':
    case 'embedded-credentials':
    case 'network-error':
      return 'Failed to load resource: net::ERR_FAILED'
    default:
      return null
  }
}

/** Chromium writes bytes that are not printable ASCII as `\uXXXX`. */
function escapeValue(value: string): string {
  let text = ''
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    text += code < 0x20 || code >= 0x7f ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : value.charAt(i)
  }
  return text
}

/**
 * The lines that engines print in their consoles, word for word. Chromium 156, Firefox 153, WebKit 2.50.
 */
import { chromiumName, type Defect } from './failures.ts'
import type { Initiator } from './request.ts'

/** When and where a failure happened. */
export interface Occasion {
  readonly isPreflight: boolean
  /** The URL that was being fetched. */
  readonly url: string
  /** The URL that the page asked for. */
  readonly firstUrl: string
  /** The origin of the page. */
  readonly pageOrigin: string
  /** The origin that was sent. */
  readonly requestOrigin: string
  readonly initiator: Initiator
  readonly status: number | null
}

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

/** Writes Chromium's line. */
export function chromiumMessage(defect: Defect, occasion: Occasion): string {
  const { url, firstUrl, pageOrigin, initiator, isPreflight } = occasion
  const loose = chromiumOther(defect, occasion)
  if (loose !== null) return loose
  const redirected = url === firstUrl ? '' : ` (redirected from '${firstUrl}')`
  const name = chromiumName(defect, isPreflight) ?? ''
  const prefix = name.startsWith('Preflight') ? "Response to preflight request doesn't pass access control check: " : ''
  return `Access to ${CHROMIUM_KINDS[initiator]} at '${url}'${redirected} from origin '${pageOrigin}' has been blocked by CORS policy: ${prefix}${chromiumReason(defect, initiator)}`
}

function chromiumReason(defect: Defect, initiator: Initiator): string {
  const { code, value } = defect
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
      return 'Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, chrome-untrusted, data, http, https, isolated-app.'
    default:
      return ''
  }
}

/** What Chromium prints outside its CORS frame. */
function chromiumOther(defect: Defect, occasion: Occasion): string | null {
  switch (defect.code) {
    case 'same-origin-mode':
      return `Fetch API cannot load ${occasion.url}. Request mode is "same-origin" but the URL's origin is not same as the request origin ${occasion.pageOrigin}.`
    case 'scheme-not-http':
      return `Fetch API cannot load ${occasion.url}. URL scheme "${defect.value}" is not supported.`
    case 'no-cors-redirect-mode':
      return `Fetch API cannot load ${occasion.url}. Request mode is "no-cors" but the redirect mode is not "follow".`
    case 'redirect-scheme':
      return chromiumName(defect, false) === null ? 'Failed to load resource: net::ERR_UNSAFE_REDIRECT' : null
    case 'redirect-location':
      return 'Failed to load resource: net::ERR_INVALID_REDIRECT'
    case 'redirect-limit':
      return 'Failed to load resource: net::ERR_TOO_MANY_REDIRECTS'
    case 'redirect-body':
      return 'Failed to load resource: net::ERR_INVALID_ARGUMENT'
    case 'resource-policy':
      return 'Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin'
    case 'bad-port':
      return 'Failed to load resource: net::ERR_UNSAFE_PORT'
    case 'redirect-mode':
    case 'network-error':
      return 'Failed to load resource: net::ERR_FAILED'
    default:
      return null
  }
}

/** Writes Firefox's line. */
export function firefoxMessage(defect: Defect, occasion: Occasion): string {
  const { url, firstUrl, status } = occasion
  const loose = firefoxOther(defect, occasion)
  if (loose !== null) return loose
  const frame = 'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at'
  const shown = defect.code.startsWith('redirect-') ? firstUrl : url
  const [reason, code] = firefoxReason(defect, status)
  return `${frame} ${shown}. (Reason: ${reason}).${code === null ? '' : ` Status code: ${code}.`}`
}

function firefoxReason(defect: Defect, status: number | null): [reason: string, status: string | null] {
  const { code, value, lines } = defect
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

/** What Firefox prints outside its CORS frame: an empty text is nothing at all. */
function firefoxOther(defect: Defect, occasion: Occasion): string | null {
  switch (defect.code) {
    case 'same-origin-mode':
      return `Security Error: Content at ${occasion.pageOrigin}/ may not load data from ${occasion.url}.`
    case 'bad-port':
    case 'no-cors-redirect-mode':
    case 'redirect-mode':
      return ''
    case 'resource-policy':
      return `The resource at “${occasion.url}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#`
    default:
      return null
  }
}

const WEBKIT_KINDS: Readonly<Record<Initiator, string>> = {
  fetch: 'Fetch API',
  xhr: 'XMLHttpRequest',
  beacon: 'Beacon API',
  eventsource: 'EventSource',
  script: 'Script',
  style: 'Stylesheet',
  image: 'Image',
  font: 'Font',
}

/** Writes WebKit's line. */
export function webkitMessage(defect: Defect, occasion: Occasion): string {
  const { url, initiator } = occasion
  const reason = webkitReason(defect, occasion)
  return reason ?? `${WEBKIT_KINDS[initiator]} cannot load ${url} due to access control checks.`
}

function webkitReason(defect: Defect, occasion: Occasion): string | null {
  const { value, code } = defect
  const { requestOrigin, status, url } = occasion
  switch (code) {
    case 'allow-origin-missing':
    case 'allow-origin-malformed':
    case 'allow-origin-mismatch':
      return `Origin ${requestOrigin} is not allowed by Access-Control-Allow-Origin. Status code: ${status}`
    case 'allow-origin-multiple':
      if (!value.includes(','))
        return `Origin ${requestOrigin} is not allowed by Access-Control-Allow-Origin. Status code: ${status}`
      return 'Access-Control-Allow-Origin cannot contain more than one origin.'
    case 'allow-origin-wildcard':
      return 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.'
    case 'allow-credentials':
      return 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".'
    case 'preflight-status':
    case 'preflight-redirect':
      return `Preflight response is not successful. Status code: ${status}`
    case 'allow-methods-syntax':
      return `Header Access-Control-Allow-Methods has an invalid value: ${value}`
    case 'allow-headers-syntax':
      return `Header Access-Control-Allow-Headers has an invalid value: ${value}`
    case 'method-not-allowed':
      return `Method ${value} is not allowed by Access-Control-Allow-Methods.`
    case 'header-not-allowed':
      return `Request header field ${value} is not allowed by Access-Control-Allow-Headers.`
    case 'redirect-credentials':
      return `Cross-origin redirection to ${value} denied by Cross-Origin Resource Sharing policy: redirection URL ${value} has credentials`
    case 'redirect-scheme':
      return `Cross-origin redirection to ${value} denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme`
    case 'redirect-limit':
      return 'Load cannot follow more than 20 redirections'
    case 'redirect-mode':
      return `Not allowed to follow a redirection while loading ${url}`
    case 'same-origin-mode':
      return `Unsafe attempt to load URL ${url} from origin ${occasion.pageOrigin}. Domains, protocols and ports must match.`
    case 'resource-policy':
      return `Cancelled load to ${url} because it violates the resource's Cross-Origin-Resource-Policy response header.`
    case 'bad-port':
      return 'Not allowed to use restricted network port'
    default:
      return null
  }
}

/** Chromium writes bytes that do not print as `\uXXXX`. */
function escapeValue(value: string): string {
  let text = ''
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i)
    text += code < 0x20 || code === 0x7f ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}` : value.charAt(i)
  }
  return text
}

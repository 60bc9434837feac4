import type { MessageCode, Template } from './template.ts'

/** Firefox. Its sentences are translated; these are the English ones, and the categories that stand in every language. */
export const FIREFOX: readonly Template[] = [
  firefox('cors-disabled', 'CORSDisabled', /\(Reason: CORS disabled\)|\bCORSDisabled\b/),
  firefox(
    'origin-header-not-added',
    'CORSOriginHeaderNotAdded',
    /CORS header [‘']Origin[’'] cannot be added|\bCORSOriginHeaderNotAdded\b/,
  ),
  firefox(
    'preflight-redirect',
    'CORSExternalRedirectNotAllowed',
    /CORS request external redirect not allowed|\bCORSExternalRedirectNotAllowed\b/,
  ),
  firefox('scheme-not-http', 'CORSRequestNotHttp', /CORS request not http|\bCORSRequestNotHttp\b/i),
  firefox(
    'allow-origin-missing',
    'CORSMissingAllowOrigin2',
    /CORS header [‘']Access-Control-Allow-Origin[’'] missing|\bCORSMissingAllowOrigin2?\b/,
  ),
  firefox(
    'allow-origin-multiple',
    'CORSMultipleAllowOriginNotAllowed',
    /Multiple CORS header [‘']Access-Control-Allow-Origin[’'] not allowed|\bCORSMultipleAllowOriginNotAllowed\b/,
  ),
  firefox(
    'allow-origin-mismatch',
    'CORSAllowOriginNotMatchingOrigin',
    /CORS header [‘']Access-Control-Allow-Origin[’'] does not match [‘'](?<value>.*?)[’']\)|\bCORSAllowOriginNotMatchingOrigin\b/,
  ),
  firefox(
    'allow-origin-wildcard',
    'CORSNotSupportingCredentials',
    /Credential is not supported if the CORS header [‘']Access-Control-Allow-Origin[’'] is [‘']\*[’']|\bCORSNotSupportingCredentials\b/,
  ),
  firefox(
    'method-not-allowed',
    'CORSMethodNotFound',
    /Did not find method in CORS header [‘']Access-Control-Allow-Methods[’']|\bCORSMethodNotFound\b/,
  ),
  firefox(
    'allow-credentials',
    'CORSMissingAllowCredentials',
    /expected [‘']true[’'] in CORS header [‘']Access-Control-Allow-Credentials[’']|\bCORSMissingAllowCredentials\b/,
  ),
  firefox(
    'preflight-status',
    'CORSPreflightDidNotSucceed3',
    /CORS preflight (?:response|channel) did not succeed|\bCORSPreflightDidNotSucceed[23]?\b/,
  ),
  firefox(
    'allow-methods-syntax',
    'CORSInvalidAllowMethod',
    /invalid token [‘'](?<value>.*?)[’'] in CORS header [‘']Access-Control-Allow-Methods[’']|\bCORSInvalidAllowMethod\b/,
  ),
  firefox(
    'allow-headers-syntax',
    'CORSInvalidAllowHeader',
    /invalid token [‘'](?<value>.*?)[’'] in CORS header [‘']Access-Control-Allow-Headers[’']|\bCORSInvalidAllowHeader\b/,
  ),
  firefox(
    'header-not-allowed',
    'CORSMissingAllowHeaderFromPreflight2',
    /header [‘'](?<value>.*?)[’'] is not allowed according to header [‘']Access-Control-Allow-Headers[’']|missing token [‘'](?<old>.*?)[’'] in CORS header [‘']Access-Control-Allow-Headers[’']|\bCORSMissingAllowHeaderFromPreflight2?\b/,
  ),
  firefox(
    'authorization-by-wildcard',
    'CORSAllowHeaderFromPreflightDeprecation',
    /When the `Access-Control-Allow-Headers` is `\*`, the `Authorization` header is not covered|\bCORSAllowHeaderFromPreflightDeprecation\b/,
  ),
  firefox('network-error', 'CORSDidNotSucceed2', /CORS request did not succeed|\bCORSDidNotSucceed2?\b/),
  firefox('same-origin-mode', null, /Security Error: Content at (?<page>\S+) may not load data from (?<url>\S+?)\.?$/),
  firefox('mixed-content', null, /Blocked loading mixed active content [“"](?<url>\S+?)[”"]/),
  firefox(
    'content-security-policy',
    null,
    /Content-Security-Policy: The page[’']s settings (?:blocked|prevented)[\s\S]*?(?:connect-src|default-src|at (?<url>\S+))/,
  ),
  firefox(
    'service-worker',
    null,
    /Failed to load [‘'](?<url>\S+?)[’']\. A ServiceWorker (?:intercepted the request and encountered an unexpected error|passed an? opaque)/,
  ),
  firefox(
    'resource-policy',
    null,
    /The resource at [“"](?<url>\S+?)[”"] was blocked due to its Cross-Origin-Resource-Policy header/,
  ),
  firefox('opaque-response-blocking', null, /OpaqueResponseBlocking/),
  firefox('no-reason', null, /NetworkError when attempting to fetch resource/),
]

function firefox(code: MessageCode, name: string | null, pattern: RegExp): Template {
  return { speaker: 'firefox', code, name, pattern }
}

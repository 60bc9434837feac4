import type { MessageCode, Template } from './template.ts'

/** Chromium, present and past. Suffixes that came and went are simply not part of the patterns. */
export const CHROMIUM: readonly Template[] = [
  chromium(
    'allow-origin-wildcard',
    'WildcardOriginNotAllowed',
    /'Access-Control-Allow-Origin' header in the response must not be the wildcard '\*'/,
  ),
  chromium(
    'allow-origin-wildcard',
    'WildcardOriginNotAllowed',
    /A wildcard '\*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials/,
  ),
  chromium(
    'allow-origin-missing',
    'MissingAllowOriginHeader',
    /No 'Access-Control-Allow-Origin' header is present on the requested resource/,
  ),
  chromium(
    'allow-origin-multiple',
    'MultipleAllowOriginValues',
    /'Access-Control-Allow-Origin' header contains multiple values '(?<value>.*?)', but only one is allowed/,
  ),
  chromium(
    'allow-origin-malformed',
    'InvalidAllowOriginValue',
    /'Access-Control-Allow-Origin' header contains the invalid value '(?<value>.*?)'/,
  ),
  chromium(
    'allow-origin-mismatch',
    'AllowOriginMismatch',
    /'Access-Control-Allow-Origin' header has a value '(?<value>.*?)' that is not equal to the supplied origin/,
  ),
  chromium(
    'allow-credentials',
    'InvalidAllowCredentials',
    /'Access-Control-Allow-Credentials' header in the response is '(?<value>.*?)' which must be 'true'/,
  ),
  chromium('preflight-status', 'PreflightInvalidStatus', /It does not have HTTP ok status/),
  chromium(
    'preflight-status',
    'PreflightInvalidStatus',
    /Response for preflight has invalid HTTP status code (?<status>\d+)/,
  ),
  chromium('preflight-redirect', 'PreflightDisallowedRedirect', /Redirect is not allowed for a preflight request/),
  chromium('preflight-redirect', 'PreflightDisallowedRedirect', /Response for preflight is invalid \(redirect\)/),
  chromium(
    'allow-methods-syntax',
    'InvalidAllowMethodsPreflightResponse',
    /Cannot parse Access-Control-Allow-Methods response header field/,
  ),
  chromium(
    'allow-headers-syntax',
    'InvalidAllowHeadersPreflightResponse',
    /Cannot parse Access-Control-Allow-Headers response header field/,
  ),
  chromium(
    'method-not-allowed',
    'MethodDisallowedByPreflightResponse',
    /Method (?<value>\S+) is not allowed by Access-Control-Allow-Methods in preflight response/,
  ),
  chromium(
    'header-not-allowed',
    'HeaderDisallowedByPreflightResponse',
    /Request header field (?<value>\S+) is not allowed by Access-Control-Allow-Headers in preflight response/,
  ),
  chromium(
    'redirect-credentials',
    'RedirectContainsCredentials',
    /Redirect location '(?<value>.*?)' contains a username and password/,
  ),
  chromium(
    'redirect-credentials',
    'RedirectContainsCredentials',
    /The request was redirected to a URL \('(?<value>.*?)'\) which contains a userinfo/,
  ),
  chromium(
    'scheme-not-http',
    'CorsDisabledScheme',
    /Cross origin requests are only supported for (?:protocol schemes|HTTP)/,
  ),
  chromium('same-origin-mode', 'DisallowedByMode', /Cross origin requests are not allowed by request mode/),
  chromium(
    'same-origin-mode',
    'DisallowedByMode',
    /Fetch API cannot load (?<url>\S+?)\. Request mode is "same-origin" but the URL's origin is not same as the request origin (?<origin>\S+?)\.?$/,
  ),
  chromium(
    'no-cors-redirect-mode',
    'NoCorsRedirectModeNotFollow',
    /Fetch API cannot load (?<url>\S+?)\. Request mode is "no-cors" but the redirect mode is not "follow"/,
  ),
  chromium(
    'no-cors-redirect-mode',
    'NoCorsRedirectModeNotFollow',
    /Request mode is "no-cors" but the redirect mode is not "follow"/,
  ),
  chromium(
    'scheme-not-http',
    'CorsDisabledScheme',
    /Fetch API cannot load (?<url>\S+?)\. URL scheme "(?<value>[^"]*)" is not supported/,
  ),
  chromium('method-forbidden', null, /Failed to execute 'fetch' on '\w+': '(?<value>\S+)' HTTP method is unsupported/),
  chromium('invalid-response', 'InvalidResponse', /The response is invalid\./),
  chromium(
    'local-network',
    'InsecureLocalNetwork',
    /(?:request client is not a secure context|more-private address space)/,
  ),
  chromium('local-network', 'InvalidLocalNetworkAccess', /Request had a target IP address space of `?(?<value>\w+)/),
  chromium(
    'local-network',
    'LocalNetworkAccessPermissionDenied',
    /Permission was denied for this request to access the `?(?<value>\w+)`? address space/,
  ),
  chromium('service-worker', null, /The FetchEvent for ["'“](?<url>\S+?)["'”] resulted in a network error response/),
  chromium('opaque-response-blocking', null, /Cross-Origin Read Blocking \(CORB\) blocked cross-origin response/),
  chromium('opaque-response-blocking', null, /net::ERR_BLOCKED_BY_ORB/),
  chromium('embedder-policy', null, /net::ERR_BLOCKED_BY_RESPONSE\.NotSameOriginAfterDefaultedToSameOriginByCoep/),
  chromium('resource-policy', null, /net::ERR_BLOCKED_BY_RESPONSE/),
  chromium('blocked-by-extension', null, /net::ERR_BLOCKED_BY_CLIENT/),
  chromium('bad-port', null, /net::ERR_UNSAFE_PORT/),
  chromium('redirect-scheme', null, /net::ERR_UNSAFE_REDIRECT/),
  chromium('redirect-location', null, /net::ERR_INVALID_REDIRECT/),
  chromium('redirect-limit', null, /net::ERR_TOO_MANY_REDIRECTS/),
  chromium(
    'mixed-content',
    null,
    /Mixed Content: The page at '(?<page>\S+?)' was loaded over HTTPS, but requested an insecure \S+(?: \S+)? '(?<url>\S+?)'/,
  ),
  chromium(
    'content-security-policy',
    null,
    /(?:Fetch API|EventSource|XMLHttpRequest) cannot load (?<url>\S+?)\. Refused to connect because it violates the document's Content Security Policy/,
  ),
  chromium(
    'content-security-policy',
    null,
    /(?:Refused to connect to|Connecting to) '(?<url>\S+?)'? (?:because it )?violates the following Content Security Policy directive/,
  ),
  chromium(
    'network-error',
    null,
    /net::(?<value>ERR_(?:NAME|CONNECTION|CERT|SSL|TIMED|ADDRESS|INTERNET|EMPTY|HTTP2|QUIC|NETWORK|SOCKET|TUNNEL|PROXY|CONTENT|INCOMPLETE|INVALID)\w*)/,
  ),
  chromium('no-reason', null, /net::ERR_FAILED|TypeError: Failed to fetch|^Failed to fetch$/),
]

function chromium(code: MessageCode, name: string | null, pattern: RegExp): Template {
  return { speaker: 'chromium', code, name, pattern }
}

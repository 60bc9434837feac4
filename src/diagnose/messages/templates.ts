import type { FailureCode } from '../../browser/failures.ts'

/** Who prints a line: an engine, or every engine alike. */
export type Speaker = 'chromium' | 'firefox' | 'webkit' | 'any'

/** What a console line is about: a failure of CORS, or something that is taken for one. */
export type MessageCode =
  | FailureCode
  | 'mixed-content'
  | 'content-security-policy'
  | 'local-network'
  | 'blocked-by-extension'
  | 'service-worker'
  | 'opaque-response-blocking'
  | 'embedder-policy'
  | 'method-forbidden'
  | 'invalid-response'
  | 'authorization-by-wildcard'
  | 'cors-disabled'
  | 'origin-header-not-added'
  | 'no-reason'

/** A line that an engine prints, as a pattern. Named groups become the values of what was recognised. */
export interface Template {
  readonly speaker: Speaker
  readonly code: MessageCode
  /** The engine's own name: Chromium's enum, Firefox's category; null where it has none. */
  readonly name: string | null
  readonly pattern: RegExp
}

function chromium(code: MessageCode, name: string | null, pattern: RegExp): Template {
  return { speaker: 'chromium', code, name, pattern }
}

function firefox(code: MessageCode, name: string | null, pattern: RegExp): Template {
  return { speaker: 'firefox', code, name, pattern }
}

function webkit(code: MessageCode, pattern: RegExp): Template {
  return { speaker: 'webkit', code, name: null, pattern }
}

/** Chromium, present and past. Suffixes that came and went are simply not part of the patterns. */
const CHROMIUM: readonly Template[] = [
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
    /(?:Refused to connect to|Connecting to) '(?<url>\S+?)'? (?:because it )?violates the following Content Security Policy directive/,
  ),
  chromium(
    'network-error',
    null,
    /net::(?<value>ERR_(?:NAME|CONNECTION|CERT|SSL|TIMED|ADDRESS|INTERNET|EMPTY|HTTP2|QUIC|NETWORK|SOCKET|TUNNEL|PROXY|CONTENT|INCOMPLETE|INVALID)\w*)/,
  ),
  chromium('no-reason', null, /net::ERR_FAILED|TypeError: Failed to fetch|^Failed to fetch$/),
]

/** Firefox. Its sentences are translated; these are the English ones, and the categories that stand in every language. */
const FIREFOX: readonly Template[] = [
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

/** WebKit. */
const WEBKIT: readonly Template[] = [
  webkit('allow-origin-mismatch', /Origin (?<origin>\S+) is not allowed by Access-Control-Allow-Origin/),
  webkit('allow-origin-multiple', /Access-Control-Allow-Origin cannot contain more than one origin/),
  webkit('allow-origin-wildcard', /Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true/),
  webkit('allow-credentials', /Credentials flag is true, but Access-Control-Allow-Credentials is not "true"/),
  webkit('preflight-status', /Preflight response is not successful/),
  webkit('preflight-status', /CORS-preflight request was blocked|Preflight response was blocked/),
  webkit('allow-methods-syntax', /Header Access-Control-Allow-Methods has an invalid value: (?<value>.*)/),
  webkit('allow-headers-syntax', /Header Access-Control-Allow-Headers has an invalid value: (?<value>.*)/),
  webkit('method-not-allowed', /Method (?<value>\S+) is not allowed by Access-Control-Allow-Methods\.?/),
  webkit('header-not-allowed', /Request header field (?<value>\S+) is not allowed by Access-Control-Allow-Headers\.?/),
  webkit(
    'redirect-scheme',
    /Cross-origin redirection to (?<url>\S+) denied[^:]*: not allowed to follow a cross-origin CORS redirection with non CORS scheme/,
  ),
  webkit(
    'redirect-credentials',
    /Cross-origin redirection to (?<url>\S+) denied[^:]*: redirection URL (?<value>\S+) has credentials/,
  ),
  webkit(
    'allow-origin-mismatch',
    /Cross-origin redirection to (?<url>\S+) denied by Cross-Origin Resource Sharing policy/,
  ),
  webkit('redirect-limit', /Load cannot follow more than 20 redirections/),
  webkit('redirect-mode', /Not allowed to follow a redirection while loading (?<url>\S+)/),
  webkit('content-security-policy', /Blocked by Content Security Policy/),
  webkit('content-security-policy', /Refused to connect to (?<url>\S+) because it (?:does not appear in|violates)/),
  webkit('blocked-by-extension', /Blocked by content extension|Content blocker prevented/i),
  webkit(
    'resource-policy',
    /Cancelled load to (?<url>\S+) because it violates the resource's Cross-Origin-Resource-Policy/,
  ),
  webkit(
    'same-origin-mode',
    /Unsafe attempt to load URL (?<url>\S+) from origin (?<origin>\S+)\. Domains, protocols and ports must match/,
  ),
  webkit(
    'mixed-content',
    /\[blocked\] The page at (?<page>\S+) (?:was not allowed to|requested insecure content)|was not allowed to (?:display|run) insecure content from (?<url>\S+)/,
  ),
  webkit('bad-port', /Not allowed to use restricted network port/),
  webkit(
    'network-error',
    /Could not connect to the server|The network connection was lost|A server with the specified hostname could not be found|The certificate for this server is invalid|The request timed out|An SSL error has occurred/,
  ),
  webkit(
    'no-reason',
    /(?<api>Fetch API|XMLHttpRequest|EventSource|Beacon(?: API)?|Script|Stylesheet|Image|Font|Worker) cannot load (?<url>\S+) due to access control checks/,
  ),
  webkit('no-reason', /TypeError: Load failed|^Load failed$/),
]

/** Every line that engines print about CORS, and those that are taken for one. The first that fits counts. */
export const TEMPLATES: readonly Template[] = [...CHROMIUM, ...FIREFOX, ...WEBKIT]

import { type Template, templates } from './template.ts'

/**
 * What Chromium prints about rules other than CORS, its network errors, and the words of its
 * network panel.
 */
export const BEYOND: readonly Template[] = [
  ...templates('chromium', [
    [
      'embedder-policy',
      null,
      /ERR_BLOCKED_BY_RESPONSE\.NotSameOriginAfterDefaultedToSameOriginByCoep|ERR_BLOCKED_BY_RESPONSE\.Coep|corp-not-same-origin-after-defaulted-to-same-origin-by-coep|coep-frame-resource-needs-coep-header/,
    ],
    ['opener-policy', null, /coop-sandboxed-iframe-cannot-navigate-to-coop-page|ERR_BLOCKED_BY_RESPONSE\.Coop/],
    [
      'opaque-response-blocking',
      null,
      /Cross-Origin Read Blocking \(CORB\) blocked cross-origin response(?: '?(?<url>\w+:[^\s']{1,2000}))?|ERR_BLOCKED_BY_ORB|Response was blocked by (?:CORB|ORB)/,
    ],
    [
      'local-network',
      null,
      /ERR_BLOCKED_BY_(?:PRIVATE|LOCAL)_NETWORK_ACCESS_CHECKS|(?:Private|Local)NetworkAccessPermission(?:Denied|Unavailable)/,
    ],
    ['content-security-policy', null, /ERR_BLOCKED_BY_CSP|\(blocked:csp\)|blockedReason'?: ?'?csp\b/],
    ['mixed-content', null, /\(blocked:mixed-content\)/],
    ['resource-policy', null, /ERR_BLOCKED_BY_RESPONSE(?!\.\w*C[o]{1,2}[ep])|\bcorp-not-same-(?:origin|site)\b/],
    [
      'blocked-by-extension',
      null,
      /ERR_BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)|\(blocked:(?:other|inspector|subresource-filter|devtools)\)/,
    ],
    ['bad-port', null, /ERR_UNSAFE_PORT/],
    ['redirect-scheme', null, /ERR_UNSAFE_REDIRECT/],
    ['redirect-location', null, /ERR_INVALID_REDIRECT/],
    ['redirect-limit', null, /ERR_TOO_MANY_REDIRECTS/],
    [
      'scheme-not-http',
      null,
      /ERR_UNKNOWN_URL_SCHEME|ERR_DISALLOWED_URL_SCHEME|ERR_FILE_NOT_FOUND|Unsafe attempt to load URL file:|\(blocked:origin\)/,
    ],
    ['cleartext-blocked', null, /ERR_CLEARTEXT_NOT_PERMITTED/],
    [
      'mixed-content',
      null,
      /Mixed Content: The page at '(?<page>[^\s']{1,2000})' was loaded over (?:a secure connection|HTTPS), but (?:requested an insecure [\w ]{1,60}|attempted to connect to the insecure WebSocket endpoint|contains a form.{0,80}endpoint) '(?<url>[^\s']{1,2000})'/,
    ],
    [
      'mixed-content',
      null,
      /Mixed Content: |An insecure (?:WebSocket|XMLHttpRequest).{0,60}may not be (?:initiated|connected) from a page loaded over HTTPS/,
    ],
    [
      'content-security-policy',
      null,
      /(?<!\[Report Only\] )(?:Refused to [\w ]{1,40}|Connecting to|Loading (?:the|a) [\w ]{1,40}|(?:Fram|Execut|Apply|Evaluat)ing [\w ]{0,40}) ?'?(?<url>\w+:[^\s']{1,2000}?)'? ?(?:because it )?violates the following Content Security Policy directive/,
    ],
    [
      'content-security-policy',
      null,
      /because it violates the document's Content Security Policy|violates the following Content Security Policy directive(?<!\[Report Only\] .{0,2200})/,
    ],
    [
      'content-security-policy',
      null,
      /^[^:]{0,80}violat\w{1,6} .{0,60}'(?:connect|default|script|img|font|frame|style|worker)-src/i,
    ],
    ['service-worker', null, /The FetchEvent for '(?<url>[^\s']{1,2000})' resulted in a network error response/],
    [
      'report-only',
      null,
      /\[Report Only\] .{0,2000}?Content Security Policy|Content-Security-Policy(?:-Report-Only)? ?: \(Report-Only/,
    ],
    [
      'service-worker',
      null,
      /an 'opaque' response was used for a request whose type is not no-cors|Failed to convert value to 'Response'|Failed to execute 'addAll' on 'Cache'|FetchEvent\.respondWith received an error|\bno-response: no-response\b/,
    ],
    [
      'worker-origin',
      null,
      /Failed to construct '(?:Shared)?Worker'(?:\(\))?: (?:Script at|Access to the script at) '(?<url>[^\s']{1,2000})' (?:cannot be accessed from origin|is denied)(?: '(?<origin>[^\s']{1,300})')?/,
    ],
    [
      'worker-origin',
      null,
      /Failed to (?:register a ServiceWorker|execute 'importScripts').{0,200}(?:The origin of the provided scriptURL|failed to load)/,
    ],
    [
      'tainted-canvas',
      null,
      /[Tt]ainted canvas|canvas has been tainted by cross-origin data|(?:image|video) element contains cross-origin data|cross-origin image at \S{1,2000} may not be loaded|tainted by cross-origin|MediaElementAudioSource outputs zeroes due to CORS/,
    ],
    ['frame-access', null, /Blocked a frame (?:with|at) (?:origin )?'(?<origin>[^\s']{1,300})' from accessing/],
    [
      'frame-access',
      null,
      /Permission denied to access property '?[^\s']{1,80}'? on cross-origin object|Failed to read (?:a named|the '(?:content\w{1,12}|href|document|origin)') property .{0,80}from '(?:Window|Location|HTMLIFrameElement)'|Unsafe JavaScript attempt to (?:access frame|initiate navigation)/,
    ],
    ['frame-access', null, /Failed to read the '(?:cssRules|rules)' property from 'CSSStyleSheet'|Cannot access rules/],
    [
      'frame-refused',
      null,
      /Refused to (?:display|frame) '(?<url>[^\s']{1,2000})'.{0,80}(?:X-Frame-Options|frame-ancestors)|X-Frame-Options.{0,120}(?:does not permit|denied|cross-origin framing)|[Dd]enied by '?X-Frame-Options/,
    ],
    [
      'post-message',
      null,
      /[Ff]ailed to execute 'postMessage' on '\w{1,40}'(?:: The target origin provided|: Invalid target origin)|Unable to post message to (?<url>\S{1,2000}?)\. Recipient has origin|target origin .{0,200}recipient window's origin/,
    ],
    [
      'opener-policy',
      null,
      /Cross-Origin-Opener-Policy policy would block|Cross-Origin-Opener-Policy header has been ignored/,
    ],
    [
      'cross-origin-isolation',
      null,
      /SharedArrayBuffer (?:is not defined|transfer requires|will require cross-origin isolation)|Can't find variable: SharedArrayBuffer|requires? (?:self\.)?cross-?[Oo]rigin ?[Ii]solat/,
    ],
    [
      'script-type',
      null,
      /Failed to load module script: |[Rr]efused to (?:execute (?:the )?script|apply (?:the )?style) from '(?<url>[^\s']{1,2000})' because its MIME type|is not a (?:valid JavaScript|supported stylesheet) MIME type|because of a disallowed MIME type|was blocked due to MIME type .{0,40}mismatch|X-Content-Type-Options: nosniff|ERR_BLOCKED_BY_CONTENT_TYPE|\(blocked:content-type\)/,
    ],
    [
      'event-source-type',
      null,
      /EventSource's response has a (?:MIME type|charset) \('(?<value>[^']{0,100})'\) that is not|content-type specifying an unsupported type/i,
    ],
    [
      'websocket',
      null,
      /WebSocket connection to '(?<url>[^\s']{1,2000})' failed|can't establish a connection to the server at (?<server>wss?:\S{1,2000}?)\.?(?=\s|$)|connection to (?<lost>wss?:\S{1,2000}?) was interrupted|Error (?:during|in) WebSocket handshake|SCRIPT12\d{3}: WebSocket Error/i,
    ],
    [
      'subresource-integrity',
      null,
      /Failed to find a valid digest in the 'integrity' attribute for resource '(?<url>[^\s']{1,2000})'|has an integrity attribute, but the resource requires the request to be CORS enabled|Cannot load (?:script|stylesheet) \S{1,2000}\. Failed integrity metadata check/,
    ],
    [
      'cookie-blocked',
      null,
      /This (?:attempt to set a cookie via a )?Set-Cookie(?: header)? (?:was|had)|[Cc]ookie .{0,200}(?:has been|will be|was) (?:soon )?(?:rejected|blocked).{0,200}|set without the '?SameSite'? attribute|Request to access cookies? or storage on '(?<url>[^\s']{1,2000})' was blocked|requestStorageAccess|Failed to read the '(?:localStorage|sessionStorage|cookie)' property/,
    ],
    ['http-status', null, /Failed to load resource: the server responded with a status of (?<status>\d{3})/],
    [
      'http-status',
      null,
      /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE) ?'?(?<url>https?:\/\/[^\s']{1,2000}) (?<status>[45]\d\d)\b/,
    ],
    ['preflight-status', null, /\bOPTIONS ?'?(?<url>https?:\/\/[^\s']{1,2000}) (?<status>[345]\d\d)\b/],
    [
      'network-error',
      null,
      /\b(?:net::)?(?<value>ERR_(?:NAME|CONNECTION|CERT|SSL|TIMED|ADDRESS|INTERNET|EMPTY|HTTP2|HTTP_1|QUIC|NETWORK_(?!CHANGED\b)\w|SOCKET|TUNNEL|PROXY|CONTENT|INCOMPLETE|INVALID|RESPONSE|INSUFFICIENT|DNS|BAD_SSL|ICANN)\w{0,60}|ERR_NETWORK_CHANGED)/,
    ],
    ['script-error', null, /(?:^|[\s'(:])Script error\.?(?: \(:0\)|'|$| at |\s+\(?line)/],
    ['provisional-headers', null, /[Pp]rovisional headers are shown/],
    [
      'aborted',
      null,
      /net::ERR_ABORTED|\((?:canceled|cancelled)\)|AbortError: |The user aborted a request|signal is aborted without reason/,
    ],
    [
      'cors-no-reason',
      null,
      /\(blocked:cors\)|\bCORS error\b|Cross-Origin Resource Sharing error|Ensure CORS response header values are valid/,
    ],
    [
      'no-reason',
      null,
      /net::ERR_FAILED|\(failed\)|\bFailed to fetch\b|Failed to execute 'send' on 'XMLHttpRequest': Failed to load/,
    ],
    ['no-reason', null, /(?:dynamically imported module|importing a module script failed)/i],
    ['referrer-policy', null, /strict-origin-when-cross-origin/],
  ]),
]

/**
 * The names of failures in Chromium's developer tools and their protocol, without the prefix for
 * preflights.
 */
const NAMES: Readonly<Record<string, Template['code']>> = {
  MissingAllowOriginHeader: 'allow-origin-missing',
  WildcardOriginNotAllowed: 'allow-origin-wildcard',
  MultipleAllowOriginValues: 'allow-origin-multiple',
  InvalidAllowOriginValue: 'allow-origin-malformed',
  AllowOriginMismatch: 'allow-origin-mismatch',
  InvalidAllowCredentials: 'allow-credentials',
  InvalidStatus: 'preflight-status',
  DisallowedRedirect: 'preflight-redirect',
  MethodDisallowedByPreflightResponse: 'method-not-allowed',
  HeaderDisallowedByPreflightResponse: 'header-not-allowed',
  InvalidAllowMethodsPreflightResponse: 'allow-methods-syntax',
  InvalidAllowHeadersPreflightResponse: 'allow-headers-syntax',
  RedirectContainsCredentials: 'redirect-credentials',
  CorsDisabledScheme: 'scheme-not-http',
  DisallowedByMode: 'same-origin-mode',
  NoCorsRedirectModeNotFollow: 'no-cors-redirect-mode',
  MissingAllowPrivateNetwork: 'local-network',
  MissingAllowExternal: 'local-network',
  InsecurePrivateNetwork: 'local-network',
  InsecureLocalNetwork: 'local-network',
}

/** The names as templates. The network panel, archives and test drivers print them alone. */
export const NAMED: readonly Template[] = templates(
  'chromium',
  Object.entries(NAMES).map(([name, code]) => [code, name, new RegExp(`\\b(?<named>(?:Preflight)?${name})\\b`)]),
)

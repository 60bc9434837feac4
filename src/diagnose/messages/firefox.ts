import { type Template, templates } from './template.ts'

/**
 * Firefox's lines: English sentences, names of categories, and words of the network panel.
 * `firefox-structure.ts` reads the sentences in other languages.
 */
export const FIREFOX: readonly Template[] = templates('firefox', [
  ['cors-disabled', 'CORSDisabled', /\(Reason: CORS disabled\)|\bCORSDisabled\b/],
  [
    'origin-header-not-added',
    'CORSOriginHeaderNotAdded',
    /CORS header 'Origin' cannot be added|\bCORSOriginHeaderNotAdded\b|\bCORS Origin Header Missing\b/,
  ],
  [
    'preflight-redirect',
    'CORSExternalRedirectNotAllowed',
    /CORS request external redirect not allowed|\bCORSExternalRedirectNotAllowed\b|\bCORS External Redirect Not Allowed\b/,
  ],
  ['scheme-not-http', 'CORSRequestNotHttp', /CORS request not https?\b|\bCORSRequestNotHttp\b|\bCORS Not HTTP\b/i],
  [
    'allow-origin-missing',
    'CORSMissingAllowOrigin2',
    /CORS header 'Access-Control-Allow-Origin' missing|\bCORSMissingAllowOrigin2?\b|\bCORS Missing Allow Origin\b/,
  ],
  [
    'allow-origin-multiple',
    'CORSMultipleAllowOriginNotAllowed',
    /Multiple CORS header 'Access-Control-Allow-Origin' not allowed|\bCORSMultipleAllowOriginNotAllowed\b|\bCORS Multiple (?:Allow )?Origin Not Allowed\b/,
  ],
  [
    'allow-origin-mismatch',
    'CORSAllowOriginNotMatchingOrigin',
    /CORS header 'Access-Control-Allow-Origin' does not match '(?<value>.{0,2000}?)'\)|\bCORSAllowOriginNotMatchingOrigin\b|\bCORS Allow Origin Not Matching Origin\b/,
  ],
  [
    'allow-origin-wildcard',
    'CORSNotSupportingCredentials',
    /Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '(?<value>\*)'|\bCORSNotSupportingCredentials\b|\bCORS No Allow Credentials\b/,
  ],
  [
    'method-not-allowed',
    'CORSMethodNotFound',
    /Did not find method in CORS header 'Access-Control-Allow-Methods'|\bCORSMethodNotFound\b|\bCORS Method Not Found\b/,
  ],
  [
    'allow-credentials',
    'CORSMissingAllowCredentials',
    /expected 'true' in CORS header 'Access-Control-Allow-Credentials'|\bCORSMissingAllowCredentials\b|\bCORS Missing Allow Credentials\b/,
  ],
  [
    'preflight-status',
    'CORSPreflightDidNotSucceed3',
    /CORS preflight (?:response|channel) did not succeed|\bCORSPreflightDidNotSucceed[23]?\b|\bCORS Preflight Did Not Succeed\b/,
  ],
  [
    'allow-methods-syntax',
    'CORSInvalidAllowMethod',
    /invalid token '(?<value>.{0,500}?)' in CORS header 'Access-Control-Allow-Methods'|\bCORSInvalidAllowMethod\b|\bCORS Invalid Allow Method\b/,
  ],
  [
    'allow-headers-syntax',
    'CORSInvalidAllowHeader',
    /invalid token '(?<value>.{0,500}?)' in CORS header 'Access-Control-Allow-Headers'|\bCORSInvalidAllowHeader\b|\bCORS Invalid Allow Header\b/,
  ],
  [
    'header-not-allowed',
    'CORSMissingAllowHeaderFromPreflight2',
    /header '(?<value>.{0,200}?)' is not allowed according to header 'Access-Control-Allow-Headers'|missing token '(?<old>.{0,200}?)' in CORS header 'Access-Control-Allow-Headers'|\bCORSMissingAllowHeaderFromPreflight2?\b|\bCORS Missing Allow Header\b/,
  ],
  [
    'authorization-by-wildcard',
    'CORSAllowHeaderFromPreflightDeprecation',
    /When the 'Access-Control-Allow-Headers' is '\*', the 'Authorization' header is not covered|\bCORSAllowHeaderFromPreflightDeprecation\b/,
  ],
  [
    'network-error',
    'CORSDidNotSucceed2',
    /CORS request did not succeed|CORS request failed|\bCORSDidNotSucceed2?\b|\bCORS Failed\b/,
  ],
  // Before Firefox 35 the line had no reason.
  [
    'cors-no-reason',
    null,
    /This can be fixed by moving the resource to the same domain or enabling CORS|Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource/,
  ],
  [
    'allow-origin-missing',
    null,
    /downloadable font: download failed \(font-family.{0,300}?: bad URI or cross-site access not allowed(?: source: (?<url>\S{1,2000}))?/,
  ],
  [
    'same-origin-mode',
    null,
    /Security Error: Content at (?<page>\S{1,2000}) may not load data from (?<url>\S{1,2000}?)\.?(?=\s|$)/,
  ],
  ['scheme-not-http', null, /Module source URI is not allowed in this document: '(?<url>file:[^\s']{1,2000})'/],
  ['mixed-content', null, /Blocked loading mixed (?:active|display) content '(?<url>[^\s']{1,2000})'|\bMixed Block\b/],
  [
    'content-security-policy',
    null,
    /Content.Security.Policy ?: The page's settings (?:blocked|prevented|observed)(?:.{0,300}? at (?<url>\w+:\S{1,2000}?)(?: |$))?/,
  ],
  [
    'content-security-policy',
    null,
    /Content.Security.Policy ?:(?=.{0,400}\b(?:connect|default|script|img|font|frame|style|worker|media|object)-src)(?:.{0,300}?(?<url>(?:https?|wss?):\/\/[^\s']{1,2000}))?/,
  ],
  ['service-worker', null, /'(?<url>https?:\/\/[^\s']{1,2000})'.{0,60}\bServiceWorker\b/],
  ['resource-policy', null, /NS_ERROR_DOM_CORP_FAILED|\bNot same-origin\b/],
  ['resource-policy', null, /'(?<url>https?:[^\s']{1,2000})'.{0,200}\bCross-Origin-Resource-Policy\b/],
  [
    'embedder-policy',
    null,
    /NS_ERROR_DOM_COEP_FAILED|'(?<url>https?:[^\s']{1,2000})'.{0,200}\bCross-Origin-Embedder-Policy\b/,
  ],
  ['opaque-response-blocking', null, /OpaqueResponseBlocking/],
  [
    'blocked-by-extension',
    null,
    /The resource at '(?<url>[^\s']{1,2000})' was blocked because (?:content blocking|Enhanced Tracking Protection|tracking protection) is enabled|\bBlocked By (?:Extension|uBlock|DevTools|AdBlock)/,
  ],
  ['forbidden-header', null, /Attempt to set a forbidden header was denied: (?<value>\S{1,200})/],
  ['subresource-integrity', null, /'sha(?:256|384|512)' .{0,80}\bintegrity\b|\bintegrity\b.{0,80}'sha(?:256|384|512)'/],
  [
    'subresource-integrity',
    null,
    /'?(?<url>https?:\S{1,2000}?)'? is not eligible for integrity checks since it's neither CORS-enabled nor same-origin/,
  ],
  [
    'network-error',
    null,
    /\bNS_ERROR_(?<value>CONNECTION_REFUSED|UNKNOWN_HOST|NET_\w{1,40}|PROXY_\w{1,40}|OFFLINE|GENERATE_FAILURE)/,
  ],
  ['aborted', null, /\bNS_BINDING_ABORTED\b/],
  [
    'no-reason',
    null,
    /NetworkError when attempting to fetch resource|\bNS_ERROR_(?:FAILURE|DOM_BAD_URI|DOM_NETWORK_ERR)\b|Loading failed for the (?:<script>|module) with source/,
  ],
])

// What Chromium says beside CORS, as in `wordings.ts`.

export const BEYOND_LINES = `
embedder-policy · – · net::⟨ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep¦ERR_BLOCKED_BY_RESPONSE.CoepFrameResourceNeedsCoepHeader¦corp-not-same-origin-after-defaulted-to-same-origin-by-coep¦coep-frame-resource-needs-coep-header⟩
opener-policy · – · ⟨coop-sandboxed-iframe-cannot-navigate-to-coop-page¦ERR_BLOCKED_BY_RESPONSE.CoopSandboxedIFrameCannotNavigateToCoopPage⟩
opaque-response-blocking · – · Cross-Origin Read Blocking (CORB) blocked cross-origin response ⟨'¦⟩https://api.example.com/x with MIME type text/html. ⇒ url=https://api.example.com/x
opaque-response-blocking · – · ⟨Cross-Origin Read Blocking (CORB) blocked cross-origin response¦ERR_BLOCKED_BY_ORB¦Response was blocked by CORB¦Response was blocked by ORB⟩
local-network · – · ⟨ERR_BLOCKED_BY_PRIVATE_NETWORK_ACCESS_CHECKS¦ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS¦PrivateNetworkAccessPermissionDenied¦PrivateNetworkAccessPermissionUnavailable¦LocalNetworkAccessPermissionDenied¦LocalNetworkAccessPermissionUnavailable⟩
content-security-policy · – · ⟨ERR_BLOCKED_BY_CSP¦(blocked:csp)¦"blockedReason": "csp"¦"blockedReason":"csp"¦blockedReason: csp¦blockedReason:csp⟩
mixed-content · – · (blocked:mixed-content)
resource-policy · – · ⟨net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin¦net::ERR_BLOCKED_BY_RESPONSE¦corp-not-same-origin¦corp-not-same-site⟩
blocked-by-extension · – · ⟨ERR_BLOCKED_BY_CLIENT¦ERR_BLOCKED_BY_ADMINISTRATOR¦(blocked:other)¦(blocked:inspector)¦(blocked:subresource-filter)¦(blocked:devtools)⟩
bad-port · – · net::ERR_UNSAFE_PORT
redirect-scheme · – · net::ERR_UNSAFE_REDIRECT
redirect-location · – · net::ERR_INVALID_REDIRECT
redirect-limit · – · net::ERR_TOO_MANY_REDIRECTS
scheme-not-http · – · ⟨net::ERR_UNKNOWN_URL_SCHEME¦net::ERR_DISALLOWED_URL_SCHEME¦net::ERR_FILE_NOT_FOUND¦Unsafe attempt to load URL file:///home/me/a.html¦(blocked:origin)⟩
cleartext-blocked · – · net::ERR_CLEARTEXT_NOT_PERMITTED
mixed-content · – · Mixed Content: The page at 'https://app.example.com/p' was loaded over ⟨HTTPS¦a secure connection⟩, but ⟨requested an insecure resource¦requested an insecure XMLHttpRequest endpoint¦contains a form that targets an insecure endpoint⟩ 'http://api.example.com/x'. ⇒ url=http://api.example.com/x  origin=https://app.example.com
mixed-content · – · Mixed Content: The page at 'https://app.example.com/p' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://api.example.com/x'. ⇒ url=ws://api.example.com/x  origin=https://app.example.com
mixed-content · – · ⟨Mixed Content: it¦An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.¦An insecure XMLHttpRequest may not be connected from a page loaded over HTTPS.⟩
content-security-policy · – · ⟨Refused to connect to¦Connecting to¦Loading the image¦Loading a script¦Framing¦Executing script¦Applying inline style¦Evaluating a string⟩ 'https://api.example.com/x'⟨ because it ¦ ¦because it ⟩violates the following Content Security Policy directive: "connect-src 'self'". ⇒ url=https://api.example.com/x
content-security-policy · – · Connecting to https://api.example.com/x violates the following Content Security Policy directive: "connect-src 'self'". ⇒ url=https://api.example.com/x
content-security-policy · – · ⟨It was refused because it violates the document's Content Security Policy¦It violates the following Content Security Policy directive⟩.
content-security-policy · – · Es ⟨violates¦violated¦violating⟩ das '⟨connect¦default¦script¦img¦font¦frame¦style¦worker⟩-src'
service-worker · – · The FetchEvent for 'https://app.example.com/a' resulted in a network error response: the promise was rejected. ⇒ url=https://app.example.com/a
report-only · – · ⟨[Report Only] It violates the following Content Security Policy directive¦Content-Security-Policy: (Report-Only policy)¦Content-Security-Policy-Report-Only: (Report-Only policy)¦Content-Security-Policy : (Report-Only policy)⟩
service-worker · – · ⟨an 'opaque' response was used for a request whose type is not no-cors¦Failed to convert value to 'Response'¦Failed to execute 'addAll' on 'Cache'¦FetchEvent.respondWith received an error¦no-response: no-response⟩
worker-origin · – · Failed to construct '⟨Worker¦SharedWorker⟩'⟨: ¦(): ⟩⟨Script at¦Access to the script at⟩ 'https://cdn.example.com/w.js' ⟨cannot be accessed from origin¦is denied⟩ 'https://app.example.com'. ⇒ url=https://cdn.example.com/w.js  origin=https://app.example.com
worker-origin · – · Failed to construct 'Worker': Script at 'https://cdn.example.com/w.js' cannot be accessed from origin ⇒ url=https://cdn.example.com/w.js
worker-origin · – · Failed to ⟨register a ServiceWorker¦execute 'importScripts'⟩: ⟨The origin of the provided scriptURL¦it failed to load⟩
tainted-canvas · – · ⟨Tainted canvases may not be exported.¦It is a tainted canvas.¦The canvas has been tainted by cross-origin data.¦The image element contains cross-origin data¦The video element contains cross-origin data¦The cross-origin image at https://cdn.example.com/a.png may not be loaded.¦It is tainted by cross-origin content¦MediaElementAudioSource outputs zeroes due to CORS access restrictions⟩
frame-access · – · Blocked a frame ⟨with origin ¦at ¦with ⟩"https://app.example.com" from accessing a cross-origin frame. ⇒ origin=https://app.example.com
frame-access · – · Permission denied to access property ⟨'¦⟩document⟨'¦⟩ on cross-origin object
frame-access · – · Failed to read ⟨a named¦the 'contentDocument'¦the 'href'¦the 'document'¦the 'origin'⟩ property from '⟨Window¦Location¦HTMLIFrameElement⟩': Blocked.
frame-access · – · Unsafe JavaScript attempt to ⟨access frame¦initiate navigation⟩
frame-access · – · ⟨Failed to read the 'cssRules' property from 'CSSStyleSheet'¦Failed to read the 'rules' property from 'CSSStyleSheet'¦Cannot access rules⟩
frame-refused · – · Refused to ⟨display¦frame⟩ 'https://b.example/f' in a frame because it set '⟨X-Frame-Options¦frame-ancestors⟩'. ⇒ url=https://b.example/f
frame-refused · – · ⟨X-Frame-Options of it does not permit¦X-Frame-Options: denied¦X-Frame-Options forbids cross-origin framing¦Load denied by 'X-Frame-Options'¦Load denied by X-Frame-Options¦Denied by X-Frame-Options⟩
post-message · – · ⟨Failed¦failed⟩ to execute 'postMessage' on 'DOMWindow': ⟨The target origin provided ('https://b.example') does not match¦Invalid target origin⟩
post-message · – · Unable to post message to https://b.example. Recipient has origin https://c.example. ⇒ url=https://b.example
post-message · – · The target origin provided does not match the recipient window's origin.
opener-policy · – · ⟨Cross-Origin-Opener-Policy policy would block the window.closed call.¦The Cross-Origin-Opener-Policy header has been ignored⟩
cross-origin-isolation · – · ⟨SharedArrayBuffer is not defined¦SharedArrayBuffer transfer requires self.crossOriginIsolated¦SharedArrayBuffer will require cross-origin isolation¦Can't find variable: SharedArrayBuffer¦It requires crossOriginIsolated¦It require cross-origin isolation¦It requires self.crossOriginIsolated¦It requires crossorigin isolation⟩
script-type · – · Refused to ⟨execute script¦execute the script¦apply style¦apply the style⟩ from 'https://cdn.example.com/a.css' because its MIME type ('text/html') is wrong. ⇒ url=https://cdn.example.com/a.css
script-type · – · refused to execute script from 'https://cdn.example.com/a.js' because its MIME type is wrong ⇒ url=https://cdn.example.com/a.js
script-type · – · ⟨Failed to load module script: Expected¦It is not a valid JavaScript MIME type¦It is not a supported stylesheet MIME type¦because of a disallowed MIME type¦It was blocked due to MIME type ("text/html") mismatch¦X-Content-Type-Options: nosniff¦ERR_BLOCKED_BY_CONTENT_TYPE¦(blocked:content-type)⟩
event-source-type · – · EventSource's response has a ⟨MIME type¦charset⟩ ("text/html") that is not "text/event-stream". ⇒ value=text/html
event-source-type · – · It has a content-type specifying an unsupported type.
websocket · – · WebSocket connection to 'wss://api.example.com/s' failed ⇒ url=wss://api.example.com/s
websocket · – · Firefox can’t establish a connection to the server at wss://api.example.com/s⟨.¦⟩⟨ Next line¦⟩ ⇒ url=wss://api.example.com/s
websocket · – · The connection to ws://api.example.com/s was interrupted while the page was loading. ⇒ url=ws://api.example.com/s
websocket · – · ⟨Error during WebSocket handshake¦Error in WebSocket handshake¦SCRIPT12008: WebSocket Error⟩
subresource-integrity · – · Failed to find a valid digest in the 'integrity' attribute for resource 'https://cdn.example.com/a.js' ⇒ url=https://cdn.example.com/a.js
subresource-integrity · – · ⟨It has an integrity attribute, but the resource requires the request to be CORS enabled¦Cannot load script https://cdn.example.com/a.js. Failed integrity metadata check.¦Cannot load stylesheet https://cdn.example.com/a.css. Failed integrity metadata check.⟩
cookie-blocked · – · ⟨This Set-Cookie was blocked¦This Set-Cookie header was blocked¦This Set-Cookie had no SameSite¦This attempt to set a cookie via a Set-Cookie header was blocked¦Cookie “a” has been rejected¦cookie a will be blocked¦The cookie was rejected¦Cookie “a” will be soon rejected¦It was set without the 'SameSite' attribute¦It was set without the SameSite attribute¦requestStorageAccess¦Failed to read the 'localStorage' property¦Failed to read the 'sessionStorage' property¦Failed to read the 'cookie' property⟩
cookie-blocked · – · Request to access ⟨cookies¦cookie⟩ or storage on 'https://t.example.com/a' was blocked ⇒ url=https://t.example.com/a
http-status · – · Failed to load resource: the server responded with a status of 500 () ⇒ status=500
http-status · – · ⟨GET¦HEAD¦POST¦PUT¦PATCH¦DELETE⟩⟨ ¦⟩⟨'¦⟩⟨https¦http⟩://api.example.com/x ⟨404¦502⟩ ⇒ url=$4://api.example.com/x  method=$1  status=$5
preflight-status · – · OPTIONS⟨ ¦⟩⟨'¦⟩⟨https¦http⟩://api.example.com/x ⟨302¦405¦500⟩ ⇒ url=$3://api.example.com/x  status=$4
network-error · – · ⟨net::¦⟩ERR_⟨NAME_NOT_RESOLVED¦CONNECTION_REFUSED¦CERT_DATE_INVALID¦SSL_PROTOCOL_ERROR¦TIMED_OUT¦ADDRESS_UNREACHABLE¦INTERNET_DISCONNECTED¦EMPTY_RESPONSE¦HTTP2_PROTOCOL_ERROR¦HTTP_1_1_REQUIRED¦QUIC_PROTOCOL_ERROR¦NETWORK_IO_SUSPENDED¦SOCKET_NOT_CONNECTED¦TUNNEL_CONNECTION_FAILED¦PROXY_CONNECTION_FAILED¦CONTENT_LENGTH_MISMATCH¦INCOMPLETE_CHUNKED_ENCODING¦INVALID_HTTP_RESPONSE¦RESPONSE_HEADERS_TOO_BIG¦INSUFFICIENT_RESOURCES¦DNS_TIMED_OUT¦BAD_SSL_CLIENT_AUTH_CERT¦ICANN_NAME_COLLISION¦NETWORK_CHANGED⟩ ⇒ value=ERR_$2
script-error · – · ⟨Script error.¦Script error¦'Script error.'¦(Script error. (:0)¦error:Script error at x¦x Script error. (line 0)¦'Script error'¦x Script error line⟩
provisional-headers · – · ⟨P¦p⟩rovisional headers are shown
aborted · – · ⟨net::ERR_ABORTED¦(canceled)¦(cancelled)¦AbortError: x¦The user aborted a request.¦signal is aborted without reason⟩
cors-no-reason · – · ⟨(blocked:cors)¦CORS error¦Cross-Origin Resource Sharing error:¦Ensure CORS response header values are valid⟩
no-reason · – · ⟨net::ERR_FAILED¦(failed)¦Failed to fetch¦Failed to execute 'send' on 'XMLHttpRequest': Failed to load⟩
no-reason · – · ⟨Failed to fetch dynamically imported module¦Importing a module script failed.⟩
referrer-policy · – · Referrer Policy: strict-origin-when-cross-origin
`

export const NAMED_LINES = `
allow-origin-missing · MissingAllowOriginHeader · corsError: MissingAllowOriginHeader
allow-origin-missing · PreflightMissingAllowOriginHeader · corsError: PreflightMissingAllowOriginHeader
allow-origin-wildcard · WildcardOriginNotAllowed · corsError: WildcardOriginNotAllowed
allow-origin-wildcard · PreflightWildcardOriginNotAllowed · corsError: PreflightWildcardOriginNotAllowed
allow-origin-multiple · MultipleAllowOriginValues · corsError: MultipleAllowOriginValues
allow-origin-malformed · InvalidAllowOriginValue · corsError: InvalidAllowOriginValue
allow-origin-mismatch · AllowOriginMismatch · corsError: AllowOriginMismatch
allow-credentials · InvalidAllowCredentials · corsError: InvalidAllowCredentials
preflight-status · PreflightInvalidStatus · corsError: PreflightInvalidStatus
preflight-status · InvalidStatus · corsError: InvalidStatus
preflight-redirect · PreflightDisallowedRedirect · corsError: PreflightDisallowedRedirect
method-not-allowed · MethodDisallowedByPreflightResponse · corsError: MethodDisallowedByPreflightResponse
header-not-allowed · HeaderDisallowedByPreflightResponse · corsError: HeaderDisallowedByPreflightResponse
allow-methods-syntax · InvalidAllowMethodsPreflightResponse · corsError: InvalidAllowMethodsPreflightResponse
allow-headers-syntax · InvalidAllowHeadersPreflightResponse · corsError: InvalidAllowHeadersPreflightResponse
redirect-credentials · RedirectContainsCredentials · corsError: RedirectContainsCredentials
scheme-not-http · CorsDisabledScheme · corsError: CorsDisabledScheme
same-origin-mode · DisallowedByMode · corsError: DisallowedByMode
no-cors-redirect-mode · NoCorsRedirectModeNotFollow · corsError: NoCorsRedirectModeNotFollow
local-network · PreflightMissingAllowPrivateNetwork · corsError: PreflightMissingAllowPrivateNetwork
local-network · PreflightMissingAllowExternal · corsError: PreflightMissingAllowExternal
local-network · InsecurePrivateNetwork · corsError: InsecurePrivateNetwork
local-network · InsecureLocalNetwork · corsError: InsecureLocalNetwork
`

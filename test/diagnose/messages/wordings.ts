// The wordings of browsers. A row is: code · the speaker's own name · line ⇒ what the line tells.
// `⟨a¦b⟩` stands for a place where a line has one of several words, or none.

export const CHROMIUM_LINES = `
scheme-not-http · CorsDisabledScheme · ⟨Font¦Image⟩ from origin 'file:⟨//¦///⟩' has been blocked from loading by Cross-Origin Resource Sharing policy ⇒ url=file:$2  origin=file:$2
allow-origin-wildcard · WildcardOriginNotAllowed · The value of the ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header in the response must not be the wildcard '*' when the request's credentials mode is 'include'. ⇒ value=*
allow-origin-wildcard · WildcardOriginNotAllowed · A wildcard '*' cannot be used in the ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header when ⟨the ¦⟩credentials flag is true. ⇒ value=*
allow-origin-missing · MissingAllowOriginHeader · No ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header ⟨is¦was⟩ present⟨ on the requested resource¦⟩. Then the page went on.
allow-origin-multiple · MultipleAllowOriginValues · The ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header contains multiple values 'https://a.example, *', but only one is allowed. ⇒ value=https://a.example, *
allow-origin-multiple · MultipleAllowOriginValues · The 'Access-Control-Allow-Origin' header contains multiple values '', but only one is allowed.
allow-origin-malformed · InvalidAllowOriginValue · The ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header contains the invalid value 'app.example.com'. ⇒ value=app.example.com
allow-origin-mismatch · AllowOriginMismatch · The ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header has a value 'https://b.example' that is not equal to the supplied origin. Have the server send the header with a valid value. ⇒ value=https://b.example
allow-credentials · InvalidAllowCredentials · The value of the ⟨'¦⟩Access-Control-Allow-Credentials⟨'¦⟩ header in the response is 'TRUE' which must be 'true' when the request's credentials mode is 'include'. ⇒ value=TRUE
allow-credentials · InvalidAllowCredentials · Credentials flag is 'true', but the ⟨'¦⟩Access-Control-Allow-Credentials⟨'¦⟩ header is 'yes'. ⇒ value=yes
preflight-status · PreflightInvalidStatus · It does not have HTTP ok status.
preflight-status · PreflightInvalidStatus · Response for preflight has invalid HTTP status code 405 ⇒ status=405
preflight-status · PreflightInvalidStatus · Invalid HTTP status code in preflight response⟨:¦⟩ 404 ⇒ status=404
preflight-redirect · PreflightDisallowedRedirect · Redirect is not allowed for a preflight request.
preflight-redirect · PreflightDisallowedRedirect · Response for preflight is invalid (redirect)
preflight-redirect · PreflightDisallowedRedirect · Request requires preflight⟨, which is disallowed to follow cross-origin redirect¦, which is disallowed to follow cross-origin redirects¦⟩
preflight-redirect · PreflightDisallowedRedirect · The request was redirected to 'https://login.example.com/a', which ⟨requires preflight¦is disallowed for cross-origin requests that require preflight⟩. ⇒ url=https://login.example.com/a
allow-methods-syntax · InvalidAllowMethodsPreflightResponse · Cannot parse ⟨'¦⟩Access-Control-Allow-Methods⟨'¦⟩ response header field⟨ in preflight response¦⟩.
allow-headers-syntax · InvalidAllowHeadersPreflightResponse · Cannot parse ⟨'¦⟩Access-Control-Allow-Headers⟨'¦⟩ response header field⟨ in preflight response¦⟩.
method-not-allowed · MethodDisallowedByPreflightResponse · Method ⟨'¦⟩PUT⟨'¦⟩ is not allowed by ⟨'¦⟩Access-Control-Allow-Methods⟨'¦⟩ in preflight response. ⇒ value=PUT  method=PUT
header-not-allowed · HeaderDisallowedByPreflightResponse · Request header field ⟨'¦⟩x-api-key⟨'¦⟩ is not allowed by ⟨'¦⟩Access-Control-Allow-Headers⟨'¦⟩ in preflight response. ⇒ value=x-api-key
redirect-credentials · RedirectContainsCredentials · Redirect location 'https://u:p@b.example/' contains ⟨a username and password¦userinfo⟩, which is disallowed. ⇒ value=https://u:p@b.example/
redirect-credentials · RedirectContainsCredentials · The request was redirected to a URL ('https://u@b.example/') which contains a userinfo, which is disallowed. ⇒ value=https://u@b.example/
redirect-scheme · CorsDisabledScheme · The request was redirected to a URL ('ftp://b.example/') which has a disallowed scheme for cross-origin requests. ⇒ value=ftp://b.example/
scheme-not-http · CorsDisabledScheme · Cross origin requests are only supported for ⟨protocol schemes: http, data, chrome, https¦HTTP⟩.
scheme-not-http · – · Not allowed to load local resource: file:///C:/data.json ⇒ url=file:///C:/data.json
scheme-not-http · CorsDisabledScheme · URL scheme must be 'http' or 'https' for CORS request.
scheme-not-http · CorsDisabledScheme · URL scheme 'file' is not supported. ⇒ value=file
same-origin-mode · DisallowedByMode · Cross origin requests are not allowed by request mode.
same-origin-mode · DisallowedByMode · Request mode is 'same-origin' but the URL's origin is not same as the request origin https://app.example.com⟨.¦⟩⟨ Next line¦⟩ ⇒ origin=https://app.example.com
no-cors-redirect-mode · NoCorsRedirectModeNotFollow · Request mode is 'no-cors' but the redirect mode is not 'follow'.
embedded-credentials · – · Request cannot be constructed from a URL that includes credentials: https://u:p@b.example/
method-forbidden · – · Failed to ⟨execute¦construct⟩ '⟨fetch¦open¦Request⟩'⟨ on 'Window'¦ on 'XMLHttpRequest'¦⟩: 'TRACE' HTTP method is unsupported. ⇒ value=TRACE
header-not-exposed · – · Refused to get unsafe header 'x-total-count' ⇒ value=x-total-count
forbidden-header · – · Refused to set unsafe header 'user-agent' ⇒ value=user-agent
invalid-response · InvalidResponse · ⟨The response is invalid.¦blocked by CORS policy: Invalid response⟩
local-network · InsecureLocalNetwork · ⟨The request client is not a secure context and the resource is in more-private¦Insecure private network request to the⟩ address space 'private'. ⇒ value=private
local-network · InsecureLocalNetwork · ⟨The request client is not a secure context¦It is in a more-private address space¦Insecure private network⟩.
local-network · PreflightMissingAllowPrivateNetwork · No '⟨Access-Control-Allow-Private-Network¦Access-Control-Allow-Local-Network¦Private-Network-Access-Id¦Private-Network-Access-Name¦Private-Network-Access-ID⟩' header was present in the preflight response for this private network request.
local-network · PreflightInvalidAllowPrivateNetwork · The 'Access-Control-Allow-⟨Private¦Local⟩-Network' header in the preflight response for this request targeting the 'local' address space had a value of 'no', not 'true'. ⇒ value=no
local-network · InvalidLocalNetworkAccess · Request had ⟨a¦no⟩ target IP address space of 'local' yet the resource is elsewhere. ⇒ value=local
local-network · InvalidLocalNetworkAccess · Request had no target IP address space, yet the resource is elsewhere.
local-network · LocalNetworkAccessPermissionUnavailable · Unable to ask for permission to access the 'loopback' IP address space.
local-network · LocalNetworkAccessPermissionDenied · Permission was denied for this request to access the ⟨'¦⟩unknown⟨'¦⟩ address space. ⇒ value=unknown
cors-no-reason · – · Something was blocked ⟨from loading ¦⟩by ⟨the ¦⟩⟨CORS¦Cross-Origin Resource Sharing⟩ policy.
cors-no-reason · – · Access to ⟨fetch¦CSS stylesheet¦internal resource⟩ at ⟨'¦⟩https://api.example.com/x from
allow-origin-missing · MissingAllowOriginHeader · No ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header⟨ is¦ is pres¦ is presen¦⟩⟨...¦ …¦⟩
allow-origin-mismatch · AllowOriginMismatch · The ⟨'¦⟩Access-Control-Allow-Origin⟨'¦⟩ header has a value 'https://b.example'⟨ that is not eq¦⟩⟨...¦ …¦⟩ ⇒ value=https://b.example
header-not-allowed · HeaderDisallowedByPreflightResponse · Request header field x-api-key is not⟨ allowed by Access-Control¦ allowed by¦ allowed¦⟩⟨...¦ …¦⟩ ⇒ value=x-api-key
method-not-allowed · MethodDisallowedByPreflightResponse · Method DELETE is not⟨ allowed by Access-Control¦ allowed by¦ allowed¦⟩⟨...¦ …¦⟩ ⇒ value=DELETE  method=DELETE
allow-origin-mismatch · – · Origin https://app.example.com is not allowed by Access-Control-Allow-Origin⟨.¦⟩ Failed to load resource ⇒ origin=https://app.example.com
allow-origin-mismatch · – · Origin https://app.example.com is not allowed by Access-Control-Allow-Origin⟨.¦⟩ Uncaught Error ⇒ origin=https://app.example.com
`

export const FIREFOX_LINES = `
cors-disabled · CORSDisabled · ⟨(Reason: CORS disabled)¦CORSDisabled⟩
origin-header-not-added · CORSOriginHeaderNotAdded · ⟨(Reason: CORS header 'Origin' cannot be added)¦CORSOriginHeaderNotAdded¦CORS Origin Header Missing⟩
preflight-redirect · CORSExternalRedirectNotAllowed · ⟨CORS request external redirect not allowed¦CORSExternalRedirectNotAllowed¦CORS External Redirect Not Allowed⟩
scheme-not-http · CORSRequestNotHttp · ⟨CORS request not http¦CORS request not https¦CORSRequestNotHttp¦CORS Not HTTP⟩
allow-origin-missing · CORSMissingAllowOrigin2 · ⟨CORS header 'Access-Control-Allow-Origin' missing¦CORSMissingAllowOrigin¦CORSMissingAllowOrigin2¦CORS Missing Allow Origin⟩
allow-origin-multiple · CORSMultipleAllowOriginNotAllowed · ⟨Multiple CORS header 'Access-Control-Allow-Origin' not allowed¦CORSMultipleAllowOriginNotAllowed¦CORS Multiple Allow Origin Not Allowed¦CORS Multiple Origin Not Allowed⟩
allow-origin-mismatch · CORSAllowOriginNotMatchingOrigin · (Reason: CORS header 'Access-Control-Allow-Origin' does not match 'https://b.example') ⇒ value=https://b.example
allow-origin-mismatch · CORSAllowOriginNotMatchingOrigin · ⟨CORSAllowOriginNotMatchingOrigin¦CORS Allow Origin Not Matching Origin⟩
allow-origin-wildcard · CORSNotSupportingCredentials · Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*' ⇒ value=*
allow-origin-wildcard · CORSNotSupportingCredentials · ⟨CORSNotSupportingCredentials¦CORS No Allow Credentials⟩
method-not-allowed · CORSMethodNotFound · ⟨Did not find method in CORS header 'Access-Control-Allow-Methods'¦CORSMethodNotFound¦CORS Method Not Found⟩
allow-credentials · CORSMissingAllowCredentials · ⟨expected 'true' in CORS header 'Access-Control-Allow-Credentials'¦CORSMissingAllowCredentials¦CORS Missing Allow Credentials⟩
preflight-status · CORSPreflightDidNotSucceed3 · ⟨CORS preflight response did not succeed¦CORS preflight channel did not succeed¦CORSPreflightDidNotSucceed¦CORSPreflightDidNotSucceed2¦CORSPreflightDidNotSucceed3¦CORS Preflight Did Not Succeed⟩
allow-methods-syntax · CORSInvalidAllowMethod · invalid token 'G T' in CORS header 'Access-Control-Allow-Methods' ⇒ value=G T
allow-methods-syntax · CORSInvalidAllowMethod · ⟨CORSInvalidAllowMethod¦CORS Invalid Allow Method⟩
allow-headers-syntax · CORSInvalidAllowHeader · invalid token 'x y' in CORS header 'Access-Control-Allow-Headers' ⇒ value=x y
allow-headers-syntax · CORSInvalidAllowHeader · ⟨CORSInvalidAllowHeader¦CORS Invalid Allow Header⟩
header-not-allowed · CORSMissingAllowHeaderFromPreflight2 · header 'x-api-key' is not allowed according to header 'Access-Control-Allow-Headers' from CORS preflight response ⇒ value=x-api-key
header-not-allowed · CORSMissingAllowHeaderFromPreflight2 · missing token 'x-api-key' in CORS header 'Access-Control-Allow-Headers' from CORS preflight channel ⇒ value=x-api-key
header-not-allowed · CORSMissingAllowHeaderFromPreflight2 · ⟨CORSMissingAllowHeaderFromPreflight¦CORSMissingAllowHeaderFromPreflight2¦CORS Missing Allow Header⟩
authorization-by-wildcard · CORSAllowHeaderFromPreflightDeprecation · ⟨When the 'Access-Control-Allow-Headers' is '*', the 'Authorization' header is not covered.¦CORSAllowHeaderFromPreflightDeprecation⟩
network-error · CORSDidNotSucceed2 · ⟨CORS request did not succeed¦CORS request failed¦CORSDidNotSucceed¦CORSDidNotSucceed2¦CORS Failed⟩
cors-no-reason · – · ⟨This can be fixed by moving the resource to the same domain or enabling CORS.¦Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource⟩
allow-origin-missing · – · downloadable font: download failed (font-family: "Icons" style:normal): bad URI or cross-site access not allowed source: https://cdn.example.com/i.woff2 ⇒ url=https://cdn.example.com/i.woff2
allow-origin-missing · – · downloadable font: download failed (font-family: "Icons"): bad URI or cross-site access not allowed
same-origin-mode · – · Security Error: Content at https://app.example.com/ may not load data from https://api.example.com/x⟨.¦⟩⟨ Next line¦⟩ ⇒ url=https://api.example.com/x  origin=https://app.example.com
scheme-not-http · – · Module source URI is not allowed in this document: 'file:///home/me/app.js'. ⇒ url=file:///home/me/app.js
mixed-content · – · Blocked loading mixed ⟨active¦display⟩ content 'http://cdn.example.com/a.js' ⇒ url=http://cdn.example.com/a.js
mixed-content · – · Blocked loading mixed active content 'http://localhost:8080/a.js' ⇒ url=http://localhost:8080/a.js
mixed-content · – · Mixed Block
content-security-policy · – · Content⟨-¦ ¦.⟩Security⟨-¦ ¦.⟩Policy⟨ ¦⟩: The page's settings ⟨blocked¦prevented¦observed⟩ the loading of a resource at https://api.example.com/x ("connect-src"). ⇒ url=https://api.example.com/x
content-security-policy · – · Content-Security-Policy: The page's settings blocked the loading of a resource at https://api.example.com/x ⇒ url=https://api.example.com/x
content-security-policy · – · Content-Security-Policy: The page's settings blocked an inline script.
content-security-policy · – · Content⟨-¦ ¦.⟩Security⟨-¦ ¦.⟩Policy⟨ ¦⟩: Seite ⟨https://api.example.com/x¦http://api.example.com/x¦wss://api.example.com/x¦ws://api.example.com/x⟩ "⟨connect¦default¦script¦img¦font¦frame¦style¦worker¦media¦object⟩-src" ⇒ url=$4
content-security-policy · – · Content-Security-Policy: Seite "connect-src"
service-worker · – · '⟨https¦http⟩://app.example.com/a'. Ein ServiceWorker hat nicht geantwortet. ⇒ url=$1://app.example.com/a
resource-policy · – · The resource at 'https://cdn.example.com/a.png' was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). ⇒ url=https://cdn.example.com/a.png
resource-policy · – · ⟨NS_ERROR_DOM_CORP_FAILED¦Not same-origin⟩
resource-policy · – · Die Ressource '⟨https¦http⟩://cdn.example.com/a.png' wurde wegen Cross-Origin-Resource-Policy blockiert. ⇒ url=$1://cdn.example.com/a.png
embedder-policy · – · NS_ERROR_DOM_COEP_FAILED
embedder-policy · – · Die Ressource '⟨https¦http⟩://cdn.example.com/a.png' wurde wegen Cross-Origin-Embedder-Policy blockiert. ⇒ url=$1://cdn.example.com/a.png
opaque-response-blocking · – · A resource is blocked by OpaqueResponseBlocking, please check browser console for details.
blocked-by-extension · – · The resource at 'https://t.example.com/a.js' was blocked because ⟨content blocking¦Enhanced Tracking Protection¦tracking protection⟩ is enabled. ⇒ url=https://t.example.com/a.js
blocked-by-extension · – · Blocked By ⟨Extension¦uBlock Origin¦DevTools¦AdBlock Plus⟩
forbidden-header · – · Attempt to set a forbidden header was denied: Cookie2 ⇒ value=Cookie2
subresource-integrity · – · ⟨None of the 'sha256¦'sha384¦None of the 'sha512⟩' hashes in the integrity attribute match.
subresource-integrity · – · The integrity attribute has 'sha⟨256¦384¦512⟩' only.
subresource-integrity · – · ⟨'¦⟩⟨https¦http⟩://cdn.example.com/a.js⟨'¦⟩ is not eligible for integrity checks since it's neither CORS-enabled nor same-origin. ⇒ url=$2://cdn.example.com/a.js
network-error · – · NS_ERROR_CONNECTION_REFUSED ⇒ value=CONNECTION_REFUSED
network-error · – · NS_ERROR_UNKNOWN_HOST ⇒ value=UNKNOWN_HOST
network-error · – · NS_ERROR_NET_RESET ⇒ value=NET_RESET
network-error · – · NS_ERROR_PROXY_FORBIDDEN ⇒ value=PROXY_FORBIDDEN
network-error · – · NS_ERROR_OFFLINE ⇒ value=OFFLINE
network-error · – · NS_ERROR_GENERATE_FAILURE ⇒ value=GENERATE_FAILURE
aborted · – · NS_BINDING_ABORTED
no-reason · – · ⟨NetworkError when attempting to fetch resource.¦NS_ERROR_FAILURE¦NS_ERROR_DOM_BAD_URI¦NS_ERROR_DOM_NETWORK_ERR¦Loading failed for the <script> with source¦Loading failed for the module with source⟩
`

export const WEBKIT_LINES = `
allow-origin-mismatch · – · Origin https://app.example.com is not allowed by Access-Control-Allow-Origin ⇒ origin=https://app.example.com
allow-origin-multiple · – · Access-Control-Allow-Origin cannot contain more than one origin.
allow-origin-wildcard · – · Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.
allow-credentials · – · Credentials flag is true, but Access-Control-Allow-Credentials is not "true".
preflight-status · – · ⟨Preflight response is not successful¦CORS-preflight request was blocked¦Preflight response was blocked⟩
allow-methods-syntax · – · Header Access-Control-Allow-Methods has an invalid value: GET POST⟨ [Error] x¦ Failed to load¦ Fetch API cannot¦ XMLHttpRequest cannot¦⟩ ⇒ value=GET POST
allow-headers-syntax · – · Header Access-Control-Allow-Headers has an invalid value: x y⟨ [Error] x¦ Failed to load¦ Fetch API cannot¦ XMLHttpRequest cannot¦⟩ ⇒ value=x y
method-not-allowed · – · Method PUT is not allowed by Access-Control-Allow-Methods. ⇒ value=PUT  method=PUT
header-not-allowed · – · Request header field X-Api-Key is not allowed by Access-Control-Allow-Headers. ⇒ value=X-Api-Key
redirect-scheme · – · Cross-origin redirection to ftp://b.example/x denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme ⇒ url=ftp://b.example/x
redirect-credentials · – · Cross-origin redirection to https://u@b.example/ denied by Cross-Origin Resource Sharing policy: redirection URL https://u@b.example/ has credentials ⇒ url=https://u@b.example/  value=https://u@b.example/
allow-origin-mismatch · – · Cross-origin redirection to https://b.example/ denied by Cross-Origin Resource Sharing policy ⇒ url=https://b.example/
redirect-limit · – · Load cannot follow more than 20 redirections
redirect-mode · – · Not allowed to follow a redirection while loading https://api.example.com/x ⇒ url=https://api.example.com/x
content-security-policy · – · Blocked by Content Security Policy
content-security-policy · – · Refused to ⟨connect to¦load⟩ https://api.example.com/x because it ⟨does not appear in¦violates⟩ the connect-src directive ⇒ url=https://api.example.com/x
blocked-by-extension · – · ⟨Blocked by content extension¦Blocked by content blocker¦Content blocker prevented⟩
resource-policy · – · Cancelled load to https://cdn.example.com/a.png because it violates the resource's Cross-Origin-Resource-Policy response header. ⇒ url=https://cdn.example.com/a.png
embedder-policy · – · Refused to ⟨display¦load⟩ 'https://cdn.example.com/f' in a frame because of Cross-Origin-Embedder-Policy. ⇒ url=https://cdn.example.com/f
same-origin-mode · – · Unsafe attempt to load URL https://b.example/x from origin https://app.example.com. Domains, protocols and ports must match. ⇒ url=https://b.example/x  origin=https://app.example.com
same-origin-mode · – · Unsafe attempt to load URL https://b.example/x from frame with URL https://app.example.com/p. Domains, protocols and ports must match. ⇒ url=https://b.example/x  origin=https://app.example.com
mixed-content · – · [blocked] The page at https://app.example.com/p ⟨was not allowed to display insecure content from¦was not allowed to run insecure content from¦requested insecure content from⟩ http://cdn.example.com/a.js⟨.¦⟩⟨ Next line¦⟩ ⇒ url=http://cdn.example.com/a.js  origin=https://app.example.com
mixed-content · – · [blocked] The page at https://app.example.com/p ⟨was not allowed to display¦was not allowed to run¦requested⟩ insecure content ⇒ origin=https://app.example.com
mixed-content · – · It was not allowed to ⟨display¦run⟩ insecure content from http://cdn.example.com/a.js⟨.¦⟩⟨ Next line¦⟩ ⇒ url=http://cdn.example.com/a.js
bad-port · – · Not allowed to use restricted network port
cleartext-blocked · – · App Transport Security ⟨policy requires¦has blocked⟩
network-error · – · Could not connect to the server. ⇒ value=Could not connect to the server
network-error · – · NSURLErrorDomain⟨ Code=¦ error ¦ ¦⟩-1004 ⇒ value=-1004
network-error · – · ⟨The network connection was lost¦A server with the specified hostname could not be found¦The certificate for this server is invalid¦The request timed out¦An SSL error has occurred¦The Internet connection appears to be offline⟩. ⇒ value=$1
allow-origin-missing · – · ⟨It was blocked from loading due to CORS policy¦Cross-origin script load denied by Cross-Origin Resource Sharing policy¦Cross-origin image load denied by Cross-Origin Resource Sharing policy¦Cross-origin font load denied by Cross-Origin Resource Sharing policy⟩
no-reason · – · Fetch API cannot load https://api.example.com/x due to access control checks. ⇒ url=https://api.example.com/x
no-reason · – · ⟨TypeError: Load failed¦Load failed¦'Load failed'¦Load failed.¦'Load failed'.¦TypeError: cancelled¦The operation couldn’t be completed. (kCFErrorDomainCFNetwork⟩
`

export const TRIDENT_LINES = `
allow-origin-missing · SEC7120 · SEC7120⟨:¦⟩⟨ [CORS]¦⟩ ⟨The origin¦The Origin¦Origin¦origin⟩ ⟨'¦⟩https://app.example.com⟨'¦⟩ did not find 'https://app.example.com' in the Access-Control-Allow-Origin response header for cross-origin resource at 'https://api.example.com/x'. ⇒ url=https://api.example.com/x  origin=https://app.example.com
allow-origin-missing · SEC7120 · SEC7120⟨:¦⟩⟨ [CORS]¦⟩ ⟨The origin¦The Origin¦Origin¦origin⟩ ⟨'¦⟩https://app.example.com/ not found in Access-Control-Allow-Origin header. ⇒ origin=https://app.example.com
allow-origin-missing · SEC7120 · SEC7120⟨:¦⟩⟨ [CORS]¦⟩
allow-origin-wildcard · SEC7121 · SEC7121: [CORS]
allow-credentials · SEC7122 · SEC7122: [CORS]
header-not-allowed · SEC7123 · SEC7123⟨:¦⟩⟨ [CORS]¦⟩ ⟨The request header¦Request header¦request header⟩ ⟨'¦⟩x-api-key⟨'¦⟩ was not present in the Access-Control-Allow-Headers list. ⇒ value=x-api-key
header-not-allowed · SEC7123 · SEC7123⟨:¦⟩⟨ [CORS]¦⟩
method-not-allowed · SEC7124 · SEC7124⟨:¦⟩⟨ [CORS]¦⟩ ⟨The request method¦Request method¦request method⟩ ⟨'¦⟩PUT⟨'¦⟩ was not present in the Access-Control-Allow-Methods list. ⇒ value=PUT  method=PUT
method-not-allowed · SEC7124 · SEC7124⟨:¦⟩⟨ [CORS]¦⟩
allow-headers-syntax · SEC7125 · SEC7125: [CORS]
preflight-redirect · SEC7126 · ⟨SEC7126¦SEC7127⟩: [CORS]
allow-origin-multiple · SEC7128 · SEC7128: [CORS]
allow-credentials · SEC7129 · SEC7129: [CORS]
local-network · SEC7117 · SEC7117: Network request did not succeed.
mixed-content · SEC7111 · ⟨SEC7111¦SEC7112⟩: HTTPS security is compromised.
blocked-by-extension · SEC7114 · SEC7114: A download in this page was blocked by Tracking Protection.
no-reason · SEC7118 · ⟨SEC7118¦SEC7119⟩⟨:¦⟩ XMLHttpRequest for https://api.example.com/x required CORS. ⇒ url=https://api.example.com/x
no-reason · SEC7118 · ⟨SEC7118¦SEC7119⟩⟨:¦⟩
cors-no-reason · SCRIPT7002 · SCRIPT7002: XMLHttpRequest: Network Error 0x80070005, Access is denied.
network-error · SCRIPT7002 · SCRIPT7002: XMLHttpRequest: Network Error 0x⟨0000¦⟩2ee7, Could not complete the operation. ⇒ value=2ee7
network-error · SCRIPT7002 · Network Error 0x⟨2ee2¦2ef3¦2efd¦2eff¦2f7d¦2f78¦2f06⟩ ⇒ value=$1
no-reason · SCRIPT5 · ⟨SCRIPT5: Access is denied.¦SCRIPT7002⟩
`

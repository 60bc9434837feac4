// What libraries, runtimes and servers say, as in `wordings.ts`.

export const LIBRARY_LINES = `
http-status · AxiosError · Request failed with status code 404 ⇒ status=404
no-reason · AxiosError · ⟨AxiosError¦Error: Network Error¦Network Error¦ERR_NETWORK¦message: 'Network Error'¦"message": "Network Error"¦{"message":"Network Error"}⟩
no-reason · HttpErrorResponse · Http failure response for https://api.example.com/x: 0⟨ Unknown Error¦ undefined¦⟩ ⇒ url=https://api.example.com/x
no-reason · HttpErrorResponse · ⟨Http failure response for (unknown url): 0 Unknown Error¦HttpErrorResponse {status: 0}¦HttpErrorResponse {"status": 0}¦HttpErrorResponse {"status":0}¦status: 0, statusText: "Unknown Error"¦status: 0 Unknown Error¦status: 0,Unknown Error⟩
http-status · HttpErrorResponse · Http failure response for https://api.example.com/x: 404 Not Found ⇒ url=https://api.example.com/x  status=404
no-reason · ApolloError · ⟨[Network error]: x¦Network error: Failed to fetch¦Network error: Load failed¦ServerParseError⟩
no-reason · FunctionsFetchError · ⟨FunctionsFetchError¦Failed to send a request to the Edge Function⟩
no-reason · jQuery · {⟨"readyState": ¦"readyState":¦readyState: ⟩0,"responseText":"",⟨"status": ¦"status":¦status: ⟩0,"statusText":"error"}
no-reason · superagent · Request has been terminated Possible causes: the network is offline, Origin is not allowed by Access-Control-Allow-Origin
no-reason · XMLHttpRequest · ⟨XMLHttpRequest error.¦XMLHttpRequest error¦NetworkError: Failed to execute 'send' on 'XMLHttpRequest'¦XMLHttpRequest: Network Error¦xhr error⟩
websocket · socket.io · ⟨xhr poll error¦xhr post error¦websocket error¦TransportError¦socket.io: connect_error¦socket.io/?EIO=4 400 (Bad Request)⟩
origin-not-registered · GSI_LOGGER · ⟨The given origin is not allowed for the given client ID.¦idpiframe_initialization_failed¦origin_mismatch¦redirect_uri_mismatch⟩
origin-not-registered · GSI_LOGGER · Not a valid origin for the client: https://app.example.com has not been registered ⇒ origin=https://app.example.com
origin-not-registered · auth/unauthorized-domain · ⟨auth/unauthorized-domain¦This domain is not authorized for OAuth operations¦This domain is not authorized to run this operation⟩
`

export const RUNTIME_LINES = `
no-reason · React Native · TypeError: Network request failed
no-reason · Flutter · ⟨ClientException: XMLHttpRequest error¦ClientException with Failed to fetch¦ClientException: Load failed¦DioException [connection error]: x¦XMLHttpRequest onError callback was called¦DioExceptionType.connectionError¦DioErrorType.response¦DioErrorType.other¦DioErrorType.connectionError¦DioErrorType.connection⟩
fetch-outside-browser · undici · TypeError: fetch failed cause: ⟨ECONNREFUSED¦CERT_HAS_EXPIRED¦DEPTH_ZERO_SELF_SIGNED_CERT¦SELF_SIGNED_CERT_IN_CHAIN¦UND_ERR_SOCKET⟩ ⇒ value=$1
fetch-outside-browser · undici · ⟨TypeError: fetch failed¦[cause]: Error: x¦[cause]: ConnectTimeoutError¦[cause]: SocketError¦UND_ERR_CONNECT_TIMEOUT⟩
fetch-outside-browser · Node · Error: ⟨ECONNREFUSED¦ENOTFOUND¦ECONNRESET¦ETIMEDOUT¦EAI_AGAIN¦EPROTO¦DEPTH_ZERO_SELF_SIGNED_CERT¦UNABLE_TO_VERIFY_LEAF_SIGNATURE¦SELF_SIGNED_CERT_IN_CHAIN¦CERT_HAS_EXPIRED⟩ ⇒ value=$1
fetch-outside-browser · Dart · ⟨SocketException: Failed host lookup¦HandshakeException: x⟩
`

export const SERVER_LINES = `
preflight-status · access log · 10.0.0.1 - "OPTIONS /x HTTP/1.1"⟨ ¦:¦ - ⟩⟨405¦500¦400⟩ ⇒ status=$2
preflight-redirect · access log · 10.0.0.1 - "OPTIONS /x HTTP/1.1" 301 ⇒ status=301
preflight-status · access log · web: OPTIONS /api/x 404 1.2 ms ⇒ status=404
preflight-status · access log · {"method":⟨ ¦⟩"OPTIONS","path":"/x",⟨"status":¦"status": ¦"statusCode":¦"status_code":¦"res_status":¦"resstatus":⟩405} ⇒ status=405
preflight-status · gin · [GIN] 2024/01/02 - 10:00:00 |⟨ ¦   ¦⟩404 | 1.2ms | ::1 | OPTIONS ⟨   ¦⟩"/x" ⇒ status=404
preflight-status · router · ⟨Cannot OPTIONS /x¦Route OPTIONS:/x not found¦No route matches [OPTIONS] "/x"¦Request method 'OPTIONS' not supported¦Request method 'OPTIONS' is not supported¦The OPTIONS method is not supported for route x¦The OPTIONS method is not supported for this route¦Method "OPTIONS" not allowed⟩
refused-by-server · Spring · Reject: ⟨'¦⟩https://app.example.com⟨'¦⟩ origin is not allowed ⇒ origin=https://app.example.com
refused-by-server · Spring · ⟨Invalid CORS request¦Reject: HTTP 'PUT' is not allowed¦Reject: headers '[x-a]' are not allowed¦Reject: HTTP PUT is not allowed⟩
refused-by-server · Starlette · Disallowed CORS ⟨origin¦method¦headers¦private-network⟩⟨, method¦, headers¦⟩
refused-by-server · cors · ⟨Error: The CORS policy for this site does not allow it¦Error: CORS policy does not allow it¦Error: CORS is not allowed here¦Not allowed by CORS¦not allowed by CORS¦it isn't allowed by our CORS¦The CORS policy for this site does not allow access from it¦CORS policy does not allow access¦CORS policy: Origin not allowed¦CORS: origin is not allowed¦CORS origin not allowed¦Origin not allowed¦Origin not allowed by CORS¦blocked by CORS middleware¦blocked by CORS filter¦blocked by CORS configuration⟩
refused-by-server · ASP.NET · CORS policy execution failed.
refused-by-server · ASP.NET · Request origin https://app.example.com does not have permission to access the resource. ⇒ origin=https://app.example.com
refused-by-server · rs/cors · ⟨Preflight aborted: origin¦Actual request no headers added: origin¦Preflight aborted: headers¦Preflight aborted: header¦Preflight aborted: method⟩ ⟨'¦⟩https://app.example.com⟨'¦⟩ not allowed ⇒ origin=https://app.example.com
refused-by-server · fastify-cors · Invalid Preflight Request
refused-by-server · aiohttp · CORS preflight request failed: origin 'https://app.example.com' is not allowed ⇒ origin=https://app.example.com
refused-by-server · aiohttp · CORS preflight request failed: request method 'PUT' is not allowed for it
refused-by-server · Vert.x · CORS Rejected⟨ - Invalid origin¦ - Invalid method¦ - Invalid headers¦ - Invalid header¦⟩
refused-by-server · CheckOrigin · Request origin not allowed: https://app.example.com ⇒ origin=https://app.example.com
refused-by-server · CheckOrigin · ⟨websocket: request origin not allowed by Upgrader.CheckOrigin¦Could not check origin for Phoenix.Socket transport.¦https://app.example.com is not an accepted origin¦Rejecting WebSocket connection with this origin¦Rejecting a WebSocket connection: origin⟩
refused-by-server · Jupyter · Blocking Cross Origin API request for /api
refused-by-server · storage · ⟨CORSResponse: x¦CORS is not enabled for this bucket¦CORS not configured for this bucket¦CORS not enabled or no matching rule found for this request¦This CORS request is not allowed⟩
csrf-check · Django · ⟨Origin checking failed¦CSRF verification failed¦CSRF Failed¦CSRF cookie not set¦Referer checking failed⟩
csrf-check · Rails · HTTP Origin header (⟨'¦⟩https://app.example.com⟨'¦⟩) didn't match request.base_url ⇒ origin=https://app.example.com
csrf-check · Rails · ⟨InvalidAuthenticityToken¦InvalidCrossOriginRequest⟩
csrf-check · Next.js · x-forwarded-host does not match ⟨'¦⟩origin⟨'¦⟩ header with value ⟨'¦⟩https://app.example.com⟨'¦⟩ from a forwarded Server Actions request. ⇒ origin=https://app.example.com
csrf-check · Next.js · Invalid Server Actions request
csrf-check · SvelteKit · Cross-site ⟨POST form¦POST¦PUT¦PATCH¦DELETE¦form⟩ ⟨submissions are¦submission is⟩ forbidden
csrf-check · Better Auth · [Better Auth]: Invalid ⟨origin¦callbackURL¦redirectURL¦originHeader⟩: https://app.example.com ⇒ origin=https://app.example.com
csrf-check · Better Auth · Add it to trustedOrigins in your auth config
csrf-check · Astro · Cross-origin subresource requests are not allowed on the dev server
csrf-check · Laravel · ⟨CSRF token mismatch¦419 unknown status¦419 (unknown status)¦419 Page Expired⟩
csrf-check · Apollo Server · This operation has been blocked as a potential Cross-Site Request Forgery (CSRF).
csrf-check · Go · cross-origin request detected⟨ from Sec-Fetch-Site header¦, and/or browser is out of date⟩
csrf-check · ComfyUI · WARNING: request with non matching host and origin 127.0.0.1 != app.example.com, returning 403 ⇒ value=app.example.com
csrf-check · Spring · ⟨Invalid CSRF Token¦Invalid CSRF token¦Could not verify the provided CSRF token⟩
host-check · Vite · Blocked request. This host ("app.example.com") is not allowed. ⇒ value=app.example.com
host-check · Vite · ⟨server.allowedHosts¦preview.allowedHosts⟩
host-check · webpack · ⟨Invalid Host header¦Invalid Host/Origin header⟩
host-check · Rails · Blocked ⟨host¦hosts⟩: ⟨'¦⟩app.example.com ⇒ value=app.example.com
host-check · Django · Invalid HTTP_HOST header: 'app.example.com' ⇒ value=app.example.com
host-check · Django · DisallowedHost at /
host-check · Next.js · ⟨Blocked cross-origin request from¦Cross origin request detected from¦Blocked cross origin request from⟩ 192.168.0.2 to /_next/x ⇒ value=192.168.0.2
host-check · Next.js · Add allowedDevOrigins
server-policy · Spring · When allowCredentials is true, allowedOrigins cannot contain the special value "*"
server-policy · ASP.NET · The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time.
server-policy · gin · ⟨conflict settings: all origins are allowed¦conflict settings: all origins enabled¦bad origin: origins must contain '*'¦bad origin: origins must either be⟩
server-policy · Fiber · ⟨'AllowCredentials' is set to true, and 'AllowOrigins' is set to a wildcard¦AllowCredentials is set to true, but AllowOrigins contains a wildcard¦Insecure setup, 'AllowCredentials'⟩
server-policy · rack-cors · Allowing credentials for wildcard origins is insecure.
server-policy · django-cors-headers · ?: (corsheaders.E013) Origin is missing scheme
`

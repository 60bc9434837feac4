// One line of every kind and wording that is known: browsers old and new, their panels, libraries and servers.
import { describe, expect, it } from 'vitest'
import { type MessageCode, recognizeMessage } from '../../../src/diagnose.ts'

const LINES: readonly (readonly [MessageCode, string])[] = [
  [
    'allow-origin-missing',
    `Access to XMLHttpRequest at 'https://api.example.com/x' from origin 'http://localhost:3000' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. signup:1 Uncaught (in promise) Error: Network Error`,
  ],
  [
    'allow-origin-missing',
    `XMLHttpRequest cannot load http://api.example.com/x. No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'null' is therefore not allowed access.`,
  ],
  [
    'allow-origin-missing',
    `Failed to load https://api.example.com/x: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'http://127.0.0.1:8080' is therefore not allowed access. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.`,
  ],
  [
    'allow-origin-missing',
    `Access to Font at 'https://cdn.example.com/f.woff2' from origin 'https://www.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://www.example.com' is therefore not allowed access.`,
  ],
  [
    'allow-origin-missing',
    `Access to image at 'https://cdn.example.com/i.png' from origin 'https://www.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present`,
  ],
  [
    'allow-origin-missing',
    `Access to CSS stylesheet at 'https://cdn.example.com/i.css' from origin 'null' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'allow-origin-missing',
    `blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  ['allow-origin-missing', `No 'Access-Control-Allow-Origin' header is present on the requested resource`],
  [
    'allow-origin-missing',
    `Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'x' is therefore not allowed access. The response had HTTP status code 500.`,
  ],
  [
    'allow-origin-wildcard',
    `Response to preflight request doesn't pass access control check: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'. Origin 'http://localhost:4200' is therefore not allowed access. The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.`,
  ],
  [
    'allow-credentials',
    `XMLHttpRequest cannot load http://localhost:3000/x. Response to preflight request doesn't pass access control check: Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is ''. It must be 'true' to allow credentials. Origin 'http://localhost:9000' is therefore not allowed access.`,
  ],
  ['allow-credentials', `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".`],
  [
    'scheme-not-http',
    `XMLHttpRequest cannot load file:///home/me/x.json. Cross origin requests are only supported for HTTP.`,
  ],
  [
    'scheme-not-http',
    `Failed to load file:///C:/x.json: Cross origin requests are only supported for protocol schemes: http, data, chrome, chrome-extension, https.`,
  ],
  ['scheme-not-http', `Fetch API cannot load file:///C:/x.json. URL scheme "file" is not supported.`],
  ['scheme-not-http', `Fetch API cannot load localhost:3000/x. URL scheme must be "http" or "https" for CORS request.`],
  [
    'scheme-not-http',
    `Access to fetch at 'localhost:3000/api' from origin 'http://localhost:8080' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: http, data, chrome, chrome-extension, https.`,
  ],
  [
    'preflight-redirect',
    `XMLHttpRequest cannot load http://x.example.com/. The request was redirected to 'http://x.example.com/login', which is disallowed for cross-origin requests that require preflight.`,
  ],
  [
    'preflight-redirect',
    `Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.`,
  ],
  [
    'redirect-scheme',
    `XMLHttpRequest cannot load http://x.example.com/. The request was redirected to a URL ('about:blank') which has a disallowed scheme for cross-origin requests.`,
  ],
  [
    'same-origin-mode',
    `Fetch API cannot load https://api.example.com/x. Request mode is "same-origin" but the URL's origin is not same as the request origin https://app.example.com.`,
  ],
  ['frame-access', `Uncaught DOMException: Permission denied to access property "document" on cross-origin object`],
  [
    'frame-access',
    `SecurityError: Blocked a frame with origin "https://a.example.com" from accessing a cross-origin frame.`,
  ],
  [
    'frame-access',
    `Uncaught SecurityError: Failed to read a named property 'document' from 'Window': Blocked a frame with origin "https://a.example.com" from accessing a cross-origin frame.`,
  ],
  [
    'tainted-canvas',
    `SecurityError: Failed to execute 'getImageData' on 'CanvasRenderingContext2D': The canvas has been tainted by cross-origin data.`,
  ],
  ['tainted-canvas', `Unable to get image data from canvas because the canvas has been tainted by cross-origin data.`],
  [
    'script-type',
    `Refused to apply style from 'https://www.example.com/a.css' because its MIME type ('text/html') is not a supported stylesheet MIME type, and strict MIME checking is enabled.`,
  ],
  [
    'script-type',
    `Refused to execute script from 'https://www.example.com/a.js' because its MIME type ('application/json') is not executable, and strict MIME type checking is enabled.`,
  ],
  [
    'script-type',
    `Loading module from “https://www.example.com/a.js” was blocked because of a disallowed MIME type (“text/html”).`,
  ],
  ['script-type', `'text/html' is not a valid JavaScript MIME type.`],
  ['opaque-response-blocking', `The resource at https://x.example.com was blocked: net::ERR_BLOCKED_BY_ORB`],
  ['opaque-response-blocking', `Response was blocked by CORB (Cross-Origin Read Blocking)`],
  [
    'subresource-integrity',
    `Failed to find a valid digest in the 'integrity' attribute for resource 'https://cdn.example.com/a.js' with computed SHA-256 integrity 'abc='. The resource has been blocked.`,
  ],
  [
    'subresource-integrity',
    `Subresource Integrity: The resource 'https://cdn.example.com/a.js' has an integrity attribute, but the resource requires the request to be CORS enabled to check the integrity, and it is not. The resource has been blocked because the integrity cannot be enforced.`,
  ],
  [
    'mixed-content',
    `[blocked] The page at https://app.example.com was not allowed to display insecure content from http://api.example.com/x`,
  ],
  [
    'mixed-content',
    `Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but attempted to connect to the insecure WebSocket endpoint 'ws://api.example.com/'. This request has been blocked; this endpoint must be available over WSS.`,
  ],
  [
    'mixed-content',
    `SecurityError: An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.`,
  ],
  ['network-error', `GET https://api.example.com/x net::ERR_NAME_NOT_RESOLVED`],
  ['network-error', `Failed to load resource: net::ERR_SSL_PROTOCOL_ERROR`],
  ['network-error', `POST https://api.example.com/x net::ERR_TIMED_OUT`],
  ['network-error', `net::ERR_CERT_COMMON_NAME_INVALID`],
  ['network-error', `net::ERR_HTTP2_PROTOCOL_ERROR 200`],
  ['network-error', `net::ERR_EMPTY_RESPONSE`],
  ['network-error', `net::ERR_INTERNET_DISCONNECTED`],
  ['network-error', `[Error] Could not connect to the server.`],
  [
    'network-error',
    `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at http://localhost:8080/. (Reason: CORS request did not succeed).`,
  ],
  ['network-error', `Error Domain=NSURLErrorDomain Code=-1004 "Could not connect to the server."`],
  ['no-reason', `TypeError: NetworkError when attempting to fetch resource.`],
  [
    'no-reason',
    `Uncaught (in promise) TypeError: Failed to fetch dynamically imported module: https://app.example.com/assets/a.js`,
  ],
  ['no-reason', `ApolloError: Failed to fetch`],
  ['no-reason', `Error: Network Error at createError (createError.js:17)`],
  ['no-reason', `{"readyState":0,"responseText":"","status":0,"statusText":"error"}`],
  ['no-reason', `Http failure response for (unknown url): 0 Unknown Error`],
  ['no-reason', `Http failure response for http://localhost:5000/api: 0 undefined`],
  ['no-reason', `A network error occurred. AxiosError: Network Error`],
  [
    'no-reason',
    `DioException [connection error]: The connection errored: The XMLHttpRequest onError callback was called.`,
  ],
  ['no-reason', `Failed to fetch`],
  ['no-reason', `TypeError: Failed to fetch (api.example.com)`],
  ['no-reason', `fetchError: Failed to fetch`],
  ['no-reason', `FetchError: [GET] "https://api.example.com/x": <no response> Failed to fetch`],
  ['no-reason', `RTK Query {status: 'FETCH_ERROR', error: 'TypeError: Failed to fetch'}`],
  ['no-reason', `Failed to load resource: The network connection failed (net::ERR_FAILED)`],
  [
    'fetch-outside-browser',
    `FetchError: request to http://localhost:3000/api failed, reason: connect ECONNREFUSED ::1:3000`,
  ],
  [
    'cookie-blocked',
    `This Set-Cookie was blocked because it had the "SameSite=Lax" attribute but came from a cross-site response which was not the response to a top-level navigation.`,
  ],
  [
    'cookie-blocked',
    `A cookie associated with a cross-site resource at http://example.com/ was set without the \`SameSite\` attribute.`,
  ],
  ['cookie-blocked', `Third-party cookie will be blocked in future Chrome versions as part of Privacy Sandbox.`],
  ['cookie-blocked', `Failed to read the 'localStorage' property from 'Window': Access is denied for this document.`],
  [
    'content-security-policy',
    `Content Security Policy: The page’s settings blocked the loading of a resource at https://api.example.com/x (“connect-src”).`,
  ],
  [
    'content-security-policy',
    `[Error] Refused to connect to https://api.example.com/x because it does not appear in the connect-src directive of the Content Security Policy.`,
  ],
  [
    'content-security-policy',
    `Refused to load the script 'https://cdn.example.com/a.js' because it violates the following Content Security Policy directive: "script-src 'self'".`,
  ],
  [
    'content-security-policy',
    `Refused to frame 'https://x.example.com/' because it violates the following Content Security Policy directive: "frame-src 'self'".`,
  ],
  [
    'content-security-policy',
    `Loading the script 'https://cdn.example.com/a.js' violates the following Content Security Policy directive: "script-src 'self'". The action has been blocked.`,
  ],
  [
    'frame-refused',
    `Refused to frame 'https://x.example.com/' because an ancestor violates the following Content Security Policy directive: "frame-ancestors 'self'".`,
  ],
  [
    'frame-refused',
    `The loading of “https://x.example.com/” in a frame is denied by “X-Frame-Options“ directive set to “SAMEORIGIN“.`,
  ],
  ['websocket', `Firefox can’t establish a connection to the server at ws://localhost:3000/.`],
  ['websocket', `WebSocket connection to 'ws://localhost:3000/' failed: `],
  ['websocket', `socket.io.js:7 GET http://localhost:3000/socket.io/?EIO=4&transport=polling&t=O 400 (Bad Request)`],
  [
    'allow-origin-missing',
    `polling-xhr.js:157 Access to XMLHttpRequest at 'http://localhost:3001/socket.io/?EIO=4&transport=polling&t=abc' from origin 'http://localhost:3000' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'service-worker',
    `The FetchEvent for "https://app.example.com/x" resulted in a network error response: an "opaque" response was used for a request whose type is not no-cors`,
  ],
  [
    'service-worker',
    `Failed to load ‘https://app.example.com/x’. A ServiceWorker passed an opaque Response to FetchEvent.respondWith() while handling a ‘cors’ FetchEvent.`,
  ],
  ['blocked-by-extension', `Failed to load resource: net::ERR_BLOCKED_BY_CLIENT`],
  [
    'blocked-by-extension',
    `[Error] Content blocker prevented frame displaying https://app.example.com from loading a resource from https://x.example.com/a.js`,
  ],
  ['aborted', `net::ERR_ABORTED`],
  ['http-status', `GET https://api.example.com/x 404 (Not Found)`],
  ['http-status', `Failed to load resource: the server responded with a status of 500 (Internal Server Error)`],
  ['preflight-status', `OPTIONS https://api.example.com/x 405 (Method Not Allowed)`],
  ['preflight-status', `OPTIONS http://localhost:8080/api 401`],
  ['refused-by-server', `CORS policy: origin not allowed`],
  ['refused-by-server', `Reject: 'http://localhost:3000' origin is not allowed`],
  ['refused-by-server', `The CORS policy for this site does not allow access from the specified Origin.`],
  ['refused-by-server', `Request origin not allowed: http://localhost:3000`],
  ['csrf-check', `Forbidden (CSRF cookie not set.): /api/login/`],
  [
    'csrf-check',
    `{"detail":"CSRF Failed: Origin checking failed - https://app.example.com does not match any trusted origins."}`,
  ],
  ['csrf-check', `Cross-site POST form submissions are forbidden`],
  [
    'csrf-check',
    '`x-forwarded-host` header with value `a.example.com` does not match `origin` header with value `b.example.com` from a forwarded Server Actions request. Aborting the action.',
  ],
  ['host-check', `Invalid Host header`],
  ['host-check', `Invalid HTTP_HOST header: 'x.example.com'. You may need to add 'x.example.com' to ALLOWED_HOSTS.`],
  [
    'host-check',
    `⚠ Blocked cross-origin request from 192.168.1.5 to /_next/* resource. To allow this, configure "allowedDevOrigins" in next.config`,
  ],
  [
    'server-policy',
    `java.lang.IllegalArgumentException: When allowCredentials is true, allowedOrigins cannot contain the special value "*" since that cannot be set on the "Access-Control-Allow-Origin" response header.`,
  ],
  [
    'embedder-policy',
    `Specify a Cross-Origin Resource Policy to prevent a resource from being blocked. net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep`,
  ],
  ['opener-policy', `Cross-Origin-Opener-Policy policy would block the window.postMessage call.`],
  [
    'local-network',
    `Access to fetch at 'http://192.168.1.2/' from origin 'https://app.example.com' has been blocked by CORS policy: Permission was denied for this request to access the \`unknown\` address space.`,
  ],
  [
    'local-network',
    `Access to XMLHttpRequest at 'http://localhost/' from origin 'http://1.2.3.4' has been blocked by CORS policy: The request client is not a secure context and the resource is in more-private address space \`loopback\`.`,
  ],
  ['header-not-exposed', `Refused to get unsafe header "Content-Disposition"`],
  [
    'header-not-allowed',
    `Request header field Authorization is not allowed by Access-Control-Allow-Headers in preflight response.`,
  ],
  [
    'header-not-allowed',
    `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: header ‘authorization’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).`,
  ],
  [
    'method-not-allowed',
    `Méthode: Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).`,
  ],
  ['tainted-canvas', `Failed to execute 'texImage2D' on 'WebGLRenderingContext': Tainted canvases may not be loaded.`],
  [
    'post-message',
    `Failed to execute 'postMessage' on 'DOMWindow': The target origin provided ('https://a') does not match the recipient window's origin ('https://b').`,
  ],
  [
    'event-source-type',
    `EventSource's response has a MIME type ("application/json") that is not "text/event-stream". Aborting the connection.`,
  ],
  ['bad-port', `GET http://localhost:6000/ net::ERR_UNSAFE_PORT`],
  [
    'worker-origin',
    `Uncaught SecurityError: Failed to construct 'Worker': Access to the script at 'https://cdn.example.com/w.js' is denied by the document's Content Security Policy.`,
  ],
  [
    'worker-origin',
    `SecurityError: Failed to register a ServiceWorker: The origin of the provided scriptURL ('https://a') does not match the current origin ('https://b').`,
  ],
  [
    'allow-origin-missing',
    `Access to fetch at https://api.example.com/x from origin https://app.example.com has been blocked by CORS policy: No Access-Control-Allow-Origin header is present on the requested resource.`,
  ],
  [
    'cors-no-reason',
    'access to xmlhttprequest at https://api.example.com/x from origin https://app.example.com has been blocked by cors policy',
  ],
  [
    'header-not-allowed',
    `Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by CORS policy: Request header field authorization is not allowed by Access-Control-Al...`,
  ],
  ['method-not-allowed', 'blocked by CORS policy: Method PUT is not allowed by…'],
  ['allow-origin-missing', "blocked by CORS policy: No 'Access-Control-Allow-Origin' header is"],
  [
    'cors-no-reason',
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x',
  ],
  ['cors-no-reason', "Access to XMLHttpRequest at 'https://api.example.com/a/very/lo"],
]

describe('recognizeMessage()', () => {
  it.each(LINES)('reads %s: %s', (code, line) => {
    expect(recognizeMessage(line)?.code).toBe(code)
  })

  it.each([
    'Why does fetch() not send cookies with credentials include?',
    'How to enable CORS in Spring Boot?',
    'axios.get("https://api.example.com") returns undefined',
    'Uncaught TypeError: Cannot read properties of undefined (reading "map")',
    '404 Not Found',
    'ERR_MODULE_NOT_FOUND',
    'SyntaxError: Unexpected token < in JSON at position 0',
    'The Access-Control-Allow-Origin header is set to * on my server',
    "fetch('http://api.example.com/x') does nothing",
    "my API is at 'http://api.example.com/x' and it hangs",
    'const url = "http://api.example.com"',
    'app.use(cors({ origin: "https://app.example.com" }))',
    'res.setHeader("Access-Control-Allow-Origin", "*")',
  ])('sees no line in other text: %s', (text) => expect(recognizeMessage(text)).toBeNull())
})

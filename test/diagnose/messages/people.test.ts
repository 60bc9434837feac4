// Lines as people paste them into issues, questions and chats, 2014 to 2026: with what terminals, editors, devices, test drivers
// and translators made of them. Names, hosts and paths are replaced.
import { describe, expect, it } from 'vitest'
import { type MessageCode, type RecognizedMessage, recognizeMessage } from '../../../src/diagnose.ts'

type Row = readonly [kind: string, code: MessageCode, facts: Partial<RecognizedMessage>, line: string]

const API = 'https://api.example.com/v1/items'
const APP = 'https://app.example.com'

const LINES: readonly Row[] = [
  // Where Chromium's lines are copied from
  [
    'Android log',
    'allow-origin-missing',
    { url: API, origin: 'http://localhost:8080', during: 'response' },
    `2019-01-11 10:03:13.128 16854-16854/? I/chromium: [INFO:CONSOLE(0)] "Access to XMLHttpRequest at '${API}' from origin 'http://localhost:8080' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.", source: http://localhost:8080/ (0)`,
  ],
  [
    'Capacitor',
    'allow-origin-missing',
    { url: API, origin: 'http://example.com', during: 'preflight', name: 'PreflightMissingAllowOriginHeader' },
    `E/Capacitor/Console: File: http://example.com/login - Line 0 - Msg: Access to XMLHttpRequest at '${API}' from origin 'http://example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'Capacitor, 2020',
    'allow-origin-missing',
    { url: 'https://api.example.com/letters/?letter=%D0%9A', origin: 'http://localhost' },
    `Line 0 - Msg: Failed to load https://api.example.com/letters/?letter=%D0%9A: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'http://localhost' is therefore not allowed access.`,
  ],
  [
    'Cordova',
    'allow-origin-missing',
    { url: API, origin: 'file://' },
    `D/SystemWebChromeClient: file:///android_asset/www/index.html: Line 0 : Access to XMLHttpRequest at '${API}' from origin 'file://' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'Electron, 2015',
    'allow-origin-missing',
    { url: API, origin: 'file://' },
    `Fetch API cannot load ${API}. No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'file://' is therefore not allowed access.`,
  ],
  [
    'Playwright',
    'allow-origin-missing',
    { url: API, origin: 'http://127.0.0.1:4173' },
    `[WebServer] [browser] console.error: Access to fetch at '${API}' from origin 'http://127.0.0.1:4173' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'Selenium',
    'preflight-status',
    { url: API, origin: APP },
    `{'level': 'SEVERE', 'message': "https://app.example.com/ - Access to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.", 'source': 'javascript', 'timestamp': 1698765432100}`,
  ],
  [
    'Puppeteer, JSON',
    'header-not-allowed',
    { value: 'x-api-key', origin: APP },
    JSON.stringify({
      level: 'error',
      text: `Access to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy: Request header field x-api-key is not allowed by Access-Control-Allow-Headers in preflight response.`,
    }),
  ],
  [
    'Vite terminal',
    'allow-origin-missing',
    { url: API },
    `\u001b[31m10:12:01 PM [vite] (client) [console.error]\u001b[39m Access to fetch at '${API}' from origin 'http://localhost:5173' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'Next.js terminal',
    'method-not-allowed',
    { value: 'DELETE', method: 'DELETE' },
    `[browser] Access to fetch at '${API}' from origin 'http://localhost:3000' has been blocked by CORS policy: Method DELETE is not allowed by Access-Control-Allow-Methods in preflight response. (file://Users/me/app/page.tsx:12:3)`,
  ],
  [
    'wrapped by a chat',
    'allow-origin-wildcard',
    { url: API, origin: APP, value: '*' },
    `> Access to XMLHttpRequest at '${API}' from origin\n> '${APP}' has been blocked by CORS policy: The value of the\n> 'Access-Control-Allow-Origin' header in the response must not be the wildcard\n> '*' when the request's credentials mode is 'include'.`,
  ],
  [
    'typographic',
    'allow-credentials',
    { url: API, origin: APP, value: '' },
    `Access to fetch at ‘${API}’ from origin ‘${APP}’ has been blocked by CORS policy: The value of the ‘Access-Control-Allow-Credentials’ header in the response is ‘’ which must be ‘true’ when the request’s credentials mode is ‘include’.`,
  ],
  [
    'a part, quoted in a sentence',
    'allow-credentials',
    { value: '' },
    "every request was blocked with `Access-Control-Allow-Credentials header in the response is '' which must be 'true' when the request's credentials mode is 'include'`",
  ],
  [
    'a name without its quotation marks',
    'allow-origin-multiple',
    { value: 'https://a.example, https://b.example' },
    "The Access-Control-Allow-Origin header contains multiple values 'https://a.example, https://b.example', but only one is allowed.",
  ],
  [
    'another name without them',
    'allow-origin-mismatch',
    { value: 'https://a.example' },
    "Access-Control-Allow-Origin header has a value 'https://a.example' that is not equal to the supplied origin",
  ],
  [
    'entities',
    'allow-origin-mismatch',
    { value: 'http://localhost:4200', origin: APP },
    `Access to XMLHttpRequest at &#39;${API}?a=1&amp;b=2&#39; from origin &#39;${APP}&#39; has been blocked by CORS policy: The &#39;Access-Control-Allow-Origin&#39; header has a value &#39;http://localhost:4200&#39; that is not equal to the supplied origin.`,
  ],
  [
    'a fence',
    'preflight-redirect',
    { url: API },
    `\`\`\`console\nAccess to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request.\n\`\`\``,
  ],
  [
    'all in capitals of a title',
    'allow-origin-missing',
    { origin: 'http://localhost:3000' },
    `origin 'http://localhost:3000' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource - from origin 'http://localhost:3000' has been blocked`,
  ],
  [
    'stack behind it',
    'allow-origin-missing',
    { url: API, method: 'POST', status: 502 },
    `index-a1b2c3.js:132 Access to XMLHttpRequest at '${API}' from origin '${APP}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\nindex-a1b2c3.js:89  POST ${API} net::ERR_FAILED 502 (Bad Gateway)\nYe @ index-a1b2c3.js:89\nindex-a1b2c3.js:132 AxiosError {message: 'Network Error', name: 'AxiosError', code: 'ERR_NETWORK', config: {…}, request: XMLHttpRequest, …}`,
  ],
  [
    'cut off',
    'cors-no-reason',
    { url: API, origin: APP },
    `Access to fetch at '${API}' from origin '${APP}' has been bloc`,
  ],
  [
    'cut off in the address',
    'cors-no-reason',
    { url: 'https://api.example.com/v1/', origin: APP },
    `Access to fetch at 'https://api.example.com/v1/…' from origin '${APP}' has been blocked by CORS policy:`,
  ],
  [
    'a module from a disk',
    'scheme-not-http',
    { url: 'file:///C:/work/site/js/main.js' },
    `Access to script at 'file:///C:/work/site/js/main.js' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, chrome-untrusted, data, edge, http, https, isolated-app.`,
  ],
  [
    'a manifest behind a login',
    'allow-origin-missing',
    { url: 'https://login.example.net/authorize?client_id=1', redirectedFrom: 'https://app.example.com/manifest.json' },
    `Access to internal resource at 'https://login.example.net/authorize?client_id=1' (redirected from 'https://app.example.com/manifest.json') from origin '${APP}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  [
    'duplicated header',
    'allow-origin-multiple',
    { value: `${APP}, *` },
    `Access to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header contains multiple values '${APP}, *', but only one is allowed.`,
  ],
  [
    '2017',
    'allow-origin-multiple',
    { value: '*, null', origin: 'https://fiddle.example.net' },
    `XMLHttpRequest cannot load ${API}. The 'Access-Control-Allow-Origin' header contains multiple values '*, null', but only one is allowed. Origin 'https://fiddle.example.net' is therefore not allowed access.`,
  ],
  [
    '2014',
    'allow-origin-missing',
    { status: 405, during: 'preflight' },
    `XMLHttpRequest cannot load ${API}. Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'http://new.example.com' is therefore not allowed access. The response had HTTP status code 405.`,
  ],
  [
    '2013',
    'allow-origin-mismatch',
    { url: API, origin: 'http://localhost:8000' },
    `XMLHttpRequest cannot load ${API}. Origin http://localhost:8000 is not allowed by Access-Control-Allow-Origin.`,
  ],
  [
    '2016',
    'preflight-status',
    { status: 404, during: 'preflight' },
    `XMLHttpRequest cannot load ${API}. Response for preflight has invalid HTTP status code 404`,
  ],
  [
    '2013, a method',
    'method-not-allowed',
    { value: 'PUT' },
    `XMLHttpRequest cannot load ${API}. Method PUT is not allowed by Access-Control-Allow-Methods.`,
  ],
  [
    '2016, an image',
    'allow-origin-missing',
    { origin: 'https://www.example.com' },
    `Image from origin 'https://cdn.example.com' has been blocked from loading by Cross-Origin Resource Sharing policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://www.example.com' is therefore not allowed access.`,
  ],
  // The network panel, the Issues panel and the protocol
  ['network panel', 'cors-no-reason', {}, 'items  CORS error  fetch  index.js:12  0 B  31 ms'],
  [
    'tooltip',
    'allow-origin-missing',
    { name: 'PreflightMissingAllowOriginHeader' },
    'Cross-Origin Resource Sharing error: PreflightMissingAllowOriginHeader',
  ],
  [
    'Issues panel',
    'cors-no-reason',
    {},
    'Ensure CORS response header values are valid\nA cross-origin resource sharing (CORS) request was blocked because of invalid or missing response headers',
  ],
  ['blocked by an extension', 'blocked-by-extension', { cors: false }, 'collect?v=2  (blocked:other)  ping'],
  ['blocked by CSP', 'content-security-policy', {}, 'items (blocked:csp) fetch'],
  [
    'copied headers',
    'provisional-headers',
    {},
    'Provisional headers are shown. Disable cache to see full headers. Learn more',
  ],
  [
    'the ordinary policy',
    'referrer-policy',
    { cors: false },
    'Request URL: https://api.example.com/x\nReferrer Policy: strict-origin-when-cross-origin',
  ],
  [
    'failed with a status',
    'no-reason',
    { method: 'GET', url: API, status: 200 },
    `GET ${API} net::ERR_FAILED 200 (OK)`,
  ],
  // Networks more private than the page's
  [
    'loopback, 2026',
    'local-network',
    { url: 'http://localhost:8080/api/v1/status', value: 'loopback', cors: false },
    `/#/home:1 Access to fetch at 'http://localhost:8080/api/v1/status' from origin '${APP}' has been blocked by CORS policy: Permission was denied for this request to access the \`loopback\` address space.\nlocalhost:8080/api/v1/status:1  Failed to load resource: net::ERR_FAILED`,
  ],
  [
    'private, 2021',
    'local-network',
    { value: 'private' },
    "Access to XMLHttpRequest at 'http://192.168.56.1:8330/commands/' from origin 'http://radio.example.com' has been blocked by CORS policy: The request client is not a secure context and the resource is in more-private address space `private`.",
  ],
  [
    'no address space, 2023',
    'local-network',
    { value: null },
    "Access to fetch at 'http://10.0.0.5/x' from origin 'https://app.example.com' has been blocked by CORS policy: Request had no target IP address space, yet the resource is in address space `local`.",
  ],
  // Firefox
  [
    'two requests at once',
    'preflight-status',
    { status: 400, url: 'https://api.example.com/player?pretty=false', also: ['network-error'] },
    'XHR OPTIONS https://api.example.com/player?pretty=false CORS Preflight Did Not Succeed\nCross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/player?pretty=false. (Reason: CORS preflight response did not succeed). Status code: 400.\nCross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/player?pretty=false. (Reason: CORS request did not succeed). Status code: (null).',
  ],
  [
    'wrapped',
    'allow-origin-missing',
    { status: 502, url: 'https://service.example.com/targets' },
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource\nat https://service.example.com/targets.\n(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502.',
  ],
  [
    '2014, no reason',
    'cors-no-reason',
    { url: API },
    `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${API}. This can be fixed by moving the resource to the same domain or enabling CORS.`,
  ],
  [
    '2019, a token',
    'header-not-allowed',
    { value: 'x-csrf-token' },
    `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${API}. (Reason: missing token ‘x-csrf-token’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel).`,
  ],
  [
    'translated by hand',
    'allow-origin-missing',
    { url: 'http://app.example.net/latex/%5Cmath' },
    'Cross-Origin Request blocked: the policy « Same Origin » does not permit to consult the distant resource on http://app.example.net/latex/%5Cmath. Reason : header CORS « Access-Control-Allow-Origin » is missing.',
  ],
  [
    'Chinese, 2015',
    'network-error',
    { url: 'http://localhost:6800/jsonrpc' },
    '已封鎖跨來源請求: 同源政策不允許讀取 http://localhost:6800/jsonrpc 的遠端資源。（原因: CORS 請求失敗）。',
  ],
  [
    'Spanish, with its neighbors',
    'network-error',
    { url: 'https://static.example.com/beacon.min.js/1' },
    'Solicitud de origen cruzado bloqueada: La política de mismo origen no permite la lectura de recursos remotos en https://static.example.com/beacon.min.js/1. (Razón: Solicitud CORS sin éxito). Código de estado: (null).',
  ],
  [
    'Russian, 429',
    'allow-origin-missing',
    { status: 429, method: 'GET' },
    'XHR\nGET\nhttps://api.example.com/v1/lookup?at=57.4,42.2\nCORS Missing Allow Origin\n\nЗапрос из постороннего источника заблокирован: Политика одного источника запрещает чтение удалённого ресурса на https://api.example.com/v1/lookup?at=57.4,42.2. (Причина: отсутствует заголовок CORS «Access-Control-Allow-Origin»). Код состояния: 429.',
  ],
  [
    'a service worker, in Spanish',
    'service-worker',
    { url: 'https://app.example.com/avatars/1.jpeg' },
    "Fallo al cargar 'https://app.example.com/avatars/1.jpeg'. Un ServiceWorker ha pasado un promise a FetchEvent.respondWith() que lo ha rechazado con 'Error: no-response'. sw.js:1:185",
  ],
  [
    'integrity, in Spanish',
    'subresource-integrity',
    {},
    'Ninguno de los hashes “sha512” en el atributo integrity coincide con el contenido del subrecurso “https://static.example.com/beacon.min.js”.',
  ],
  [
    'CSP, in French',
    'content-security-policy',
    { url: API },
    `Content-Security-Policy : Les paramètres de la page ont empêché le chargement d’une ressource (connect-src) à l’adresse ${API} car elle enfreint la directive suivante : « connect-src 'self' »`,
  ],
  [
    'CSP, in English',
    'content-security-policy',
    { url: API },
    `Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at ${API} because it violates the following directive: “connect-src 'self'”`,
  ],
  [
    'tracking protection',
    'blocked-by-extension',
    { url: 'https://stats.example.com/x.js' },
    'The resource at “https://stats.example.com/x.js” was blocked because content blocking is enabled.',
  ],
  [
    'a cookie',
    'cookie-blocked',
    { cors: false },
    'Cookie “session” has been rejected because it is in a cross-site context and its “SameSite” is “Lax” or “Strict”.',
  ],
  // Safari and what is built upon it
  [
    'Safari, with a status',
    'preflight-status',
    { status: 403, url: 'https://raw.example.com/main/page.html' },
    '[Error] Preflight response is not successful. Status code: 403\n[Error] Fetch API cannot load https://raw.example.com/main/page.html due to access control checks.\n[Error] Failed to load resource: Preflight response is not successful. Status code: 403 (page.html, line 0)\n[Warning] Failed to fetch – TypeError: Load failed (1484.js, line 18)',
  ],
  [
    'Safari 10',
    'preflight-status',
    { url: 'https://api.example.com/acl/', status: 403 },
    '[Error] Failed to load resource: the server responded with a status of 403 (Forbidden) (acl, line 0)\n[Error] Failed to load resource: Preflight response is not successful (acl, line 0)\n[Error] XMLHttpRequest cannot load https://api.example.com/acl/. Preflight response is not successful',
  ],
  [
    'Safari, an error page',
    'allow-origin-missing',
    { status: 500, url: API, origin: APP },
    `[Error] Origin ${APP} is not allowed by Access-Control-Allow-Origin. Status code: 500\n[Error] Fetch API cannot load ${API} due to access control checks.`,
  ],
  [
    'Safari, 200',
    'allow-origin-mismatch',
    { status: 200 },
    `[Error] Origin ${APP} is not allowed by Access-Control-Allow-Origin. Status code: 200`,
  ],
  [
    'iOS log',
    'allow-origin-mismatch',
    { origin: 'capacitor://app' },
    'Origin capacitor://app is not allowed by Access-Control-Allow-Origin.\nFailed to load resource: Origin capacitor://app is not allowed by Access-Control-Allow-Origin.',
  ],
  [
    'only the last line',
    'no-reason',
    { url: 'https://abc.example.co/rest/v1/orders?select=*&order=created.desc' },
    'Fetch API cannot load https://abc.example.co/rest/v1/orders?select=*&order=created.desc due to access control checks.',
  ],
  [
    'no host',
    'network-error',
    { url: API },
    `[Error] A server with the specified hostname could not be found.\n[Error] Fetch API cannot load ${API} due to access control checks.`,
  ],
  [
    'iOS, cleartext',
    'cleartext-blocked',
    {},
    'The resource could not be loaded because the App Transport Security policy requires the use of a secure connection.',
  ],
  [
    'WKWebView, a frame',
    'frame-access',
    { origin: 'http://localhost:8237' },
    'Blocked a frame with origin "http://localhost:8237" from accessing a frame with origin "http://ads.example.com". Protocols, domains, and ports must match.',
  ],
  // Internet Explorer and the old Edge
  [
    'IE 11',
    'allow-origin-missing',
    { origin: APP, url: API },
    `SEC7118: XMLHttpRequest for ${API} required Cross Origin Resource Sharing (CORS).\n\nSEC7120: Origin ${APP} not found in Access-Control-Allow-Origin header.\nSCRIPT7002: XMLHttpRequest: Network Error 0x80070005, Access is denied.`,
  ],
  [
    'IE 11, a header',
    'header-not-allowed',
    { value: 'content-type' },
    'SEC7123: Request header content-type was not present in the Access-Control-Allow-Headers list.\nSCRIPT7002: XMLHttpRequest: Network Error 0x80070005, Access is denied.',
  ],
  [
    'IE 11 in Chinese',
    'header-not-allowed',
    {},
    'SEC7123: Access-Control-Allow-Headers 列表中不存在请求标头 jk-token。',
  ],
  [
    'IE 11, no answer',
    'network-error',
    { value: '2efd' },
    'SCRIPT7002: XMLHttpRequest: Network Error 0x2efd, Could not complete the operation due to error 00002efd.',
  ],
  // Rules beside CORS
  [
    'CSP, 2025',
    'content-security-policy',
    { url: API, cors: false },
    `Refused to connect to '${API}' because it violates the following Content Security Policy directive: "connect-src 'self' https://cdn.example.com".`,
  ],
  [
    'CSP, 2026',
    'content-security-policy',
    { url: API },
    `Connecting to '${API}' violates the following Content Security Policy directive: "connect-src 'self'". The action has been blocked.`,
  ],
  [
    'CSP, a fallback',
    'content-security-policy',
    {},
    `Refused to connect to 'https://fonts.example.com/css?family=Mono'\nbecause it violates the following Content Security Policy directive: "default-src 'self' ws:".\nNote that 'connect-src' was not explicitly set, so 'default-src' is used as a fallback.`,
  ],
  [
    'CSP, only reported',
    'report-only',
    {},
    `[Report Only] Refused to connect to '${API}' because it violates the following Content Security Policy directive: "connect-src 'self'".`,
  ],
  [
    'a sign-in window',
    'opener-policy',
    { cors: false },
    'Cross-Origin-Opener-Policy policy would block the window.closed call.',
  ],
  [
    'a sign-in origin',
    'origin-not-registered',
    {},
    '[GSI_LOGGER]: The given origin is not allowed for the given client ID.',
  ],
  ['isolation', 'cross-origin-isolation', {}, 'Uncaught ReferenceError: SharedArrayBuffer is not defined'],
  [
    'a header that is not exposed',
    'header-not-exposed',
    { value: 'X-Total-Count', cors: true },
    'Refused to get unsafe header "X-Total-Count"',
  ],
  ['a header of the browser', 'forbidden-header', { value: 'Origin' }, 'Refused to set unsafe header "Origin"'],
  [
    'a style sheet',
    'frame-access',
    {},
    "Uncaught SecurityError: Failed to read the 'cssRules' property from 'CSSStyleSheet': Cannot access rules",
  ],
  [
    'an image in WebGL',
    'tainted-canvas',
    {},
    "Uncaught DOMException: Failed to execute 'texImage2D' on 'WebGLRenderingContext': The image element contains cross-origin data, and may not be loaded.",
  ],
  [
    'a frame',
    'frame-refused',
    {},
    "Refused to display 'https://www.example.com/' in a frame because it set 'X-Frame-Options' to 'sameorigin'.",
  ],
  [
    'an event stream',
    'event-source-type',
    { value: 'text/html' },
    'EventSource\'s response has a MIME type ("text/html") that is not "text/event-stream". Aborting the connection.',
  ],
  ['a script without CORS', 'script-error', {}, 'Uncaught Error: Script error. (:0)'],
  [
    'mixed content',
    'mixed-content',
    { url: 'http://api.example.com/x', origin: APP },
    "Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure XMLHttpRequest endpoint 'http://api.example.com/x'. This request has been blocked; the content must be served over HTTPS.",
  ],
  ['Android, cleartext', 'cleartext-blocked', {}, 'GET http://10.0.2.2:8000/api/ net::ERR_CLEARTEXT_NOT_PERMITTED'],
  [
    'a certificate',
    'network-error',
    { value: 'ERR_CERT_AUTHORITY_INVALID', url: 'https://localhost:5001/api' },
    'GET https://localhost:5001/api net::ERR_CERT_AUTHORITY_INVALID',
  ],
  // Libraries and runtimes
  [
    'axios',
    'no-reason',
    { speaker: 'library', name: 'AxiosError' },
    "Uncaught (in promise) \nmt {message: 'Network Error', name: 'AxiosError', code: 'ERR_NETWORK', config: {…}, request: XMLHttpRequest, …}",
  ],
  [
    'axios with a status',
    'http-status',
    { status: 401 },
    'AxiosError: Request failed with status code 401\n    at settle (axios.js:1983:12)',
  ],
  [
    'Angular',
    'no-reason',
    { url: API, name: 'HttpErrorResponse' },
    `ERROR HttpErrorResponse: Http failure response for ${API}: 0 Unknown Error`,
  ],
  [
    'Flutter, 2020',
    'no-reason',
    {},
    'Error message : XMLHttpRequest error.\nDioError [DioErrorType.RESPONSE]: XMLHttpRequest error.',
  ],
  ['Flutter, 2024', 'no-reason', {}, `ClientException: XMLHttpRequest error., uri=${API}`],
  [
    'React Native',
    'no-reason',
    { name: 'React Native' },
    'WARN  Possible Unhandled Promise Rejection (id: 0):\nTypeError: Network request failed',
  ],
  [
    'superagent',
    'no-reason',
    {},
    'Error: Request has been terminated\nPossible causes: the network is offline, Origin is not allowed by Access-Control-Allow-Origin, the page is being unloaded, etc.',
  ],
  [
    'Node',
    'fetch-outside-browser',
    { cors: false, value: 'ECONNREFUSED' },
    'TypeError: fetch failed\n    at node:internal/deps/undici/undici:13510:13 {\n  [cause]: Error: connect ECONNREFUSED 127.0.0.1:8000',
  ],
  ['socket.io', 'websocket', {}, 'connect failedError: xhr poll error'],
  [
    'a WebSocket',
    'websocket',
    { url: 'wss://ws.example.com/socket', cors: false },
    "WebSocket connection to 'wss://ws.example.com/socket' failed: Error during WebSocket handshake: Unexpected response code: 403",
  ],
  [
    'a WebSocket in Firefox',
    'websocket',
    { url: 'wss://ws.example.com/socket' },
    'Firefox can’t establish a connection to the server at wss://ws.example.com/socket.',
  ],
  // Servers
  [
    'Express',
    'refused-by-server',
    { speaker: 'server', cors: true },
    'Error: Not allowed by CORS\n    at origin (/app/server.js:21:16)',
  ],
  ['Spring', 'refused-by-server', {}, 'HTTP/1.1 403\nInvalid CORS request'],
  [
    'Starlette',
    'refused-by-server',
    {},
    'INFO: 127.0.0.1:53512 - "OPTIONS /items HTTP/1.1" 400 Bad Request\nDisallowed CORS origin, method',
  ],
  ['Flask-SocketIO', 'refused-by-server', {}, 'http://localhost:3000 is not an accepted origin.'],
  [
    'a bucket',
    'refused-by-server',
    {},
    '<Code>AccessForbidden</Code><Message>CORSResponse: This CORS request is not allowed.</Message>',
  ],
  [
    'Django',
    'csrf-check',
    { cors: false },
    'Forbidden (Origin checking failed - http://localhost:5174 does not match any trusted origins.): /login\n[13/Mar/2025 00:49:54] "POST /login HTTP/1.1" 403 2568',
  ],
  [
    'Rails',
    'csrf-check',
    {},
    "HTTP Origin header (https://app.example.com) didn't match request.base_url (http://app.example.com)",
  ],
  [
    'Vite',
    'host-check',
    { value: 'demo.example.com' },
    'Blocked request. This host ("demo.example.com") is not allowed.\nTo allow this host, add "demo.example.com" to `server.allowedHosts` in vite.config.js.',
  ],
  ['Rails hosts', 'host-check', {}, 'Blocked hosts: demo.example.com:3000'],
  // What the log of the server says of OPTIONS
  [
    'uvicorn',
    'preflight-status',
    { speaker: 'server', status: 405, during: 'preflight', name: 'access log' },
    'INFO:     127.0.0.1:53012 - "OPTIONS /items HTTP/1.1" 405 Method Not Allowed',
  ],
  [
    'FastAPI, with CORSMiddleware',
    'preflight-status',
    { status: 400, first: expect.stringMatching(/CORS layer.*list lacks/) },
    'INFO:     127.0.0.1:53012 - "OPTIONS /items HTTP/1.1" 400 Bad Request',
  ],
  [
    'nginx',
    'preflight-status',
    { status: 401 },
    '192.0.2.7 - - [12/Mar/2025:10:11:12 +0000] "OPTIONS /api/login HTTP/1.1" 401 157 "https://app.example.com/" "Mozilla/5.0"',
  ],
  [
    'gin',
    'preflight-status',
    { status: 404 },
    '[GIN] 2025/11/03 - 10:12:44 | 404 |  42.1µs |  127.0.0.1 | OPTIONS  "/api/chat"',
  ],
  [
    'Caddy',
    'preflight-status',
    { status: 404 },
    '{"level":"info","logger":"http.log.access","request":{"method":"OPTIONS","host":"api.example.com","uri":"/v1","headers":{"Origin":["https://app.example.com"]}},"status":404}',
  ],
  [
    'pino',
    'preflight-status',
    { status: 401 },
    '{"level":30,"req":{"method":"OPTIONS","url":"/v1"},"res":{"statusCode":401},"msg":"request completed"}',
  ],
  ['Django', 'preflight-redirect', { status: 301 }, '[12/Mar/2025 10:11:12] "OPTIONS /api/login HTTP/1.1" 301 0'],
  ['morgan', 'preflight-status', { status: 404 }, 'OPTIONS /api/items 404 3.122 ms - 152'],
  ['Hono logger', 'preflight-status', { status: 401 }, '<-- OPTIONS /api/items\n--> OPTIONS /api/items 401 3ms'],
  ['Express', 'preflight-status', { name: 'router' }, '<pre>Cannot OPTIONS /api/items</pre>'],
  [
    'Fastify',
    'preflight-status',
    {},
    '{"message":"Route OPTIONS:/api/items not found","error":"Not Found","statusCode":404}',
  ],
  ['Rails', 'preflight-status', {}, 'ActionController::RoutingError (No route matches [OPTIONS] "/api/items"):'],
  [
    'Spring',
    'preflight-status',
    {},
    "HttpRequestMethodNotSupportedException: Request method 'OPTIONS' is not supported",
  ],
  [
    'Laravel',
    'preflight-status',
    {},
    'The OPTIONS method is not supported for route api/items. Supported methods: GET, HEAD, POST.',
  ],
  [
    'a preflight that was answered, beside the line of the browser',
    'allow-origin-missing',
    { url: API },
    `OPTIONS /v1/items 204 1.2 ms - 0\nAccess to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
  ],
  // Checks with a list of their own
  [
    'Better Auth',
    'csrf-check',
    { origin: 'http://localhost:5173', first: expect.stringContaining('trustedOrigins') },
    "ERROR [Better Auth]: Invalid origin: http://localhost:5173\nINFO [Better Auth]: If it's a valid URL, please add http://localhost:5173 to trustedOrigins in your auth config",
  ],
  [
    'astro dev',
    'csrf-check',
    { first: expect.stringContaining('security.allowedDomains') },
    '[WARN] [router] Blocked cross-origin request to /api/items (Sec-Fetch-Site: cross-site, Sec-Fetch-Mode: cors). Cross-origin subresource requests are not allowed on the dev server for security reasons.',
  ],
  ['supabase-js', 'no-reason', {}, 'FunctionsFetchError: Failed to send a request to the Edge Function'],
  // What to do depends on the page, and on the name
  [
    'Chrome 142, from a page of https',
    'local-network',
    { first: expect.stringMatching(/^Let the user allow access/) },
    `Access to fetch at 'http://localhost:8080/status' from origin '${APP}' has been blocked by CORS policy: Permission was denied for this request to access the \`loopback\` address space.`,
  ],
  [
    'Chrome 142, from a page of http',
    'local-network',
    { first: expect.stringMatching(/^Serve the page over https/) },
    "Access to fetch at 'http://localhost:8080/status' from origin 'http://app.example.com' has been blocked by CORS policy: Permission was denied for this request to access the `loopback` address space.",
  ],
  [
    'a method in lower case',
    'method-not-allowed',
    { value: 'patch', first: expect.stringMatching(/^Write 'PATCH' in the page/) },
    `Access to fetch at '${API}' from origin '${APP}' has been blocked by CORS policy: Method patch is not allowed by Access-Control-Allow-Methods in preflight response.`,
  ],
  [
    'ASP.NET',
    'server-policy',
    {},
    'System.InvalidOperationException: The CORS protocol does not allow specifying a wildcard (any) origin and credentials at the same time.',
  ],
]

describe('a line that was pasted', () => {
  it('is one of many kinds', () => expect(LINES.length).toBeGreaterThan(60))

  it.each(LINES)('%s: %s', (_kind, code, facts, line) => {
    expect(recognizeMessage(line)).toMatchObject({ code, ...facts })
  })
})

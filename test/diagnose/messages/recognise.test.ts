import { describe, expect, it } from 'vitest'
import { createSimulator, type WireResponse } from '../../../src/browser.ts'
import { recognizeMessage } from '../../../src/diagnose.ts'

const FRAME =
  "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been blocked by CORS policy: "
const PREFLIGHT = "Response to preflight request doesn't pass access control check: "
const HINT = ' Have the server send the header with a valid value.'
const OLD_HINT =
  ", or, if an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled."
const XHR =
  ' The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute.'

/** Sentences of Chromium that exist for the response and for the preflight. */
const BOTH: readonly (readonly [name: string, code: string, text: string])[] = [
  [
    'WildcardOriginNotAllowed',
    'allow-origin-wildcard',
    "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
  ],
  [
    'WildcardOriginNotAllowed',
    'allow-origin-wildcard',
    `The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.${XHR}`,
  ],
  [
    'MissingAllowOriginHeader',
    'allow-origin-missing',
    "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  ],
  [
    'MissingAllowOriginHeader',
    'allow-origin-missing',
    "No 'Access-Control-Allow-Origin' header is present on the requested resource. If an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.",
  ],
  [
    'MultipleAllowOriginValues',
    'allow-origin-multiple',
    `The 'Access-Control-Allow-Origin' header contains multiple values '*, https://x', but only one is allowed.${HINT}`,
  ],
  [
    'InvalidAllowOriginValue',
    'allow-origin-malformed',
    `The 'Access-Control-Allow-Origin' header contains the invalid value 'app'.${HINT}`,
  ],
  [
    'AllowOriginMismatch',
    'allow-origin-mismatch',
    `The 'Access-Control-Allow-Origin' header has a value 'https://b' that is not equal to the supplied origin.${HINT}`,
  ],
  [
    'AllowOriginMismatch',
    'allow-origin-mismatch',
    `The 'Access-Control-Allow-Origin' header has a value 'https://b' that is not equal to the supplied origin${OLD_HINT}`,
  ],
  [
    'InvalidAllowCredentials',
    'allow-credentials',
    "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
  ],
]

const CHROMIUM: readonly (readonly [name: string | null, code: string, line: string])[] = [
  ['DisallowedByMode', 'same-origin-mode', `${FRAME}Cross origin requests are not allowed by request mode.`],
  ['InvalidResponse', 'invalid-response', `${FRAME}The response is invalid.`],
  [
    'CorsDisabledScheme',
    'scheme-not-http',
    `${FRAME}Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, chrome-untrusted, data, http, https, isolated-app.`,
  ],
  ['PreflightInvalidStatus', 'preflight-status', `${FRAME}${PREFLIGHT}It does not have HTTP ok status.`],
  [
    'PreflightDisallowedRedirect',
    'preflight-redirect',
    `${FRAME}${PREFLIGHT}Redirect is not allowed for a preflight request.`,
  ],
  [
    'InvalidAllowMethodsPreflightResponse',
    'allow-methods-syntax',
    `${FRAME}Cannot parse Access-Control-Allow-Methods response header field in preflight response.`,
  ],
  [
    'InvalidAllowHeadersPreflightResponse',
    'allow-headers-syntax',
    `${FRAME}Cannot parse Access-Control-Allow-Headers response header field in preflight response.`,
  ],
  [
    'MethodDisallowedByPreflightResponse',
    'method-not-allowed',
    `${FRAME}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
  ],
  [
    'HeaderDisallowedByPreflightResponse',
    'header-not-allowed',
    `${FRAME}Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.`,
  ],
  [
    'RedirectContainsCredentials',
    'redirect-credentials',
    `${FRAME}Redirect location '' contains a username and password, which is disallowed for cross-origin requests.`,
  ],
  [
    'InsecureLocalNetwork',
    'local-network',
    `${FRAME}The request client is not a secure context and the resource is in more-private address space \`loopback\`.`,
  ],
  [
    'InvalidLocalNetworkAccess',
    'local-network',
    `${FRAME}Request had a target IP address space of \`local\` yet the resource is in address space \`loopback\`.`,
  ],
  [
    'LocalNetworkAccessPermissionDenied',
    'local-network',
    `${FRAME}Permission was denied for this request to access the \`unknown\` address space.`,
  ],
  [
    'NoCorsRedirectModeNotFollow',
    'no-cors-redirect-mode',
    'Fetch API cannot load https://api.example.com/x. Request mode is "no-cors" but the redirect mode is not "follow".',
  ],
  [
    'DisallowedByMode',
    'same-origin-mode',
    'Fetch API cannot load https://api.example.com/x. Request mode is "same-origin" but the URL\'s origin is not same as the request origin https://app.example.com.',
  ],
  [
    'CorsDisabledScheme',
    'scheme-not-http',
    'Fetch API cannot load ftp://api.example.com/x. URL scheme "ftp" is not supported.',
  ],
  [null, 'method-forbidden', "Failed to execute 'fetch' on 'Window': 'TRACE' HTTP method is unsupported."],
  [
    'PreflightInvalidStatus',
    'preflight-status',
    'XMLHttpRequest cannot load https://api.example.com/x. Response for preflight has invalid HTTP status code 405',
  ],
  [
    'PreflightMissingAllowOriginHeader',
    'allow-origin-missing',
    `XMLHttpRequest cannot load https://api.example.com/x. ${PREFLIGHT}No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://app.example.com' is therefore not allowed access. The response had HTTP status code 500.`,
  ],
  [
    'WildcardOriginNotAllowed',
    'allow-origin-wildcard',
    "Fetch API cannot load https://api.example.com/x. The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'. Origin 'https://app.example.com' is therefore not allowed access.",
  ],
  [
    null,
    'opaque-response-blocking',
    'Cross-Origin Read Blocking (CORB) blocked cross-origin response https://api.example.com/x with MIME type application/json.',
  ],
  [null, 'opaque-response-blocking', 'GET https://api.example.com/x net::ERR_BLOCKED_BY_ORB'],
  [null, 'network-error', 'GET https://api.example.com/x net::ERR_NAME_NOT_RESOLVED'],
  [null, 'network-error', 'GET https://api.example.com/x net::ERR_CONNECTION_REFUSED'],
  [null, 'network-error', 'GET https://api.example.com/x net::ERR_CERT_AUTHORITY_INVALID'],
  [
    null,
    'mixed-content',
    "Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/x'. This request has been blocked; the content must be served over HTTPS.",
  ],
  [
    null,
    'content-security-policy',
    "Refused to connect to 'https://api.example.com/x' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
  ],
  [
    null,
    'content-security-policy',
    "Connecting to 'https://api.example.com/x' violates the following Content Security Policy directive: \"connect-src 'self'\".",
  ],
  [
    null,
    'content-security-policy',
    "Fetch API cannot load https://api.example.com/x. Refused to connect because it violates the document's Content Security Policy.",
  ],
  [null, 'blocked-by-extension', 'GET https://api.example.com/ads net::ERR_BLOCKED_BY_CLIENT'],
  [null, 'bad-port', 'GET http://api.example.com:6000/ net::ERR_UNSAFE_PORT'],
  [null, 'resource-policy', 'GET https://api.example.com/x net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)'],
  [
    null,
    'embedder-policy',
    'GET https://api.example.com/x net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep 200',
  ],
  [null, 'redirect-scheme', 'GET https://api.example.com/x net::ERR_UNSAFE_REDIRECT'],
  [
    null,
    'service-worker',
    'The FetchEvent for "https://api.example.com/x" resulted in a network error response: an "opaque" response was used for a request whose type is not no-cors',
  ],
  [null, 'no-reason', 'Failed to load resource: net::ERR_FAILED'],
  [null, 'no-reason', 'Uncaught (in promise) TypeError: Failed to fetch'],
]

const BLOCKED =
  'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: '

const FIREFOX: readonly (readonly [name: string | null, code: string, line: string])[] = [
  ['CORSDisabled', 'cors-disabled', `${BLOCKED}CORS disabled).`],
  ['CORSDidNotSucceed2', 'network-error', `${BLOCKED}CORS request did not succeed). Status code: (null).`],
  ['CORSOriginHeaderNotAdded', 'origin-header-not-added', `${BLOCKED}CORS header ‘Origin’ cannot be added).`],
  ['CORSExternalRedirectNotAllowed', 'preflight-redirect', `${BLOCKED}CORS request external redirect not allowed).`],
  ['CORSRequestNotHttp', 'scheme-not-http', `${BLOCKED}CORS request not http).`],
  [
    'CORSMissingAllowOrigin2',
    'allow-origin-missing',
    `${BLOCKED}CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 500.`,
  ],
  [
    'CORSMultipleAllowOriginNotAllowed',
    'allow-origin-multiple',
    `${BLOCKED}Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).`,
  ],
  [
    'CORSAllowOriginNotMatchingOrigin',
    'allow-origin-mismatch',
    `${BLOCKED}CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://b’).`,
  ],
  [
    'CORSAllowOriginNotMatchingOrigin',
    'allow-origin-mismatch',
    `${BLOCKED}CORS header ‘Access-Control-Allow-Origin’ does not match ‘’).`,
  ],
  [
    'CORSNotSupportingCredentials',
    'allow-origin-wildcard',
    `${BLOCKED}Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).`,
  ],
  [
    'CORSMethodNotFound',
    'method-not-allowed',
    `${BLOCKED}Did not find method in CORS header ‘Access-Control-Allow-Methods’).`,
  ],
  [
    'CORSMissingAllowCredentials',
    'allow-credentials',
    `${BLOCKED}expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).`,
  ],
  [
    'CORSPreflightDidNotSucceed3',
    'preflight-status',
    `${BLOCKED}CORS preflight response did not succeed). Status code: 401.`,
  ],
  [
    'CORSInvalidAllowMethod',
    'allow-methods-syntax',
    `${BLOCKED}invalid token ‘PUT;’ in CORS header ‘Access-Control-Allow-Methods’).`,
  ],
  [
    'CORSInvalidAllowHeader',
    'allow-headers-syntax',
    `${BLOCKED}invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Headers’).`,
  ],
  [
    'CORSMissingAllowHeaderFromPreflight2',
    'header-not-allowed',
    `${BLOCKED}header ‘authorization’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).`,
  ],
  [
    'CORSMissingAllowHeaderFromPreflight2',
    'header-not-allowed',
    `${BLOCKED}missing token ‘authorization’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel).`,
  ],
  [
    'CORSAllowHeaderFromPreflightDeprecation',
    'authorization-by-wildcard',
    'Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote resource at https://api.example.com/x soon. (Reason: When the `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not covered. To include the `Authorization` header, it must be explicitly listed in CORS header `Access-Control-Allow-Headers`).',
  ],
  [
    null,
    'same-origin-mode',
    'Security Error: Content at https://app.example.com/ may not load data from https://api.example.com/x.',
  ],
  [null, 'mixed-content', 'Blocked loading mixed active content “http://api.example.com/x”'],
  [
    null,
    'content-security-policy',
    "Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at https://api.example.com/x because it violates the following directive: “connect-src 'self'”",
  ],
  [
    null,
    'service-worker',
    'Failed to load ‘https://api.example.com/x’. A ServiceWorker intercepted the request and encountered an unexpected error.',
  ],
  [
    null,
    'resource-policy',
    'The resource at “https://api.example.com/x” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy',
  ],
  [null, 'no-reason', 'TypeError: NetworkError when attempting to fetch resource.'],
]

const WEBKIT: readonly (readonly [code: string, line: string])[] = [
  [
    'allow-origin-mismatch',
    'Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 200',
  ],
  ['allow-origin-mismatch', 'Origin https://app.example.com is not allowed by Access-Control-Allow-Origin.'],
  ['allow-origin-multiple', 'Access-Control-Allow-Origin cannot contain more than one origin.'],
  ['allow-origin-wildcard', 'Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.'],
  ['allow-credentials', 'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".'],
  ['preflight-status', 'Preflight response is not successful. Status code: 401'],
  ['allow-methods-syntax', 'Header Access-Control-Allow-Methods has an invalid value: PUT; POST'],
  ['allow-headers-syntax', 'Header Access-Control-Allow-Headers has an invalid value: a b'],
  ['method-not-allowed', 'Method PUT is not allowed by Access-Control-Allow-Methods.'],
  ['header-not-allowed', 'Request header field Authorization is not allowed by Access-Control-Allow-Headers.'],
  [
    'redirect-scheme',
    'Cross-origin redirection to ftp://x/ denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme',
  ],
  [
    'redirect-credentials',
    'Cross-origin redirection to https://u:p@x/ denied by Cross-Origin Resource Sharing policy: redirection URL https://u:p@x/ has credentials',
  ],
  [
    'allow-origin-mismatch',
    'Cross-origin redirection to https://x/ denied by Cross-Origin Resource Sharing policy: Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 302',
  ],
  ['preflight-status', 'CORS-preflight request was blocked'],
  ['preflight-status', 'Preflight response was blocked'],
  ['redirect-limit', 'Load cannot follow more than 20 redirections'],
  ['content-security-policy', 'Blocked by Content Security Policy.'],
  [
    'content-security-policy',
    'Refused to connect to https://api.example.com/x because it does not appear in the connect-src directive of the Content Security Policy.',
  ],
  ['blocked-by-extension', 'Blocked by content extension'],
  [
    'resource-policy',
    "Cancelled load to https://api.example.com/x because it violates the resource's Cross-Origin-Resource-Policy response header.",
  ],
  [
    'same-origin-mode',
    'Unsafe attempt to load URL https://api.example.com/x from origin https://app.example.com. Domains, protocols and ports must match.',
  ],
  [
    'mixed-content',
    '[blocked] The page at https://app.example.com/ was not allowed to display insecure content from http://api.example.com/x.',
  ],
  ['bad-port', 'Not allowed to use restricted network port'],
  ['network-error', 'The network connection was lost.'],
  ['network-error', 'Could not connect to the server.'],
  ['no-reason', 'Fetch API cannot load https://api.example.com/x due to access control checks.'],
  ['no-reason', 'XMLHttpRequest cannot load https://api.example.com/x due to access control checks.'],
  ['no-reason', 'TypeError: Load failed'],
]

describe('recognizeMessage()', () => {
  it.each(BOTH)('reads Chromium: %s, of the response (%s)', (name, code, text) => {
    expect(recognizeMessage(FRAME + text)).toMatchObject({
      speaker: 'chromium',
      name,
      code,
      during: 'response',
      url: 'https://api.example.com/x',
      origin: 'https://app.example.com',
    })
  })

  it.each(BOTH)('reads Chromium: %s, of the preflight (%s)', (name, code, text) => {
    expect(recognizeMessage(FRAME + PREFLIGHT + text)).toMatchObject({
      name: `Preflight${name}`,
      code,
      during: 'preflight',
    })
  })

  it.each(CHROMIUM)('reads Chromium: %s (%s)', (name, code, line) => {
    expect(recognizeMessage(line)).toMatchObject({ speaker: 'chromium', name, code })
  })

  it.each(FIREFOX)('reads Firefox: %s (%s)', (name, code, line) => {
    expect(recognizeMessage(line)).toMatchObject({ speaker: 'firefox', name, code })
  })

  it.each(FIREFOX.filter(([name]) => name !== null))('reads the category of Firefox alone: %s', (name, code) => {
    expect(recognizeMessage(`Raison : (${name})`)).toMatchObject({ name, code })
  })

  it.each(WEBKIT)('reads WebKit: %s', (code, line) => {
    expect(recognizeMessage(line)).toMatchObject({ speaker: 'webkit', name: null, code })
  })

  it('reads the URL before a redirect, and every kind of request', () => {
    const line =
      "Access to XMLHttpRequest at 'https://login.example.net/' (redirected from 'https://api.example.com/x') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    expect(recognizeMessage(line)).toMatchObject({
      url: 'https://login.example.net/',
      redirectedFrom: 'https://api.example.com/x',
    })
  })

  it('reads the status where an engine tells it', () => {
    expect(recognizeMessage('Preflight response is not successful. Status code: 401')?.status).toBe(401)
    expect(
      recognizeMessage(`${BLOCKED}CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 500.`)?.status,
    ).toBe(500)
  })

  it.each([
    ['XMLHttpRequest cannot load https://api.example.com/x. '],
    ['Fetch API cannot load https://api.example.com/x. '],
    ['Failed to load https://api.example.com/x: '],
  ])('reads the frames of the past: %s', (frame) => {
    const line = `${frame}${PREFLIGHT}No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://a.com' is therefore not allowed access.`
    expect(recognizeMessage(line)).toMatchObject({ url: 'https://api.example.com/x', origin: 'https://a.com' })
  })

  it('says of every line all that it tells, what it means and what to do first', () => {
    const lines = [
      ...BOTH.flatMap(([, , text]) => [`${FRAME}${text}`, `${FRAME}${PREFLIGHT}${text}`]),
      ...[...CHROMIUM, ...FIREFOX].map(([, , line]) => line),
      ...WEBKIT.map(([, line]) => line),
    ]
    expect(lines.map((line) => recognizeMessage(line))).toMatchSnapshot()
  })

  it('finds the line among others', () => {
    const text = `app.js:12 \u00a0${FRAME}It does not have HTTP ok status.\nPUT https://api.example.com/x net::ERR_FAILED\nUncaught (in promise) TypeError: Failed to fetch`
    expect(recognizeMessage(text)?.code).toBe('preflight-status')
  })

  it.each(['', 'hello', '<script>', '\u0000\u0001', "'".repeat(30_000), 'error about CORS', 'No header'])(
    'knows when it does not know: %j',
    (text) => {
      expect(recognizeMessage(text.slice(0, 50))).toBeNull()
      expect(recognizeMessage(text)).toBeNull()
    },
  )

  it('takes no long time over a long text', () => {
    const started = performance.now()
    recognizeMessage(`Access to fetch at '${'a'.repeat(200_000)}`)
    recognizeMessage('Cross-origin redirection to '.repeat(10_000))
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('understands every line that the simulator writes', async () => {
    const mark: readonly [string, string] = ['Access-Control-Allow-Origin', 'https://app.example.com']
    const answers: readonly WireResponse[] = [
      { status: 200, headers: [] },
      { status: 200, headers: [['Access-Control-Allow-Origin', '*']] },
      { status: 200, headers: [['Access-Control-Allow-Origin', 'https://b.example.com']] },
      { status: 200, headers: [['Access-Control-Allow-Origin', 'b']] },
      { status: 200, headers: [mark, mark] },
      { status: 200, headers: [mark] },
      { status: 401, headers: [mark, ['Access-Control-Allow-Credentials', 'true']] },
      { status: 301, headers: [['Location', '/y']] },
      {
        status: 200,
        headers: [mark, ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Methods', 'a b']],
      },
      {
        status: 200,
        headers: [mark, ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Headers', 'a b']],
      },
      { status: 200, headers: [mark, ['Access-Control-Allow-Credentials', 'true']] },
      {
        status: 200,
        headers: [mark, ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Methods', 'PUT']],
      },
    ]
    for (const answer of answers) {
      for (const engine of ['chromium', 'firefox', 'webkit'] as const) {
        const page = createSimulator({ browser: engine, send: () => answer }).page('https://app.example.com')
        const verdict = await page.fetch('https://api.example.com/x', {
          method: 'PUT',
          credentials: 'include',
          headers: { 'X-A': '1' },
        })
        if (verdict.shared) continue
        const line = verdict.failure.consoleMessage[engine]
        expect(recognizeMessage(line), line).toMatchObject({ speaker: engine })
        if (engine === 'chromium') expect(recognizeMessage(line)?.name, line).toBe(verdict.failure.chromium)
        if (engine === 'firefox') expect(recognizeMessage(line)?.name, line).toBe(verdict.failure.firefox)
      }
    }
  })
})

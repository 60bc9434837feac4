import { type Template, templates } from './template.ts'

/**
 * Lines of libraries in a page, and of runtimes other than browsers. They hide the reason, or have
 * none.
 */
export const CLIENTS: readonly Template[] = [
  ...templates('library', [
    ['http-status', 'AxiosError', /Request failed with status code (?<status>\d{3})/],
    [
      'no-reason',
      'AxiosError',
      /\bAxiosError\b(?!.{0,80}status code)|\bError: Network Error\b|^Network Error$|\bERR_NETWORK\b(?!_)|message'?: ?'Network Error'/,
    ],
    [
      'no-reason',
      'HttpErrorResponse',
      /Http failure response for (?<url>\(unknown url\)|\w+:\S{1,2000}?): 0(?= |$)|\bHttpErrorResponse\b.{0,200}status'?: ?0\b|\bstatus: 0,? ?.{0,40}Unknown Error/,
    ],
    ['http-status', 'HttpErrorResponse', /Http failure response for (?<url>\w+:\S{1,2000}?): (?<status>[1-5]\d\d)\b/],
    ['no-reason', 'ApolloError', /\[Network error\]|Network error: (?:Failed to fetch|Load failed)|ServerParseError/],
    ['no-reason', 'FunctionsFetchError', /FunctionsFetchError|Failed to send a request to the Edge Function/],
    ['no-reason', 'jQuery', /'?readyState'?: ?0\b.{0,120}'?status'?: ?0\b/],
    [
      'no-reason',
      'superagent',
      /Request has been terminated Possible causes: the network is offline, Origin is not allowed/,
    ],
    [
      'no-reason',
      'XMLHttpRequest',
      /XMLHttpRequest error\.?|NetworkError: Failed to execute 'send' on 'XMLHttpRequest'|XMLHttpRequest: Network Error(?! 0x)|\bxhr error\b/i,
    ],
    [
      'websocket',
      'socket.io',
      /\b(?:xhr (?:poll|post) error|websocket error|TransportError)\b|socket\.io.{0,200}(?:connect_error|400 \(Bad Request\))/,
    ],
    [
      'origin-not-registered',
      'GSI_LOGGER',
      /given origin is not allowed for the given client ID|Not a valid origin for the client: (?<origin>[^\s']{1,300})|idpiframe_initialization_failed|origin_mismatch|redirect_uri_mismatch/,
    ],
    [
      'origin-not-registered',
      'auth/unauthorized-domain',
      /auth\/unauthorized-domain|domain is not authorized for OAuth operations|not authorized to run this operation/,
    ],
  ]),
  ...templates('runtime', [
    ['no-reason', 'React Native', /\bNetwork request failed\b/],
    [
      'no-reason',
      'Flutter',
      /ClientException(?:: | with )(?:XMLHttpRequest error|Failed to fetch|Load failed)|DioException \[connection error\]|XMLHttpRequest onError callback|DioExceptionType\.connection|DioErrorType\.(?:response|other|connection)/,
    ],
    [
      'fetch-outside-browser',
      'undici',
      /TypeError: fetch failed(?:.{0,300}?\b(?<value>E[A-Z]{5,15}|CERT_\w{1,40}|\w{1,40}_CERT\w{0,20}|UND_ERR_\w{1,40}))?|\[cause\]: (?:Error|ConnectTimeoutError|SocketError)|UND_ERR_\w{1,40}/,
    ],
    [
      'fetch-outside-browser',
      'Node',
      /\b(?<value>ECONNREFUSED|ENOTFOUND|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EPROTO|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN|CERT_HAS_EXPIRED)\b/,
    ],
    ['fetch-outside-browser', 'Dart', /SocketException: |HandshakeException: /],
  ]),
]

/** Lines of servers and their middleware, in a log or in the body of an answer. */
export const SERVERS: readonly Template[] = templates('server', [
  [
    'preflight-status',
    'access log',
    /'OPTIONS \S{1,2000} HTTP\/[\d.]{1,3}'(?:[ :]| - ){1,3}(?<status>[345]\d\d)\b|\bOPTIONS \/\S{0,2000} (?<status_>[345]\d\d)\b/,
  ],
  [
    'preflight-status',
    'access log',
    /'method': ?'OPTIONS'.{0,900}?'(?:res_?)?status(?:_?[Cc]ode)?': ?(?<status>[345]\d\d)\b/,
  ],
  ['preflight-status', 'gin', /\[GIN\].{0,60}\| {0,3}(?<status>[345]\d\d) \|.{0,120}\bOPTIONS {1,8}'/],
  [
    'preflight-status',
    'router',
    /Cannot OPTIONS \/|Route OPTIONS:\/\S{0,2000} not found|No route matches \[OPTIONS\]|Request method 'OPTIONS' (?:is )?not supported|The OPTIONS method is not supported for (?:this )?route|Method 'OPTIONS' not allowed/,
  ],
  [
    'refused-by-server',
    'Spring',
    /Invalid CORS request|Reject: '?(?<origin>[^\s']{1,300})'? origin is not allowed|Reject: (?:HTTP|headers) '?/,
  ],
  ['refused-by-server', 'Starlette', /Disallowed CORS (?:origin|method|headers|private-network)/],
  [
    'refused-by-server',
    'cors',
    /Error: (?:The )?CORS .{0,80}(?:does not|not) allow|\b(?:[Nn]ot|is not|isn't) allowed by (?:our )?CORS(?! policy: )|CORS policy (?:for this site )?does not allow access|CORS(?: policy)?:? [Oo]rigin (?:is )?not allowed|\bOrigin not allowed(?: by CORS)?\b|blocked by CORS(?: middleware| filter| config)/,
  ],
  [
    'refused-by-server',
    'ASP.NET',
    /CORS policy execution failed|Request origin (?<origin>\S{1,300}) does not have permission to access the resource/,
  ],
  [
    'refused-by-server',
    'rs/cors',
    /(?:Preflight aborted|Actual request no headers added): (?:origin|method|headers?) '?(?<origin>\S{1,300}?)'? not allowed/,
  ],
  ['refused-by-server', 'fastify-cors', /Invalid Preflight Request/],
  [
    'refused-by-server',
    'aiohttp',
    /CORS preflight request failed: (?:origin '(?<origin>[^\s']{1,300})' is not allowed|.{0,80}not allowed)/,
  ],
  ['refused-by-server', 'Vert.x', /CORS Rejected/],
  [
    'refused-by-server',
    'CheckOrigin',
    /request origin not allowed by Upgrader\.CheckOrigin|Request origin not allowed: (?<origin>\S{1,300})|Could not check origin for Phoenix\.Socket transport|is not an accepted origin|Rejecting a? ?WebSocket connection.{0,60}origin/i,
  ],
  ['refused-by-server', 'Jupyter', /Blocking Cross Origin API request/],
  [
    'refused-by-server',
    'storage',
    /CORSResponse: |CORS (?:is not enabled|not configured) for this bucket|CORS not enabled or no matching rule found for this request|This CORS request is not allowed/,
  ],
  [
    'csrf-check',
    'Django',
    /Origin checking failed|CSRF verification failed|CSRF Failed|CSRF cookie not set|Referer checking failed/,
  ],
  [
    'csrf-check',
    'Rails',
    /HTTP Origin header \('?(?<origin>[^\s')]{1,300})'?\) didn't match request\.base_url|InvalidAuthenticityToken|InvalidCrossOriginRequest/,
  ],
  [
    'csrf-check',
    'Next.js',
    /does not match '?origin'? header with value '?(?<origin>[^\s']{1,300})'? from a forwarded Server Actions request|Invalid Server Actions request/,
  ],
  ['csrf-check', 'SvelteKit', /Cross-site (?:POST|PUT|PATCH|DELETE|form)(?: form)? submissions? (?:are|is) forbidden/],
  [
    'csrf-check',
    'Better Auth',
    /\[Better Auth\]: Invalid (?:origin|callbackURL|redirectURL)\w{0,20}: (?<origin>[^\s']{1,300})|trustedOrigins in your auth config/,
  ],
  ['csrf-check', 'Astro', /Cross-origin subresource requests are not allowed on the dev server/],
  ['csrf-check', 'Laravel', /CSRF token mismatch|\b419 \(?(?:unknown status|Page Expired)/],
  ['csrf-check', 'Apollo Server', /blocked as a potential Cross-Site Request Forgery/],
  ['csrf-check', 'Go', /cross-origin request detected(?: from Sec-Fetch-Site header|, and\/or browser is out of date)/],
  ['csrf-check', 'ComfyUI', /request with non matching host and origin \S{1,300} != (?<value>[^\s,]{1,300})/],
  ['csrf-check', 'Spring', /Invalid CSRF [Tt]oken|Could not verify the provided CSRF token/],
  [
    'host-check',
    'Vite',
    /Blocked request\. This host \('(?<value>[^\s']{1,300})'\) is not allowed|server\.allowedHosts|preview\.allowedHosts/,
  ],
  ['host-check', 'webpack', /Invalid Host(?:\/Origin)? header/],
  ['host-check', 'Rails', /Blocked hosts?: '?(?<value>[^\s']{1,300})/],
  ['host-check', 'Django', /Invalid HTTP_HOST header: '(?<value>[^\s']{1,300})'|DisallowedHost/],
  [
    'host-check',
    'Next.js',
    /(?:Blocked c|C)ross[- ]origin request (?:from|detected from) (?<value>\S{1,300}).{0,120}|allowedDevOrigins/,
  ],
  ['server-policy', 'Spring', /When allowCredentials is true, allowedOrigins cannot contain the special value/],
  [
    'server-policy',
    'ASP.NET',
    /CORS protocol does not allow specifying a wildcard \(any\) origin and credentials at the same time/,
  ],
  [
    'server-policy',
    'gin',
    /conflict settings: all origins (?:are allowed|enabled)|bad origin: origins must (?:contain '\*'|either be)/,
  ],
  [
    'server-policy',
    'Fiber',
    /'?AllowCredentials'? is set to true, (?:and|but) '?AllowOrigins'? (?:is|contains) .{0,20}wildcard|Insecure setup, 'AllowCredentials'/,
  ],
  ['server-policy', 'rack-cors', /Allowing credentials for wildcard origins is insecure/],
  ['server-policy', 'django-cors-headers', /\(corsheaders\.E\d{3}\)/],
])

import { type Template, templates } from './template.ts'

/** Lines of Safari, WKWebView and old Chrome with WebKit. */
export const WEBKIT: readonly Template[] = templates('webkit', [
  ['allow-origin-mismatch', null, /Origin (?<origin>[^\s']{1,300}) is not allowed by Access-Control-Allow-Origin/],
  ['allow-origin-multiple', null, /Access-Control-Allow-Origin cannot contain more than one origin/],
  ['allow-origin-wildcard', null, /Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true/],
  ['allow-credentials', null, /Credentials flag is true, but Access-Control-Allow-Credentials is not 'true'/],
  [
    'preflight-status',
    null,
    /Preflight response is not successful|CORS-preflight request was blocked|Preflight response was blocked/,
  ],
  [
    'allow-methods-syntax',
    null,
    /Header Access-Control-Allow-Methods has an invalid value: (?<value>.{0,500}?)(?= (?:\[Error\]|Failed|Fetch API|XMLHttpRequest)|$)/,
  ],
  [
    'allow-headers-syntax',
    null,
    /Header Access-Control-Allow-Headers has an invalid value: (?<value>.{0,500}?)(?= (?:\[Error\]|Failed|Fetch API|XMLHttpRequest)|$)/,
  ],
  [
    'method-not-allowed',
    null,
    /Method (?<value>\S{1,100}) is not allowed by Access-Control-Allow-Methods(?! in preflight)/,
  ],
  [
    'header-not-allowed',
    null,
    /Request header field (?<value>\S{1,200}) is not allowed by Access-Control-Allow-Headers(?! in preflight)/,
  ],
  [
    'redirect-scheme',
    null,
    /Cross-origin redirection to (?<url>\S{1,2000}) denied[^:]{0,200}: not allowed to follow a cross-origin CORS redirection with non CORS scheme/,
  ],
  [
    'redirect-credentials',
    null,
    /Cross-origin redirection to (?<url>\S{1,2000}) denied[^:]{0,200}: redirection URL (?<value>\S{1,2000}) has credentials/,
  ],
  [
    'allow-origin-mismatch',
    null,
    /Cross-origin redirection to (?<url>\S{1,2000}) denied by Cross-Origin Resource Sharing policy/,
  ],
  ['redirect-limit', null, /Load cannot follow more than 20 redirections/],
  ['redirect-mode', null, /Not allowed to follow a redirection while loading (?<url>\S{1,2000})/],
  ['content-security-policy', null, /Blocked by Content Security Policy/],
  [
    'content-security-policy',
    null,
    /(?<!\[Report Only\] )Refused to (?:connect to|load) (?<url>\w+:\S{1,2000}) because it (?:does not appear in|violates)/,
  ],
  ['blocked-by-extension', null, /Blocked by content (?:extension|blocker)|Content blocker prevented/i],
  [
    'resource-policy',
    null,
    /Cancelled load to (?<url>\S{1,2000}) because it violates the resource's Cross-Origin-Resource-Policy/,
  ],
  [
    'embedder-policy',
    null,
    /Refused to (?:display|load) '(?<url>[^\s']{1,2000})'.{0,60}because of Cross-Origin-Embedder-Policy/,
  ],
  [
    'same-origin-mode',
    null,
    /Unsafe attempt to load URL (?<url>\S{1,2000}) from (?:origin (?<origin>[^\s']{1,300}?)|frame with URL (?<page>\S{1,2000}?))\. Domains, protocols and ports must match/,
  ],
  [
    'mixed-content',
    null,
    /\[blocked\] The page at (?<page>\S{1,2000}) (?:was not allowed to (?:display|run)|requested) insecure content(?: from (?<url>\S{1,2000}?)\.?(?=\s|$))?|was not allowed to (?:display|run) insecure content from (?<insecure>\S{1,2000}?)\.?(?=\s|$)/,
  ],
  ['bad-port', null, /Not allowed to use restricted network port/],
  ['cleartext-blocked', null, /App Transport Security (?:policy requires|has blocked)/],
  [
    'network-error',
    null,
    /(?<value>Could not connect to the server|The network connection was lost|A server with the specified hostname could not be found|The certificate for this server is invalid|The request timed out|An SSL error has occurred|The Internet connection appears to be offline)|NSURLErrorDomain(?: Code=| error | )?(?<code>-\d{3,5})/,
  ],
  [
    'allow-origin-missing',
    null,
    /was blocked from loading due to CORS policy|Cross-origin (?:script|image|font) load denied by Cross-Origin Resource Sharing policy/,
  ],
  ['no-reason', null, /cannot load \S{1,2000} due to access control checks/],
  [
    'no-reason',
    null,
    /\bTypeError: Load failed|^'?Load failed'?\.?$|TypeError: cancelled|The operation couldn't be completed\. \(kCFErrorDomain/,
  ],
])

import type { MessageCode, Template } from './template.ts'

/** WebKit. */
export const WEBKIT: readonly Template[] = [
  webkit('allow-origin-mismatch', /Origin (?<origin>\S+) is not allowed by Access-Control-Allow-Origin/),
  webkit('allow-origin-multiple', /Access-Control-Allow-Origin cannot contain more than one origin/),
  webkit('allow-origin-wildcard', /Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true/),
  webkit('allow-credentials', /Credentials flag is true, but Access-Control-Allow-Credentials is not "true"/),
  webkit('preflight-status', /Preflight response is not successful/),
  webkit('preflight-status', /CORS-preflight request was blocked|Preflight response was blocked/),
  webkit('allow-methods-syntax', /Header Access-Control-Allow-Methods has an invalid value: (?<value>.*)/),
  webkit('allow-headers-syntax', /Header Access-Control-Allow-Headers has an invalid value: (?<value>.*)/),
  webkit('method-not-allowed', /Method (?<value>\S+) is not allowed by Access-Control-Allow-Methods\.?/),
  webkit('header-not-allowed', /Request header field (?<value>\S+) is not allowed by Access-Control-Allow-Headers\.?/),
  webkit(
    'redirect-scheme',
    /Cross-origin redirection to (?<url>\S+) denied[^:]*: not allowed to follow a cross-origin CORS redirection with non CORS scheme/,
  ),
  webkit(
    'redirect-credentials',
    /Cross-origin redirection to (?<url>\S+) denied[^:]*: redirection URL (?<value>\S+) has credentials/,
  ),
  webkit(
    'allow-origin-mismatch',
    /Cross-origin redirection to (?<url>\S+) denied by Cross-Origin Resource Sharing policy/,
  ),
  webkit('redirect-limit', /Load cannot follow more than 20 redirections/),
  webkit('redirect-mode', /Not allowed to follow a redirection while loading (?<url>\S+)/),
  webkit('content-security-policy', /Blocked by Content Security Policy/),
  webkit('content-security-policy', /Refused to connect to (?<url>\S+) because it (?:does not appear in|violates)/),
  webkit('blocked-by-extension', /Blocked by content extension|Content blocker prevented/i),
  webkit(
    'resource-policy',
    /Cancelled load to (?<url>\S+) because it violates the resource's Cross-Origin-Resource-Policy/,
  ),
  webkit(
    'same-origin-mode',
    /Unsafe attempt to load URL (?<url>\S+) from origin (?<origin>\S+)\. Domains, protocols and ports must match/,
  ),
  webkit(
    'mixed-content',
    /\[blocked\] The page at (?<page>\S+) (?:was not allowed to|requested insecure content)|was not allowed to (?:display|run) insecure content from (?<url>\S+)/,
  ),
  webkit('bad-port', /Not allowed to use restricted network port/),
  webkit(
    'network-error',
    /Could not connect to the server|The network connection was lost|A server with the specified hostname could not be found|The certificate for this server is invalid|The request timed out|An SSL error has occurred/,
  ),
  webkit(
    'no-reason',
    /(?<api>Fetch API|XMLHttpRequest|EventSource|Beacon(?: API)?|Script|Stylesheet|Image|Font|Worker) cannot load (?<url>\S+) due to access control checks/,
  ),
  webkit('no-reason', /TypeError: Load failed|^Load failed$/),
]

function webkit(code: MessageCode, pattern: RegExp): Template {
  return { speaker: 'webkit', code, name: null, pattern }
}

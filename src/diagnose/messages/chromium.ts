import { type Template, templates } from './template.ts'

/**
 * Chromium's lines about CORS, present and past. The patterns leave out endings that differ between
 * versions.
 */
export const CHROMIUM: readonly Template[] = templates('chromium', [
  [
    'scheme-not-http',
    'CorsDisabledScheme',
    /from origin 'file:[^']{0,200}' has been blocked from loading by Cross-Origin Resource Sharing policy/,
  ],
  [
    'allow-origin-wildcard',
    'WildcardOriginNotAllowed',
    /'?Access-Control-Allow-Origin'? header in the response must not be the wildcard '(?<value>\*)'/,
  ],
  [
    'allow-origin-wildcard',
    'WildcardOriginNotAllowed',
    /A wildcard '(?<value>\*)' cannot be used in the '?Access-Control-Allow-Origin'? header when (?:the )?credentials/,
  ],
  [
    'allow-origin-missing',
    'MissingAllowOriginHeader',
    /No '?Access-Control-Allow-Origin'? header (?:is|was) present(?: on the requested resource)?/i,
  ],
  [
    'allow-origin-multiple',
    'MultipleAllowOriginValues',
    /'?Access-Control-Allow-Origin'? header contains multiple values '(?<value>.{0,2000}?)', but only one is allowed/,
  ],
  [
    'allow-origin-malformed',
    'InvalidAllowOriginValue',
    /'?Access-Control-Allow-Origin'? header contains the invalid value '(?<value>.{0,2000}?)'/,
  ],
  [
    'allow-origin-mismatch',
    'AllowOriginMismatch',
    /'?Access-Control-Allow-Origin'? header has a value '(?<value>.{0,2000}?)' that is not equal to the supplied origin/,
  ],
  [
    'allow-credentials',
    'InvalidAllowCredentials',
    /'?Access-Control-Allow-Credentials'? header in the response is '(?<value>.{0,500}?)' which must be 'true'/,
  ],
  [
    'allow-credentials',
    'InvalidAllowCredentials',
    /Credentials flag is 'true', but the '?Access-Control-Allow-Credentials'? header is '(?<value>.{0,500}?)'/i,
  ],
  ['preflight-status', 'PreflightInvalidStatus', /It does not have HTTP ok status/],
  [
    'preflight-status',
    'PreflightInvalidStatus',
    /(?:Response for preflight has invalid HTTP status code|Invalid HTTP status code in preflight response:?) (?<status>\d{3})/,
  ],
  ['preflight-redirect', 'PreflightDisallowedRedirect', /Redirect is not allowed for a preflight request/],
  ['preflight-redirect', 'PreflightDisallowedRedirect', /Response for preflight is invalid \(redirect\)/],
  [
    'preflight-redirect',
    'PreflightDisallowedRedirect',
    /(?:Request|The request was redirected to '(?<url>[^\s']{1,2000})', which) (?:requires|is disallowed for cross-origin requests that require) preflight/,
  ],
  [
    'allow-methods-syntax',
    'InvalidAllowMethodsPreflightResponse',
    /Cannot parse '?Access-Control-Allow-Methods'? response header field/,
  ],
  [
    'allow-headers-syntax',
    'InvalidAllowHeadersPreflightResponse',
    /Cannot parse '?Access-Control-Allow-Headers'? response header field/,
  ],
  [
    'method-not-allowed',
    'MethodDisallowedByPreflightResponse',
    /Method '?(?<value>[^\s']{1,100})'? is not allowed by '?Access-Control-Allow-Methods'? in preflight response/,
  ],
  [
    'header-not-allowed',
    'HeaderDisallowedByPreflightResponse',
    /Request header field '?(?<value>[^\s']{1,200})'? is not allowed by '?Access-Control-Allow-Headers'? in preflight response/,
  ],
  [
    'redirect-credentials',
    'RedirectContainsCredentials',
    /Redirect location '(?<value>.{0,2000}?)' contains (?:a username and password|userinfo)/,
  ],
  [
    'redirect-credentials',
    'RedirectContainsCredentials',
    /The request was redirected to a URL \('(?<value>.{0,2000}?)'\) which contains a userinfo/,
  ],
  [
    'redirect-scheme',
    'CorsDisabledScheme',
    /The request was redirected to a URL \('(?<value>.{0,2000}?)'\) which has a disallowed scheme/,
  ],
  ['scheme-not-http', 'CorsDisabledScheme', /Cross origin requests are only supported for (?:protocol schemes|HTTP)/],
  ['scheme-not-http', null, /Not allowed to load local resource: (?<url>\S{1,2000})/],
  [
    'scheme-not-http',
    'CorsDisabledScheme',
    /URL scheme (?:must be 'http' or 'https' for CORS request|'(?<value>[^']{0,60})' is not supported)/,
  ],
  ['same-origin-mode', 'DisallowedByMode', /Cross origin requests are not allowed by request mode/],
  [
    'same-origin-mode',
    'DisallowedByMode',
    /Request mode is 'same-origin' but the URL's origin is not same as the request origin (?<origin>[^\s']{1,300}?)\.?(?=\s|$)/,
  ],
  [
    'no-cors-redirect-mode',
    'NoCorsRedirectModeNotFollow',
    /Request mode is 'no-cors' but the redirect mode is not 'follow'/,
  ],
  ['embedded-credentials', null, /Request cannot be constructed from a URL that includes credentials/],
  [
    'method-forbidden',
    null,
    /Failed to (?:execute|construct) '(?:fetch|open|Request)'(?: on '\w{1,40}')?: '(?<value>[^\s']{1,60})' HTTP method is unsupported/,
  ],
  ['header-not-exposed', null, /Refused to get unsafe header '(?<value>[^\s']{1,200})'/],
  ['forbidden-header', null, /Refused to set unsafe header '(?<value>[^\s']{1,200})'/],
  ['invalid-response', 'InvalidResponse', /The response is invalid\.|blocked by CORS policy: Invalid response/],
  [
    'local-network',
    'InsecureLocalNetwork',
    /(?:request client is not a secure context|more-private address space|Insecure private network)(?:.{0,60}address space '(?<value>\w{1,20})')?/,
  ],
  [
    'local-network',
    'PreflightMissingAllowPrivateNetwork',
    /No '(?:Access-Control-Allow-|Private-Network-Access-)(?:Private-Network|Local-Network|Id|Name|ID)' header was present in the preflight response/,
  ],
  [
    'local-network',
    'PreflightInvalidAllowPrivateNetwork',
    /'Access-Control-Allow-(?:Private|Local)-Network' header in the preflight response [^']{0,80}'\w{1,20}' address space had a value of '(?<value>[^']{0,100})'/,
  ],
  [
    'local-network',
    'InvalidLocalNetworkAccess',
    /Request had (?:a|no) target IP address space(?: of '(?<value>\w{1,20})')?/,
  ],
  [
    'local-network',
    'LocalNetworkAccessPermissionUnavailable',
    /Unable to ask for permission to access the '\w{1,20}' IP address space/,
  ],
  [
    'local-network',
    'LocalNetworkAccessPermissionDenied',
    /Permission was denied for this request to access the '?(?<value>\w{1,20})'? address space/,
  ],
  [
    'cors-no-reason',
    null,
    /blocked (?:from loading )?by (?:the )?(?:CORS|Cross-Origin Resource Sharing) policy|Access to (?:fetch|script|image|font|video|audio|resource|XMLHttpRequest|CSS stylesheet|[\w ]{1,30}) at '?[a-z][\w+.-]{1,20}:\S{1,2000}/i,
  ],
  // Lines that were cut at their end and still contain the reason.
  [
    'allow-origin-missing',
    'MissingAllowOriginHeader',
    /No '?Access-Control-Allow-Origin'? header(?: is(?: pres\w{0,3})?)?[ .…]{0,4}$/,
  ],
  [
    'allow-origin-mismatch',
    'AllowOriginMismatch',
    /'?Access-Control-Allow-Origin'? header has a value '(?<value>[^\s']{1,2000})'(?: that[\w ]{0,40})?[ .…]{0,4}$/,
  ],
  [
    'header-not-allowed',
    'HeaderDisallowedByPreflightResponse',
    /Request header field (?<value>[\w-]{1,200}) is not(?: allowed(?: by(?: Access[\w-]{0,18})?)?)?[ .…]{0,4}$/,
  ],
  [
    'method-not-allowed',
    'MethodDisallowedByPreflightResponse',
    /Method (?<value>[A-Za-z]{3,20}) is not(?: allowed(?: by(?: Access[\w-]{0,18})?)?)?[ .…]{0,4}$/,
  ],
  // A line of old versions without a reason: access was denied, or a script was requested and not
  // answered.
  [
    'allow-origin-mismatch',
    null,
    /Origin (?<origin>[^\s']{1,300}) is not allowed by Access-Control-Allow-Origin\.? (?:Failed|Uncaught)/,
  ],
])

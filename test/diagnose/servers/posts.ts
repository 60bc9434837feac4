import { type Handler, ORIGIN, type Request, type Said } from '../stage.ts'

/** What somebody posted about, answered as it was recorded there, and what is to be said first. */
export interface Post {
  /** The tracker and the year. */
  readonly post: string
  /** The cause that was found there. */
  readonly cause: string
  readonly server: Handler
  readonly path?: string
  /** The host that the server is said to have, where its name or the scheme matters; `https:` by default. */
  readonly host?: string
  readonly request?: Request
  readonly finding: string
  readonly target: string
  /** Whether the fix is a policy or a request that can be tried here. */
  readonly isOurs: boolean
}

type Line = readonly [string, string]

const MARK: Line = ['Access-Control-Allow-Origin', ORIGIN]
const ANY: Line = ['Access-Control-Allow-Origin', '*']
const VARY: Line = ['Vary', 'Origin']
const JSON_TYPE: Line = ['Content-Type', 'application/json']
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true } as const
const BEARER = { headers: { Authorization: 'Bearer x' } } as const

/** Preflights are answered one way, and everything else another. */
const two =
  (preflight: Said, rest: Said): Handler =>
  ({ isPreflight }) =>
    isPreflight ? preflight : rest

const KESTREL: Line = ['Server', 'Kestrel']
const ENVOY: Line = ['Server', 'envoy']
const KONG: Line = ['Server', 'kong/3.9.1']

export const POSTS: readonly Post[] = [
  {
    post: 'ollama/ollama (2024)',
    cause: 'the origin of an extension is not in OLLAMA_ORIGINS',
    server: ({ origin }) => (origin === undefined ? { headers: [JSON_TYPE], body: '{"models":[]}' } : { status: 403 }),
    path: '/api/tags',
    request: { origin: 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' },
    finding: 'origin-refused-with-error',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'kdeps/kdeps (2026)',
    cause: 'the authentication of a Go server runs before its CORS handler',
    server: ({ headers }) =>
      headers.authorization === undefined ? { status: 401, body: 'Unauthorized\n' } : { headers: [MARK, VARY] },
    request: BEARER,
    finding: 'preflight-needs-auth',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'majiayu000/litellm-rs (2026)',
    cause: 'actix runs the middleware that was wrapped first last: CORS is inside authentication',
    server: two(
      { status: 401, headers: [JSON_TYPE], body: '{"error":{"message":"Missing API key"}}' },
      { status: 401, headers: [JSON_TYPE] },
    ),
    request: { ...JSON_POST, ...BEARER, headers: { ...JSON_POST.headers, ...BEARER.headers } },
    finding: 'preflight-needs-auth',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'NousResearch/hermes-agent (2026)',
    cause: 'three guards answer OPTIONS with 401, and POST is never sent',
    server: two(
      { status: 401, headers: [['Server', 'uvicorn'], JSON_TYPE], body: '{"detail":"Unauthorized"}' },
      { status: 401, headers: [['Server', 'uvicorn'], JSON_TYPE], body: '{"detail":"Not authenticated"}' },
    ),
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, 'X-Session-Token': 'x' } },
    finding: 'preflight-needs-auth',
    target: 'fastapi',
    isOurs: true,
  },
  {
    post: 'dotnet/aspnetcore (2019)',
    cause: 'UseExceptionHandler stands inside UseCors, and its 500 has no headers',
    server: ({ path }) =>
      path === '/x' ? { status: 500, headers: [KESTREL] } : { status: 404, headers: [KESTREL, MARK, VARY] },
    finding: 'error-unmarked',
    target: 'aspnet',
    isOurs: true,
  },
  {
    post: 'maraf/Money (2026)',
    cause: 'the error pages stand before UseCors: the 500 looks like a server that does not answer',
    server: ({ path }) =>
      path === '/x'
        ? {
            status: 500,
            headers: [KESTREL, ['Content-Type', 'application/problem+json']],
            body: '{"type":"https://tools.ietf.org/html/rfc9110#section-15.6.1","title":"An error occurred while processing your request.","status":500,"traceId":"00-1-1-00"}',
          }
        : { headers: [KESTREL, MARK, VARY] },
    request: { credentials: 'omit' },
    finding: 'error-unmarked',
    target: 'aspnet',
    isOurs: true,
  },
  {
    post: 'expressjs/cors (2021)',
    cause: 'a CDN gives one site the answer that it kept for another: the answers do not vary',
    server: ({ path, origin }) => ({
      headers: [
        ['X-Served-By', 'cache-fra-1'],
        ['X-Cache', path === '/x' ? 'HIT' : 'MISS'],
        ['Cache-Control', 's-maxage=86400'],
        ['Access-Control-Allow-Origin', path === '/x' ? 'https://123.staging.example.com' : (origin ?? '')],
      ],
    }),
    finding: 'cached-for-another-origin',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'samvera/serverless-iiif (2023)',
    cause: 'CloudFront keeps a reflected origin for everybody',
    server: ({ path, origin }) => ({
      headers: [
        ['X-Amz-Cf-Id', 'x'],
        ['X-Cache', path === '/x' ? 'Hit from cloudfront' : 'Miss from cloudfront'],
        ['Access-Control-Allow-Origin', path === '/x' ? 'https://first.example.com' : (origin ?? '')],
      ],
    }),
    finding: 'cached-for-another-origin',
    target: 'cloudfront',
    isOurs: true,
  },
  {
    post: 'PRX/Infrastructure (2020)',
    cause: 'CloudFront keeps what S3 said to a request without Origin',
    server: ({ path, origin }) => ({
      headers: [
        ['Server', 'AmazonS3'],
        ['X-Amz-Cf-Id', 'x'],
        ['X-Cache', path === '/x' ? 'Hit from cloudfront' : 'Miss from cloudfront'],
        ['Vary', 'Accept-Encoding'],
        ...(path === '/x' || origin === undefined ? [] : [ANY]),
      ],
    }),
    finding: 'cached-without-origin',
    target: 's3',
    isOurs: false,
  },
  {
    post: 'Kong/kong (2019)',
    cause: 'the route lists its methods without OPTIONS, so the cors plugin never runs',
    server: two(
      { status: 404, headers: [KONG, JSON_TYPE], body: '{"message":"no Route matched with those values"}' },
      { headers: [['Via', '1.1 kong/3.9.1'], ['X-Kong-Proxy-Latency', '1'], ANY] },
    ),
    request: { method: 'PUT' },
    finding: 'options-not-routed',
    target: 'kong',
    isOurs: true,
  },
  {
    post: 'krakend/krakend-ce (2022)',
    cause: 'the gateway routes GET alone and answers OPTIONS with 405',
    server: two(
      { status: 405, headers: [['X-Krakend', 'Version 2.0.5']] },
      { headers: [['X-Krakend', 'Version 2.0.5'], ANY] },
    ),
    request: { headers: { 'X-Tenant': '1' } },
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'kubeshop/kusk-gateway (2022)',
    cause: 'Envoy has a route for GET, and 404 for OPTIONS',
    server: two({ status: 404, headers: [ENVOY] }, { headers: [ENVOY, ['X-Envoy-Upstream-Service-Time', '2'], ANY] }),
    request: { method: 'PUT' },
    finding: 'options-not-routed',
    target: 'envoy',
    isOurs: true,
  },
  {
    post: 'traefik/traefik (2019)',
    cause: 'a preflight without Access-Control-Request-Headers is passed to the application, which has no OPTIONS',
    server: ({ isPreflight, headers }) =>
      isPreflight && headers['access-control-request-headers'] === undefined ? { status: 405 } : { headers: [ANY] },
    request: { method: 'DELETE' },
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'contentful/contentful.js (2022)',
    cause: 'a monitoring script adds baggage, and the API does not allow it',
    server: two(
      { headers: [ANY, ['Access-Control-Allow-Headers', 'Accept,Content-Type,Authorization']] },
      { headers: [ANY] },
    ),
    request: { headers: { baggage: 'sentry-environment=production' } },
    finding: 'monitoring-header',
    target: 'client',
    isOurs: true,
  },
  {
    post: 'getsentry/sentry-javascript (2022)',
    cause: 'the same for every third party, after an update of the script',
    server: two({ status: 204, headers: [MARK, VARY] }, { headers: [MARK, VARY] }),
    request: { headers: { baggage: 'a=b', 'sentry-trace': '1-1-1' } },
    finding: 'monitoring-header',
    target: 'client',
    isOurs: true,
  },
  {
    post: 'mauriciovigolo/keycloak-angular (2020)',
    cause: 'the page is not among the Web Origins of the client',
    server: two(
      {
        headers: [
          MARK,
          ['Access-Control-Allow-Methods', 'POST, OPTIONS'],
          ['Access-Control-Allow-Headers', 'Content-Type, Authorization'],
        ],
      },
      { headers: [JSON_TYPE], body: '{"access_token":"x"}' },
    ),
    path: '/auth/realms/demo/protocol/openid-connect/token',
    request: {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'a=b',
      send: true,
    },
    finding: 'product-cors-setting',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'supabase/supabase (2023)',
    cause: 'the function reads the body of OPTIONS, which has none, and throws',
    server: two(
      { status: 500, headers: [['X-Sb-Edge-Region', 'eu-central-1']], body: 'Internal Server Error' },
      { headers: [['X-Sb-Edge-Region', 'eu-central-1'], ANY] },
    ),
    path: '/functions/v1/hello',
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, Authorization: 'Bearer x', apikey: 'x' } },
    finding: 'preflight-server-error',
    target: 'supabase',
    isOurs: true,
  },
  {
    post: 'supabase/supabase (2022)',
    cause: 'the gateway refuses a bad token itself, and its 401 has no headers',
    server: two(
      {
        headers: [
          ANY,
          ['Access-Control-Allow-Headers', 'authorization, x-client-info, apikey, content-type'],
          ['X-Sb-Edge-Region', 'x'],
        ],
      },
      { status: 401, headers: [JSON_TYPE, ['X-Sb-Edge-Region', 'x']], body: '{"code":401,"message":"Invalid JWT"}' },
    ),
    path: '/functions/v1/hello',
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, Authorization: 'Bearer bad' } },
    finding: 'auth-unmarked',
    target: 'supabase',
    isOurs: true,
  },
  {
    post: 'supabase/supabase (2022)',
    cause: 'the client sends apikey and X-Client-Info, and the function lists neither',
    server: two(
      { headers: [ANY, ['Access-Control-Allow-Headers', 'authorization, content-type'], ['X-Sb-Edge-Region', 'x']] },
      { headers: [ANY, ['X-Sb-Edge-Region', 'x']] },
    ),
    path: '/functions/v1/hello',
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, apikey: 'x', 'X-Client-Info': 'supabase-js/2' } },
    finding: 'header-not-listed',
    target: 'supabase',
    isOurs: true,
  },
  {
    post: 'aws-powertools/powertools-lambda-python (2024)',
    cause: 'the function URL and the function both add the header',
    server: () => ({ headers: [MARK, MARK, VARY, JSON_TYPE] }),
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'samvera/serverless-iiif (2022)',
    cause: 'the function says *, the function URL names the origin',
    server: () => ({ headers: [ANY, MARK] }),
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'hawtio/hawtio (2017)',
    cause: 'the header is called Access-Control-Allow-Header',
    server: two(
      {
        headers: [ANY, ['Access-Control-Allow-Methods', 'GET, POST'], ['Access-Control-Allow-Header', 'content-type']],
      },
      { headers: [ANY] },
    ),
    request: JSON_POST,
    finding: 'header-name-misspelt',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'chimurai/http-proxy-middleware (2018)',
    cause: 'a body parser above the proxy leaves OPTIONS waiting',
    server: two({ destroy: true }, { headers: [['X-Powered-By', 'Express'], ANY] }),
    request: { method: 'PUT' },
    finding: 'preflight-unanswered',
    target: 'express',
    isOurs: false,
  },
  {
    post: 'c2siorg/Webiu (2025)',
    cause: 'the callback of the cors package throws for an origin that is not listed, and the error handler hides it',
    server: ({ origin }) =>
      origin === undefined || origin === 'https://www.prod.example.com'
        ? { headers: [['X-Powered-By', 'Express'], JSON_TYPE] }
        : {
            status: 500,
            headers: [['X-Powered-By', 'Express'], JSON_TYPE],
            body: '{"message":"Internal server error"}',
          },
    finding: 'origin-refused-with-error',
    target: 'express',
    isOurs: true,
  },
  {
    post: 'OSPanel/OpenServerPanel (2024)',
    cause: 'Apache and Laravel both add *',
    server: () => ({
      headers: [
        ['Server', 'Apache'],
        ['X-Powered-By', 'PHP/8.3.1'],
        ['Set-Cookie', 'laravel_session=x; path=/; httponly'],
        ANY,
        ANY,
      ],
    }),
    finding: 'allow-origin-doubled',
    target: 'laravel',
    isOurs: true,
  },
  {
    post: 'pi-hole/FTL (2026)',
    cause: 'headers of the owner are added to the built-in ones',
    server: () => ({ headers: [ANY, ANY, ['Access-Control-Allow-Headers', '*']] }),
    path: '/api/auth',
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'hephaestus-build/Hephaestus (2026)',
    cause: 'Spring Security asks for credentials on OPTIONS and answers 403',
    server: two(
      {
        status: 403,
        headers: [
          ['Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate'],
          ['Expires', '0'],
          ['X-Frame-Options', 'DENY'],
        ],
      },
      {
        status: 403,
        headers: [
          ['Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate'],
          ['Expires', '0'],
        ],
      },
    ),
    request: BEARER,
    finding: 'preflight-needs-auth',
    target: 'spring',
    isOurs: true,
  },
  {
    post: 'apache/rocketmq-dashboard (2026)',
    cause: 'an interceptor asks for the token before Spring answers the preflight',
    server: two(
      {
        status: 401,
        headers: [JSON_TYPE],
        body: '{"timestamp":"2026-08-01T10:00:00Z","status":401,"error":"Unauthorized","path":"/x"}',
      },
      { status: 401, headers: [JSON_TYPE] },
    ),
    request: BEARER,
    finding: 'preflight-needs-auth',
    target: 'spring',
    isOurs: true,
  },
]

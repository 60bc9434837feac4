import { ORIGIN, type Said } from '../stage.ts'
import type { Post } from './posts.ts'

type Line = readonly [string, string]

const MARK: Line = ['Access-Control-Allow-Origin', ORIGIN]
const ANY: Line = ['Access-Control-Allow-Origin', '*']
const VARY: Line = ['Vary', 'Origin']
const JSON_TYPE: Line = ['Content-Type', 'application/json']
const HTML: Line = ['Content-Type', 'text/html']
const NGINX: Line = ['Server', 'nginx/1.24.0']
const ISTIO: Line = ['Server', 'istio-envoy']
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true } as const
const BEARER = { headers: { Authorization: 'Bearer x' } } as const

/** A preflight that permits these methods and request headers. */
const permits = (methods: string, headers: string, origin: Line = MARK): Said => ({
  status: 204,
  headers: [origin, ['Access-Control-Allow-Methods', methods], ['Access-Control-Allow-Headers', headers]],
})

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.24.0</center>\r\n</body>\r\n</html>\r\n`

export const POSTS_OF_PLATFORMS: readonly Post[] = [
  {
    post: 'fruitcake/laravel-cors (2020)',
    cause: 'the upload is larger than nginx accepts, and its 413 has no headers',
    server: ({ isPreflight, method }) =>
      isPreflight
        ? permits('POST', 'content-type')
        : method === 'POST'
          ? { status: 413, headers: [NGINX, HTML], body: page('413 Request Entity Too Large') }
          : { headers: [NGINX, MARK, VARY] },
    request: JSON_POST,
    finding: 'body-too-large',
    target: 'nginx',
    isOurs: false,
  },
  {
    post: 'api-platform/api-platform (2020)',
    cause: 'the same for an upload without a preflight',
    server: ({ method }) =>
      method === 'POST'
        ? { status: 413, headers: [NGINX, HTML], body: page('413 Request Entity Too Large') }
        : { headers: [NGINX, MARK, VARY] },
    request: { method: 'POST', body: 'x', send: true },
    finding: 'body-too-large',
    target: 'nginx',
    isOurs: false,
  },
  {
    post: 'modrinth/code (2024)',
    cause: 'the rate limit answers 429 outside of the CORS middleware',
    server: ({ path }) =>
      path === '/x'
        ? { status: 429, headers: [['Retry-After', '20'], JSON_TYPE], body: '{"error":"ratelimit_error"}' }
        : { headers: [ANY] },
    finding: 'rate-limited',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'blockfrost/blockfrost-backend-ryo (2022)',
    cause: 'the preflight is permitted, and the 429 that follows has no headers',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits('GET', 'project_id', ANY)
        : { status: 429, headers: [JSON_TYPE], body: '{"status_code":429,"error":"Project Over Limit"}' },
    request: { headers: { project_id: 'x' } },
    finding: 'rate-limited',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'softwaremill/tapir (2026)',
    cause: 'PATCH is not among the default methods, and the preflight then names none',
    server: ({ isPreflight, headers }) =>
      isPreflight
        ? headers['access-control-request-method'] === 'PATCH'
          ? { status: 204, headers: [ANY] }
          : permits('GET, HEAD, POST, PUT, DELETE', 'content-type', ANY)
        : { headers: [ANY] },
    request: { method: 'PATCH' },
    finding: 'method-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'captncraig/cors (2019)',
    cause: 'Caddy and the Laravel application behind it both name the origin',
    server: () => ({ headers: [['Server', 'Caddy'], MARK, MARK, VARY] }),
    finding: 'allow-origin-doubled',
    target: 'caddy',
    isOurs: true,
  },
  {
    post: 'traefik/traefik (2019)',
    cause: 'the middleware of Traefik adds a header that the application sends already',
    server: () => ({ headers: [ANY, MARK, VARY] }),
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'azukaar/Cosmos-Server (2026)',
    cause: 'the proxy writes its host, without a scheme, over what the application says',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'couch.example.com'], VARY] }),
    request: { origin: 'app://obsidian.md' },
    finding: 'allow-origin-without-scheme',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'expressjs/cors (2024)',
    cause: 'a list from the environment arrives as the text of an array',
    server: () => ({
      headers: [['X-Powered-By', 'Express'], ['Access-Control-Allow-Origin', '["http://localhost:5173"]'], VARY],
    }),
    request: { origin: 'http://localhost:5173' },
    finding: 'allow-origin-quoted',
    target: 'express',
    isOurs: true,
  },
  {
    post: 'Unleash/unleash-proxy (2023)',
    cause: 'a list in one variable is written into one header',
    server: () => ({
      headers: [['Access-Control-Allow-Origin', `${ORIGIN},https://admin.example.com`], VARY],
    }),
    finding: 'allow-origin-list',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'ollama/ollama (2026)',
    cause: 'a blank after a comma in OLLAMA_ORIGINS makes another origin',
    server: ({ origin }) =>
      origin === undefined || origin === 'https://a.example' ? { headers: [JSON_TYPE], body: '{}' } : { status: 403 },
    path: '/api/chat',
    request: JSON_POST,
    finding: 'origin-refused-with-error',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'jhipster/generator-jhipster (2021)',
    cause: 'Spring 5.3 throws for every origin when * stands beside credentials',
    server: ({ origin }) =>
      origin === undefined
        ? { headers: [JSON_TYPE], body: '[]' }
        : {
            status: 500,
            headers: [JSON_TYPE],
            body: '{"timestamp":"2021-02-05T17:02:28.946+00:00","status":500,"error":"Internal Server Error","path":"/x"}',
          },
    finding: 'origin-refused-with-error',
    target: 'spring',
    isOurs: true,
  },
  {
    post: 'localstack/localstack (2020)',
    cause: 'the preflight has every header, and the status 404',
    server: ({ isPreflight }) =>
      isPreflight ? { ...permits('GET, POST', 'content-type', ANY), status: 404 } : { headers: [ANY] },
    request: JSON_POST,
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'aws-powertools/powertools-lambda-typescript (2025)',
    cause: 'the middleware runs for routes alone, and OPTIONS has none',
    server: ({ method }) =>
      method === 'OPTIONS'
        ? { status: 404, headers: [JSON_TYPE], body: '{"statusCode":404,"error":"NotFoundError"}' }
        : { headers: [ANY] },
    request: JSON_POST,
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'aws-powertools/powertools-lambda-python (2026)',
    cause: 'a handler of every exception turns the 404 of OPTIONS into a 500',
    server: ({ method }) =>
      method === 'OPTIONS' ? { status: 500, headers: [JSON_TYPE], body: '{"error": "internal"}' } : { headers: [ANY] },
    request: JSON_POST,
    finding: 'preflight-server-error',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'fortana-co/react-dropzone-uploader (2019)',
    cause: 'the URL was signed for another region, and S3 redirects the preflight there',
    host: 'uploads.s3.amazonaws.com',
    server: () => ({
      status: 307,
      headers: [
        ['Server', 'AmazonS3'],
        ['Location', 'https://uploads.s3.us-east-2.amazonaws.com/x'],
        ['x-amz-bucket-region', 'us-east-2'],
      ],
      body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>TemporaryRedirect</Code></Error>',
    }),
    request: { method: 'PUT', headers: { 'Content-Type': 'image/png' } },
    finding: 's3-region-redirect',
    target: 'client',
    isOurs: false,
  },
  {
    post: 'gbif/registry (2019)',
    cause: 'http is redirected to https, and so is the preflight',
    host: 'http://api.example.com',
    server: () => ({ status: 301, headers: [['Location', 'https://api.example.com/x']] }),
    request: { origin: 'http://localhost:3000', ...BEARER },
    finding: 'redirect-to-https',
    target: 'client',
    isOurs: false,
  },
  {
    post: 'KartikLabhshetwar/oneurl (2026)',
    cause: 'the site redirects to its name with www, and so the preflight',
    host: 'example.com',
    server: () => ({
      status: 307,
      headers: [
        ['Server', 'Vercel'],
        ['Location', 'https://www.example.com/x'],
      ],
    }),
    request: { origin: 'https://www.example.com', ...JSON_POST },
    finding: 'redirect-www',
    target: 'client',
    isOurs: false,
  },
  {
    post: 'vercel/next.js (2024)',
    cause: 'Next.js takes the slash away with a 308 that no middleware reaches',
    server: ({ path }) =>
      path.endsWith('/')
        ? {
            status: 308,
            headers: [
              ['Location', path.slice(0, -1)],
              ['Refresh', `0;url=${path.slice(0, -1)}`],
            ],
          }
        : { headers: [ANY] },
    path: '/api/items/',
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: true,
  },
  {
    post: 'inconshreveable/ngrok (2022)',
    cause: 'the tunnel shows its page of warning in the place of the answer',
    host: 'a1b2.ngrok.io',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits('GET', 'authorization')
        : {
            headers: [
              ['Content-Type', 'text/html'],
              ['ngrok-error-code', 'ERR_NGROK_6024'],
            ],
            body: '<!DOCTYPE html><html><head><noscript>You are about to visit a1b2.ngrok.io, served by 1.2.3.4. (ERR_NGROK_6024)</noscript></head></html>',
          },
    request: BEARER,
    finding: 'tunnel-interstitial',
    target: 'client',
    isOurs: false,
  },
  {
    post: 'actualbudget/actual (2025)',
    cause: 'the session of Cloudflare Access has ended, and the request is sent to its login',
    host: 'api.example.com',
    server: ({ path }) =>
      path.startsWith('/cdn-cgi/')
        ? {
            headers: [['Server', 'cloudflare'], HTML],
            body: '<html><title>Sign in ・ Cloudflare Access</title></html>',
          }
        : {
            status: 302,
            headers: [
              ['Server', 'cloudflare'],
              [
                'Location',
                'https://team.cloudflareaccess.com/cdn-cgi/access/login/api.example.com?kid=x&redirect_url=%2Fx',
              ],
            ],
          },
    finding: 'cloudflare-access',
    target: 'cloudflare',
    isOurs: false,
  },
  {
    post: 'prose/gatekeeper (2021)',
    cause: 'the application on Heroku has crashed',
    server: () => ({
      status: 503,
      headers: [['Server', 'Cowboy'], ['Cache-Control', 'no-cache, no-store'], HTML],
      body: '<!DOCTYPE html><html><head><title>Application Error</title></head><body><iframe src="//www.herokucdn.com/error-pages/application-error.html"></iframe></body></html>',
    }),
    finding: 'gateway-error',
    target: 'gateway',
    isOurs: false,
  },
  {
    post: 'mnzpk/WikiNav (2022)',
    cause: 'nginx does not reach the application behind it',
    server: () => ({ status: 502, headers: [NGINX, HTML], body: page('502 Bad Gateway') }),
    finding: 'gateway-error',
    target: 'gateway',
    isOurs: false,
  },
  {
    post: 'openfoodfacts/openfoodfacts-infrastructure (2026)',
    cause: 'a timeout behind nginx, whose headers lack always',
    server: ({ path }) =>
      path === '/x'
        ? { status: 504, headers: [NGINX, HTML], body: page('504 Gateway Time-out') }
        : { headers: [NGINX, MARK, VARY] },
    finding: 'gateway-error',
    target: 'gateway',
    isOurs: false,
  },
  {
    post: 'DataDog/dd-trace-js (2026)',
    cause: 'a monitoring script adds headers of tracing that the API does not list',
    server: ({ isPreflight }) =>
      isPreflight ? permits('GET', 'x-datadog-trace-id, x-datadog-parent-id') : { headers: [MARK, VARY] },
    request: { headers: { traceparent: '00-1-1-01', tracestate: 'dd=s:1', baggage: 'a=b', 'x-datadog-trace-id': '1' } },
    finding: 'monitoring-header',
    target: 'client',
    isOurs: true,
  },
  {
    post: 'getsentry/sentry-javascript (2023)',
    cause: 'the form of Sentry is itself asked with baggage',
    server: ({ isPreflight }) => (isPreflight ? permits('GET, POST', 'content-type', ANY) : { headers: [ANY] }),
    request: { method: 'POST', headers: { baggage: 'a=b', 'sentry-trace': '1-1-1' }, body: 'a=b', send: true },
    finding: 'monitoring-header',
    target: 'client',
    isOurs: true,
  },
  {
    post: 'mozilla/addons-frontend (2020)',
    cause: 'CloudFront keeps the style sheet as it was for a request without Origin',
    server: ({ path, origin }) => ({
      headers: [
        ['Content-Type', 'text/css'],
        ['Server', 'AmazonS3'],
        ['Via', '1.1 x.cloudfront.net (CloudFront)'],
        ['X-Amz-Cf-Id', 'x'],
        ['Cache-Control', 'max-age=315360000, immutable'],
        ['Vary', 'Accept-Encoding'],
        ...(path === '/app.css' || origin === undefined
          ? ([
              ['X-Cache', 'Hit from cloudfront'],
              ['Age', '3985'],
            ] as const)
          : ([['X-Cache', 'Miss from cloudfront'], ANY] as const)),
      ],
    }),
    path: '/app.css',
    request: { initiator: 'style', credentials: 'omit' },
    finding: 'cached-without-origin',
    target: 's3',
    isOurs: false,
  },
  {
    post: 'istio/proxy (2019)',
    cause: 'the gateway asks for a token on OPTIONS',
    server: ({ isPreflight }) =>
      isPreflight
        ? { status: 401, headers: [ISTIO], body: 'Origin authentication failed.' }
        : { status: 401, headers: [ISTIO], body: 'Origin authentication failed.' },
    request: BEARER,
    finding: 'preflight-needs-auth',
    target: 'envoy',
    isOurs: true,
  },
  {
    post: 'istio/istio (2020)',
    cause: 'a token that is refused is answered before the policy of the virtual service',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits('GET', 'authorization')
        : {
            status: 401,
            headers: [ISTIO, ['WWW-Authenticate', 'Bearer error="invalid_token"']],
            body: 'Jwt is expired',
          },
    request: BEARER,
    finding: 'auth-unmarked',
    target: 'envoy',
    isOurs: true,
  },
  {
    post: 'istio/istio (2023)',
    cause: 'an authorization policy refuses the preflight, which carries no token',
    server: ({ isPreflight }) =>
      isPreflight
        ? { status: 403, headers: [ISTIO], body: 'RBAC: access denied' }
        : { status: 401, headers: [ISTIO], body: 'Jwt is missing' },
    request: BEARER,
    finding: 'preflight-needs-auth',
    target: 'envoy',
    isOurs: true,
  },
  {
    post: 'kubernetes/ingress-nginx (2020)',
    cause: 'the default * of the annotation, and credentials',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 204 : 200,
      headers: [
        ANY,
        ['Access-Control-Allow-Credentials', 'true'],
        ['Access-Control-Allow-Methods', 'GET, PUT, POST, DELETE, PATCH, OPTIONS'],
        ['Access-Control-Allow-Headers', 'DNT,Keep-Alive,User-Agent,X-Requested-With,Content-Type,Authorization'],
        ['Access-Control-Max-Age', '1728000'],
      ],
    }),
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'firebase/firebase-functions (2024)',
    cause: 'not everybody may invoke the function, and the preflight carries no token',
    server: () => ({
      status: 403,
      headers: [
        ['Server', 'Google Frontend'],
        ['Content-Type', 'text/html; charset=UTF-8'],
      ],
      body: '<html><head><title>403 Forbidden</title></head><body><h1>Error: Forbidden</h1><h2>Your client does not have permission to get URL <code>/x</code> from this server.</h2></body></html>',
    }),
    request: JSON_POST,
    finding: 'cloud-run-private',
    target: 'cloudrun',
    isOurs: false,
  },
  {
    post: 'microsoft/Web-Dev-For-Beginners (2020)',
    cause: 'the API lists localhost, and the page was opened at 127.0.0.1',
    server: ({ origin }) => ({
      headers: [
        ['X-Powered-By', 'Express'],
        VARY,
        ...(origin?.startsWith('http://localhost') ? [['Access-Control-Allow-Origin', origin] as const] : []),
      ],
    }),
    request: { origin: 'http://127.0.0.1:8080' },
    finding: 'origin-loopback-name',
    target: 'express',
    isOurs: true,
  },
  {
    post: 'tokio-rs/axum (2022)',
    cause: 'the layer was added above the routes, and wraps none of them',
    server: ({ method }) =>
      method === 'POST' ? { headers: [JSON_TYPE] } : { status: 405, headers: [['Allow', 'POST']] },
    request: JSON_POST,
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'anomalyco/opencode (2026)',
    cause: 'the password is asked for before the policy answers',
    server: ({ headers }) =>
      headers.authorization === undefined
        ? { status: 401, headers: [['WWW-Authenticate', 'Basic realm="server"']], body: 'Unauthorized' }
        : { headers: [MARK, VARY] },
    request: BEARER,
    finding: 'preflight-needs-auth',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'adobe/aem-project-archetype (2025)',
    cause: 'the configuration for security refuses every OPTIONS',
    server: ({ method }) =>
      method === 'OPTIONS'
        ? {
            status: 403,
            headers: [['Server', 'Apache'], HTML],
            body: '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>403 Forbidden</title>\n</head><body>\n<h1>Forbidden</h1>\n<p>You don\'t have permission to access this resource.</p>\n</body></html>\n',
          }
        : { headers: [['Server', 'Apache'], MARK, VARY] },
    request: BEARER,
    finding: 'preflight-forbidden',
    target: 'apache',
    isOurs: true,
  },
]

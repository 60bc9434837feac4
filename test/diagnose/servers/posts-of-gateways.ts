// What people posted from 2024 to 2026 about gateways, buckets, tunnels and frameworks that answer before, beside or instead of the
// application.
import { ORIGIN, type Said } from '../stage.ts'
import type { Post } from './posts.ts'

type Line = readonly [string, string]

const MARK: Line = ['Access-Control-Allow-Origin', ORIGIN]
const ANY: Line = ['Access-Control-Allow-Origin', '*']
const VARY: Line = ['Vary', 'Origin']
const JSON_TYPE: Line = ['Content-Type', 'application/json']
const XML: Line = ['Content-Type', 'application/xml']
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true } as const
const BEARER = { headers: { Authorization: 'Bearer x' } } as const

const permits = (origin: Line, methods: string, headers: string, status = 204): Said => ({
  status,
  headers: [origin, ['Access-Control-Allow-Methods', methods], ['Access-Control-Allow-Headers', headers]],
})

export const POSTS_OF_GATEWAYS: readonly Post[] = [
  {
    post: 'nitrojs/nitro (2024)',
    cause: 'the route rule adds the headers, and no handler answers OPTIONS',
    server: ({ method }) => ({
      status: method === 'POST' ? 200 : 405,
      headers: [ANY, ['Access-Control-Allow-Methods', '*'], ['Access-Control-Allow-Headers', '*'], JSON_TYPE],
      body: method === 'POST' ? '{}' : '{"statusCode":405,"statusMessage":"HTTP method is not allowed."}',
    }),
    request: JSON_POST,
    finding: 'options-not-routed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'open-telemetry/opentelemetry-collector (2025)',
    cause: 'the ingress answers the preflight, and the collector never sees Origin on POST',
    server: ({ isPreflight, method }) =>
      isPreflight
        ? permits(MARK, 'POST', 'content-type')
        : method === 'POST'
          ? { headers: [JSON_TYPE, VARY], body: '{"partialSuccess":{}}' }
          : { status: 405, headers: [['Allow', 'POST']] },
    path: '/v1/traces',
    request: JSON_POST,
    finding: 'only-preflight-answered',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'kanbn/kan (2025)',
    cause: 'the bucket has no CORS policy, and R2 refuses the preflight of a signed upload',
    server: ({ method }) => ({
      status: 403,
      headers: [XML, ['Server', 'cloudflare'], ['CF-RAY', '1-SIN']],
      body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${method === 'OPTIONS' ? 'Unauthorized</Code><Message>CORS not configured for this bucket' : 'SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match'}</Message></Error>`,
    }),
    host: 'avatars.0a1b2c3d4e5f60718293a4b5c6d7e8f9.r2.cloudflarestorage.com',
    path: '/a.jpeg?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=x',
    request: { method: 'PUT', headers: { 'Content-Type': 'image/jpeg' } },
    finding: 's3-cors-missing',
    target: 'r2',
    isOurs: false,
  },
  {
    post: 'harshil1712/nextjs-r2-demo (2024)',
    cause: 'the rule of the bucket names its methods, and the upload asks for one that it lacks',
    server: ({ isPreflight }) =>
      isPreflight
        ? {
            status: 403,
            headers: [XML, ['Server', 'cloudflare']],
            body: '<Error><Code>AccessForbidden</Code><Message>CORSResponse: This CORS request is not allowed.</Message></Error>',
          }
        : { headers: [MARK, VARY, ['Server', 'cloudflare']] },
    host: 'b.0a1b2c3d4e5f60718293a4b5c6d7e8f9.r2.cloudflarestorage.com',
    path: '/a.png?X-Amz-Signature=x',
    request: { method: 'PUT', headers: { 'Content-Type': 'image/png' } },
    finding: 's3-cors-missing',
    target: 'r2',
    isOurs: false,
  },
  {
    post: 'goauthentik/authentik (2024)',
    cause: 'the outpost of the single sign-on redirects the preflight to its login',
    server: ({ path }) => ({
      status: 302,
      headers: [
        [
          'Location',
          `https://auth.example.com/application/o/authorize/?client_id=x&redirect_uri=${encodeURIComponent(path)}&response_type=code`,
        ],
      ],
    }),
    path: '/info',
    request: BEARER,
    finding: 'redirect-login',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'openziti/zrok (2026)',
    cause: 'the tunnel asks for a login by OAuth, on OPTIONS too',
    server: ({ path }) => ({
      status: 302,
      headers: [
        ['Location', `https://accounts.example.com/o/oauth2/v2/auth?client_id=x&state=${encodeURIComponent(path)}`],
      ],
    }),
    request: JSON_POST,
    finding: 'redirect-login',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'datagouv/data.gouv.fr (2024)',
    cause: 'the name of a record has changed, and OPTIONS is redirected like GET',
    server: ({ path, isPreflight, origin }) =>
      path.includes('/old-name/')
        ? { status: 308, headers: [['Location', path.replace('old-name', 'new-name')], ...(origin ? [ANY] : [])] }
        : isPreflight
          ? permits(ANY, 'GET,PUT', 'authorization')
          : { headers: [ANY, JSON_TYPE] },
    path: '/api/2/topics/old-name/',
    request: BEARER,
    finding: 'preflight-redirect',
    target: 'client',
    isOurs: true,
  },
  {
    post: 'coder/code-server (2025)',
    cause: 'the proxy of an editor asks for its session before OPTIONS reaches the forwarded port',
    server: ({ headers }) =>
      headers.cookie === undefined
        ? { status: 401, headers: [JSON_TYPE, ['X-Powered-By', 'Express']], body: '{"error":"Unauthorized"}' }
        : { headers: [MARK] },
    request: {
      ...JSON_POST,
      credentials: 'include',
      headers: { ...JSON_POST.headers, Cookie: 'code-server-session=1' },
    },
    finding: 'preflight-needs-auth',
    target: 'express',
    isOurs: true,
  },
  {
    post: 'Oaklight/llm-rosetta (2026)',
    cause: 'the hook that authenticates runs for OPTIONS too',
    server: ({ headers, isPreflight }) =>
      headers.authorization === undefined
        ? {
            status: 401,
            headers: [JSON_TYPE],
            body: '{"error":{"message":"Invalid API key","type":"authentication_error"}}',
          }
        : isPreflight
          ? permits(ANY, 'GET, POST, OPTIONS', 'Authorization, Content-Type')
          : { headers: [ANY, JSON_TYPE] },
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'quarkusio/quarkus (2026)',
    cause: 'the filter of Quarkus refuses with 403, and gives its reason in the status line alone',
    server: ({ origin }) =>
      origin === undefined ? { headers: [JSON_TYPE] } : { status: 403, reason: 'CORS Rejected - Invalid origin' },
    request: JSON_POST,
    finding: 'origin-refused-with-error',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'quarkusio/quarkus (2026, method)',
    cause: 'the filter knows the origin and not the method, and says so in the status line',
    server: ({ isPreflight, headers, origin }) =>
      isPreflight && headers['access-control-request-method'] === 'PUT'
        ? { status: 403, reason: 'CORS Rejected - Invalid method' }
        : { headers: origin === ORIGIN ? [MARK, JSON_TYPE] : [JSON_TYPE] },
    request: { method: 'PUT' },
    finding: 'preflight-refused-by-list',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'cilium/cilium (2026)',
    cause: 'the gateway accepts the CORS filter of the route and ignores it: the application asks OPTIONS for a token',
    server: ({ headers }) =>
      headers.authorization === undefined
        ? { status: 401, headers: [['Server', 'envoy'], JSON_TYPE], body: '{"message":"invalid token"}' }
        : { headers: [['Server', 'envoy'], JSON_TYPE] },
    path: '/v1/testApi',
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'envoy',
    isOurs: true,
  },
  {
    post: 'envoyproxy/gateway (2025)',
    cause: 'the route matches GET alone, so its CORS filter never sees OPTIONS',
    server: ({ method, origin }) =>
      method === 'GET'
        ? { headers: [['Server', 'envoy'], ...(origin === ORIGIN ? [MARK] : [])] }
        : { status: 404, headers: [['Server', 'envoy']] },
    path: '/hello',
    request: BEARER,
    finding: 'options-not-routed',
    target: 'envoy',
    isOurs: true,
  },
  {
    post: 'traefik/traefik (2025)',
    cause: 'the list of origins names the API itself, and the page is elsewhere',
    server: ({ origin, isPreflight }) => ({
      status: isPreflight ? 200 : 404,
      headers: [
        ...(isPreflight
          ? ([
              ['Access-Control-Allow-Methods', 'GET,PUT,POST,OPTIONS,DELETE'],
              ['Access-Control-Allow-Headers', 'Content-Type,Authorization,Accept'],
              ['Access-Control-Allow-Credentials', 'true'],
              ['Access-Control-Max-Age', '100'],
            ] as const)
          : []),
        ...(origin === 'https://backend.example.com' ? ([['Access-Control-Allow-Origin', origin]] as const) : []),
      ],
    }),
    request: JSON_POST,
    finding: 'origin-not-listed',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'supabase/supabase (2025)',
    cause: 'the gateway answers OPTIONS with its own four headers, and the function lists more',
    server: ({ isPreflight }) =>
      isPreflight
        ? {
            status: 200,
            headers: [
              ANY,
              ['Access-Control-Allow-Headers', 'authorization, x-client-info, apikey, content-type'],
              ['sb-gateway-version', '1'],
              ['x-served-by', 'supabase-edge-runtime'],
            ],
          }
        : { headers: [ANY, JSON_TYPE, ['sb-gateway-version', '1'], ['x-served-by', 'supabase-edge-runtime']] },
    host: 'abcdefghijklmnopqrst.supabase.co',
    path: '/functions/v1/hello',
    request: { ...JSON_POST, headers: { ...JSON_POST.headers, 'X-Session-Id': '1' } },
    finding: 'header-not-listed',
    target: 'supabase',
    isOurs: false,
  },
  {
    post: 'spring-cloud/spring-cloud-gateway (2024)',
    cause: 'the gateway and the service behind it both send the headers, and the filter that removes one is not read',
    server: ({ isPreflight }) =>
      isPreflight
        ? {
            headers: [
              MARK,
              ['Access-Control-Allow-Methods', 'POST'],
              ['Access-Control-Allow-Headers', 'content-type'],
              ['Access-Control-Allow-Credentials', 'true'],
              VARY,
              ['Vary', 'Access-Control-Request-Method'],
              ['Vary', 'Access-Control-Request-Headers'],
            ],
          }
        : {
            headers: [
              VARY,
              ['Vary', 'Access-Control-Request-Method'],
              ['Vary', 'Access-Control-Request-Headers'],
              MARK,
              ['Access-Control-Allow-Credentials', 'true'],
              JSON_TYPE,
              MARK,
              ['Access-Control-Allow-Credentials', 'true'],
            ],
          },
    request: { ...JSON_POST, credentials: 'include' },
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'mostlygeek/llama-swap (2026)',
    cause: 'the proxy in front of a model server adds * to the * that the model server sends',
    server: ({ isPreflight }) =>
      isPreflight
        ? permits(ANY, 'GET, POST, PUT, DELETE, OPTIONS', 'Content-Type')
        : { headers: [ANY, JSON_TYPE, ANY] },
    path: '/v1/models',
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    post: 'Azure/APICenter-Portal-Starter (2024)',
    cause: 'the service answers the preflight of a portal with an error',
    server: ({ isPreflight }) =>
      isPreflight
        ? { status: 401, headers: [ANY, ['WWW-Authenticate', 'Bearer']] }
        : { status: 401, headers: [ANY, ['WWW-Authenticate', 'Bearer']] },
    path: '/workspaces/default/apis',
    request: BEARER,
    finding: 'preflight-needs-auth',
    target: 'server',
    isOurs: false,
  },
  {
    post: 'mulder82/immich-slideshow (2024)',
    cause: 'the API of a photo server has no CORS, and OPTIONS falls through to its router',
    server: ({ method }) =>
      method === 'OPTIONS'
        ? {
            status: 404,
            headers: [JSON_TYPE, ['X-Powered-By', 'Express']],
            body: '{"message":"Cannot OPTIONS /api/asset/random","error":"Not Found","statusCode":404}',
          }
        : { headers: [JSON_TYPE, ['X-Powered-By', 'Express']], body: '[]' },
    path: '/api/asset/random',
    request: { headers: { 'x-api-key': 'x' }, origin: 'http://homeassistant.local:8123' },
    finding: 'options-not-routed',
    target: 'nestjs',
    isOurs: true,
  },
  {
    post: 'tuyoogame/YooAsset (2024)',
    cause: 'a game loads its files from 127.0.0.1, and its page is localhost',
    server: () => ({
      headers: [
        ['Server', 'HFS 2.4.0 RC7'],
        ['Content-Type', 'application/octet-stream'],
        ['Accept-Ranges', 'bytes'],
      ],
      body: 'v1.0',
    }),
    path: '/CDN/WebGL/v1.0/PackageManifest.version?1',
    request: { origin: 'http://localhost:8082' },
    finding: 'never-shared',
    target: 'server',
    isOurs: true,
  },
]

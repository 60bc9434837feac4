import { describe, expect, it } from 'vitest'
import { settles } from '../settles.ts'
import { type Handler, ORIGIN, type Request, type Said, stage } from '../stage.ts'
import { applied, ask } from './apply.ts'

/** A server with a mistake, what is to be named first, and where the change goes. */
interface Row {
  readonly name: string
  readonly server: Handler
  readonly path?: string
  readonly request?: Request
  readonly finding: string
  readonly target: string
  readonly isOurs: boolean
}

const MARK = ['Access-Control-Allow-Origin', ORIGIN] as const
const VARY = ['Vary', 'Origin'] as const
const EXPRESS = ['X-Powered-By', 'Express'] as const
const PUT = { method: 'PUT' } as const
const JSON_POST = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true } as const

/** Express answers OPTIONS for every route it knows, and 404 for others. */
function express(
  routes: (path: string) => Said | null,
  preflight: Said = { headers: [EXPRESS, ['Allow', 'GET,HEAD,PUT']] },
): Handler {
  return ({ path, isPreflight }) =>
    isPreflight ? preflight : (routes(path) ?? { status: 404, headers: [EXPRESS], body: '<pre>Cannot GET</pre>' })
}

const gateway =
  (status: number, headers: Said['headers'], body: string): Handler =>
  () => ({ status, ...(headers === undefined ? {} : { headers }), body })

const ROWS: readonly Row[] = [
  {
    name: 'Express: cors() below the routes',
    server: express(() => ({ headers: [EXPRESS] })),
    request: PUT,
    finding: 'options-answered-by-router',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'Express: an error handler without headers',
    server: express((path) =>
      path === '/x'
        ? { status: 500, headers: [EXPRESS], body: '<pre>Error: no<br> at x</pre>' }
        : { headers: [EXPRESS, MARK] },
    ),
    finding: 'handler-threw',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'Express: express.static above cors()',
    server: express((path) => ({
      headers:
        path === '/x'
          ? [EXPRESS, ['ETag', 'W/"1"'], ['Last-Modified', 'Sat, 01 Nov 2025 00:00:00 GMT'], ['Accept-Ranges', 'bytes']]
          : [EXPRESS, MARK],
    })),
    finding: 'static-unmarked',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'Express: cors({ origin: "*" }) and withCredentials',
    server: express(() => ({ headers: [EXPRESS, ['Access-Control-Allow-Origin', '*']] })),
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'Express: the origin with a trailing slash',
    server: express(() => ({ headers: [EXPRESS, ['Access-Control-Allow-Origin', `${ORIGIN}/`]] })),
    finding: 'origin-trailing-slash',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'Express: authentication above cors()',
    server: express(() => ({ status: 401, headers: [EXPRESS] }), { status: 401, headers: [EXPRESS] }),
    request: { headers: { Authorization: 'Bearer x' } },
    finding: 'preflight-needs-auth',
    target: 'express',
    isOurs: true,
  },
  {
    name: 'Next.js: OPTIONS of a route handler',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 204 : 200,
      headers: [['X-Powered-By', 'Next.js'], ...(isPreflight ? ([['Allow', 'GET, HEAD, OPTIONS']] as const) : [])],
    }),
    request: PUT,
    finding: 'options-answered-by-router',
    target: 'next',
    isOurs: true,
  },
  {
    name: 'Next.js: the trailing slash',
    server: ({ path }) =>
      path === '/x/'
        ? { status: 308, headers: [['Location', '/x']] }
        : { status: 204, headers: [MARK, ['Access-Control-Allow-Methods', 'PUT']] },
    path: '/x/',
    request: PUT,
    finding: 'redirect-trailing-slash',
    target: 'client',
    isOurs: true,
  },
  {
    name: 'FastAPI: 500 outside the middleware',
    server: ({ path }) =>
      path === '/x'
        ? {
            status: 500,
            headers: [
              ['Server', 'uvicorn'],
              ['Content-Type', 'text/plain; charset=utf-8'],
            ],
            body: 'Internal Server Error',
          }
        : { headers: [['Server', 'uvicorn'], MARK] },
    finding: 'handler-threw',
    target: 'fastapi',
    isOurs: true,
  },
  {
    name: 'Spring: the security filter before CORS',
    server: () => ({
      status: 401,
      headers: [
        ['WWW-Authenticate', 'Bearer'],
        ['Set-Cookie', 'JSESSIONID=1'],
        ['Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate'],
        ['Expires', '0'],
      ],
    }),
    request: PUT,
    finding: 'preflight-needs-auth',
    target: 'spring',
    isOurs: true,
  },
  {
    name: 'IIS: the OPTIONS handler',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 405 : 200,
      headers: [['Server', 'Microsoft-IIS/10.0'], MARK].slice(0, isPreflight ? 1 : 2) as Said['headers'] & {},
    }),
    request: PUT,
    finding: 'iis-options-handler',
    target: 'iis',
    isOurs: true,
  },
  {
    name: 'a gateway that adds its header to the application’s',
    server: () => ({ headers: [MARK, ['Access-Control-Allow-Origin', '*'], ['Via', '1.1 gateway']] }),
    finding: 'allow-origin-doubled',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a wildcard subdomain in the header',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'https://*.example.com']] }),
    finding: 'allow-origin-pattern',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a list that knows http alone',
    server: ({ origin }) => ({
      headers: origin === 'http://app.example.com' ? [['Access-Control-Allow-Origin', origin], VARY] : [VARY],
    }),
    finding: 'origin-scheme',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a list that knows another port',
    request: { origin: 'http://localhost:5173' },
    server: ({ origin }) => ({
      headers: origin === 'http://localhost:3000' ? [['Access-Control-Allow-Origin', origin]] : [],
    }),
    finding: 'origin-port',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a list that knows 127.0.0.1',
    request: { origin: 'http://localhost:5173' },
    server: ({ origin }) => ({
      headers: origin === 'http://127.0.0.1:5173' ? [['Access-Control-Allow-Origin', origin]] : [],
    }),
    finding: 'origin-loopback-name',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'quotes from an environment variable',
    server: () => ({ headers: [['Access-Control-Allow-Origin', `"${ORIGIN}"`]] }),
    finding: 'allow-origin-quoted',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'credentials that are True',
    server: () => ({ headers: [MARK, ['Access-Control-Allow-Credentials', 'True']] }),
    request: { credentials: 'include' },
    finding: 'allow-credentials-value',
    target: 'server',
    isOurs: true,
  },
  {
    name: '* for the headers, with credentials',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 204 : 200,
      headers: [MARK, ['Access-Control-Allow-Credentials', 'true'], ['Access-Control-Allow-Headers', '*']],
    }),
    request: { credentials: 'include', headers: { 'X-Tenant': '1' } },
    finding: 'headers-wildcard-with-credentials',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'semicolons between the headers',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 204 : 200,
      headers: [MARK, ['Access-Control-Allow-Headers', 'Content-Type; Authorization']],
    }),
    request: JSON_POST,
    finding: 'list-malformed',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'patch in lower case',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 204 : 200,
      headers: [MARK, ['Access-Control-Allow-Methods', 'PATCH']],
    }),
    request: { method: 'patch' },
    finding: 'method-case',
    target: 'client',
    isOurs: true,
  },
  {
    name: 'Access-Control-Allow-Origin on the request',
    server: ({ isPreflight }) => ({ status: isPreflight ? 204 : 200, headers: [MARK] }),
    request: { headers: { 'Access-Control-Allow-Origin': '*' } },
    finding: 'response-header-on-request',
    target: 'client',
    isOurs: true,
  },
  {
    name: 'a Content-Type that GET does not need',
    server: ({ isPreflight }) => (isPreflight ? { status: 404 } : { headers: [MARK] }),
    request: { headers: { 'Content-Type': 'application/json' } },
    finding: 'needless-preflight',
    target: 'client',
    isOurs: true,
  },
  {
    name: 'a tracing script',
    server: ({ isPreflight }) => ({ status: isPreflight ? 204 : 200, headers: [MARK] }),
    request: { headers: { traceparent: '00-1' } },
    finding: 'monitoring-header',
    target: 'client',
    isOurs: true,
  },
  {
    name: 'Lambda behind API Gateway: only OPTIONS is configured',
    server: ({ isPreflight }) =>
      isPreflight
        ? { status: 204, headers: [MARK, ['Access-Control-Allow-Headers', 'content-type'], ['x-amz-apigw-id', 'x']] }
        : { headers: [['x-amz-apigw-id', 'x']] },
    request: JSON_POST,
    finding: 'only-preflight-answered',
    target: 'apigateway',
    isOurs: true,
  },
  {
    name: 'API Gateway: a path that is not there',
    server: gateway(
      403,
      [['x-amzn-ErrorType', 'MissingAuthenticationTokenException']],
      '{"message":"Missing Authentication Token"}',
    ),
    finding: 'api-gateway-error',
    target: 'apigateway',
    isOurs: false,
  },
  {
    name: 'S3: no CORS configuration',
    server: gateway(
      403,
      [['Server', 'AmazonS3']],
      '<Error><Message>CORSResponse: CORS is not enabled for this bucket.</Message></Error>',
    ),
    finding: 's3-cors-missing',
    target: 's3',
    isOurs: true,
  },
  {
    name: 'Cloudflare: a challenge',
    server: gateway(
      403,
      [
        ['cf-mitigated', 'challenge'],
        ['Server', 'cloudflare'],
      ],
      '<html>',
    ),
    finding: 'bot-challenge',
    target: 'waf',
    isOurs: false,
  },
  {
    name: 'Cloudflare Access: the login page',
    server: () => ({
      status: 302,
      headers: [['Location', 'https://team.cloudflareaccess.com/cdn-cgi/access/login/x']],
    }),
    request: PUT,
    finding: 'cloudflare-access',
    target: 'cloudflare',
    isOurs: false,
  },
  {
    name: 'Vercel: deployment protection',
    server: gateway(
      401,
      [
        ['Server', 'Vercel'],
        ['Set-Cookie', '_vercel_sso_nonce=x'],
      ],
      'Authentication Required',
    ),
    request: PUT,
    finding: 'vercel-protection',
    target: 'vercel',
    isOurs: false,
  },
  {
    name: 'Cloud Run: private',
    server: gateway(403, [['Server', 'Google Frontend']], 'Your client does not have permission to get URL /x'),
    request: PUT,
    finding: 'cloud-run-private',
    target: 'cloudrun',
    isOurs: false,
  },
  {
    name: 'macOS: AirPlay Receiver',
    server: gateway(403, [['Server', 'AirTunes/760.20.1']], ''),
    request: PUT,
    finding: 'airplay-receiver',
    target: 'network',
    isOurs: false,
  },
  {
    name: 'ngrok: the warning page',
    server: gateway(200, [['ngrok-error-code', 'ERR_NGROK_6024']], '<html>'),
    finding: 'tunnel-interstitial',
    target: 'client',
    isOurs: false,
  },
  {
    name: 'an event stream flushed too early',
    server: ({ path }) => ({
      headers: path === '/x' ? [['Content-Type', 'text/event-stream']] : [MARK],
      body: 'data: 1\n\n',
    }),
    finding: 'stream-unmarked',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a font',
    server: () => ({ headers: [['Content-Type', 'font/woff2']] }),
    request: { initiator: 'font' },
    finding: 'font-unmarked',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a login redirect',
    server: ({ path }) => (path.startsWith('/login') ? {} : { status: 302, headers: [['Location', '/login?next=/x']] }),
    request: PUT,
    finding: 'redirect-login',
    target: 'server',
    isOurs: true,
  },
  {
    name: 'a file: page',
    request: { origin: 'null' },
    server: ({ origin }) => ({
      headers: origin === 'http://localhost' ? [['Access-Control-Allow-Origin', origin], VARY] : [VARY],
    }),
    finding: 'origin-null',
    target: 'client',
    isOurs: true,
  },
  {
    name: "mode: 'same-origin' as a fix",
    server: () => ({ headers: [] }),
    request: { mode: 'same-origin' },
    finding: 'same-origin-mode',
    target: 'client',
    isOurs: false,
  },
]

describe('corsmith check names the right cause of a staged server first', () => {
  it.each(ROWS)(
    '$name → $finding ($target)',
    async ({ server, path = '/x', request = {}, finding, target, isOurs }) => {
      const staged = await stage(server)
      try {
        const diagnosis = await ask(staged.origin, path, request)
        const [first] = diagnosis.findings
        expect([diagnosis.conclusion, first?.code, first?.fix?.target]).toEqual(['blocked', finding, target])
        await settles(finding, server, { ...request, url: `${staged.origin}${path}` }, diagnosis)
        if (!isOurs || first?.fix == null) return
        const after = await applied(first.fix, staged, path, request)
        expect(after?.conclusion).toBe('allowed')
      } finally {
        await staged.close()
      }
    },
  )
})

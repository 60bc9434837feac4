import { describe, expect, it } from 'vitest'
import { type Handler, type Request, stage } from '../stage.ts'
import { ask } from './apply.ts'

/** A way in which requests are blocked, in the smallest server that shows it. */
interface Kind {
  readonly name: string
  readonly server: Handler
  readonly path?: string
  readonly request?: Request
  readonly finding: string
  readonly target: string
}

const L = 'http://localhost:3000'

/** No default check asks a server more often than this. */
const MOST_REQUESTS = 16

const KINDS: readonly Kind[] = [
  {
    name: 'a development server of Vite behind a tunnel',
    server: () => ({
      status: 403,
      headers: [
        ['Content-Type', 'text/plain'],
        ['Vary', 'Origin'],
      ],
      body: 'Blocked request. This host ("my.ngrok.app") is not allowed.\nTo allow this host, add "my.ngrok.app" to `server.allowedHosts` in vite.config.js.',
    }),
    finding: 'host-not-allowed',
    target: 'server',
  },
  {
    name: 'the same, asked for PUT',
    server: () => ({ status: 403, headers: [], body: 'Blocked request. This host ("my.ngrok.app") is not allowed.' }),
    request: { method: 'PUT' },
    finding: 'host-not-allowed',
    target: 'server',
  },
  {
    name: 'a login page under a 200',
    server: () => ({
      headers: [['Content-Type', 'text/html; charset=utf-8']],
      body: '<!doctype html><html><head><title>Sign in</title></head><body><form action="/login" method="post"><input type="password" name="p"></form></body></html>',
    }),
    path: '/api/users',
    finding: 'login-page-instead-of-api',
    target: 'server',
  },
  {
    name: 'a login page of ASP.NET, by redirect',
    server: ({ path }) =>
      path.startsWith('/account')
        ? { headers: [['Content-Type', 'text/html']], body: '<form><input type="password">' }
        : { status: 302, headers: [['Location', '/Account/Login?ReturnUrl=%2Fapi']] },
    path: '/api/users',
    finding: 'redirect-login',
    target: 'server',
  },
  {
    name: 'rack-cors refuses the origin of a preflight',
    server: ({ isPreflight }) => ({
      status: isPreflight ? 404 : 200,
      headers: [
        ['X-Rack-CORS', isPreflight ? 'preflight-miss; no-origin' : 'miss; no-origin'],
        ['X-Runtime', '0.1'],
        ['X-Request-Id', '1'],
      ],
    }),
    request: { method: 'PUT' },
    finding: 'rack-cors-miss',
    target: 'rails',
  },
  {
    name: 'rack-cors has no resource for the path',
    server: () => ({ headers: [['X-Rack-CORS', 'miss; no-path']] }),
    finding: 'rack-cors-miss',
    target: 'rails',
  },
  {
    name: 'OPTIONS is cut off, GET is shared',
    server: ({ method }) =>
      method === 'OPTIONS' ? { destroy: true } : { headers: [['Access-Control-Allow-Origin', '*']] },
    request: { method: 'PUT' },
    finding: 'preflight-unanswered',
    target: 'server',
  },
  {
    name: 'OPTIONS is cut off, and nothing is shared',
    server: ({ method }) => (method === 'OPTIONS' ? { destroy: true } : {}),
    request: { method: 'PUT' },
    finding: 'preflight-unanswered',
    target: 'server',
  },
  {
    name: 'Access-Control-Allow-Origins',
    server: () => ({ headers: [['Access-Control-Allow-Origins', '*']] }),
    finding: 'header-name-misspelt',
    target: 'server',
  },
  {
    name: 'a hyphen is missing in the name',
    server: () => ({ headers: [['Access-ControlAllow-Origin', '*']] }),
    finding: 'header-name-misspelt',
    target: 'server',
  },
  {
    name: 'Access-Control-Allowed-Origin',
    server: () => ({
      headers: [
        ['Access-Control-Allowed-Origin', '*'],
        ['Access-Control-Allowed-Headers', '*'],
      ],
    }),
    request: { method: 'PUT' },
    finding: 'header-name-misspelt',
    target: 'server',
  },
  {
    name: 'Acess-Control-Allow-Origin',
    server: () => ({ headers: [['Acess-Control-Allow-Origin', '*']] }),
    finding: 'header-name-misspelt',
    target: 'server',
  },
  {
    name: 'Allow-Origin alone',
    server: () => ({ headers: [['Allow-Origin', '*']] }),
    finding: 'header-name-misspelt',
    target: 'server',
  },
  {
    name: 'Access-Control-Allow-Credential',
    server: () => ({
      headers: [
        ['Access-Control-Allow-Origin', L],
        ['Access-Control-Allow-Credential', 'true'],
      ],
    }),
    request: { credentials: 'include' },
    finding: 'header-name-misspelt',
    target: 'server',
  },
  {
    name: 'the callback of the cors package throws',
    server: ({ origin }) =>
      origin
        ? {
            status: 500,
            headers: [
              ['X-Powered-By', 'Express'],
              ['Content-Type', 'text/html'],
            ],
            body: '<pre>Error: Not allowed by CORS<br> at',
          }
        : {},
    finding: 'origin-refused-with-error',
    target: 'express',
  },
  {
    name: 'gin-contrib/cors at a route that knows POST alone',
    server: ({ origin }) => (origin ? { status: 403 } : { status: 404 }),
    request: { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' },
    finding: 'origin-refused-with-error',
    target: 'server',
  },
  {
    name: 'gin-contrib/cors in front of authentication',
    server: ({ origin }) => (origin ? { status: 403 } : { status: 401 }),
    finding: 'origin-refused-with-error',
    target: 'server',
  },
  {
    name: '404 for OPTIONS, headers on GET',
    server: ({ method }) =>
      method === 'OPTIONS' ? { status: 404 } : { headers: [['Access-Control-Allow-Origin', L]] },
    request: { method: 'DELETE' },
    finding: 'options-not-routed',
    target: 'server',
  },
  {
    name: 'a 500 without headers, and the root with them',
    server: ({ path }) =>
      path === '/api'
        ? { status: 500, body: '{"error":"x"}' }
        : {
            headers: [
              ['Access-Control-Allow-Origin', L],
              ['Vary', 'Origin'],
            ],
          },
    finding: 'error-unmarked',
    target: 'server',
  },
  {
    name: 'UseHttpsRedirection before UseCors',
    server: () => ({
      status: 307,
      headers: [
        ['Location', 'https://localhost:7001/api'],
        ['Server', 'Kestrel'],
      ],
    }),
    request: { method: 'PUT' },
    finding: 'preflight-redirect',
    target: 'client',
  },
  {
    name: 'a slash that POST lacks',
    server: () => ({ status: 301, headers: [['Location', '/api/']] }),
    request: { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' },
    finding: 'redirect-trailing-slash',
    target: 'client',
  },
  {
    name: '* with credentials',
    server: () => ({
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['Access-Control-Allow-Credentials', 'true'],
      ],
    }),
    request: { credentials: 'include' },
    finding: 'wildcard-with-credentials',
    target: 'server',
  },
  {
    name: 'the word null',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'null']] }),
    finding: 'allow-origin-null',
    target: 'server',
  },
  {
    name: 'the word true',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'true']] }),
    finding: 'allow-origin-variable',
    target: 'server',
  },
  {
    name: 'the word undefined',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'undefined']] }),
    finding: 'allow-origin-variable',
    target: 'server',
  },
  {
    name: 'a list with a comma',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'http://localhost:3000,http://localhost:5173']] }),
    finding: 'allow-origin-list',
    target: 'server',
  },
  {
    name: 'an array as JSON',
    server: () => ({ headers: [['Access-Control-Allow-Origin', '["http://localhost:3000"]']] }),
    finding: 'allow-origin-quoted',
    target: 'server',
  },
  {
    name: 'an empty value',
    server: () => ({ headers: [['Access-Control-Allow-Origin', '']] }),
    finding: 'allow-origin-variable',
    target: 'server',
  },
  {
    name: 'a host without a scheme',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'localhost:3000']] }),
    finding: 'allow-origin-without-scheme',
    target: 'server',
  },
  {
    name: '* in every list, with credentials',
    server: () => ({
      headers: [
        ['Access-Control-Allow-Origin', L],
        ['Access-Control-Allow-Headers', '*'],
        ['Access-Control-Allow-Methods', '*'],
      ],
    }),
    request: { method: 'PUT', headers: { Authorization: 'x', 'X-A': '1' }, credentials: 'include' },
    finding: 'allow-credentials-missing',
    target: 'server',
  },
  {
    name: 'a challenge of Cloudflare',
    server: () => ({
      status: 403,
      headers: [
        ['cf-mitigated', 'challenge'],
        ['Server', 'cloudflare'],
      ],
      body: '<title>Just a moment...</title>',
    }),
    finding: 'bot-challenge',
    target: 'waf',
  },
  {
    name: 'a challenge of Cloudflare without its header',
    server: () => ({ status: 503, headers: [['Server', 'cloudflare']], body: '<title>Just a moment...</title>' }),
    finding: 'bot-challenge',
    target: 'waf',
  },
  {
    name: 'a refusal of Akamai',
    server: () => ({
      status: 403,
      headers: [['Server', 'AkamaiGHost']],
      body: "<H1>Access Denied</H1>\nYou don't have permission. Reference&#32;&#35;18.abc",
    }),
    request: { method: 'PUT' },
    finding: 'bot-challenge',
    target: 'waf',
  },
  {
    name: 'a refusal of Imperva',
    server: () => ({
      status: 403,
      headers: [
        ['X-Iinfo', '1'],
        ['X-CDN', 'Imperva'],
      ],
      body: 'Request unsuccessful. Incapsula incident ID: 1',
    }),
    finding: 'bot-challenge',
    target: 'waf',
  },
  {
    name: 'a refusal of Imperva under a 200',
    server: () => ({
      status: 200,
      headers: [
        ['X-Iinfo', '1'],
        ['Content-Type', 'text/html'],
      ],
      body: '<html><iframe src="/_Incapsula_Resource?">Request unsuccessful. Incapsula incident ID: 1',
    }),
    finding: 'firewall-block',
    target: 'waf',
  },
  {
    name: 'the warning of ngrok',
    server: () => ({
      status: 200,
      headers: [
        ['Content-Type', 'text/html'],
        ['ngrok-error-code', 'ERR_NGROK_6024'],
      ],
      body: '<!DOCTYPE html>ngrok',
    }),
    finding: 'tunnel-interstitial',
    target: 'client',
  },
  {
    name: 'a tunnel of ngrok that is closed',
    server: () => ({
      status: 404,
      headers: [
        ['ngrok-error-code', 'ERR_NGROK_3200'],
        ['Content-Type', 'text/html'],
      ],
      body: 'tunnel not found',
    }),
    finding: 'no-route',
    target: 'gateway',
  },
  {
    name: 'the default backend of Kubernetes',
    server: () => ({ status: 404, body: 'default backend - 404' }),
    request: { method: 'PUT' },
    finding: 'no-route',
    target: 'gateway',
  },
  {
    name: 'the CORS setting of App Service before the application',
    server: ({ isPreflight }) =>
      isPreflight
        ? { status: 400, headers: [['Set-Cookie', 'ARRAffinity=1']] }
        : {
            headers: [
              ['Access-Control-Allow-Origin', L],
              ['Set-Cookie', 'ARRAffinity=1'],
            ],
          },
    request: { method: 'PUT' },
    finding: 'azure-platform-cors',
    target: 'azure',
  },
  {
    name: 'App Service and the application both',
    server: () => ({
      headers: [
        ['Access-Control-Allow-Origin', L],
        ['Access-Control-Allow-Origin', L],
        ['Set-Cookie', 'ARRAffinity=1'],
      ],
    }),
    finding: 'allow-origin-doubled',
    target: 'server',
  },
  {
    name: 'a load balancer answers the preflight, nginx the request',
    server: ({ isPreflight }) =>
      isPreflight
        ? {
            status: 204,
            headers: [
              ['Server', 'awselb/2.0'],
              ['Access-Control-Allow-Origin', L],
              ['Access-Control-Allow-Methods', 'PUT'],
            ],
          }
        : { headers: [['Server', 'nginx']] },
    request: { method: 'PUT', send: true },
    finding: 'preflight-by-another-layer',
    target: 'nginx',
  },
  {
    name: 'PHP ends with a message under a 200',
    server: () => ({
      status: 200,
      headers: [
        ['X-Powered-By', 'PHP/8.1'],
        ['Content-Type', 'text/html'],
      ],
      body: '<br />\n<b>Fatal error</b>:  Uncaught PDOException in <b>/a.php</b>',
    }),
    path: '/api.php',
    finding: 'handler-threw',
    target: 'php',
  },
  {
    name: 'PHP ends with an empty 500',
    server: () => ({ status: 500, headers: [['X-Powered-By', 'PHP/8.1']], body: '' }),
    path: '/api.php',
    finding: 'error-unmarked',
    target: 'php',
  },
  {
    name: 'a PHP script without headers for OPTIONS',
    server: ({ isPreflight }) => ({
      headers: [
        ['X-Powered-By', 'PHP/8.1'],
        ['Content-Type', 'text/html'],
        ...(isPreflight ? [] : ([['Access-Control-Allow-Origin', '*']] as const)),
      ],
    }),
    path: '/api.php',
    request: { headers: { 'X-A': '1' } },
    finding: 'preflight-unmarked',
    target: 'php',
  },
  {
    name: 'headers on the 404 alone',
    server: ({ path }) => (path === '/api' ? {} : { status: 404, headers: [['Access-Control-Allow-Origin', '*']] }),
    finding: 'route-not-covered',
    target: 'server',
  },
  {
    name: 'the CSRF check of Django',
    server: ({ isPreflight, method }) =>
      isPreflight
        ? {
            status: 200,
            headers: [
              ['Access-Control-Allow-Origin', L],
              ['Access-Control-Allow-Headers', 'content-type'],
            ],
          }
        : method === 'POST'
          ? {
              status: 403,
              headers: [['Content-Type', 'text/html']],
              body: '<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.',
            }
          : { headers: [['Access-Control-Allow-Origin', L]] },
    request: { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}', send: true },
    finding: 'csrf-rejected',
    target: 'django',
  },
  {
    name: 'try_files gives index.html, and PUT is a 405',
    server: ({ method }) =>
      method === 'GET'
        ? {
            headers: [
              ['Server', 'nginx'],
              ['Content-Type', 'text/html'],
            ],
            body: '<!doctype html><html><head><script defer src="/static/js/main.123.js"></script></head><body><div id="root"></div></body></html>',
          }
        : { status: 405, headers: [['Server', 'nginx']], body: '<center>nginx</center>' },
    request: { method: 'PUT' },
    finding: 'page-instead-of-api',
    target: 'client',
  },
  {
    name: 'the proxy of Vite finds nothing behind it',
    server: () => ({ status: 500, body: '' }),
    finding: 'error-unmarked',
    target: 'server',
  },
  {
    name: '* twice',
    server: () => ({
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['Access-Control-Allow-Origin', '*'],
      ],
    }),
    finding: 'allow-origin-doubled',
    target: 'server',
  },
  {
    name: 'API Gateway refuses itself',
    server: () => ({
      status: 403,
      headers: [['x-amzn-ErrorType', 'ForbiddenException']],
      body: '{"message":"Forbidden"}',
    }),
    request: { method: 'PUT' },
    finding: 'api-gateway-error',
    target: 'apigateway',
  },
  {
    name: 'a cache gives the answer for another',
    server: ({ path }) =>
      path.includes('corsmith=')
        ? { headers: [['Access-Control-Allow-Origin', L]] }
        : {
            headers: [
              ['Access-Control-Allow-Origin', 'https://a.example.com'],
              ['Age', '100'],
            ],
          },
    finding: 'cached-for-another-origin',
    target: 'server',
  },
  {
    name: 'another port of localhost',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'http://localhost:5173']] }),
    finding: 'origin-port',
    target: 'server',
  },
  {
    name: '127.0.0.1 in the place of localhost',
    server: () => ({ headers: [['Access-Control-Allow-Origin', 'http://127.0.0.1:3000']] }),
    finding: 'origin-loopback-name',
    target: 'server',
  },
  {
    name: 'a pattern that knows https alone',
    server: ({ origin }) => ({
      headers: origin?.startsWith('https://')
        ? [
            ['Access-Control-Allow-Origin', origin],
            ['Vary', 'Origin'],
          ]
        : [['Vary', 'Origin']],
    }),
    finding: 'origin-scheme',
    target: 'server',
  },
]

describe('each kind of blocked request', () => {
  it.each(KINDS)('$name → $finding ($target)', async ({ server, path = '/api', request = {}, finding, target }) => {
    const staged = await stage(server)
    try {
      const { conclusion, findings, observations } = await ask(staged.origin, path, { origin: L, ...request })
      expect([conclusion, findings[0]?.code, findings[0]?.fix?.target]).toEqual(['blocked', finding, target])
      expect(observations.length).toBeLessThanOrEqual(MOST_REQUESTS)
      // One cause is said once.
      expect(new Set(findings.map(({ message }) => message)).size).toBe(findings.length)
    } finally {
      await staged.close()
    }
  })
})

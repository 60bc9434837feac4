import type { Exchange } from './exchange.ts'

/** Answers that show a sign, and answers that look like it and do not. */
export interface Product {
  readonly target: string
  readonly layer: 'application' | 'platform' | 'server'
  readonly says: string
  /** Whether the sign suffices alone. Absent: it does. */
  readonly isWeak?: true
  readonly shown: readonly Exchange[]
  readonly not: readonly Exchange[]
}

const by = (name: string, ...values: string[]): Exchange[] => values.map((value) => ({ headers: [[name, value]] }))
const page = (...bodies: string[]): Exchange[] => bodies.map((body) => ({ status: 404, body }))
const plain = (...bodies: string[]): Exchange[] =>
  bodies.map((body) => ({ status: 404, body, headers: [['Content-Type', 'text/plain; charset=utf-8']] }))
const html = (...bodies: string[]): Exchange[] =>
  bodies.map((body) => ({ status: 404, body, headers: [['Content-Type', 'text/html']] }))
const at = (...urls: string[]): Exchange[] => urls.map((url) => ({ url }))

type Row = readonly [target: string, says: string, shown: readonly Exchange[], not: readonly Exchange[], isWeak?: true]

const NEST = '{"message":"Cannot GET /x?a=1","error":"Not Found","statusCode":404}'
const FASTIFY = '{"message":"Route GET:/x not found","error":"Not Found","statusCode":404}'
const ENGINE = '{"code":0,"message":"Transport unknown"}'
const DRF = '{"detail":"Authentication credentials were not provided."}'
const SPRING = '{"timestamp":"2026-01-01","status":404,"error":"Not Found","path":"/x"}'
const KESTREL = '{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.5","title":"Not Found","traceId":"00-1"}'
const H3 = '{\n  "error": true,\n  "url": "http://h/x",\n  "statusCode": 404\n}'

const APPLICATIONS: readonly Row[] = [
  [
    'next',
    'X-Powered-By: Next.js',
    by('X-Powered-By', 'Next.js', 'next.js, Express'),
    by('X-Powered-By', 'Nextxjs', 'Nuxt'),
  ],
  ['next', 'X-Nextjs-Cache', by('x-nextjs-cache', 'HIT'), [...by('X-Nextjs-Cache', ''), ...by('X-Cache', 'HIT')]],
  [
    'nestjs',
    'the error format of Nest',
    page(NEST, '{"message":"Cannot DELETE ","error":"Not Found","statusCode":404}'),
    page(`a${NEST}`, NEST.replace('GET', 'get'), NEST.replace('x?', '"'), NEST.replace('404', '400')),
  ],
  ['express', 'X-Powered-By: Express', by('X-Powered-By', 'Express', 'express'), by('X-Powered-By', 'Exp', 'ASP.NET')],
  [
    'express',
    'the 404 page of Express',
    page('<html><pre>Cannot GET /x</pre>', '<pre>Cannot PROPFIND /</pre>'),
    page('<pre>Cannot get /x</pre>', '<pre>Cannot GET x</pre>', 'Cannot GET /x', '<pre>Cannot  /x'),
  ],
  [
    'fastify',
    'the 404 of Fastify',
    page(FASTIFY, '{"message":"Route PATCH: not found"'),
    page(`[${FASTIFY}]`, FASTIFY.replace('GET', 'get'), FASTIFY.replace('/x', '"'), FASTIFY.replace('GET', '')),
  ],
  [
    'socketio',
    'the handshake of Engine.IO',
    [
      ...page(ENGINE, '{"code":1,"message":"Session ID unknown"}', '{"code":2,"message":"Bad handshake method"}'),
      ...page('{"code":3,"message":"Bad request"}', '{"code":4,"message":"Forbidden","context":{}}'),
      ...page('{"code":5,"message":"Unsupported protocol version"}'),
    ],
    page(` ${ENGINE}`, ENGINE.replace('0', 'a'), ENGINE.replace('Transport', 'Something')),
  ],
  [
    'koa',
    'the session cookie of Koa',
    by('Set-Cookie', 'koa.sess=a; path=/', 'koa:sess=a'),
    by('Set-Cookie', 'my-koa.sess=a', 'koa-sess=a', 'koa=a'),
  ],
  [
    'hono',
    'the 404 of Hono',
    plain('404 Not Found'),
    [...plain('The 404 Not Found', '404 Not Found.', 'Not Found'), ...html('404 Not Found')],
  ],
  ['elysia', 'the 404 of Elysia', page('NOT_FOUND'), page('ERR_NOT_FOUND', 'NOT_FOUND_AT_ALL', 'NOT FOUND')],
  [
    'h3',
    'the error format of h3',
    page(
      H3,
      '{"error":true,"url":"http://h/x","statusCode":404}',
      '{"status":404,"unhandled":true}',
      '{"message":"Cannot find any route matching [GET] /x"}',
    ),
    page(
      `[${H3}]`,
      '[{"status":404,"unhandled":true}]',
      '{"status":"404","unhandled":true}',
      '{"status":4,"unhandled":true}',
      'Cannot find any route matching [GET] /x',
      '{x"error":true,"url":"u","statusCode":404}',
      '{"error":x true,"url":"u","statusCode":404}',
      '{"error":true,x"url":"u","statusCode":404}',
    ),
  ],
  ['sveltekit', 'X-SvelteKit-Page', by('x-sveltekit-page', 'true'), by('X-Page', 'true')],
  ['flask', 'Server: Werkzeug', by('Server', 'Werkzeug/3.0 Python/3.12', 'werkzeug'), by('Server', 'Werk')],
  [
    'flask',
    'the 404 page of Werkzeug',
    page('<p>The requested URL was not found on the server. If you entered the URL manually please check</p>'),
    page(
      '<p>The requested URL was not found on the server! If you entered the URL manually',
      'The requested URL was not found',
    ),
  ],
  ['django', 'Server: WSGIServer', by('Server', 'WSGIServer/0.2 CPython/3.12', 'wsgiserver'), by('Server', 'WSGI')],
  [
    'django',
    'a cookie or form field of its CSRF check',
    [...by('Set-Cookie', 'csrftoken=a', 'a=1; csrftoken=a'), ...page('<input name="csrfmiddlewaretoken">')],
    [...by('Set-Cookie', 'xcsrftoken=a', 'csrf=a'), ...page('<input name="token">')],
  ],
  [
    'django',
    'an error page of Django',
    page(
      'DisallowedHost at /',
      'you have DEBUG = True in your Django settings',
      'CSRF verification failed. Request aborted.',
      '<p>The requested resource was not found on this server.</p>',
      '<h1>Server Error (500)</h1>',
    ),
    page(
      'CSRF verification failed: Request aborted',
      '<h1>Server Error 500</h1>',
      '<p>The requested resource was not found</p>',
    ),
  ],
  [
    'django',
    'the headers of SecurityMiddleware',
    [secure('same-origin', 'same-origin', 'nosniff'), secure('same-origin', 'same-origin', 'NoSniff')],
    [
      secure('same-origin, x', 'same-origin', 'nosniff'),
      secure('x same-origin', 'same-origin', 'nosniff'),
      secure('same-origin', 'same-origin-allow-popups', 'nosniff'),
      secure('same-origin', 'not same-origin', 'nosniff'),
      secure('same-origin', 'same-origin', 'no'),
    ],
  ],
  [
    'django',
    'an error of Django REST framework',
    page(
      DRF,
      '{"detail": "Invalid token."}',
      '{"detail":"Invalid token"}',
      '{"detail":"Invalid token header. No credentials provided."}',
      '{"detail":"Invalid username/password."}',
      '{"detail":"Method \\"PUT\\" not allowed."}',
      '{"detail":"CSRF Failed: CSRF token missing."}',
      '{"detail":"You do not have permission to perform this action."}',
      '{"detail":"No Item matches the given query."}',
      '{"detail":"Given token not valid for any token type"}',
    ),
    page(
      `[${DRF}]`,
      '{"detail":  "Invalid token."}',
      '{"detail":xInvalid token',
      '{"detail":"No item matches"}',
      '{"detail":"No I- matches"}',
    ),
  ],
  ['fastapi', 'Server: uvicorn', by('Server', 'uvicorn', 'hypercorn-h11'), by('Server', 'gunicorn'), true],
  [
    'fastapi',
    'the 404 of FastAPI',
    page('{"detail":"Not Found"}', '{"detail":"Method Not Allowed"}'),
    page('[{"detail":"Not Found"}', '{"detail":"Not Found"}]', '{"detail":"Not Found."}'),
    true,
  ],
  [
    'fastapi',
    'an error of FastAPI',
    page('{"detail":[{"type":"missing","loc":["query"]}]}', '{"detail":"Not authenticated"}'),
    page('x{"detail":"Not authenticated"}', '{"detail":{"type":"missing"}}'),
  ],
  [
    'fastapi',
    'an error in the words of Starlette',
    plain('Not Found', 'Internal Server Error', 'Disallowed CORS origin', 'OK'),
    [...plain('A Not Found', 'OK then', 'is OK'), ...html('Not Found')],
    true,
  ],
  [
    'spring',
    'an error page of Spring Boot',
    page('<h1>Whitelabel Error Page</h1>', SPRING, SPRING.replaceAll(',', ',\n')),
    page('{"timestamp":1,"path":"/x","status":404}', '"timestamp":"status":', '"status":1,"path":"/x"'),
  ],
  ['spring', 'the refusal of Spring', page('Invalid CORS request'), page('Invalid request')],
  [
    'spring',
    'the headers of Spring Security',
    [cached('no-cache, no-store, max-age=0, must-revalidate', '0')],
    [
      cached('no-cache, no-store, max-age=0, must-revalidate, private', '0'),
      cached('private, no-cache, no-store, max-age=0, must-revalidate', '0'),
      cached('no-cache, no-store, max-age=0, must-revalidate', '10'),
      cached('no-cache, no-store, max-age=0, must-revalidate', '01'),
      ...by('Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate'),
    ],
  ],
  [
    'spring',
    'the session cookie of a servlet container',
    by('Set-Cookie', 'JSESSIONID=a'),
    by('Set-Cookie', 'SESSION=a'),
    true,
  ],
  [
    'spring',
    'Vary as Spring MVC writes it',
    [vary('Origin', 'Access-Control-Request-Method', 'Access-Control-Request-Headers')],
    [
      vary('Origin', 'Access-Control-Request-Method'),
      vary('Origin, Access-Control-Request-Method, Access-Control-Request-Headers'),
    ],
    true,
  ],
  [
    'rails',
    'X-Runtime beside X-Request-Id',
    [runtime('0.01', 'a')],
    [...by('X-Runtime', '0.01'), ...by('X-Request-Id', 'a')],
  ],
  ['rails', 'X-Rack-CORS', by('X-Rack-CORS', 'miss; no-origin'), by('X-Rack', '1')],
  [
    'rails',
    'an error page of Rails',
    page(
      'ActionController::RoutingError (No route matches)',
      '<title>Action Controller: Exception caught</title>',
      "<h1>The page you were looking for doesn't exist.</h1>",
      "<h1>We're sorry, but something went wrong.</h1>",
    ),
    page('ActionController', 'something went wrong'),
  ],
  ['rails', 'Server: Puma or Passenger', by('Server', 'Puma 6', 'Phusion Passenger 6'), by('Server', 'Pum'), true],
  ['rails', 'X-Runtime', by('X-Runtime', '0.01'), by('X-Run', '0.01'), true],
  [
    'laravel',
    'a cookie of Laravel',
    by('Set-Cookie', 'laravel_session=a', 'XSRF-TOKEN=eyJpdiI6'),
    by('Set-Cookie', 'XSRF-TOKEN=1234', 'session=a'),
  ],
  [
    'laravel',
    'an error of Laravel',
    page(
      '<title>Laravel</title>',
      'Illuminate\\Database\\QueryException',
      '{"message":"The route api/x could not be found."}',
      '{"message": "The route api/x could not be found."}',
      '{"message":"Unauthenticated."}',
      '{"message":  "Unauthenticated."}',
      '<title>Page Expired</title>',
    ),
    page(
      'Illuminate',
      '{"message":x"Unauthenticated."}',
      '{"message":x"The route a could not be found."}',
      '"The route a could',
    ),
  ],
  [
    'php',
    'X-Powered-By: PHP',
    by('X-Powered-By', 'PHP/8.3', 'php', 'ASP.NET, PHP/8.3', 'ASP.NET,PHP/8.3'),
    by('X-Powered-By', 'HHVM/php', 'x,  php'),
  ],
  ['php', 'the session cookie of PHP', by('Set-Cookie', 'PHPSESSID=a'), by('Set-Cookie', 'SESSID=a')],
  [
    'php',
    'a message of PHP',
    page(
      ...['Warning', 'Fatal error', 'Notice', 'Parse error', 'Deprecated'].map(
        (kind) => `<br />\n<b>${kind}</b>: a\nb in <b>/x.php</b>`,
      ),
    ),
    page('<b>Warning</b>: a on <b>', '<b>Error</b>: a in <b>', '<b>Warning</b> a in <b>'),
  ],
  [
    'php',
    'a link of WordPress',
    by('Link', '<https://a.example/wp-json/>; rel="https://api.w.org/"'),
    by('Link', '</a>; rel="next"'),
  ],
  ['aspnet', 'Server: Kestrel', by('Server', 'Kestrel', 'kestrel'), by('Server', 'Kes')],
  [
    'aspnet',
    'the error format of ASP.NET Core',
    page(KESTREL, KESTREL.replaceAll(',', ',\n'), KESTREL.replace('rfc9110', 'rfc1')),
    page(`[${KESTREL}]`, KESTREL.replace('rfc9110', 'rfcX'), KESTREL.replace('traceId', 'trace')),
  ],
  [
    'aspnet',
    'a cookie of ASP.NET Core',
    by('Set-Cookie', '.AspNetCore.Session=a'),
    by('Set-Cookie', 'a=.AspNetCore.Session', 'xAspNetCore.a=1', '.AspNetCorexa=1'),
  ],
  [
    'iis',
    'X-AspNet-Version',
    [...by('X-AspNet-Version', '4.0'), ...by('X-AspNetMvc-Version', '5.2')],
    by('X-Version', '4.0'),
  ],
  [
    'iis',
    'an error of ASP.NET Web API',
    page('{"Message":"No HTTP resource was found that matches the request URI \'x\'."}'),
    page('No HTTP resource was found'),
  ],
  [
    'go',
    'the 404 of Fiber',
    plain('Cannot GET /x', 'Cannot PROPFIND /'),
    [...plain('I Cannot GET /x', 'Cannot get /x', 'Cannot GET x', 'Cannot  /x'), ...html('Cannot GET /x')],
  ],
]

function secure(referrer: string, opener: string, sniff: string): Exchange {
  const headers = [
    ['Referrer-Policy', referrer],
    ['Cross-Origin-Opener-Policy', opener],
    ['X-Content-Type-Options', sniff],
  ] as const
  return { headers }
}

function cached(control: string, expires: string): Exchange {
  const headers = [
    ['Cache-Control', control],
    ['Expires', expires],
  ] as const
  return { headers }
}

function vary(...values: string[]): Exchange {
  return { headers: values.map((value) => ['Vary', value] as const) }
}

function runtime(seconds: string, id: string): Exchange {
  const headers = [
    ['X-Runtime', seconds],
    ['X-Request-Id', id],
  ] as const
  return { headers }
}

const PLATFORMS: readonly Row[] = [
  ['s3', 'Server: AmazonS3', by('Server', 'AmazonS3', 'amazons3'), by('Server', 'Amazon')],
  ['gcs', 'Server: UploadServer', by('Server', 'UploadServer', 'uploadserver'), by('Server', 'Upload')],
  [
    'azure-blob',
    'Server: Windows-Azure',
    by('Server', 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0', 'windows-azure'),
    by('Server', 'Windows'),
  ],
  [
    'r2',
    'a host of R2',
    at('https://pub-1.r2.dev/a', 'https://b.1.r2.cloudflarestorage.com/a'),
    at('https://xr2.dev/', 'https://pub-1.r2.dev.example.com/', 'https://r2.cloudflarestorage.com.example.com/'),
  ],
  [
    'lambda-url',
    'a Lambda function URL',
    at('https://abc.lambda-url.eu-central-1.on.aws/x'),
    at(
      'https://abc.lambda-url.a.b.on.aws/',
      'https://abc.lambda-url.eu.on.aws.example.com/',
      'https://a.lambda-url.on.aws/',
    ),
  ],
  [
    'apigateway',
    'the headers of API Gateway',
    [...by('x-amz-apigw-id', 'a'), ...by('apigw-requestid', 'a'), ...by('x-amzn-ErrorType', 'ForbiddenException')],
    by('x-amzn-RequestId', 'a'),
  ],
  [
    'supabase',
    'an edge function of Supabase',
    at(
      'https://p.supabase.co/functions/v1/a',
      'https://p.supabase.in/functions/v1/a',
      'https://p.supabase.red/functions/',
    ),
    at(
      'https://p.supabase.co/rest/v1/functions/',
      'https://xsupabase.co/functions/v1/a',
      'https://p.supabase.co.example.com/functions/v1/a',
    ),
  ],
  [
    'supabase',
    'the headers of a function of Supabase',
    by('X-Sb-Edge-Region', 'eu-central-1'),
    by('X-Edge-Region', 'eu'),
  ],
  [
    'workers',
    'a header of Workers',
    [...by('CF-Worker', 'a.example'), ...by('Server', 'Workerd')],
    by('Server', 'cloudflare'),
  ],
  ['deno', 'Server: deno', by('Server', 'deno/gcp-europe-west3', 'Deno/2'), by('Server', 'x deno/2', 'denoland')],
  ['vercel', 'Server: Vercel', by('Server', 'Vercel', 'vercel'), by('Server', 'not Vercel')],
  [
    'netlify',
    'the request id of Netlify',
    [...by('X-NF-Request-ID', 'a'), ...by('Server', 'Netlify', 'netlify edge')],
    by('Server', 'my Netlify'),
  ],
  ['cloudfront', 'the request id of CloudFront', by('X-Amz-Cf-Id', 'a'), by('X-Amz-Request-Id', 'a')],
]

const SERVERS: readonly Row[] = [
  [
    'iis',
    'Server: Microsoft-IIS',
    by('Server', 'Microsoft-IIS/10.0', 'microsoft-iis'),
    by('Server', 'Microsoft-HTTPAPI/2.0'),
  ],
  [
    'kong',
    'the headers of Kong',
    [
      ...by('Server', 'kong/3.6', 'Kong'),
      ...by('Via', '1.1 kong/3.6', 'Kong/3'),
      ...by('X-Kong-Response-Latency', '1'),
      ...by('X-Kong-Proxy-Latency', '1'),
    ],
    [...by('Server', 'hongkong'), ...by('Via', '1.1 hongkong/1', '1.1 kong')],
  ],
  [
    'envoy',
    'the headers of Envoy',
    [...by('Server', 'envoy', 'istio-envoy', 'Envoy'), ...by('X-Envoy-Upstream-Service-Time', '3')],
    by('Server', 'my envoy', 'istio'),
  ],
  [
    'haproxy',
    'an error page of HAProxy',
    page(
      '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>',
    ),
    page(
      '\n<html><body><h1>503 Service Unavailable</h1>\nNo server.\n</body></html>',
      '<html><body><h1>503 Service Unavailable</h1>\n<p>No server.</p>\n</body></html>',
      '<html><body><h1>503 Service-Unavailable</h1>\nNo server.\n</body></html>',
      '<html><body><h1>abc Service Unavailable</h1>\nNo server.\n</body></html>',
      '<html><body><h1>5 Service Unavailable</h1>\nNo server.\n</body></html>',
    ),
  ],
  ['traefik', 'Server: Traefik', by('Server', 'Traefik', 'traefik'), by('Server', 'a traefik')],
  [
    'ingress-nginx',
    'the default backend of ingress-nginx',
    page('default backend - 404'),
    page('the default backend - 404', 'default backend'),
  ],
  [
    'caddy',
    'Server: Caddy',
    [...by('Server', 'Caddy', 'caddy'), ...by('Via', '1.1 Caddy', '2.0 caddy')],
    [...by('Server', 'my caddy'), ...by('Via', '1.1 caddyshack', '1.1 xcaddy')],
  ],
  ['nginx', 'Server: nginx', by('Server', 'nginx/1.27', 'openresty', 'NGINX'), by('Server', 'engine')],
  [
    'apache',
    'Server: Apache',
    by('Server', 'Apache/2.4 (Debian)', 'apache'),
    by('Server', 'Apache-Coyote/1.1', 'an Apache'),
  ],
]

const rowsOf = (layer: Product['layer'], rows: readonly Row[]): Product[] =>
  rows.map(([target, says, shown, not, isWeak]) => ({ target, layer, says, shown, not, ...(isWeak && { isWeak }) }))

/** An example for each sign. The 404 of Go needs the rest of the exchange, and has a test of its own. */
export const PRODUCTS: readonly Product[] = [
  ...rowsOf('application', APPLICATIONS),
  ...rowsOf('platform', PLATFORMS),
  ...rowsOf('server', SERVERS),
]

import type { Said } from '../stage.ts'

type Line = readonly [string, string]

/** What a real server answers without CORS: to the path that is asked, and to one that is not there. */
export interface Recorded {
  readonly name: string
  readonly answer: Said
  readonly missing?: Said
  readonly url?: string
  /** What is recognized; null where nothing gives it away, or nothing can be written for it. */
  readonly target: string | null
}

const JSON_TYPE: Line = ['Content-Type', 'application/json']
const HTML: Line = ['Content-Type', 'text/html; charset=utf-8']
const PLAIN: Line = ['Content-Type', 'text/plain; charset=utf-8']
const NGINX: Line = ['Server', 'nginx/1.28.0']
const ok = (...headers: readonly Line[]): Said => ({ headers, body: '{"ok":true}' })
const none = (body: string, ...headers: readonly Line[]): Said => ({ status: 404, headers, body })

export const RECORDED: readonly Recorded[] = [
  {
    name: 'Spring Boot',
    answer: ok(JSON_TYPE),
    missing: none(
      '{"timestamp":"2026-11-01T10:00:00.000+00:00","status":404,"error":"Not Found","path":"/y"}',
      JSON_TYPE,
    ),
    target: 'spring',
  },
  {
    name: 'Spring Security behind nginx',
    answer: {
      status: 401,
      headers: [
        NGINX,
        ['Vary', 'Origin'],
        ['Vary', 'Access-Control-Request-Method'],
        ['Vary', 'Access-Control-Request-Headers'],
        ['Cache-Control', 'no-cache, no-store, max-age=0, must-revalidate'],
        ['Expires', '0'],
      ],
    },
    target: 'spring',
  },
  { name: 'Tomcat without Spring', answer: ok(['Set-Cookie', 'JSESSIONID=1; Path=/']), target: null },
  {
    name: 'DRF under gunicorn',
    answer: {
      status: 401,
      headers: [['Server', 'gunicorn'], ['WWW-Authenticate', 'Basic realm="api"'], JSON_TYPE, ['Vary', 'Accept']],
      body: '{"detail":"Authentication credentials were not provided."}',
    },
    target: 'django',
  },
  {
    name: 'Django under uvicorn',
    answer: ok(
      ['Server', 'uvicorn'],
      ['Referrer-Policy', 'same-origin'],
      ['Cross-Origin-Opener-Policy', 'same-origin'],
      ['X-Content-Type-Options', 'nosniff'],
    ),
    target: 'django',
  },
  { name: 'gunicorn alone', answer: ok(['Server', 'gunicorn']), target: null },
  { name: 'uvicorn alone', answer: ok(['Server', 'uvicorn']), target: null },
  {
    name: 'FastAPI',
    answer: ok(['Server', 'uvicorn']),
    missing: none('{"detail":"Not Found"}', ['Server', 'uvicorn'], JSON_TYPE),
    target: 'fastapi',
  },
  { name: 'an API that says detail', answer: ok(), missing: none('{"detail":"Not Found"}', JSON_TYPE), target: null },
  {
    name: 'Flask under gunicorn',
    answer: ok(['Server', 'gunicorn']),
    missing: none(
      '<!doctype html>\n<title>404 Not Found</title>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>',
      HTML,
    ),
    target: 'flask',
  },
  { name: 'Werkzeug', answer: ok(['Server', 'Werkzeug/3.1.3 Python/3.13.1']), target: 'flask' },
  {
    name: 'IIS with a static file',
    answer: ok(['Server', 'Microsoft-IIS/10.0'], ['X-Powered-By', 'ASP.NET'], ['ETag', '"1"']),
    target: 'iis',
  },
  {
    name: 'IIS with PHP',
    answer: ok(['Server', 'Microsoft-IIS/10.0'], ['X-Powered-By', 'PHP/8.1.2'], ['X-Powered-By', 'ASP.NET']),
    target: 'iis',
  },
  {
    name: 'ASP.NET 4 on IIS',
    answer: ok(['Server', 'Microsoft-IIS/10.0'], ['X-AspNet-Version', '4.0.30319'], ['X-Powered-By', 'ASP.NET']),
    target: 'iis',
  },
  { name: 'ASP.NET Core', answer: ok(['Server', 'Kestrel']), target: 'aspnet' },
  {
    name: 'ASP.NET Core inside of IIS',
    answer: {
      status: 401,
      headers: [
        ['Server', 'Microsoft-IIS/10.0'],
        ['X-Powered-By', 'ASP.NET'],
        ['Content-Type', 'application/problem+json'],
      ],
      body: '{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.2","title":"Unauthorized","status":401,"traceId":"00-1-1-00"}',
    },
    target: 'aspnet',
  },
  {
    name: 'Laravel',
    answer: ok(
      ['Server', 'Apache'],
      ['X-Powered-By', 'PHP/8.4.2'],
      ['Set-Cookie', 'laravel_session=ey; path=/; httponly'],
    ),
    target: 'laravel',
  },
  {
    name: 'an API of Laravel without cookies',
    answer: ok(NGINX, ['X-Powered-By', 'PHP/8.4.2']),
    missing: none(
      '{"message": "The route api\\/y could not be found."}',
      NGINX,
      ['X-Powered-By', 'PHP/8.4.2'],
      JSON_TYPE,
    ),
    target: 'laravel',
  },
  {
    name: 'plain PHP behind Apache',
    answer: ok(['Server', 'Apache/2.4.66'], ['X-Powered-By', 'PHP/8.4.2']),
    target: 'php',
  },
  {
    name: 'a session of PHP',
    answer: ok(['Server', 'LiteSpeed'], ['Set-Cookie', 'PHPSESSID=1; path=/']),
    target: 'php',
  },
  {
    name: 'WordPress',
    answer: ok(NGINX, ['Link', '<https://a.example.com/wp-json/>; rel="https://api.w.org/"']),
    target: 'php',
  },
  { name: 'LiteSpeed alone', answer: ok(['Server', 'LiteSpeed']), target: null },
  { name: 'Rails', answer: ok(['X-Request-Id', '1'], ['X-Runtime', '0.004'], ['Server', 'nginx']), target: 'rails' },
  { name: 'Puma alone', answer: ok(['Server', 'puma 6.4']), target: null },
  {
    name: 'gin',
    answer: ok(JSON_TYPE),
    missing: none('404 page not found', ['Content-Type', 'text/plain']),
    target: 'go',
  },
  {
    name: 'net/http of Go',
    answer: ok(JSON_TYPE),
    missing: none('404 page not found\n', PLAIN, ['X-Content-Type-Options', 'nosniff']),
    target: 'go',
  },
  {
    name: 'Traefik without a route',
    answer: none('404 page not found\n', PLAIN, ['X-Content-Type-Options', 'nosniff']),
    missing: none('404 page not found\n', PLAIN, ['X-Content-Type-Options', 'nosniff']),
    target: null,
  },
  {
    name: 'Kong',
    answer: ok(['Via', '1.1 kong/3.9.1'], ['X-Kong-Upstream-Latency', '3'], ['X-Kong-Proxy-Latency', '1']),
    target: 'kong',
  },
  { name: 'Envoy', answer: ok(['Server', 'envoy'], ['X-Envoy-Upstream-Service-Time', '4']), target: 'envoy' },
  { name: 'Istio', answer: ok(['Server', 'istio-envoy']), target: 'envoy' },
  {
    name: 'HAProxy',
    answer: {
      status: 503,
      headers: [HTML],
      body: '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n',
    },
    target: 'haproxy',
  },
  { name: 'Varnish', answer: ok(['X-Varnish', '32770'], ['Via', '1.1 varnish (Varnish/7.1)']), target: null },
  {
    name: 'ingress-nginx',
    answer: none('default backend - 404', PLAIN),
    missing: none('default backend - 404', PLAIN),
    target: 'ingress-nginx',
  },
  {
    name: 'Socket.IO',
    answer: { status: 400, headers: [JSON_TYPE], body: '{"code":0,"message":"Transport unknown"}' },
    url: 'https://api.example.com/socket.io/',
    target: 'socketio',
  },
  { name: 'Koa', answer: ok(JSON_TYPE), missing: none('Not Found', PLAIN), target: null },
  {
    name: 'Fastify',
    answer: ok(JSON_TYPE),
    missing: none('{"message":"Route GET:/y not found","error":"Not Found","statusCode":404}', JSON_TYPE),
    target: 'fastify',
  },
  {
    name: 'NestJS on Express',
    answer: ok(['X-Powered-By', 'Express']),
    missing: none(
      '{"message":"Cannot GET /y","error":"Not Found","statusCode":404}',
      ['X-Powered-By', 'Express'],
      JSON_TYPE,
    ),
    target: 'nestjs',
  },
  { name: 'Express behind nginx', answer: ok(NGINX, ['X-Powered-By', 'Express']), target: 'express' },
  {
    name: 'Express without its header',
    answer: ok(),
    missing: none('<!DOCTYPE html>\n<pre>Cannot GET /y</pre>', HTML),
    target: 'express',
  },
  { name: 'Next.js on Vercel', answer: ok(['Server', 'Vercel'], ['X-Powered-By', 'Next.js']), target: 'next' },
  {
    name: 'Hono',
    answer: ok(),
    missing: none('404 Not Found', ['Content-Type', 'text/plain;charset=UTF-8']),
    target: 'hono',
  },
  { name: 'Strapi', answer: ok(['X-Powered-By', 'Strapi <strapi.io>']), target: null },
  { name: 'Ollama', answer: { headers: [JSON_TYPE], body: '{"models":[]}' }, target: null },
  { name: 'Caddy', answer: ok(['Server', 'Caddy']), target: 'caddy' },
  { name: 'nginx', answer: ok(NGINX), target: 'nginx' },
  { name: 'OpenResty', answer: ok(['Server', 'openresty']), target: 'nginx' },
  { name: 'Apache', answer: ok(['Server', 'Apache/2.4.66 (Debian)']), target: 'apache' },
  { name: 'Tomcat under its old name', answer: ok(['Server', 'Apache-Coyote/1.1']), target: null },
  {
    name: 'a Lambda function URL',
    answer: ok(['x-amzn-RequestId', '1']),
    url: 'https://abc.lambda-url.eu-central-1.on.aws/',
    target: 'lambda-url',
  },
  { name: 'API Gateway', answer: ok(['x-amz-apigw-id', 'a=']), target: 'apigateway' },
  { name: 'S3 behind CloudFront', answer: ok(['Server', 'AmazonS3'], ['X-Amz-Cf-Id', '1']), target: 's3' },
  { name: 'R2', answer: ok(['Server', 'cloudflare']), url: 'https://pub-1.r2.dev/a.json', target: 'r2' },
  {
    name: 'Supabase',
    answer: ok(['Server', 'cloudflare']),
    url: 'https://abc.supabase.co/functions/v1/hello',
    target: 'supabase',
  },
  { name: 'Firebase Hosting', answer: ok(['Server', 'Google Frontend'], ['X-Served-By', 'cache-fra-1']), target: null },
  { name: 'Netlify', answer: ok(['Server', 'Netlify'], ['X-NF-Request-ID', '01']), target: 'netlify' },
  { name: 'Vercel', answer: ok(['Server', 'Vercel'], ['X-Vercel-Id', 'fra1::x']), target: 'vercel' },
  { name: 'Cloudflare in front of anything', answer: ok(['Server', 'cloudflare'], ['CF-Ray', '1-FRA']), target: null },
  { name: 'nothing that says so', answer: ok(JSON_TYPE), target: null },
]

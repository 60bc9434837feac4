import { at, by, type Product, page, type Row, rowsOf } from './product.ts'

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

/** An example for each sign of a platform, and of a server in front. */
export const IN_FRONT: readonly Product[] = [...rowsOf('platform', PLATFORMS), ...rowsOf('server', SERVERS)]

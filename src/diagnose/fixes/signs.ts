import { field, fieldHas } from '../evidence.ts'
import { always, body, header, host, type Sign, type Signs } from './sign.ts'

import { APPLICATIONS } from './signs-applications.ts'

/** Signs of clouds: storage, gateways, functions and hosting. */
const PLATFORMS: readonly Signs[] = [
  ['s3', 4, 'Server: AmazonS3', header('Server', /amazons3/i)],
  ['gcs', 4, 'Server: UploadServer', header('Server', /uploadserver/i)],
  ['azure-blob', 4, 'Server: Windows-Azure', header('Server', /windows-azure/i)],
  ['r2', 5, 'a host of R2', always, host(/(\.r2\.dev|\.r2\.cloudflarestorage\.com)$/)],
  ['lambda-url', 6, 'a Lambda function URL', always, host(/\.lambda-url\.[\w-]+\.on\.aws$/)],
  [
    'apigateway',
    4,
    'the headers of API Gateway',
    (o) => ['x-amz-apigw-id', 'apigw-requestid', 'x-amzn-ErrorType'].some((name) => field(o, name) !== null),
  ],
  [
    'supabase',
    5,
    'an edge function of Supabase',
    always,
    ({ call }) => /\.supabase\.(co|in|red)$/.test(call.url.hostname) && call.url.pathname.startsWith('/functions/'),
  ],
  ['supabase', 5, 'the headers of a function of Supabase', header('X-Sb-Edge-Region')],
  ['workers', 4, 'a header of Workers', (o) => field(o, 'CF-Worker') !== null || fieldHas(o, 'Server', /workerd/i)],
  ['deno', 3, 'Server: deno', header('Server', /^deno\//i)],
  ['vercel', 3, 'Server: Vercel', header('Server', /^vercel/i)],
  [
    'netlify',
    3,
    'the request id of Netlify',
    (o) => field(o, 'X-NF-Request-ID') !== null || fieldHas(o, 'Server', /^netlify/i),
  ],
  ['cloudfront', 3, 'the request id of CloudFront', header('X-Amz-Cf-Id')],
]

/** Signs of servers and proxies, which add headers to the answers of others. */
const SERVERS: readonly Signs[] = [
  ['iis', 3, 'Server: Microsoft-IIS', header('Server', /microsoft-iis/i)],
  [
    'kong',
    4,
    'the headers of Kong',
    (o) =>
      fieldHas(o, 'Server', /^kong/i) ||
      fieldHas(o, 'Via', /\bkong\//i) ||
      field(o, 'X-Kong-Response-Latency') !== null ||
      field(o, 'X-Kong-Proxy-Latency') !== null,
  ],
  [
    'envoy',
    4,
    'the headers of Envoy',
    (o) => fieldHas(o, 'Server', /^(istio-)?envoy/i) || field(o, 'X-Envoy-Upstream-Service-Time') !== null,
  ],
  ['haproxy', 4, 'an error page of HAProxy', body(/^<html><body><h1>\d{3} [\w ]+<\/h1>\n[^<]+\n<\/body><\/html>/)],
  ['traefik', 4, 'Server: Traefik', header('Server', /^traefik/i)],
  ['ingress-nginx', 4, 'the default backend of ingress-nginx', body(/^default backend - 404/)],
  ['caddy', 3, 'Server: Caddy', (o) => fieldHas(o, 'Server', /^caddy/i) || fieldHas(o, 'Via', /\bcaddy\b/i)],
  ['nginx', 3, 'Server: nginx', header('Server', /nginx|openresty/i)],
  ['apache', 3, 'Server: Apache', header('Server', /^apache(?!-coyote)/i)],
]

const inLayer =
  (layer: Sign['layer']) =>
  ([target, weight, says, shows, needs]: Signs): Sign => ({ target, layer, weight, says, shows, needs })

/** All signs. */
export const SIGNS: readonly Sign[] = [
  ...APPLICATIONS.map(inLayer('application')),
  ...PLATFORMS.map(inLayer('platform')),
  ...SERVERS.map(inLayer('server')),
]

import { describe } from 'vitest'
import { type Handler, ORIGIN } from '../stage.ts'
import { always, type Case, JSON_POST, MARK, PUT, right, run, VARY } from './case.ts'

/** Shares everywhere but at the URL that is asked for. */
const except =
  (status: number, headers: readonly (readonly [string, string])[] = [], body = ''): Handler =>
  ({ path, isPreflight }) =>
    path.startsWith('/items') && !isPreflight
      ? { status, headers, body }
      : { status: 200, headers: [MARK, VARY, ['Access-Control-Allow-Headers', 'content-type']] }
const HTML = ['Content-Type', 'text/html'] as const
const POST = { ...JSON_POST, send: true } as const

const CASES: readonly Case[] = [
  {
    code: 'handler-threw',
    server: except(500, [HTML], '<pre>TypeError: x is undefined<br></pre>'),
    miss: { server: except(500, [], '{"message":"sorry"}') },
  },
  {
    code: 'nginx-without-always',
    server: except(404, [['Server', 'nginx/1.22']]),
    miss: { server: except(404, [['Server', 'lighttpd']]) },
  },
  {
    code: 'apache-without-always',
    server: except(404, [['Server', 'Apache/2.4']]),
    miss: { server: except(404, [['Server', 'nginx']]) },
  },
  {
    code: 'csrf-rejected',
    request: POST,
    server: except(403, [HTML], '<h1>Forbidden</h1> CSRF verification failed.'),
    miss: { server: except(403, [HTML], '<h1>Forbidden</h1>') },
  },
  { code: 'body-too-large', request: POST, server: except(413), miss: { server: except(414) } },
  { code: 'gateway-error', server: except(502), miss: { server: except(500) } },
  { code: 'rate-limited', server: except(429, [['Retry-After', '30']]), miss: { server: except(420) } },
  { code: 'auth-unmarked', server: except(401), miss: { server: except(402) } },
  { code: 'not-found-unmarked', server: always(404), miss: { server: except(404) } },
  { code: 'method-not-routed', request: POST, server: except(405, [['Allow', 'GET']]), miss: { server: except(404) } },
  { code: 'error-unmarked', server: except(418), miss: { server: except(204) } },
  {
    code: 'errors-unmarked',
    server: ({ path }) =>
      path.startsWith('/items') ? { headers: [['Access-Control-Allow-Origin', '*']] } : { status: 404 },
    miss: {
      server: ({ path }) => ({
        status: path.startsWith('/items') ? 200 : 404,
        headers: [['Access-Control-Allow-Origin', '*']],
      }),
    },
  },
  {
    code: 'bot-challenge',
    server: always(403, [['cf-mitigated', 'challenge'], HTML]),
    miss: { server: always(403, [['Server', 'cloudflare'], HTML]) },
  },
  {
    code: 'bot-challenge',
    request: PUT,
    server: always(202, [['x-amzn-waf-action', 'challenge']]),
    miss: { server: always(202) },
  },
  {
    code: 'vercel-protection',
    server: always(
      401,
      [
        ['Server', 'Vercel'],
        ['Set-Cookie', '_vercel_sso_nonce=x'],
      ],
      'Authentication Required',
    ),
    miss: { server: always(401, [['Server', 'Vercel']], 'no') },
  },
  {
    code: 'api-gateway-error',
    server: always(
      403,
      [['x-amzn-ErrorType', 'MissingAuthenticationTokenException']],
      '{"message":"Missing Authentication Token"}',
    ),
    miss: { server: always(403, [], '{"message":"Missing Authentication Token"}') },
  },
  {
    code: 's3-cors-missing',
    server: always(
      403,
      [['Server', 'AmazonS3']],
      '<Message>CORSResponse: CORS is not enabled for this bucket.</Message>',
    ),
    miss: { server: always(403, [], '<Message>no</Message>') },
  },
  {
    code: 'azure-blob-cors',
    server: always(403, [['Server', 'Windows-Azure-Blob/1.0']]),
    miss: { server: always(403, [['Server', 'Windows']]) },
  },
  {
    code: 'gcs-cors',
    server: always(200, [['Server', 'UploadServer']]),
    miss: { server: always(200, [['Server', 'Google Frontend']]) },
  },
  {
    code: 'cloud-run-private',
    server: always(403, [['Server', 'Google Frontend']], 'Your client does not have permission to get URL'),
    miss: { server: always(403, [['Server', 'Google Frontend']], 'sorry') },
  },
  {
    code: 'airplay-receiver',
    request: PUT,
    server: always(403, [['Server', 'AirTunes/595.13.1']]),
    miss: { server: always(403) },
  },
  {
    code: 'tunnel-interstitial',
    server: always(200, [['ngrok-error-code', 'ERR_NGROK_6024'], HTML]),
    miss: { server: always(200, [HTML]) },
  },
  {
    code: 'workers-assets',
    request: PUT,
    server: ({ isPreflight }) =>
      isPreflight
        ? { status: 405, headers: [['Server', 'cloudflare']] }
        : {
            headers: [
              ['ETag', '"x"'],
              ['Server', 'cloudflare'],
            ],
          },
    miss: {
      server: ({ isPreflight }) =>
        isPreflight ? { status: 405, headers: [['Server', 'other']] } : { headers: [['ETag', '"x"']] },
    },
  },
  {
    code: 'cdn-drops-origin',
    server: always(200, [
      ['X-Cache', 'Miss from cloudfront'],
      ['Via', '1.1 x.cloudfront.net'],
    ]),
    miss: { server: always(200) },
  },
  {
    code: 'stream-unmarked',
    server: always(200, [['Content-Type', 'text/event-stream']], 'data: 1\n\n'),
    miss: { server: always(200, [['Content-Type', 'text/plain']]) },
  },
  {
    code: 'font-unmarked',
    server: always(200, [['Content-Type', 'font/woff2']]),
    miss: { server: always(200, [['Content-Type', 'image/png']]) },
  },
  {
    code: 'static-unmarked',
    server: except(200, [
      ['ETag', '"1"'],
      ['Last-Modified', 'Sat, 01 Nov 2025 00:00:00 GMT'],
      ['Accept-Ranges', 'bytes'],
    ]),
    miss: { server: except(200, [['ETag', '"1"']]) },
  },
  {
    code: 'cached-without-origin',
    server: ({ path }) => (path.includes('corsmith=') ? { headers: [MARK] } : { headers: [['Age', '12']] }),
    miss: { server: () => ({ headers: [['Age', '12']] }) },
  },
  {
    code: 'cached-for-another-origin',
    server: ({ path, origin }) =>
      path.includes('corsmith=')
        ? { headers: [['Access-Control-Allow-Origin', origin ?? '*']] }
        : {
            headers: [
              ['Access-Control-Allow-Origin', 'https://b.example.com'],
              ['X-Cache', 'HIT'],
            ],
          },
    miss: { server: always(200, [['Access-Control-Allow-Origin', 'https://b.example.com']]) },
  },
  { code: 'foreign-answer-cached', server: always(200, [MARK, ['Age', '3']]), miss: { server: always(200, [MARK]) } },
  {
    code: 'shared-by-luck',
    server: ({ origin }) => ({ headers: origin === ORIGIN ? [MARK, VARY, ['Age', '3']] : [VARY] }),
    miss: { server: right },
  },
  { code: 'connection-closed', server: () => ({ destroy: true }), miss: { server: right } },
]

describe('findings about responses, platforms and caches', () => run(CASES))

import { bodyHas, type Evidence, field, fieldHas } from '../evidence.ts'
import type { Observation } from '../recorder.ts'
import type { Target } from './targets.ts'

type Sign = readonly [target: Target, shows: (observation: Observation) => boolean]

function header(name: string, pattern = /./): (observation: Observation) => boolean {
  return (observation) => fieldHas(observation, name, pattern)
}

/** What gives a server away, the particular before the general: a framework behind nginx counts before nginx. */
const SIGNS: readonly Sign[] = [
  ['next', (o) => fieldHas(o, 'X-Powered-By', /next\.js/i) || field(o, 'x-nextjs-cache') !== null],
  ['express', header('X-Powered-By', /express/i)],
  ['s3', header('Server', /amazons3/i)],
  ['gcs', header('Server', /uploadserver/i)],
  ['azure-blob', header('Server', /windows-azure/i)],
  [
    'apigateway',
    (o) =>
      field(o, 'x-amz-apigw-id') !== null ||
      field(o, 'apigw-requestid') !== null ||
      field(o, 'x-amzn-ErrorType') !== null,
  ],
  ['flask', header('Server', /werkzeug/i)],
  ['django', (o) => fieldHas(o, 'Server', /wsgiserver/i) || bodyHas(o, /csrfmiddlewaretoken|DisallowedHost|Django/)],
  ['fastapi', (o) => fieldHas(o, 'Server', /uvicorn|hypercorn/i) || bodyHas(o, /^\{"detail":/)],
  ['rails', (o) => fieldHas(o, 'Server', /puma|passenger/i) || field(o, 'X-Runtime') !== null],
  ['laravel', (o) => fieldHas(o, 'Set-Cookie', /laravel_session|XSRF-TOKEN/) || bodyHas(o, /Laravel|Illuminate/)],
  [
    'spring',
    (o) =>
      bodyHas(o, /Whitelabel Error Page|"timestamp":.*"status":.*"path":/s) || fieldHas(o, 'Set-Cookie', /JSESSIONID/),
  ],
  ['aspnet', (o) => fieldHas(o, 'Server', /kestrel/i) || fieldHas(o, 'X-Powered-By', /asp\.net/i)],
  ['iis', header('Server', /microsoft-iis/i)],
  ['workers', (o) => field(o, 'CF-Worker') !== null || fieldHas(o, 'Server', /workerd/i)],
  ['hono', (o) => bodyHas(o, /^404 Not Found$/) && fieldHas(o, 'Content-Type', /^text\/plain; ?charset=utf-8$/i)],
  ['vercel', header('Server', /^vercel/i)],
  ['netlify', (o) => field(o, 'X-NF-Request-ID') !== null],
  ['cloudfront', (o) => field(o, 'X-Amz-Cf-Id') !== null],
  ['caddy', header('Server', /^caddy/i)],
  ['nginx', header('Server', /nginx|openresty/i)],
  ['apache', header('Server', /^apache/i)],
]

/** Recognizes what runs a server; null where nothing gives it away. */
export function detectTarget({ observations }: Evidence): Target | null {
  for (const [target, shows] of SIGNS) {
    if (observations.some((observation) => observation.response !== null && shows(observation))) return target
  }
  return null
}

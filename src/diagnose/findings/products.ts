import { ALLOW_METHODS, ALLOW_ORIGIN } from '../../spec/fields.ts'
import { admits, bodyHas, type Evidence, field, fieldHas, hasAllowOrigin, statusOf } from '../evidence.ts'
import { isSuccess } from '../proven.ts'
import type { Row } from '../row.ts'
import { MDN_CORS } from './links.ts'
import { PLATFORM } from './platforms.ts'
import { failedAnswer, METHODS_OF_CORS, matchIf } from './signature.ts'

type Product = readonly [product: string, setting: string, shows: (evidence: Evidence) => boolean]

const server =
  (pattern: RegExp): Product[2] =>
  ({ observations }) =>
    observations.some((each) => fieldHas(each, 'Server', pattern))
const header =
  (name: string, pattern = /./): Product[2] =>
  ({ observations }) =>
    observations.some((each) => fieldHas(each, name, pattern))
const path =
  (pattern: RegExp): Product[2] =>
  ({ call }) =>
    pattern.test(call.url.pathname)

const said =
  (pattern: RegExp): Product[2] =>
  ({ observations }) =>
    observations.some((each) => bodyHas(each, pattern))

/** Products whose list of origins is a setting, and how to recognize them. */
const PRODUCTS: readonly Product[] = [
  ['Ollama', 'the environment variable OLLAMA_ORIGINS', isOllama],
  ['Keycloak', 'Web Origins of the client', path(/\/realms\/[^/]+\/protocol\/openid-connect\/(?!auth)/)],
  ['Elasticsearch', 'http.cors.enabled and http.cors.allow-origin in elasticsearch.yml', header('X-Elastic-Product')],
  ['Kubo (IPFS)', 'API.HTTPHeaders.Access-Control-Allow-Origin, by ipfs config', server(/^(kubo|go-ipfs)/i)],
  ['CouchDB', '[chttpd] enable_cors and [cors] origins', server(/^CouchDB/i)],
  ['MinIO', 'MINIO_API_CORS_ALLOW_ORIGIN', server(/^MinIO(?! Console)/i)],
  ['Astro', 'security.allowedDomains in astro.config, for development', said(/^Cross-origin request blocked$/)],
  ['ComfyUI', 'the argument --enable-cors-header', isComfy],
  ['Vite', 'server.cors.origin in vite.config', isVite],
  ['Prometheus', 'the argument --web.cors.origin', path(/^\/api\/v1\/(?:query|query_range|series|labels|targets)$/)],
  ['Jenkins', 'the CORS Filter plugin', header('X-Jenkins')],
  ['Gitea or Forgejo', '[cors] ENABLED and ALLOW_DOMAIN in app.ini', header('Set-Cookie', /i_like_gitea/)],
  ['Strapi', 'origin of strapi::cors in config/middlewares', header('X-Powered-By', /strapi/i)],
  ['Directus', 'CORS_ENABLED and CORS_ORIGIN', header('X-Powered-By', /directus/i)],
  ['InfluxDB', 'a proxy in front: InfluxDB has no setting', header('X-Influxdb-Version')],
  ['PostgREST', 'server-cors-allowed-origins', server(/^postgrest/i)],
  [
    'Jupyter',
    'ServerApp.allow_origin',
    ({ observations, call }) =>
      observations.some((each) => fieldHas(each, 'Server', /^TornadoServer/)) &&
      /^\/(api|user|hub)\//.test(call.url.pathname),
  ],
]

/**
 * Modules of Vite's dev server have paths of their own, and its pages load one. An application behind
 * it may have a policy too, so a page counts only beside the answer to OPTIONS of Vite's own.
 */
function isVite({ observations, preflight, call }: Evidence): boolean {
  return (
    /^\/(?:@vite|@id|@fs|@react-refresh|node_modules\/\.vite)(?:\/|$)/.test(call.url.pathname) ||
    (field(preflight, ALLOW_METHODS) === METHODS_OF_CORS &&
      observations.some((each) => bodyHas(each, /["']\/@(?:vite\/client["']|react-refresh["']|id\/|fs\/)/)))
  )
}

function isOllama({ observations, call }: Evidence): boolean {
  return (
    observations.some((each) => bodyHas(each, /^\{"models":\s*[[n]|^Ollama is running/)) ||
    (call.url.port === '11434' && /^\/(api|v1)\//.test(call.url.pathname))
  )
}

function isComfy({ observations, call }: Evidence): boolean {
  return (
    observations.some((each) => fieldHas(each, 'Server', /aiohttp/i)) &&
    /^\/(?:api\/)?(?:prompt|object_info|system_stats|queue|history|view|upload)\b/.test(call.url.pathname)
  )
}

/** Returns the product that answers; null if it is unknown. */
export function productOf(evidence: Evidence): { readonly product: string; readonly setting: string } | null {
  const found = PRODUCTS.find(([, , shows]) => shows(evidence))
  return found === undefined ? null : { product: found[0], setting: found[1] }
}

/** Causes in products and platforms that have their own switch. */
export const PRODUCT_ROWS: readonly Row[] = [
  {
    ...PLATFORM,
    code: 'product-cors-setting',
    weight: 86,
    explains: ['allow-origin-missing', 'preflight-status', 'allow-origin-mismatch'],
    when: (evidence, obstacle) => {
      const found = productOf(evidence)
      const at = failedAnswer(evidence, obstacle)
      return matchIf(found !== null && !admits(at, evidence.call.origin) && statusOf(at) < 500, { ...found })
    },
    says: '{product} answers ({status}) and does not share with {origin}: it has its own list of origins',
    remedy: { where: 'platform', advice: 'Add {origin} to {setting}.' },
    link: MDN_CORS,
  },
  {
    ...PLATFORM,
    code: 'rack-cors-miss',
    covers: ['options-not-routed', 'never-shared'],
    weight: 91,
    when: (evidence, obstacle) => {
      const value = field(failedAnswer(evidence, obstacle), 'X-Rack-CORS') ?? ''
      const reason = RACK.find(([name]) => value.includes(name))
      return matchIf(/miss/.test(value), { value, reason: reason?.[1] ?? 'it gives no reason' })
    },
    says: 'rack-cors gives the reason in X-Rack-CORS ("{value}"): {reason}',
    remedy: {
      where: 'server',
      target: 'rails',
      advice: 'Correct the block in config/initializers/cors.rb: {reason}.',
      policy: true,
    },
    link: 'https://github.com/cyu/rack-cors',
  },
  {
    ...PLATFORM,
    code: 'socket-io-cors',
    weight: 80,
    explains: ['allow-origin-missing', 'preflight-status'],
    when: (evidence, obstacle) =>
      matchIf(
        /\/(socket\.io|engine\.io)\//.test(evidence.call.url.pathname) &&
          !hasAllowOrigin(failedAnswer(evidence, obstacle)) &&
          statusOf(failedAnswer(evidence, obstacle)) < 500,
      ),
    says: 'Socket.IO answers ({status}) without CORS headers: it runs before the middleware of the application, and by default shares with no other origin',
    remedy: {
      where: 'server',
      target: 'socketio',
      advice:
        'Give Socket.IO its own list: new Server(server, { cors: { origin: "{origin}" } }), with credentials: true if the page sends cookies.',
      policy: true,
    },
    link: 'https://socket.io/docs/v4/handling-cors/',
  },
  {
    ...PLATFORM,
    code: 'apps-script',
    weight: 96,
    isInstead: true,
    when: (evidence, obstacle) =>
      matchIf(
        obstacle?.failure.during === 'preflight' &&
          /^\/(a\/[^/]+\/)?macros\/.*\/(exec|dev)$/.test(evidence.call.url.pathname) &&
          statusOf(failedAnswer(evidence, obstacle)) >= 400,
      ),
    says: 'a web app of Google Apps Script cannot answer OPTIONS ({status}): only requests without a preflight reach it',
    remedy: {
      where: 'client',
      advice:
        'Send a request that needs no preflight: Content-Type: text/plain (the body may still be JSON) and no header of your own. Deploy the app for "Anyone".',
      request: (evidence) => ({
        headers: evidence.call.headers
          .filter(([name]) => /^(accept|accept-language|content-language)$/i.test(name))
          .concat(evidence.call.body === null ? [] : [['Content-Type', 'text/plain;charset=utf-8']]),
        ...(['GET', 'POST'].includes(evidence.call.method) ? {} : { method: 'POST' }),
      }),
    },
    link: 'https://developers.google.com/apps-script/guides/content',
  },
  {
    ...PLATFORM,
    code: 'cloudfront-methods',
    weight: 96,
    isInstead: true,
    when: (evidence, obstacle) =>
      matchIf(bodyHas(failedAnswer(evidence, obstacle), /not configured to allow the HTTP request method/)),
    says: 'CloudFront itself refuses the method ({status}): the cache behavior for this path allows only GET and HEAD, or lacks OPTIONS',
    remedy: {
      where: 'platform',
      target: 'cloudfront',
      advice:
        'Set the allowed methods of the behavior to GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE; then forward Origin and Access-Control-Request-*.',
    },
    link: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesAllowedHTTPMethods',
  },
  {
    ...PLATFORM,
    code: 'azure-platform-cors',
    covers: ['preflight-bad-request', 'preflight-forbidden', 'options-not-routed'],
    weight: 84,
    explains: ['allow-origin-missing', 'preflight-status'],
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      const isAzure =
        /\.azurewebsites\.net$/.test(evidence.call.url.hostname) ||
        evidence.observations.some((each) => fieldHas(each, 'Set-Cookie', /ARRAffinity/))
      const isApart =
        hasAllowOrigin(evidence.actual) ||
        evidence.observations.some((each) => isSuccess(each) && field(each, ALLOW_ORIGIN) !== null)
      return matchIf(isAzure && obstacle?.failure.during === 'preflight' && !hasAllowOrigin(at) && isApart)
    },
    says: 'App Service itself answers the preflight ({status}): its CORS setting takes effect before the application, which would share',
    remedy: {
      where: 'platform',
      target: 'azure',
      advice:
        'Clear the CORS setting of the App Service, so that the application answers; or list {origin} there, and remove CORS from the application.',
    },
    link: 'https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api#add-cors-functionality',
  },
]

/** The reasons that rack-cors gives. */
const RACK = [
  ['no-origin', 'no allow block lists this origin'],
  ['no-path', 'no resource covers this path'],
  ['no-method', 'the resource does not list the method'],
  ['no-header', 'the resource does not list a request header'],
  ['no-resource', 'no resource covers this path'],
] as const

import { admits, field, fieldHas, speaksCors, statusOf } from '../evidence.ts'
import { isGuarded, knowsPage } from '../proven.ts'
import type { Row } from '../row.ts'
import { mdnError } from './links.ts'
import { failedAnswer, matchIf } from './signature.ts'

const STATUS = mdnError('CORSPreflightDidNotSucceed')
/** Shared values of rows about a preflight without a CORS answer. */
export const PREFLIGHT: Pick<Row, 'severity' | 'at' | 'link'> & Required<Pick<Row, 'during' | 'explains'>> = {
  severity: 'error',
  at: 'preflight',
  during: 'preflight',
  explains: ['allow-origin-missing', 'preflight-status'],
  link: STATUS,
}

/** Causes where something other than a CORS policy answered the preflight. */
export const PREFLIGHTS: readonly Row[] = [
  {
    ...PREFLIGHT,
    code: 'preflight-needs-auth',
    covers: ['auth-unmarked'],
    weight: 75,
    when: (evidence, obstacle) => {
      const status = statusOf(failedAnswer(evidence, obstacle))
      const wants =
        field(failedAnswer(evidence, obstacle), 'WWW-Authenticate') !== null ||
        statusOf(evidence.probes.authorized) in OK
      return matchIf(status === 401 || (status === 403 && (wants || isGuarded(evidence))))
    },
    says: 'the preflight gets {status} because the server wants credentials, but no browser sends credentials with a preflight',
    remedy: {
      where: 'server',
      advice: 'Answer OPTIONS before authentication: put the CORS middleware first.',
      // If the refusal has the headers, the policy runs. Then only the status is wrong.
      policy: (evidence, obstacle) => !admits(failedAnswer(evidence, obstacle), evidence.call.origin),
      by: {
        express: 'Put app.use(cors(…)) above every middleware that authenticates.',
        hono: 'Put app.use(cors(…)) above the middleware that authenticates.',
        nginx:
          'Answer OPTIONS before auth_request and auth_basic: return 204 in an if ($request_method = OPTIONS) block that carries the headers.',
        spring:
          'Call http.cors(withDefaults()) in the SecurityFilterChain, so that the CorsFilter runs before authentication.',
        django: 'Put CorsMiddleware first in MIDDLEWARE, above anything that can answer.',
        fastapi: 'Add CORSMiddleware last: middleware added last runs first.',
        apigateway: 'Give OPTIONS no authorizer: authorizationType NONE.',
        rails: 'Insert Rack::Cors with insert_before 0, above Warden.',
        flask:
          "Let OPTIONS pass in before_request (if request.method == 'OPTIONS': return None): Flask-CORS adds its headers afterwards, and changes no status.",
        laravel: 'Put HandleCors first among the global middleware, and keep OPTIONS out of auth.',
        php: "Answer OPTIONS at the top of the script: if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(204); exit; }",
        supabase: 'Deploy the function with --no-verify-jwt, or answer OPTIONS before the token is read.',
        go: 'Wrap the CORS handler around the one that authenticates, so that it runs first.',
        kong: 'Set config.run_on_preflight = false in the authentication plugin, next to the cors plugin.',
        envoy: 'Put the CORS filter above jwt_authn and ext_authz.',
        apache: 'Exempt OPTIONS from authentication: <LimitExcept OPTIONS> Require valid-user </LimitExcept>.',
        aspnet: 'Call app.UseCors() between UseRouting() and UseAuthentication().',
      },
    },
  },
  {
    ...PREFLIGHT,
    code: 'options-not-routed',
    weight: 60,
    when: (evidence, obstacle) => matchIf([404, 405, 501].includes(statusOf(failedAnswer(evidence, obstacle)))),
    says: 'no route or handler answers OPTIONS at {path}: the preflight gets {status}',
    remedy: {
      where: 'server',
      advice: 'Let the CORS middleware answer OPTIONS for every path, not route by route.',
      policy: true,
      by: {
        hono: "Register it with app.use('/api/*', cors(…)): on app.get(…) it never sees OPTIONS.",
        express: 'Use app.use(cors(…)), not app.get(path, cors(…), handler).',
        next: 'Export OPTIONS from the route handler, or answer preflights in proxy.ts.',
        flask: 'Add OPTIONS to the methods of the route, or use Flask-CORS, which adds it.',
        kong: 'Add OPTIONS to the methods of the route: the cors plugin only runs for requests that match a route.',
        envoy:
          'Put the CORS filter into the listener and a cors policy on the virtual host: a route that matches only GET never sees OPTIONS.',
        haproxy:
          'Answer OPTIONS in the frontend: http-request return status 204 hdr … if METH_OPTIONS { req.hdr(Access-Control-Request-Method) -m found }.',
        php: "Answer OPTIONS at the top of the script, before any use of $_SERVER['REQUEST_METHOD'].",
        koa: 'Use app.use(cors(…)) above the router: @koa/router answers OPTIONS only for its own routes.',
        fastify: 'Register the CORS plugin on the root instance, before the routes.',
        nestjs: 'Call app.enableCors(…) before app.listen().',
      },
    },
  },
  {
    ...PREFLIGHT,
    code: 'iis-options-handler',
    weight: 90,
    when: (evidence, obstacle) =>
      matchIf(
        [404, 405, 501].includes(statusOf(failedAnswer(evidence, obstacle))) &&
          fieldHas(failedAnswer(evidence, obstacle), 'Server', /microsoft-iis/i),
      ),
    says: 'IIS answers OPTIONS itself ({status}), before the application sees it',
    remedy: {
      where: 'server',
      target: 'iis',
      advice: 'Remove OPTIONSVerbHandler and WebDAVModule in web.config, or install the IIS CORS module.',
      policy: true,
    },
    link: 'https://learn.microsoft.com/iis/extensions/cors-module/cors-module-configuration-reference',
  },
  {
    ...PREFLIGHT,
    code: 'preflight-forbidden',
    weight: 50,
    isGeneral: true,
    when: (evidence, obstacle) =>
      matchIf(statusOf(failedAnswer(evidence, obstacle)) === 403 && !speaksCors(failedAnswer(evidence, obstacle)), {
        who: knowsPage(evidence)
          ? 'a firewall or a CSRF check'
          : `a firewall, a CSRF check or a policy that does not know ${evidence.call.origin}`,
      }),
    says: 'the preflight gets 403 without CORS headers: {who}',
    remedy: {
      where: 'server',
      advice: 'Let OPTIONS through to the CORS middleware, and list the origin there.',
      policy: true,
    },
  },
  {
    ...PREFLIGHT,
    code: 'preflight-server-error',
    weight: 60,
    when: (evidence, obstacle) => matchIf(statusOf(failedAnswer(evidence, obstacle)) === 500),
    says: 'the server fails on OPTIONS: the preflight gets 500; this is a server error, not a CORS problem',
    remedy: {
      where: 'server',
      advice:
        'Read the server log for this OPTIONS request. Most often a handler reads a body or a user, and a preflight has neither. Let the CORS middleware answer first.',
      policy: true,
    },
  },
  {
    ...PREFLIGHT,
    code: 'preflight-bad-request',
    weight: 55,
    when: (evidence, obstacle) =>
      matchIf(
        [400, 406, 411, 415, 422].includes(statusOf(failedAnswer(evidence, obstacle))) &&
          !speaksCors(failedAnswer(evidence, obstacle)),
      ),
    says: 'the server validates the preflight like an API request and answers {status}: a preflight has no body and no Content-Type',
    remedy: { where: 'server', advice: 'Answer OPTIONS before validation.', policy: true },
  },
  {
    ...PREFLIGHT,
    code: 'options-answered-by-router',
    weight: 65,
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) =>
      matchIf(
        statusOf(failedAnswer(evidence, obstacle)) in OK && field(failedAnswer(evidence, obstacle), 'Allow') !== null,
        {
          allow: field(failedAnswer(evidence, obstacle), 'Allow') ?? '',
        },
      ),
    says: 'the router answers OPTIONS by itself (Allow: {allow}), and adds no CORS headers',
    remedy: {
      where: 'server',
      advice: 'Put the CORS middleware in front of the router, so that it sees OPTIONS first.',
      policy: true,
      by: {
        next: 'Next.js answers OPTIONS with only Allow: export OPTIONS yourself, or answer in proxy.ts.',
        express: 'Use app.use(cors(…)) above the routes: Express answers OPTIONS for every route it knows.',
        flask: 'Flask answers OPTIONS for every route: add the headers in after_request, or use Flask-CORS.',
      },
    },
  },
  {
    ...PREFLIGHT,
    code: 'preflight-unmarked',
    weight: 40,
    isGeneral: true,
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) =>
      matchIf(statusOf(failedAnswer(evidence, obstacle)) > 0 && admits(evidence.actual, evidence.call.origin)),
    says: 'the response has Access-Control-Allow-Origin, but the preflight does not: something else answers OPTIONS with {status}',
    remedy: {
      where: 'server',
      advice: 'Let the same policy answer OPTIONS too.',
      policy: true,
      by: {
        php: "Answer OPTIONS at the top of the script, with the same header() lines: if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(204); exit; }",
      },
    },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    ...PREFLIGHT,
    code: 'preflight-status',
    weight: 10,
    isFallback: true,
    explains: ['preflight-status'],
    when: () => ({}),
    says: 'the preflight gets {status}, but only 200 to 299 lets the request through',
    remedy: { where: 'server', advice: 'Answer a preflight with 204.', policy: true },
  },
  {
    ...PREFLIGHT,
    code: 'preflight-not-modified',
    weight: 70,
    explains: ['preflight-status'],
    when: (evidence, obstacle) => matchIf([304, 412].includes(statusOf(failedAnswer(evidence, obstacle)))),
    says: 'a cache answers the preflight with {status}, which is not a success',
    remedy: { where: 'server', advice: 'Exclude OPTIONS from the cache and from conditional requests.', policy: true },
  },
]

/** The statuses that a preflight answer may have. */
export const OK: Readonly<Record<number, true>> = Object.fromEntries(
  Array.from({ length: 100 }, (_, i) => [200 + i, true] as const),
)

import { bodyHas, type Evidence, everMarked, fieldHas, hasAllowOrigin, statusOf } from '../evidence.ts'
import type { Obstacle } from '../obstacles.ts'
import { refusesOrigins } from '../proven.ts'
import type { Observation } from '../recorder.ts'
import type { Row } from '../row.ts'
import { mdnError } from './links.ts'
import { failedAnswer, matchIf } from './signature.ts'

const LINK = mdnError('CORSMissingAllowOrigin')

/** Error responses without CORS headers: the browser blames CORS and hides the error. */
export const UNMARKED: Pick<Row, 'severity' | 'at' | 'link'> & Required<Pick<Row, 'during' | 'explains' | 'header'>> = {
  severity: 'error',
  at: 'response',
  during: 'response',
  explains: ['allow-origin-missing'],
  header: 'Access-Control-Allow-Origin',
  link: LINK,
}

/** Returns the status of the answer behind a failure. */
export function statusAt(evidence: Evidence, obstacle: Obstacle | null): number {
  return statusOf(failedAnswer(evidence, obstacle))
}

/** PHP ends with this message, often with status 200. */
const PHP_FATAL = /<b>(Fatal|Parse) error<\/b>:/

/** The statuses to which nginx adds headers without `always`. */
const COVERED = [200, 201, 204, 206, 301, 302, 303, 304, 307, 308]

/**
 * Default error pages of frameworks. They show that the handler threw, and that the CORS middleware
 * did not run.
 */
const THROWN = [
  /<pre>[A-Za-z]*Error[:<]/,
  /^Internal Server Error\s*$/,
  /<title>500 Internal Server Error<\/title>/i,
  /Whitelabel Error Page/,
  /"error":\s*"Internal Server Error"/,
  /Server Error \(500\)/,
  /We're sorry, but something went wrong/,
  /"status":\s*500,\s*"(unhandled|message)"/,
  /Something went wrong!/,
  PHP_FATAL,
]

/** Responses whose status is the real cause. */
export const ERRORS: readonly Row[] = [
  {
    ...UNMARKED,
    code: 'handler-threw',
    weight: 72,
    when: (evidence, obstacle) =>
      matchIf(
        (statusAt(evidence, obstacle) === 500 || bodyHas(failedAnswer(evidence, obstacle), PHP_FATAL)) &&
          !refusesOrigins(evidence) &&
          THROWN.some((pattern) => bodyHas(failedAnswer(evidence, obstacle), pattern)),
      ),
    says: 'the handler threw, and the default error page ({status}) carries no CORS headers: this is a server error, not a CORS problem',
    remedy: {
      where: 'server',
      advice:
        'Read the server log for the error. Then make the CORS middleware the outermost one, so that errors carry the headers and the page sees them.',
      policy: true,
      by: {
        fastapi:
          'Starlette answers unhandled errors outside your middleware: add ServerErrorMiddleware again, inside CORSMiddleware.',
        flask:
          'Set the headers in after_request, which also runs for unhandled errors. In debug mode or with PROPAGATE_EXCEPTIONS something else answers.',
        express:
          'Set the headers before the handlers run (app.use(cors(…)) first) and do not reset them in the error handler.',
      },
    },
  },
  {
    ...UNMARKED,
    code: 'nginx-without-always',
    weight: 74,
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      const isNginx = fieldHas(at, 'Server', /nginx|openresty|tengine/i)
      // Likely if a success had the headers; or if no success was seen, and the error page is
      // nginx's own.
      const isLikely =
        everMarked(evidence) || (bodyHas(at, /<center>(nginx|openresty)/) && !evidence.observations.some(isSuccess))
      return matchIf(
        isNginx && statusAt(evidence, obstacle) >= 200 && !COVERED.includes(statusAt(evidence, obstacle)) && isLikely,
      )
    },
    says: 'nginx answered {status}, but add_header without always covers only 200, 201, 204, 206 and redirects: this answer has no CORS headers',
    remedy: {
      where: 'server',
      target: 'nginx',
      advice: 'Write always after every add_header of CORS. Then look for the cause of the {status}.',
      policy: true,
    },
    link: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html#add_header',
  },
  {
    ...UNMARKED,
    code: 'apache-without-always',
    weight: 74,
    when: (evidence, obstacle) =>
      matchIf(
        statusAt(evidence, obstacle) >= 400 &&
          fieldHas(failedAnswer(evidence, obstacle), 'Server', /^apache/i) &&
          everMarked(evidence),
      ),
    says: 'Apache adds headers to successes only: this {status} has none, because Header set lacks always',
    remedy: {
      where: 'server',
      target: 'apache',
      advice: 'Write Header always set. Then look for the cause of the {status}, which is the real error.',
      policy: true,
    },
    link: 'https://httpd.apache.org/docs/current/mod/mod_headers.html#header',
  },
  {
    ...UNMARKED,
    code: 'csrf-rejected',
    weight: 80,
    when: (evidence, obstacle) =>
      matchIf(
        statusAt(evidence, obstacle) === 419 ||
          ([400, 403, 422].includes(statusAt(evidence, obstacle)) &&
            CSRF.some((pattern) => bodyHas(failedAnswer(evidence, obstacle), pattern))),
      ),
    says: 'a CSRF check refuses the request ({status}) before any CORS policy runs',
    remedy: {
      where: 'server',
      advice: 'Let the check trust {origin}, or exempt this route.',
      policy: true,
      by: {
        hono: "Send application/json, because the check distrusts form types and a missing Content-Type; or list '{origin}' in csrf({ origin }).",
        django: "Add '{origin}' to CSRF_TRUSTED_ORIGINS and send the X-CSRFToken header.",
        sveltekit: "Add '{origin}' to kit.csrf.trustedOrigins.",
        astro: 'Send a JSON Content-Type, or set security.checkOrigin to false and check the origin yourself.',
        laravel:
          'Fetch /sanctum/csrf-cookie first and send the cookie back as X-XSRF-TOKEN, with the host of the page in SANCTUM_STATEFUL_DOMAINS; or exempt the route from the check.',
        rails: 'Skip forgery protection for API controllers: protect_from_forgery with: :null_session.',
      },
    },
  },
  {
    ...UNMARKED,
    code: 'auth-unmarked',
    weight: 60,
    isGeneral: true,
    covers: ['error-unmarked'],
    when: (evidence, obstacle) =>
      matchIf([401, 403, 407].includes(statusAt(evidence, obstacle)) && !refusesOrigins(evidence)),
    says: 'the request is refused with {status} before the CORS middleware runs: the page sees a CORS error instead of the {status}',
    remedy: {
      where: 'server',
      advice:
        'Put the CORS middleware before authentication, so that refusals carry the headers; then send the right credentials.',
      policy: true,
    },
  },
  {
    ...UNMARKED,
    code: 'not-found-unmarked',
    weight: 62,
    when: (evidence, obstacle) =>
      matchIf(statusAt(evidence, obstacle) === 404 && !hasAllowOrigin(evidence.probes.missing)),
    says: '{path} does not exist (404), and the 404 carries no CORS headers: check the URL first',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Correct the path {path}. On the server, let the CORS middleware cover the 404 too.',
    },
  },
  {
    ...UNMARKED,
    code: 'error-unmarked',
    weight: 50,
    isGeneral: true,
    when: (evidence, obstacle) =>
      matchIf(
        statusAt(evidence, obstacle) >= 400 &&
          !refusesOrigins(evidence) &&
          (everMarked(evidence) || statusAt(evidence, obstacle) >= 500),
      ),
    says: 'the server answers {status} without CORS headers, and the browser reports CORS instead of the {status}',
    remedy: {
      where: 'server',
      advice: 'Find the reason for the {status}. Then let errors carry the same headers as successes.',
      policy: true,
    },
  },
  {
    code: 'errors-unmarked',
    severity: 'warning',
    at: 'probe',
    weight: 50,
    header: 'Access-Control-Allow-Origin',
    when: (evidence) =>
      matchIf(
        evidence.isCrossOrigin &&
          isShared(evidence) &&
          statusOf(evidence.probes.missing) >= 400 &&
          !hasAllowOrigin(evidence.probes.missing),
        {
          probed: String(statusOf(evidence.probes.missing)),
        },
      ),
    says: 'successes carry the CORS headers, but errors ({probed}) do not: every error will look like a CORS problem',
    remedy: {
      where: 'server',
      advice: 'Let the CORS middleware cover every answer, errors included.',
      policy: true,
      by: { nginx: 'Write always after every add_header of CORS.', apache: 'Write Header always set.' },
    },
    link: LINK,
  },
]

const CSRF = [/cross-site .* form submissions are forbidden/i, /csrf/i, /xsrf/i, /InvalidAuthenticityToken/, /forgery/i]

function isSuccess(observation: Observation): boolean {
  return statusOf(observation) >= 200 && statusOf(observation) < 400
}

function isShared(evidence: Evidence): boolean {
  return (
    Object.values(evidence.verdicts).every((verdict) => verdict.shared) ||
    (evidence.isWithheld && hasAllowOrigin(evidence.actual))
  )
}

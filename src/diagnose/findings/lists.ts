import { ALLOW_HEADERS, ALLOW_METHODS } from '../../spec/fields.ts'
import { splitList } from '../../spec/tokens.ts'
import { admits, type Evidence, linesOf } from '../evidence.ts'
import type { Row } from '../row.ts'
import { fetchSpec, mdnError } from './links.ts'
import { failedAnswer, matchIf } from './signature.ts'

const MONITORING =
  /^(traceparent|tracestate|baggage|sentry-trace|x-datadog-.*|newrelic|x-b3-.*|b3|elastic-apm-traceparent|x-amzn-trace-id|uber-trace-id|x-cloud-trace-context|request-id|request-context|x-instana-[stl]|x-dtpc|x-dtreferer|adrum(_\d)?|x-newrelic-.*|x-honeycomb-trace|x-highlight-request|x-posthog-.*)$/

/** Causes in the lists of the preflight: methods, request headers, and how they are written. */
export const LISTS: readonly Row[] = [
  {
    code: 'response-header-on-request',
    severity: 'error',
    at: 'request',
    explains: ['header-not-allowed', 'allow-origin-missing', 'preflight-status'],
    weight: 92,
    when: (evidence, obstacle) => {
      const name = evidence.call.headers
        .map(([key]) => key)
        .find((key) => /^access-control-(allow|expose|max)/i.test(key))
      // Without this header no preflight may be left. That helps only if the answer to the plain
      // request is shared.
      const isOnlyThis =
        obstacle?.failure.code === 'header-not-allowed' || admits(evidence.actual, evidence.call.origin)
      return matchIf(name !== undefined && isOnlyThis, { name: name ?? '' })
    },
    says: 'the page sends {name}, which is a response header: on a request it only forces a preflight',
    remedy: {
      where: 'client',
      target: 'client',
      advice: "Remove {name} from the request: it belongs in the server's response.",
      request: (evidence) => ({ headers: evidence.call.headers.filter(([key]) => !/^access-control-/i.test(key)) }),
    },
    link: mdnError('CORSMissingAllowHeaderFromPreflight'),
  },
  {
    code: 'header-not-listed',
    severity: 'error',
    at: 'preflight',
    explains: ['header-not-allowed'],
    weight: 40,
    isGeneral: true,
    header: ALLOW_HEADERS,
    when: (evidence, obstacle) =>
      matchIf(obstacle !== null, {
        name: canonical(evidence, obstacle?.failure.value ?? ''),
        value: linesOf(failedAnswer(evidence, obstacle), ALLOW_HEADERS).join(', ') || 'absent',
      }),
    says: 'the page sets {name}, and Access-Control-Allow-Headers ({value}) does not list it',
    remedy: { where: 'server', advice: 'Allow the request header {name}.', policy: true },
    link: mdnError('CORSMissingAllowHeaderFromPreflight'),
  },
  {
    code: 'monitoring-header',
    severity: 'error',
    at: 'preflight',
    explains: ['header-not-allowed'],
    weight: 70,
    header: ALLOW_HEADERS,
    when: (_, obstacle) =>
      matchIf(MONITORING.test(obstacle?.failure.value.toLowerCase() ?? ''), { name: obstacle?.failure.value ?? '' }),
    says: 'a monitoring script adds {name} to the request, and the server does not allow it',
    remedy: {
      where: 'client',
      advice:
        'Remove this host from the propagation targets of the script (tracePropagationTargets, allowedTracingUrls …), or allow {name} on the server if it is yours.',
      policy: true,
      request: (evidence) => ({
        headers: evidence.call.headers.filter(([key]) => !MONITORING.test(key.toLowerCase())),
      }),
    },
    link: mdnError('CORSMissingAllowHeaderFromPreflight'),
  },
  {
    code: 'grpc-web-header',
    severity: 'error',
    at: 'preflight',
    explains: ['header-not-allowed'],
    weight: 70,
    header: ALLOW_HEADERS,
    when: (_, obstacle) =>
      matchIf(
        /^(x-grpc-web|grpc-timeout|x-user-agent|connect-protocol-version|connect-timeout-ms)$/i.test(
          obstacle?.failure.value ?? '',
        ),
        { name: obstacle?.failure.value ?? '' },
      ),
    says: 'gRPC-Web and Connect clients set {name}, and the server does not allow it',
    remedy: {
      where: 'server',
      advice:
        'Allow Content-Type, X-Grpc-Web, Grpc-Timeout, X-User-Agent and Connect-Protocol-Version, and expose Grpc-Status, Grpc-Message and Grpc-Status-Details-Bin.',
      policy: true,
    },
    link: 'https://connectrpc.com/docs/cors/',
  },
  {
    code: 'tunnel-header',
    severity: 'error',
    at: 'preflight',
    explains: ['header-not-allowed'],
    weight: 72,
    header: ALLOW_HEADERS,
    when: (_, obstacle) =>
      matchIf(/^(ngrok-skip-browser-warning|bypass-tunnel-reminder)$/i.test(obstacle?.failure.value ?? ''), {
        name: obstacle?.failure.value ?? '',
      }),
    says: "{name} skips the tunnel's own page, but it also causes a preflight, and the server does not allow the header",
    remedy: { where: 'server', advice: 'Allow {name} too, as long as the tunnel is used.', policy: true },
    link: 'https://ngrok.com/docs/errors/err_ngrok_6024',
  },
  {
    code: 'method-not-listed',
    severity: 'error',
    at: 'preflight',
    explains: ['method-not-allowed'],
    weight: 40,
    isGeneral: true,
    header: ALLOW_METHODS,
    when: (evidence, obstacle) =>
      matchIf(true, { value: linesOf(failedAnswer(evidence, obstacle), ALLOW_METHODS).join(', ') || 'absent' }),
    says: 'the page sends {method}, and Access-Control-Allow-Methods ({value}) does not list it',
    remedy: { where: 'server', advice: 'Allow the method {method}.', policy: true },
    link: mdnError('CORSMethodNotFound'),
  },
  {
    code: 'method-case',
    severity: 'error',
    at: 'preflight',
    explains: ['method-not-allowed'],
    weight: 70,
    header: ALLOW_METHODS,
    when: (evidence, obstacle) => {
      const same = linesOf(failedAnswer(evidence, obstacle), ALLOW_METHODS)
        .flatMap(splitList)
        .find((each) => each !== evidence.call.method && each.toUpperCase() === evidence.call.method.toUpperCase())
      return matchIf(same !== undefined, { value: same ?? '' })
    },
    says: 'the page sends {method}, but the server lists {value}: methods are case-sensitive, and fetch() upper-cases only DELETE, GET, HEAD, OPTIONS, POST and PUT',
    remedy: {
      where: 'client',
      advice: 'Write the method in upper case in the page, and in the list of the server.',
      policy: true,
      request: (evidence) => ({ method: evidence.call.method.toUpperCase() }),
    },
    link: fetchSpec('concept-method-normalize'),
  },
  {
    code: 'list-malformed',
    severity: 'error',
    at: 'preflight',
    explains: ['allow-methods-syntax', 'allow-headers-syntax'],
    weight: 50,
    isGeneral: true,
    when: (evidence, obstacle) => {
      const header = obstacle?.failure.code === 'allow-methods-syntax' ? ALLOW_METHODS : ALLOW_HEADERS
      return matchIf(obstacle !== null, { header, value: linesOf(failedAnswer(evidence, obstacle), header).join(', ') })
    },
    says: '{header} is "{value}", which is not a list of names separated by commas',
    remedy: {
      where: 'server',
      advice: 'Separate the names by commas, without quotes, brackets or semicolons.',
      policy: true,
    },
    link: mdnError('CORSInvalidAllowHeader'),
  },
  {
    code: 'authorization-by-wildcard',
    severity: 'warning',
    at: 'preflight',
    weight: 50,
    header: ALLOW_HEADERS,
    when: (evidence) =>
      matchIf(
        Object.values(evidence.verdicts).some((verdict) =>
          verdict.notes.some((note) => note.code === 'authorization-covered-by-wildcard'),
        ),
      ),
    says: '"*" in Access-Control-Allow-Headers does not cover Authorization; browsers still accept it for now, with a warning',
    remedy: { where: 'server', advice: 'List Authorization next to the *.', policy: true },
    link: fetchSpec('cors-non-wildcard-request-header-name'),
  },
]

/** Writes a name as the page wrote it. */
function canonical(evidence: Evidence, name: string): string {
  return evidence.call.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[0] ?? name
}

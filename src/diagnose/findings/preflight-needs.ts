import { ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN } from '../../spec/fields.ts'
import { admits, field, hasAllowOrigin, statusOf } from '../evidence.ts'
import { layerOf } from '../layers.ts'
import { isSilent } from '../proven.ts'
import type { Observation } from '../recorder.ts'
import type { Row } from '../row.ts'
import { mdnError, mdnHeader } from './links.ts'
import { OK, PREFLIGHT } from './preflight.ts'
import { refusedBy } from './refusals.ts'
import { failedAnswer, METHODS_OF_CORS, matchIf } from './signature.ts'

/** Causes around preflights that are not needed, and answers that do not match them. */
export const PREFLIGHT_NEEDS: readonly Row[] = [
  {
    ...PREFLIGHT,
    code: 'preflight-unanswered',
    covers: ['unreachable-timeout', 'connection-closed'],
    weight: 90,
    explains: ['network-error'],
    when: (evidence) =>
      matchIf(isSilent(evidence.broken) && statusOf(evidence.probes.standIn) > 0, {
        how: evidence.broken?.trouble?.kind === 'reset' ? 'closes the connection' : 'lets it wait',
        detail: evidence.broken?.trouble?.detail ?? '',
        got: String(statusOf(evidence.probes.standIn)),
      }),
    says: 'the server answers GET ({got}) but not OPTIONS: it {how} ({detail}), so the browser never sends the {method}',
    remedy: {
      where: 'server',
      advice:
        'Answer OPTIONS before anything reads the body or forwards the request: a body parser before a proxy waits for a body, and a preflight has none.',
      policy: true,
    },
  },
  {
    ...PREFLIGHT,
    code: 'preflight-refused-by-list',
    weight: 78,
    explains: ['allow-origin-missing', 'preflight-status'],
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      const status = statusOf(at)
      if (status < 400 || status > 499) return null
      const said = refusedBy(at, evidence)
      if (said === 'method') return { part: `the method ${evidence.call.method}` }
      if (said === 'headers') return { part: headersOf(at) }
      if (said === 'a part') return { part: [`the method ${evidence.call.method}`, headersOf(at)].join(', or ') }
      // 401 asks for a token, and no preflight carries one. So the lists do not matter.
      if (status === 401) return null
      const missing = evidence.obstacles.find(
        ({ failure }) => failure.code === 'method-not-allowed' || failure.code === 'header-not-allowed',
      )
      if (missing === undefined || !admits(at, evidence.call.origin)) return null
      const isMethod = missing.failure.code === 'method-not-allowed'
      // Without a list, nothing was compared with one. Then the status has another cause.
      if (field(at, isMethod ? ALLOW_METHODS : ALLOW_HEADERS) === null) return null
      return { part: `the ${isMethod ? 'method' : 'request header'} ${missing.failure.value}` }
    },
    covers: ['preflight-forbidden', 'preflight-unmarked', 'preflight-bad-request'],
    says: 'the server allows {origin} but refuses the preflight with {status}, because its policy does not list {part}',
    remedy: { where: 'server', advice: 'Allow {part}.', policy: true },
  },
  {
    ...PREFLIGHT,
    code: 'upload-preflight',
    weight: 72,
    explains: ['allow-origin-missing', 'preflight-status', 'preflight-redirect'],
    when: (evidence) =>
      matchIf(
        evidence.call.uploadListener &&
          evidence.preflight?.request.headers.every(([name]) => name !== 'Access-Control-Request-Headers') === true &&
          ['GET', 'HEAD', 'POST'].includes(evidence.call.method),
      ),
    says: 'a listener for upload progress forces a preflight, although {method} and the headers need none; the server answers it {status}',
    remedy: {
      where: 'server',
      advice: 'Answer OPTIONS here, or remove onUploadProgress, which causes the preflight.',
      policy: true,
    },
    link: 'https://xhr.spec.whatwg.org/#the-send()-method',
  },
  {
    ...PREFLIGHT,
    code: 'needless-preflight',
    weight: 74,
    explains: ['allow-origin-missing', 'preflight-status', 'preflight-redirect', 'header-not-allowed'],
    when: (evidence) => {
      const names = needless(evidence.call.headers.map(([name]) => name.toLowerCase()))
      const onlyThese = evidence.preflight?.request.headers.find(
        ([name]) => name === 'Access-Control-Request-Headers',
      )?.[1]
      const isRead = evidence.call.method === 'GET' || evidence.call.method === 'HEAD'
      return matchIf(
        isRead &&
          names.length > 0 &&
          onlyThese === names.sort().join(',') &&
          admits(evidence.probes.standIn, evidence.call.origin),
        {
          names: names.join(' and '),
        },
      )
    },
    says: 'the request would be shared without {names}, which a {method} does not need: it forces a preflight, and the server refuses that',
    remedy: {
      where: 'client',
      advice: 'Remove {names} from this request.',
      request: (evidence) => ({
        headers: evidence.call.headers.filter(([name]) => needless([name.toLowerCase()]).length === 0),
      }),
    },
    link: `${mdnHeader('Content-Type')}`,
  },
  {
    code: 'route-not-covered',
    severity: 'error',
    at: 'response',
    during: 'response',
    explains: ['allow-origin-missing'],
    weight: 57,
    header: ALLOW_ORIGIN,
    when: (evidence, obstacle) =>
      matchIf(
        statusOf(failedAnswer(evidence, obstacle)) in OK &&
          (admits(evidence.probes.missing, evidence.call.origin) || admits(evidence.probes.root, evidence.call.origin)),
      ),
    says: 'other paths of this server send the headers, but {path} does not: its handler runs before the CORS middleware, or the middleware does not cover this path',
    remedy: {
      where: 'server',
      advice: 'Put the CORS middleware above the routes, and let it cover every path.',
      policy: true,
      by: {
        hono: "Write app.use('*', cors(…)) above the routes: a use below a route has no effect on it.",
        express: 'Write app.use(cors(…)) above the routes.',
      },
    },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    code: 'only-preflight-answered',
    severity: 'error',
    at: 'response',
    during: 'response',
    explains: ['allow-origin-missing'],
    weight: 60,
    header: ALLOW_ORIGIN,
    when: (evidence, obstacle) =>
      matchIf(
        admits(evidence.preflight, evidence.call.origin) &&
          statusOf(failedAnswer(evidence, obstacle)) in OK &&
          !hasAllowOrigin(evidence.probes.missing),
      ),
    says: 'the preflight is right, but the response to {method} itself ({status}) has no Access-Control-Allow-Origin',
    remedy: {
      where: 'server',
      advice: 'Send the headers with every response, not only with OPTIONS.',
      policy: true,
      by: {
        apigateway:
          'With proxy integration the function itself must return Access-Control-Allow-Origin; the console\'s "Enable CORS" only adds OPTIONS.',
        nginx: 'add_header in an if block for OPTIONS does not reach other methods: write it in the location too.',
      },
    },
    link: mdnError('CORSMissingAllowOrigin'),
  },
  {
    code: 'preflight-by-another-layer',
    severity: 'error',
    at: 'response',
    during: 'response',
    explains: [
      'allow-origin-missing',
      'allow-origin-multiple',
      'allow-origin-wildcard',
      'allow-credentials',
      'allow-origin-mismatch',
    ],
    weight: 68,
    when: (evidence, obstacle) => {
      const first = layerOf(evidence.preflight)
      const second = layerOf(failedAnswer(evidence, obstacle))
      return matchIf(first !== null && second !== null && product(first) !== product(second), {
        first,
        second,
      } as Record<string, string>)
    },
    says: 'two layers send CORS headers: {first} answers the preflight and {second} the request, and they disagree',
    remedy: {
      where: 'server',
      advice:
        'Let exactly one layer send the CORS headers, for OPTIONS and for every other method. Switch them off in the other.',
      policy: true,
    },
    link: mdnError('CORSMultipleAllowOriginNotAllowed'),
  },
  {
    ...PREFLIGHT,
    code: 'preflight-by-another-policy',
    covers: ['preflight-unmarked', 'product-cors-setting'],
    weight: 69,
    explains: ['allow-origin-missing'],
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      return matchIf(
        field(at, ALLOW_METHODS) !== null &&
          !hasAllowOrigin(at) &&
          statusOf(at) in OK &&
          admits(evidence.actual, evidence.call.origin),
        { who: field(at, ALLOW_METHODS) === METHODS_OF_CORS ? 'the npm package cors' : 'another CORS policy' },
      )
    },
    says: '{who} answers OPTIONS ({status}) with a list that lacks {origin}; the response itself has Access-Control-Allow-Origin, from a second policy',
    remedy: {
      where: 'server',
      advice:
        'Let one policy answer OPTIONS and the request. The development server of Vite has the cors package inside and answers first: write server: { cors: false } in vite.config. Elsewhere remove the first cors().',
      // Development needs no other policy. A second cors() may hold names that the page needs.
      policy: ({ preflight }) => field(preflight, ALLOW_METHODS) !== METHODS_OF_CORS,
    },
    link: 'https://vite.dev/config/server-options.html#server-cors',
  },
]

/** Names the request headers that a preflight asked for. */
function headersOf(at: Observation | null): string {
  const asked = at?.request.headers.find(([name]) => name === 'Access-Control-Request-Headers')?.[1] ?? ''
  return asked === '' ? 'a request header' : `a request header (${asked.split(',').join(', ')})`
}

/** Picks the headers that a request without a body does not need. */
function needless(names: readonly string[]): string[] {
  return names.filter((name) => ['content-type', 'x-requested-with', 'cache-control', 'pragma'].includes(name))
}

function product(server: string): string {
  return (server.split(/[/ ]/)[0] ?? '').toLowerCase()
}

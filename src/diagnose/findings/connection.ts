import { barriersOf, browsersWith } from '../address-space.ts'
import type { Evidence } from '../evidence.ts'
import type { Row, SlotValues } from '../row.ts'
import type { NoAnswerKind } from '../transport.ts'
import { mdnError } from './links.ts'
import { matchIf } from './signature.ts'

/** Returns whether the connection failed in this way. */
export function broken(evidence: Evidence, kind: NoAnswerKind, pattern?: RegExp): SlotValues | null {
  const noAnswer = evidence.broken?.trouble
  if (noAnswer?.kind !== kind || (pattern !== undefined && !pattern.test(noAnswer.detail))) return null
  return { detail: noAnswer.detail }
}

/** Shared values of rows about a connection. */
export const NETWORK: Pick<Row, 'severity' | 'at' | 'link'> & Required<Pick<Row, 'explains'>> = {
  severity: 'error',
  at: 'connection',
  explains: ['network-error'],
  link: mdnError('CORSDidNotSucceed'),
}

/** An https page that requests http. No answer of the server matters. */
export const MIXED_CONTENT: Row = {
  code: 'mixed-content',
  severity: 'error',
  weight: 95,
  at: 'request',
  when: (evidence) => {
    const browsers = browsersWith(barriersOf(evidence.call, evidence.verdicts), 'mixed-content')
    return matchIf(browsers.length > 0, { who: browsers.length === 3 ? 'browsers' : 'Firefox and Safari' })
  },
  says: 'the page is https and the URL is http: {who} block this before they check CORS',
  remedy: {
    where: 'client',
    advice: 'Serve the API over https and call it there.',
    request: (evidence) => ({ url: evidence.call.url.href.replace('http:', 'https:') }),
  },
  link: 'https://developer.mozilla.org/docs/Web/Security/Defenses/Mixed_content',
}

/** Causes below HTTP. Firefox calls each of them a CORS error; Chromium never does. */
export const CONNECTION: readonly Row[] = [
  {
    ...NETWORK,
    code: 'unreachable-dns',
    weight: 70,
    when: (evidence) => broken(evidence, 'dns'),
    says: 'the name {host} has no address ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Check the spelling of the host and its DNS record.' },
  },
  {
    ...NETWORK,
    code: 'unreachable-refused',
    weight: 70,
    when: (evidence) => broken(evidence, 'refused'),
    says: 'nothing listens at {host} ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Start the server, or correct the port.' },
  },
  {
    ...NETWORK,
    code: 'loopback-other-address',
    covers: ['unreachable-refused'],
    weight: 90,
    when: (evidence) => {
      const other = evidence.observations.find(
        ({ purpose, response }) => purpose === 'other-address' && response !== null,
      )
      return matchIf(other !== undefined, { there: URL.parse(other?.request.url ?? '')?.host ?? '' })
    },
    says: 'nothing listens at {host}, but {there} answers: the server listens on the other loopback address',
    remedy: {
      where: 'client',
      advice: 'Call localhost instead of {host}, or let the server listen on 0.0.0.0 (or on ::, for both).',
      request: (evidence) => ({ url: evidence.call.url.href.replace(/127\.0\.0\.1|\[::1\]/, 'localhost') }),
    },
  },
  {
    ...NETWORK,
    code: 'unreachable-timeout',
    weight: 70,
    when: (evidence) => broken(evidence, 'timeout'),
    says: '{host} did not answer in time ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Look for a firewall, a sleeping container, or a handler that never ends.' },
  },
  {
    ...NETWORK,
    code: 'connection-closed',
    weight: 60,
    when: (evidence) => broken(evidence, 'reset'),
    says: '{host} closed the connection without an answer ({detail}); this is not a CORS problem',
    remedy: {
      where: 'server',
      advice: 'The process crashed, or something in front of it cut the connection: read its log.',
    },
  },
  {
    ...NETWORK,
    code: 'not-http',
    weight: 70,
    when: (evidence) => broken(evidence, 'not-http'),
    says: 'the answer of {host} is not HTTP/1.1 ({detail})',
    remedy: { where: 'server', advice: 'Check that this port belongs to a web server.' },
  },
  {
    ...NETWORK,
    code: 'headers-too-large',
    weight: 70,
    when: (evidence) => broken(evidence, 'headers-too-large'),
    says: 'the response headers are larger than browsers accept ({detail})',
    remedy: {
      where: 'server',
      advice: 'Look for a header that grows with every request, such as Set-Cookie or an echoed value.',
    },
  },
  {
    ...NETWORK,
    code: 'request-limit',
    severity: 'error',
    weight: 95,
    when: (evidence) => broken(evidence, 'limit'),
    says: 'the check is incomplete: {detail}',
    remedy: { where: 'client', advice: 'Raise the limit with --max-requests.' },
  },
  {
    ...NETWORK,
    code: 'network-error',
    weight: 10,
    isFallback: true,
    when: (evidence) =>
      broken(evidence, 'failed') ??
      matchIf(evidence.broken !== null, { detail: evidence.broken?.trouble?.detail ?? '' }),
    says: 'no answer came from {host} ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Try the same URL on the machine that runs the browser.' },
  },
  {
    code: 'bad-port',
    severity: 'error',
    explains: ['bad-port'],
    weight: 70,
    at: 'request',
    when: () => ({}),
    says: 'browsers never connect to port {port}',
    remedy: { where: 'server', advice: 'Let the server listen on another port, such as 8080.' },
    link: 'https://fetch.spec.whatwg.org/#port-blocking',
  },
  MIXED_CONTENT,
]

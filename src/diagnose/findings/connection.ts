import { bodyHas, type Evidence } from '../evidence.ts'
import type { Hit, Row } from '../finding.ts'
import { isMixedContent } from '../mixed-content.ts'
import type { TroubleKind } from '../transport.ts'
import { mdnError } from './links.ts'
import { culprit, hit } from './signature.ts'

const LINK = mdnError('CORSDidNotSucceed')

function broken(evidence: Evidence, kind: TroubleKind, pattern?: RegExp): Hit | null {
  const trouble = evidence.broken?.trouble
  if (trouble?.kind !== kind || (pattern !== undefined && !pattern.test(trouble.detail))) return null
  return { detail: trouble.detail }
}

const NETWORK = { severity: 'error', at: 'connection', explains: ['network-error'], link: LINK } as const

/** An https page that asks for http: no answer of the server is looked at. */
export const MIXED_CONTENT: Row = {
  code: 'mixed-content',
  severity: 'error',
  weight: 95,
  at: 'request',
  when: (e) => hit(isMixedContent(e.call)),
  says: 'the page is https and asks for http: browsers block that before CORS is looked at',
  remedy: {
    where: 'client',
    advice: 'Serve the API over https and call it there.',
    request: (e) => ({ url: e.call.url.href.replace('http:', 'https:') }),
  },
  link: 'https://developer.mozilla.org/docs/Web/Security/Defenses/Mixed_content',
}

/** Causes below HTTP. Firefox calls each of them a CORS error; Chromium calls none of them one. */
export const CONNECTION: readonly Row[] = [
  {
    ...NETWORK,
    code: 'unreachable-dns',
    weight: 70,
    when: (e) => broken(e, 'dns'),
    says: 'the name {host} has no address ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Check the spelling of the host and its DNS record.' },
  },
  {
    ...NETWORK,
    code: 'unreachable-refused',
    weight: 70,
    when: (e) => broken(e, 'refused'),
    says: 'nothing listens at {host} ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Start the server, or correct the port.' },
  },
  {
    ...NETWORK,
    code: 'unreachable-timeout',
    weight: 70,
    when: (e) => broken(e, 'timeout'),
    says: '{host} did not answer in time ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Look for a firewall, a sleeping container, or a handler that never ends.' },
  },
  {
    ...NETWORK,
    code: 'connection-closed',
    weight: 60,
    when: (e) => broken(e, 'reset'),
    says: '{host} closed the connection without an answer ({detail}); this is not a CORS problem',
    remedy: {
      where: 'server',
      advice: 'The process crashed, or something in front of it cut the connection: read its log.',
    },
  },
  {
    ...NETWORK,
    code: 'https-to-http-port',
    weight: 80,
    when: (e) =>
      hit(
        e.call.url.protocol === 'https:' &&
          /wrong version number|packet length too long|http request/i.test(e.broken?.trouble?.detail ?? ''),
      ),
    says: '{host} speaks http on this port, and was asked for https',
    remedy: {
      where: 'client',
      advice: 'Ask for http, or give the server a certificate.',
      request: (e) => ({ url: e.call.url.href.replace('https:', 'http:') }),
    },
  },
  {
    ...NETWORK,
    code: 'certificate-self-signed',
    weight: 75,
    when: (e) => broken(e, 'tls', /self.signed/i),
    says: 'the certificate of {host} is signed by itself ({detail}): Firefox calls this "CORS request did not succeed"',
    remedy: {
      where: 'server',
      advice:
        'Install a certificate of an authority the browser knows; during development, open the URL once and accept it, or use mkcert.',
    },
  },
  {
    ...NETWORK,
    code: 'certificate-incomplete',
    weight: 75,
    when: (e) => broken(e, 'tls', /unable to (verify|get)/i),
    says: 'the certificate chain of {host} is incomplete or unknown ({detail})',
    remedy: { where: 'server', advice: 'Send the intermediate certificates too (the "full chain").' },
  },
  {
    ...NETWORK,
    code: 'certificate-expired',
    weight: 75,
    when: (e) => broken(e, 'tls', /expired|not yet valid/i),
    says: 'the certificate of {host} is outside its dates ({detail})',
    remedy: { where: 'server', advice: 'Renew the certificate.' },
  },
  {
    ...NETWORK,
    code: 'certificate-wrong-host',
    weight: 75,
    when: (e) => broken(e, 'tls', /altname|hostname|does not match/i),
    says: 'the certificate is for another name than {host} ({detail})',
    remedy: { where: 'server', advice: 'Call the name the certificate is for, or add this name to it.' },
  },
  {
    ...NETWORK,
    code: 'client-certificate',
    explains: ['network-error', 'allow-origin-missing', 'preflight-status'],
    weight: 90,
    when: (e, s) =>
      broken(e, 'tls', /certificate required|bad certificate/i) ??
      hit(bodyHas(culprit(e, s), /no required ssl certificate was sent|client certificate/i), {
        detail: 'the server asks for one',
      }),
    says: 'the server wants a client certificate ({detail}), and the standard sends none with a preflight: Firefox goes by that, Chromium sends one all the same',
    remedy: {
      where: 'server',
      advice: 'Make the certificate optional in the handshake and demand it for every method but OPTIONS.',
      by: {
        nginx:
          'Write ssl_verify_client optional; and answer 403 where $ssl_client_verify is not SUCCESS and $request_method is not OPTIONS.',
      },
    },
    link: 'https://github.com/whatwg/fetch/issues/869',
  },
  {
    ...NETWORK,
    code: 'tls-failed',
    weight: 30,
    when: (e) => broken(e, 'tls'),
    says: 'no secure connection to {host} came about ({detail}); this is not a CORS problem',
    remedy: {
      where: 'server',
      advice:
        'Check the certificate and the protocol versions of the server. A "handshake failure" may also mean that it wants a client certificate, which a preflight never carries.',
    },
  },
  {
    ...NETWORK,
    code: 'not-http',
    weight: 70,
    when: (e) => broken(e, 'not-http'),
    says: 'what {host} sends is not HTTP/1.1 ({detail})',
    remedy: { where: 'server', advice: 'Check that this port belongs to a web server.' },
  },
  {
    ...NETWORK,
    code: 'headers-too-large',
    weight: 70,
    when: (e) => broken(e, 'headers-too-large'),
    says: 'the response headers are larger than a browser takes ({detail})',
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
    when: (e) => broken(e, 'limit'),
    says: 'not everything was asked: {detail}',
    remedy: { where: 'client', advice: 'Raise the limit with --max-requests.' },
  },
  {
    ...NETWORK,
    code: 'network-error',
    weight: 10,
    when: (e) => broken(e, 'failed') ?? hit(e.broken !== null, { detail: e.broken?.trouble?.detail ?? '' }),
    says: 'no answer came from {host} ({detail}); this is not a CORS problem',
    remedy: { where: 'network', advice: 'Try the same URL from the machine the browser runs on.' },
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

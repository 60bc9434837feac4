import { bodyHas } from '../evidence.ts'
import type { Row } from '../row.ts'
import { broken, NETWORK } from './connection.ts'
import { failedAnswer, matchIf } from './signature.ts'

/** Connections that fail while TLS is set up. */
export const CERTIFICATES: readonly Row[] = [
  {
    ...NETWORK,
    code: 'https-to-http-port',
    weight: 80,
    when: (evidence) =>
      matchIf(
        evidence.call.url.protocol === 'https:' &&
          /wrong version number|packet length too long|http request/i.test(evidence.broken?.trouble?.detail ?? ''),
      ),
    says: '{host} answers with http on this port, but the URL is https',
    remedy: {
      where: 'client',
      advice: 'Use http in the URL, or give the server a certificate.',
      request: (evidence) => ({ url: evidence.call.url.href.replace('https:', 'http:') }),
    },
  },
  {
    ...NETWORK,
    code: 'certificate-self-signed',
    weight: 75,
    when: (evidence) => broken(evidence, 'tls', /self.signed/i),
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
    when: (evidence) => broken(evidence, 'tls', /unable to (verify|get)/i),
    says: 'the certificate chain of {host} is incomplete or unknown ({detail})',
    remedy: { where: 'server', advice: 'Send the intermediate certificates too (the "full chain").' },
  },
  {
    ...NETWORK,
    code: 'certificate-expired',
    weight: 75,
    when: (evidence) => broken(evidence, 'tls', /expired|not yet valid/i),
    says: 'the certificate of {host} is outside its dates ({detail})',
    remedy: { where: 'server', advice: 'Renew the certificate.' },
  },
  {
    ...NETWORK,
    code: 'certificate-wrong-host',
    weight: 75,
    when: (evidence) => broken(evidence, 'tls', /altname|hostname|does not match/i),
    says: 'the certificate is for another name than {host} ({detail})',
    remedy: { where: 'server', advice: 'Call the name the certificate is for, or add this name to it.' },
  },
  {
    ...NETWORK,
    code: 'client-certificate',
    explains: ['network-error', 'allow-origin-missing', 'preflight-status'],
    weight: 90,
    when: (evidence, obstacle) =>
      broken(evidence, 'tls', /certificate required|bad certificate/i) ??
      matchIf(bodyHas(failedAnswer(evidence, obstacle), /no required ssl certificate was sent|client certificate/i), {
        detail: 'the server asks for one',
      }),
    says: 'the server wants a client certificate ({detail}), but by the standard a preflight carries none: Firefox sends none, Chromium sends one anyway',
    remedy: {
      where: 'server',
      advice: 'Make the certificate optional in the handshake, and require it for every method except OPTIONS.',
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
    isGeneral: true,
    when: (evidence) => broken(evidence, 'tls'),
    says: 'the secure connection to {host} failed ({detail}); this is not a CORS problem',
    remedy: {
      where: 'server',
      advice:
        'Check the certificate and the protocol versions of the server. A "handshake failure" may also mean that it wants a client certificate, which a preflight never carries.',
    },
  },
]

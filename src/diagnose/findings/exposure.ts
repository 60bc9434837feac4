import { EXPOSE_HEADERS } from '../../spec/fields.ts'
import { isSafelistedResponseHeaderName } from '../../spec/names.ts'
import { type Evidence, fieldHas } from '../evidence.ts'
import type { Row } from '../row.ts'
import { mdnHeader } from './links.ts'
import { matchIf } from './signature.ts'

/** Headers that pages read often, and that browsers hide unless the server exposes them. */
const WORTH_READING =
  /^(x-total-count|x-total|link|etag|location|x-request-id|content-range|content-disposition|retry-after|x-ratelimit-.*|ratelimit.*|x-pagination|x-csrf-token|x-page.*|x-next-page|x-per-page|server-timing)$/

/** Causes around response headers that the page cannot read. */
export const EXPOSURE: readonly Row[] = [
  {
    code: 'header-not-exposed',
    severity: 'warning',
    at: 'response',
    weight: 60,
    header: EXPOSE_HEADERS,
    when: (evidence) => {
      const names = evidence.call.reads.filter((name) => isHidden(evidence, name.toLowerCase()))
      return matchIf(names.length > 0, { names: names.join(', ') })
    },
    says: 'the page reads {names} and gets null: Access-Control-Expose-Headers does not list it',
    remedy: { where: 'server', advice: 'Expose {names}.', policy: true },
    link: mdnHeader('Access-Control-Expose-Headers'),
  },
  {
    code: 'header-perhaps-not-exposed',
    severity: 'info',
    at: 'response',
    weight: 20,
    header: EXPOSE_HEADERS,
    when: (evidence) => {
      const present = [...new Set(evidence.actual?.response?.headers.map(([name]) => name.toLowerCase()))]
      const names = present.filter(
        (name) =>
          WORTH_READING.test(name) &&
          isHidden(evidence, name) &&
          !evidence.call.reads.some((read) => read.toLowerCase() === name),
      )
      return matchIf(names.length > 0, { names: names.join(', ') })
    },
    says: 'pages cannot read {names}: Access-Control-Expose-Headers does not list it',
    remedy: { where: 'server', advice: 'Expose {names} if the page reads it.' },
    link: mdnHeader('Access-Control-Expose-Headers'),
  },
  {
    code: 'grpc-status-not-exposed',
    severity: 'warning',
    at: 'response',
    weight: 65,
    header: EXPOSE_HEADERS,
    when: (evidence) =>
      matchIf(
        fieldHas(evidence.actual, 'Content-Type', /^application\/(grpc-web|connect)/) &&
          isHidden(evidence, 'grpc-status'),
      ),
    says: 'a gRPC-Web client cannot read grpc-status, so every call looks broken',
    remedy: { where: 'server', advice: 'Expose Grpc-Status, Grpc-Message and Grpc-Status-Details-Bin.', policy: true },
    link: 'https://connectrpc.com/docs/cors/',
  },
]

/**
 * Returns whether a response header stays hidden from a page that may read the response.
 *
 * @param name The name of the header, in lower case.
 */
function isHidden({ verdicts }: Pick<Evidence, 'verdicts'>, name: string): boolean {
  const verdict = verdicts.chromium
  if (!verdict.shared || verdict.type !== 'cors' || isSafelistedResponseHeaderName(name)) return false
  return !verdict.exposedHeaders.includes(name)
}

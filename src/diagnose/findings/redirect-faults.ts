import type { FailureCode } from '../../browser/failures.ts'
import { field, linesOf } from '../evidence.ts'
import type { Row } from '../row.ts'
import { REDIRECT, uncallableOf } from './redirects.ts'
import { failedAnswer, matchIf } from './signature.ts'

/**
 * The failures that name the fault of a `Location`. A preflight that is redirected fails before a
 * browser looks at it.
 */
const OF_CREDENTIALS: readonly FailureCode[] = ['redirect-credentials', 'embedded-credentials']
const OF_LOCATION: readonly FailureCode[] = ['redirect-location', 'redirect-scheme']

/** Causes in redirects that no browser follows. */
export const REDIRECT_FAULTS: readonly Row[] = [
  {
    ...REDIRECT,
    code: 'redirect-chain-null-origin',
    weight: 88,
    explains: ['allow-origin-mismatch', 'allow-origin-missing', 'allow-origin-malformed'],
    when: (evidence, obstacle) =>
      matchIf(
        obstacle !== null &&
          obstacle.failure.origin === 'null' &&
          evidence.call.origin !== 'null' &&
          evidence.hops.length > 1,
        {
          end: obstacle?.failure.url ?? '',
        },
      ),
    says: 'a redirect from one foreign origin to another turns Origin into null, and {end} does not share with null',
    remedy: { where: 'client', advice: 'Call {end} itself.', request: (_, { end }) => ({ url: end ?? '' }) },
    link: 'https://fetch.spec.whatwg.org/#concept-request-tainted-origin',
  },
  {
    ...REDIRECT,
    code: 'redirect-credentials',
    weight: 70,
    explains: ['redirect-credentials', 'embedded-credentials', ...REDIRECT.explains],
    when: (evidence, obstacle) =>
      matchIf(
        obstacle !== null &&
          (OF_CREDENTIALS.includes(obstacle.failure.code) || hasUser(uncallableOf(failedAnswer(evidence, obstacle)))),
      ),
    says: 'the server redirects to a URL with a user name, which browsers refuse across origins',
    remedy: { where: 'server', advice: 'Remove the user name and password from Location.' },
    link: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
  },
  {
    ...REDIRECT,
    code: 'redirect-limit',
    weight: 70,
    explains: ['redirect-limit', 'network-error'],
    when: (evidence, obstacle) =>
      matchIf(
        obstacle?.failure.code === 'redirect-limit' ||
          (evidence.broken?.trouble?.kind === 'limit' &&
            evidence.broken.purpose === 'request' &&
            evidence.hops.length > 10),
      ),
    says: 'the redirects never end: browsers stop after 20',
    remedy: {
      where: 'server',
      advice: 'Look for two rules that redirect to each other, such as http↔https behind a proxy that terminates TLS.',
    },
    link: 'https://fetch.spec.whatwg.org/#concept-http-redirect-fetch',
  },
  {
    ...REDIRECT,
    code: 'location-breaks-response',
    weight: 75,
    explains: ['network-error'],
    when: (evidence, obstacle) => {
      const lines = linesOf(failedAnswer(evidence, obstacle), 'Location')
      return matchIf(evidence.broken === null && lines.length > 0, { value: lines.join(' | ') })
    },
    says: 'the answer arrived ({status}), but browsers discard it because of its Location ({value})',
    remedy: { where: 'server', advice: 'Send Location only with a redirect, once, with a URL.' },
    link: 'https://fetch.spec.whatwg.org/#concept-response-location-url',
  },
  {
    ...REDIRECT,
    code: 'redirect-location',
    weight: 70,
    explains: ['redirect-location', 'redirect-scheme', ...REDIRECT.explains],
    when: (evidence, obstacle) => {
      const at = failedAnswer(evidence, obstacle)
      const to = uncallableOf(at)
      const isOther = to !== null && !hasUser(to)
      return matchIf(obstacle !== null && (isOther || OF_LOCATION.includes(obstacle.failure.code)), {
        value: field(at, 'Location') ?? obstacle?.failure.value ?? '',
      })
    },
    says: 'the server redirects to {value}, which no browser follows',
    remedy: { where: 'server', advice: 'Send one absolute http or https URL in Location.' },
    link: 'https://fetch.spec.whatwg.org/#concept-response-location-url',
  },
]

function hasUser(url: URL | null): boolean {
  return url !== null && `${url.username}${url.password}` !== ''
}

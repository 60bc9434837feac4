import { barriersOf, browsersWith, spaceOf } from '../address-space.ts'
import type { Evidence } from '../evidence.ts'
import type { Row } from '../row.ts'
import { mdnError } from './links.ts'
import { matchIf } from './signature.ts'

const TITLES = { chromium: 'Chrome', firefox: 'Firefox', webkit: 'Safari' } as const

/** Causes in the addresses of page and server, and causes that an archive does not show. */
export const ADDRESS_SPACES: readonly Row[] = [
  {
    code: 'insecure-local-network',
    severity: 'error',
    at: 'request',
    weight: 94,
    when: (evidence) =>
      matchIf(has(evidence, 'insecure-local-network'), { space: spaceOf(evidence.call.url.hostname) }),
    says: 'a page without https requests an address in the {space} address space: Chrome blocks this without asking the user (InsecureLocalNetwork), and no header changes it',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Serve the page over https: Chrome then asks the user. Or serve page and API from the same network.',
    },
    link: 'https://wicg.github.io/local-network-access/#permission-restriction',
  },
  {
    code: 'local-network',
    severity: 'info',
    at: 'request',
    weight: 25,
    when: (evidence) => {
      const browsers = browsersWith(barriersOf(evidence.call, evidence.verdicts), 'permission')
      const space = spaceOf(evidence.call.url.hostname)
      const safari =
        space === 'loopback' && evidence.call.url.protocol === 'http:' && evidence.call.origin.startsWith('https:')
          ? '; Safari blocks http there as mixed content'
          : ''
      return matchIf(browsers.length > 0, { who: browsers.map((name) => TITLES[name]).join(' and '), space, safari })
    },
    says: 'a public page requests an address in the {space} address space: the browser asks the user for permission ({who}){safari}; no header changes this',
    remedy: {
      where: 'client',
      target: 'client',
      advice: 'Serve the page over https, and expect that the user may refuse.',
    },
    link: 'https://wicg.github.io/local-network-access/',
  },
  {
    code: 'answer-not-recorded',
    severity: 'error',
    at: 'connection',
    explains: ['network-error'],
    weight: 70,
    when: (evidence) => {
      const noAnswer = evidence.broken?.trouble
      return matchIf(noAnswer?.kind === 'blocked' || noAnswer?.kind === 'unrecorded', {
        detail: noAnswer?.detail ?? '',
      })
    },
    says: 'the archive says that the page got no answer ({detail}), and does not contain the answer that would explain it',
    remedy: { where: 'network', advice: 'Ask the server itself: repeat with --live.' },
    link: mdnError('CORSDidNotSucceed'),
  },
]

function has({ call, verdicts }: Evidence, barrier: 'insecure-local-network'): boolean {
  return browsersWith(barriersOf(call, verdicts), barrier).length > 0
}

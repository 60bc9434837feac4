// What each code means, what to do first, what else the words may mean, and which of several lines counts.
import { describe, expect, it } from 'vitest'
import { headerOf, meaningOf, otherwise, weightOf } from '../../../src/diagnose/messages/interpretation.ts'
import { isAboutCors, MEANINGS } from '../../../src/diagnose/messages/meanings.ts'
import type { MessageCode, Speaker } from '../../../src/diagnose/messages/template.ts'

interface Said {
  readonly speaker: Speaker
  readonly code: MessageCode
  readonly name: string | null
  readonly value: string | null
  readonly status: number | null
  readonly url: string | null
  readonly origin: string | null
}

const said = (code: MessageCode, part: Partial<Said> = {}): Said => ({
  speaker: 'any',
  code,
  name: null,
  value: null,
  status: null,
  url: null,
  origin: null,
  ...part,
})
const CODES = Object.keys(MEANINGS) as MessageCode[]

describe('every code', () => {
  it('has a meaning, a first step, and a header if it is about one', () => {
    const told = CODES.map((code) => {
      const { meaning, first } = meaningOf(said(code, { value: 'VALUE' }))
      const cors = { true: 'CORS', false: 'not CORS', null: 'perhaps CORS' }[String(isAboutCors(code))]
      return [`${code} (${[cors, headerOf(code)].filter(Boolean).join(', ')})`, meaning, first].join('\n')
    })
    expect(told.join('\n\n')).toMatchSnapshot()
  })

  it('has a meaning without the value too', () => {
    const told = CODES.filter((code) => MEANINGS[code].meaning.includes('{value}'))
    expect(told.map((code) => meaningOf(said(code)).meaning)).toMatchSnapshot()
    for (const code of CODES) expect(meaningOf(said(code)).meaning).not.toMatch(/\{value\}| \(\)| [,.;:]/)
  })

  it('weighs as much as it tells', () => {
    const weights = new Map<number, MessageCode[]>()
    for (const code of CODES) {
      const weight = weightOf(said(code))
      weights.set(weight, [...(weights.get(weight) ?? []), code])
    }
    weights.delete(5)
    expect([...weights].sort(([a], [b]) => b - a).map(([weight, codes]) => [weight, codes.sort()])).toEqual([
      [
        4,
        [
          'authorization-by-wildcard',
          'cookie-blocked',
          'forbidden-header',
          'opaque-response-blocking',
          'service-worker',
        ],
      ],
      [3, ['fetch-outside-browser', 'network-error']],
      [2.5, ['cors-no-reason']],
      [2, ['http-status']],
      [1.5, ['aborted', 'opener-policy', 'script-error']],
      [1, ['no-reason']],
      [0.5, ['provisional-headers', 'report-only']],
      [0, ['referrer-policy']],
    ])
    expect(weightOf(said('preflight-status', { speaker: 'server' }))).toBe(2.7)
    expect(weightOf(said('preflight-status', { speaker: 'any' }))).toBe(5)
    expect(weightOf(said('network-error', { speaker: 'server' }))).toBe(3)
  })
})

describe('the code', () => {
  it.each([
    ['allow-origin-mismatch', { speaker: 'webkit', status: 399 }, 'allow-origin-mismatch'],
    ['allow-origin-mismatch', { speaker: 'webkit', status: 400 }, 'allow-origin-missing'],
    ['allow-origin-mismatch', { speaker: 'webkit', status: 500 }, 'allow-origin-missing'],
    ['allow-origin-mismatch', { speaker: 'webkit' }, 'allow-origin-mismatch'],
    ['allow-origin-mismatch', { speaker: 'chromium', status: 500 }, 'allow-origin-mismatch'],
    ['allow-origin-multiple', { speaker: 'webkit', status: 500 }, 'allow-origin-multiple'],
    ['preflight-status', { speaker: 'server', status: 399 }, 'preflight-redirect'],
    ['preflight-status', { speaker: 'server', status: 400 }, 'preflight-status'],
    ['preflight-status', { speaker: 'server' }, 'preflight-status'],
    ['preflight-status', { speaker: 'webkit', status: 301 }, 'preflight-status'],
    ['http-status', { speaker: 'server', status: 301 }, 'http-status'],
  ] as const)('%s, said as %j, is %s', (code, part, meant) => expect(meaningOf(said(code, part)).code).toBe(meant))

  it('quotes the origin at fault, and nothing that would be a pattern', () => {
    const meaning = (value: string) => meaningOf(said('allow-origin-mismatch', { value })).meaning
    expect(meaning('https://b.example')).toContain(`than this page's ("https://b.example").`)
    expect(meaning('$& $1')).toContain(`("$& $1")`)
  })
})

describe('what to do first', () => {
  const GATEWAY = 'a gateway made this page'
  const FAILED = 'the server failed.'
  const REFUSED = 'authentication, a firewall or a list of origins refused it.'
  const ROUTE = 'no route has this method and path.'
  const REQUEST = 'the request itself was refused.'
  const REDIRECT = 'it is redirected, often to a login page.'
  const AFTER: readonly (readonly [cause: string, statuses: readonly number[]])[] = [
    [REDIRECT, [300, 301, 399]],
    [REQUEST, [400, 402, 406, 412, 414, 428, 430, 499]],
    [REFUSED, [401, 403]],
    [ROUTE, [404, 405]],
    ['the body is too large for a server in front', [413]],
    ['too many requests.', [429]],
    [FAILED, [500, 501, 505, 599, 600]],
    [GATEWAY, [502, 503, 504]],
  ]
  it.each(AFTER)('says that %s', (cause, statuses) => {
    for (const status of statuses) {
      const first = (code: MessageCode) => meaningOf(said(code, { status })).first
      const starts = (text: string) => expect.stringMatching(new RegExp(`^${text.replaceAll('.', '\\.')}`))
      expect(first('allow-origin-missing')).toEqual(starts(`The status is ${status}: ${cause}`))
      expect(first('http-status')).toEqual(starts(`The status is ${status}: ${cause}`))
      if (status !== 400)
        expect(first('preflight-status')).toEqual(starts(`OPTIONS was answered with ${status}: ${cause}`))
      expect(first('allow-credentials')).toBe(MEANINGS['allow-credentials'].first)
    }
  })

  it.each([
    ['allow-origin-missing', { status: 200 }, /^Look at the status/],
    ['allow-origin-missing', { status: 299 }, /^Look at the status/],
    ['preflight-status', { status: 400 }, /^OPTIONS was answered with 400: the CORS layer of some frameworks/],
    ['preflight-status', { name: 'router', status: 404 }, /^The router has no OPTIONS for this path\. Put the CORS/],
    ['http-status', { name: 'router', status: 404 }, /^The status is 404/],
    ['http-status', { status: 400 }, /^The status is 400: the request itself/],
    ['method-not-allowed', { value: 'patch' }, /^Write 'PATCH' in the page, because fetch\(\)/],
    ['header-not-allowed', { value: 'patch' }, /^(?!Write)/],
    ['local-network', { origin: 'https://app.example.com' }, /^Let the user allow access to the local network/],
    ['local-network', { origin: 'http://app.example.com' }, /^Serve the page over https/],
    ['local-network', {}, /^Serve the page over https/],
    ['mixed-content', { origin: 'https://app.example.com' }, /^(?!Let the user)/],
    ['no-reason', { name: 'React Native' }, /^React Native has no CORS: look at the address/],
    [
      'network-error',
      { value: 'ERR_CERT_DATE_INVALID' },
      /^Open the URL in a new tab, and look at the certificate\. A self-signed/,
    ],
    ['network-error', { value: 'ERR_SSL_PROTOCOL_ERROR' }, /and look at the certificate\. A self-signed/],
    [
      'network-error',
      { value: 'The certificate for this server is invalid' },
      /and look at the certificate\. A self-signed/,
    ],
    ['network-error', { value: 'ERR_NAME_NOT_RESOLVED' }, /^Open the URL in a new tab, and look at the error there\.$/],
    ['network-error', {}, /^Open the URL in a new tab, and look at the error there\.$/],
    ['fetch-outside-browser', { value: 'CERT_HAS_EXPIRED' }, /^(?!Open the URL)/],
  ] as const)('about %s, said as %j: %s', (code, part, first) =>
    expect(meaningOf(said(code, part)).first).toMatch(first),
  )

  it.each(['PATCH', 'PUT', null])('about the method %s is to list it', (value) => {
    expect(meaningOf(said('method-not-allowed', { value })).first).toBe(MEANINGS['method-not-allowed'].first)
  })
})

describe('what else the words may mean', () => {
  const MISSING = 'the response has no Access-Control-Allow-Origin: look at its headers'
  const TWICE = 'the response has the header twice: without a status the two lines look the same'
  const REDIRECTED = 'the status is 301, 302, 307 or 308, '
  const HTTPS = { url: 'https://api.example.com/' }
  const NO_REASON = [
    ['allow-origin-missing', 'the network panel shows a status, and the console a line about CORS'],
    ['network-error', 'the network panel shows no status at all'],
  ]
  it.each([
    ['allow-origin-mismatch', { speaker: 'webkit' }, [['allow-origin-missing', MISSING]]],
    ['allow-origin-mismatch', { speaker: 'webkit', status: 399 }, [['allow-origin-missing', MISSING]]],
    [
      'allow-origin-mismatch',
      { speaker: 'webkit', status: 400 },
      [['allow-origin-mismatch', 'the error page has the header, and it names another origin']],
    ],
    [
      'allow-origin-mismatch',
      { speaker: 'firefox', value: 'a, b' },
      [['allow-origin-multiple', 'the header holds several values, as this one does']],
    ],
    ['allow-origin-mismatch', { speaker: 'firefox', value: 'a' }, []],
    ['allow-origin-malformed', { speaker: 'chromium', value: 'a, b' }, []],
    ['allow-origin-mismatch', { speaker: 'firefox' }, []],
    ['allow-origin-missing', { speaker: 'webkit' }, []],
    ['allow-origin-missing', { speaker: 'firefox' }, [['allow-origin-multiple', TWICE]]],
    ['allow-origin-missing', { speaker: 'firefox', name: 'CORSMissingAllowOrigin2' }, []],
    ['allow-origin-missing', { speaker: 'chromium' }, []],
    [
      'network-error',
      { speaker: 'firefox' },
      [
        ['preflight-redirect', 'the network panel shows a redirect instead of no answer'],
        ['cors-disabled', 'every cross-origin request fails in this Firefox'],
      ],
    ],
    ['network-error', { speaker: 'firefox', name: 'CORSDidNotSucceed2' }, []],
    ['network-error', { speaker: 'webkit' }, []],
    [
      'preflight-status',
      { speaker: 'webkit' },
      [['preflight-redirect', `${REDIRECTED}for which WebKit prints the same line`]],
    ],
    ['preflight-status', { speaker: 'webkit', status: 300 }, [['preflight-redirect', `${REDIRECTED}as this one is`]]],
    ['preflight-status', { speaker: 'webkit', status: 399 }, [['preflight-redirect', `${REDIRECTED}as this one is`]]],
    ['preflight-status', { speaker: 'webkit', status: 299 }, []],
    ['preflight-status', { speaker: 'webkit', status: 400 }, []],
    ['preflight-status', { speaker: 'chromium', status: 301 }, []],
    ['allow-credentials', { speaker: 'webkit', status: 301 }, []],
    [
      'cors-no-reason',
      {},
      [
        ['allow-origin-missing', 'the response has no Access-Control-Allow-Origin: the most frequent reason'],
        ['preflight-status', 'the network panel shows an OPTIONS request that is not 200 to 299'],
      ],
    ],
    ['mixed-content', { speaker: 'firefox' }, [['no-reason', 'the page itself was loaded over http']]],
    ['mixed-content', { speaker: 'firefox', name: 'x' }, []],
    ['mixed-content', { speaker: 'chromium' }, []],
    ['blocked-by-extension', {}, [['content-security-policy', 'it happens in a window without extensions too']]],
    ['no-reason', HTTPS, NO_REASON],
    ['no-reason', { url: 'http://api.example.com/' }, NO_REASON],
    ['no-reason', { url: 'file:///home/me/https:' }, []],
    ['no-reason', {}, []],
    ['aborted', HTTPS, []],
  ] as const)('%s, said as %j', (code, part, others) => {
    expect(otherwise(said(code, part)).map((other) => [other.code, other.when])).toEqual(others)
  })
})

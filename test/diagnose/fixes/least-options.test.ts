import { describe, expect, it } from 'vitest'
import { hides, leastChange, readable } from '../../../src/diagnose/fixes/least-change.ts'
import { readCall } from '../../../src/diagnose/page-request.ts'
import { askBrowser } from '../../../src/diagnose/verdicts.ts'
import type { PageRequest } from '../../../src/diagnose.ts'
import type { CorsPolicy } from '../../../src/index.ts'
import { PAGE, URL_ } from './exchange.ts'

const B = 'https://b.example.com'

const change = (
  current: CorsPolicy,
  request: Partial<PageRequest> = {},
  headers: readonly (readonly [string, string])[] = [],
) => leastChange(current, readCall({ url: URL_, origin: PAGE, ...request }), () => ({ status: 200, headers }))

const include = { credentials: 'include' } as const
const EVERYONE = 'With credentials: true, every origin of the policy may read the data of signed-in users.'
const OPEN = `Any site may read today, and browsers do not accept "*" with credentials. The change lists only ${PAGE}: add the origins of your other pages, or remove the credentials from this request.`
const EXPOSES =
  'With credentials "*" exposes nothing. The change exposes the names that this page reads: add those that your other pages read.'
const insecure = (what: string) =>
  `${what} is not https: with credentials, an attacker on the network can read the answers as that page. Serve the page over https, or remove the credentials.`

const MANY = Array.from({ length: 30 }, (_, i) => `N${String(i).padStart(2, '0')}`)

/** The policy before, the request, the policy after, and what is asked. */
const CHANGES: readonly (readonly [string, CorsPolicy, Partial<PageRequest>, CorsPolicy, readonly string[]])[] = [
  ['the page', { origins: [B] }, {}, { origins: [B, PAGE] }, []],
  ['the page, first of all', { origins: [] }, {}, { origins: [PAGE] }, []],
  [
    'the page, of a preflight',
    { origins: [B], refused: 'forbid' },
    { method: 'PUT' },
    { origins: [B, PAGE], refused: 'forbid', methods: ['PUT'] },
    [],
  ],
  [
    'a method',
    { origins: [PAGE], methods: ['PATCH'] },
    { method: 'PUT' },
    { origins: [PAGE], methods: ['PATCH', 'PUT'] },
    [],
  ],
  ['a method of a warning', { origins: [PAGE] }, { method: 'patch' }, { origins: [PAGE], methods: ['patch'] }, []],
  [
    'a header that pages of Firefox can set',
    { origins: [PAGE] },
    { headers: { 'User-Agent': 'x' } },
    { origins: [PAGE], requestHeaders: ['User-Agent'] },
    [],
  ],
  [
    'headers that are long together, as Chromium and WebKit count',
    { origins: [PAGE] },
    {
      headers: [
        ['Accept', 'a'.repeat(100)],
        ['Accept', 'a'.repeat(100)],
      ],
    },
    { origins: [PAGE], requestHeaders: ['Accept'] },
    [],
  ],
  [
    'a method in its case',
    { origins: [PAGE], methods: ['PATCH'] },
    { method: 'patch' },
    { origins: [PAGE], methods: ['PATCH', 'patch'] },
    [],
  ],
  [
    'every header at once, as the page writes it',
    { origins: [PAGE], requestHeaders: ['X-A'] },
    { headers: { 'x-a': '1', 'x-TENANT': '1', 'X-B': '1' } },
    { origins: [PAGE], requestHeaders: ['X-A', 'X-B', 'x-TENANT'] },
    [],
  ],
  [
    'no header that a pattern covers',
    { origins: [PAGE], requestHeaders: ['X-*'] },
    { headers: { 'X-A': '1', 'Acme-B': '1' } },
    { origins: [PAGE], requestHeaders: ['X-*', 'Acme-B'] },
    [],
  ],
  [
    'more headers than there are rounds',
    { origins: [PAGE] },
    { headers: Object.fromEntries(MANY.map((name) => [name, '1'])) },
    { origins: [PAGE], requestHeaders: MANY },
    [],
  ],
  [
    'Authorization beside "*"',
    { origins: '*', requestHeaders: '*' },
    { headers: { Authorization: 'x', 'X-A': '1' } },
    { origins: '*', requestHeaders: ['*', 'Authorization'] },
    [],
  ],
  [
    'a header that is asked for without a page’s doing',
    { origins: [PAGE] },
    { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' },
    { origins: [PAGE], requestHeaders: ['Content-Type'] },
    [],
  ],
  [
    'what is read',
    { origins: [PAGE], exposedHeaders: ['ETag'] },
    { reads: ['etag', 'X-A', 'x-a', 'Link'] },
    { origins: [PAGE], exposedHeaders: ['ETag', 'X-A', 'Link'] },
    [],
  ],
  ['credentials for the page alone', { origins: [PAGE] }, include, { origins: [PAGE], credentials: true }, []],
  [
    'credentials for all of a list',
    { origins: [PAGE, B] },
    include,
    { origins: [PAGE, B], credentials: true },
    [EVERYONE],
  ],
  ['credentials in the place of anyone', { origins: '*' }, include, { origins: [PAGE], credentials: true }, [OPEN]],
  [
    'credentials in the place of anyone, who reads anything',
    { origins: '*', exposedHeaders: '*' },
    { ...include, reads: ['X-A'] },
    { origins: [PAGE], credentials: true, exposedHeaders: ['X-A'] },
    [OPEN, EXPOSES],
  ],
  [
    'credentials in the place of anything that is read',
    { origins: [PAGE], exposedHeaders: ['*'] },
    include,
    { origins: [PAGE], credentials: true },
    [EXPOSES],
  ],
  [
    'credentials for a page of http',
    { origins: ['http://intranet.example.com'] },
    { ...include, url: 'http://api.example.com/', origin: 'http://intranet.example.com' },
    { origins: ['http://intranet.example.com'], credentials: true, dangerouslyAllowInsecureOrigins: true },
    [insecure('http://intranet.example.com')],
  ],
  [
    'credentials beside a page of http',
    { origins: [PAGE, 'http://intranet.example.com'] },
    include,
    { origins: [PAGE, 'http://intranet.example.com'], credentials: true, dangerouslyAllowInsecureOrigins: true },
    [EVERYONE, insecure('An origin of the list')],
  ],
]

describe('leastChange()', () => {
  it.each(CHANGES)('adds %s', async (_, current, request, policy, asks) => {
    const before = structuredClone(current)
    expect(await change(current, request)).toEqual({ policy, asks, alternative: null, isNeeded: true })
    expect(current).toEqual(before)
    // What it gives needs no change.
    expect(await change(policy, request)).toMatchObject({ policy, asks: [], isNeeded: false })
  })

  it('offers the pattern of a family', async () => {
    const headers = { 'Acme-A': '1', 'Acme-B': '1', 'Acme-C': '1', 'Acme-D': '1' }
    expect(await change({ origins: [PAGE] }, { headers })).toEqual({
      policy: { origins: [PAGE], requestHeaders: ['Acme-A', 'Acme-B', 'Acme-C', 'Acme-D'] },
      alternative: { origins: [PAGE], requestHeaders: ['Acme-*'] },
      asks: [],
      isNeeded: true,
    })
  })

  it('adds nothing that a pattern covers, of requests and of responses', async () => {
    const covered = { origins: ['https://*.example.com'], requestHeaders: ['X-*'], exposedHeaders: ['X-*'] }
    const request = { headers: { 'X-A': '1' }, reads: ['X-B'] }
    expect(await change(covered, request)).toMatchObject({ policy: covered, isNeeded: false })
  })

  it.each<readonly [string, CorsPolicy, Partial<PageRequest>]>([
    ['mixed content', { origins: [PAGE] }, { url: 'http://api.example.com/' }],
    ['a page that no list may hold', { origins: [PAGE] }, { origin: 'null' }],
    ['a first page that no list may hold', { origins: [] }, { origin: 'null' }],
    ['a predicate that says no', { origins: () => false }, {}],
    ['a port that browsers refuse', { origins: [PAGE] }, { url: 'https://api.example.com:6000/' }],
    ['a policy that cannot be', { origins: ['x'] }, {}],
    ['a predicate and credentials that it was not made for', { origins: '*' }, { ...include, origin: 'null' }],
  ])('is none for %s', async (_, current, request) => expect(await change(current, request)).toBeNull())
})

describe('the headers that a page reads', () => {
  it('are those that can be exposed and are not always', () => {
    const reads = ['X-A', 'x-a', 'a b', 'X-*', '*', 'Content-Type', 'Set-Cookie', 'set-cookie2', 'ETag', '']
    expect(readable(readCall({ url: URL_, origin: PAGE, reads }))).toEqual(['X-A', 'ETag'])
  })

  it('stay hidden where a response of another origin does not expose them', async () => {
    const call = readCall({ url: URL_, origin: PAGE })
    const verdict = (headers: readonly (readonly [string, string])[], own = false) =>
      askBrowser('chromium', own ? { ...call, origin: 'https://api.example.com' } : call, () => ({
        status: 200,
        headers,
      }))
    const acao = ['Access-Control-Allow-Origin', '*'] as const
    const exposing = await verdict([acao, ['X-A', '1'], ['Access-Control-Expose-Headers', 'X-A']])
    expect([hides(exposing, 'X-A'), hides(exposing, 'x-a'), hides(exposing, 'X-B')]).toEqual([false, false, true])
    expect(hides(await verdict([['X-A', '1']], true), 'X-A')).toBe(false)
    expect(hides(await verdict([]), 'X-A')).toBe(false)
  })
})

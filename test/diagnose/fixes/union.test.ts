import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSimulator } from '../../../src/browser/simulator.ts'
import { type DiagnoseOptions, diagnose, type PageRequest } from '../../../src/diagnose.ts'
import { type CorsPolicy, checkPolicy } from '../../../src/index.ts'
import { holds } from '../../support/property.ts'
import { answer, printed, repaired } from '../settles.ts'
import type { Handler, Said } from '../stage.ts'

const ORIGIN = 'https://app.example.com'
const OTHER = 'https://b.example.com'
const URL = 'https://api.example.com/items'
const STRANGER = 'https://cors-probe.invalid'

const check = (handler: Handler, request: Partial<PageRequest & DiagnoseOptions> = {}) =>
  diagnose(URL, {
    origin: ORIGIN,
    transport: async (wire) => answer(handler, wire) ?? { kind: 'reset', detail: '' },
    ...request,
  })

/** A server that says the same to everybody, but for preflights. */
const says =
  (response: Said['headers'] & {}, preflight: Said['headers'] & {} = response): Handler =>
  (asked) => ({
    status: asked.isPreflight ? 204 : 200,
    headers: asked.isPreflight ? preflight : response,
  })
const acao = (value: string) => ['Access-Control-Allow-Origin', value] as const
const policyOf = async (...args: Parameters<typeof check>) => printed(await check(...args))?.fix

describe('the policy of a fix', () => {
  const HIDDEN = 'may allow more origins'
  const listing =
    (listed: readonly string[]): Handler =>
    ({ origin }) => ({ headers: [['Vary', 'Origin'], ...(listed.includes(origin ?? '') ? [acao(origin ?? '')] : [])] })

  it('says that origins may be listed which nobody else is told', async () => {
    expect((await policyOf(listing([OTHER])))?.note).toContain(HIDDEN)
    expect((await policyOf(({ origin }) => ({ status: origin === undefined ? 200 : 403 })))?.note).toContain(HIDDEN)
    expect((await policyOf(listing([ORIGIN]), { method: 'PUT' }))?.note).toContain(HIDDEN)
  })

  it.each([
    ['one origin for everybody', says([acao(OTHER), ['Vary', 'Origin']])],
    ['any origin', says([acao('*')], [])],
    ['none at all', says([])],
  ])('does not say so where the answers show %s', async (_, server) => {
    expect((await policyOf(server, { method: 'PUT' }))?.note ?? '').not.toContain(HIDDEN)
  })

  it('takes nothing from the pages that read today', async () => {
    const gist = says(
      [acao('*')],
      [
        acao('*'),
        ['Access-Control-Allow-Methods', 'GET, POST, OPTIONS'],
        ['Access-Control-Allow-Headers', 'DNT,User-Agent,Cache-Control,Content-Type,Range'],
        ['Access-Control-Max-Age', '1728000'],
      ],
    )
    const headers = { 'Content-Type': 'application/json', Authorization: 'Bearer x' }
    const fix = await policyOf(gist, { method: 'PUT', headers })
    expect(fix?.policy).toEqual({
      origins: '*',
      methods: ['PUT'],
      requestHeaders: ['User-Agent', 'Cache-Control', 'Content-Type', 'Range', 'Authorization'],
      maxAge: 600,
    })
    expect(fix?.note).toBe(
      'Kept because the server sends it today: request headers User-Agent, Cache-Control, Range. Remove names that are not yours.',
    )
    expect(fix?.proof).toMatchObject({ holds: true, passes: true, lost: [], gained: [] })
  })

  it('keeps what is said of preflights on every answer, where the page itself needs no preflight', async () => {
    const byHand = says([
      acao(OTHER),
      ['Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS'],
      ['Access-Control-Allow-Headers', 'Content-Type, Authorization'],
    ])
    const fix = await policyOf(byHand)
    expect(fix?.policy).toEqual({
      origins: [OTHER, ORIGIN],
      methods: ['PUT', 'DELETE'],
      requestHeaders: ['Content-Type', 'Authorization'],
      maxAge: 600,
    })
    expect(fix?.note).toContain('methods PUT, DELETE; request headers Content-Type, Authorization')
    expect(fix?.proof).toMatchObject({ holds: true, lost: [], gained: [] })
  })

  it('keeps the site that is let in today, and says whose word it is', async () => {
    const fix = await policyOf(says([acao(OTHER), ['Vary', 'Origin']]))
    expect(fix?.policy).toEqual({ origins: [OTHER, ORIGIN] })
    expect(fix?.note).toContain(`the server sends it today: origins ${OTHER}.`)
    expect(fix?.asks).toEqual([])
  })

  it('asks before everybody who reads without credentials loses it', async () => {
    const fix = await policyOf(says([acao('*')]), { credentials: 'include' })
    expect(fix?.policy).toEqual({ origins: [ORIGIN], credentials: true })
    expect(fix?.asks).toEqual([expect.stringContaining('Any site may read today')])
    expect(fix?.proof).toMatchObject({
      holds: false,
      passes: true,
      lost: ['GET from any other site (omit)'],
      gained: [],
    })
  })

  it.each([
    [
      true,
      { origins: [ORIGIN], credentials: true, methods: ['PUT'], maxAge: 600 },
      'with credentials. The change lists',
    ],
    [false, { origins: '*', methods: ['PUT'], maxAge: 600 }, 'has the same effect with "*"'],
  ] as const)(
    'says what becomes of a server that repeats every origin (credentials: %s)',
    async (isCredentialed, policy, ask) => {
      const echo: Handler = ({ origin, isPreflight }) => ({
        status: isPreflight ? 204 : 200,
        headers: [
          acao(origin ?? '*'),
          ...(isCredentialed ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
        ],
      })
      const fix = await policyOf(echo, { method: 'PUT' })
      expect(fix?.policy).toEqual(policy)
      expect(fix?.asks).toEqual([expect.stringContaining(ask)])
    },
  )

  it('leaves an http origin out of what is shared with credentials, and says so', async () => {
    const insecure: Handler = ({ origin }) => ({
      headers:
        origin === 'http://app.example.com'
          ? [acao(origin), ['Access-Control-Allow-Credentials', 'true']]
          : [['Vary', 'Origin']],
    })
    const fix = await policyOf(insecure, { credentials: 'include' })
    expect(fix?.policy).toEqual({ origins: [ORIGIN], credentials: true })
    expect(fix?.asks.join()).toContain('http://app.example.com')
  })

  it('does not take a preflight for a permission to read', async () => {
    const fix = await policyOf(says([], [acao('*'), ['Access-Control-Allow-Headers', 'content-type']]), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      send: true,
    })
    expect(fix?.policy).toMatchObject({ origins: [ORIGIN] })
    expect(fix?.asks.join()).toContain('add those of your other pages')
    expect(fix?.proof?.gained).toEqual([])
  })

  it('takes the preflight at its word where the request itself cannot be seen', async () => {
    const posts: Handler = ({ isPreflight }) =>
      isPreflight ? { status: 204, headers: [acao('*'), ['Access-Control-Allow-Methods', 'POST']] } : { status: 405 }
    expect((await policyOf(posts, { method: 'PUT' }))?.policy).toMatchObject({ origins: '*', methods: ['PUT'] })
  })

  it('says that it is not enough where a redirect ends elsewhere', async () => {
    const leads: Handler = ({ path }) =>
      path === '/items' ? { status: 302, headers: [['Location', 'https://other.example.net/elsewhere']] } : {}
    const first = printed(await check(leads, { method: 'GET' }))
    expect(first?.fix.proof?.passes ?? null).not.toBe(true)
    expect(first?.fix.proof?.holds ?? false).toBe(false)
  })
})

const lists = fc.subarray(['PUT', 'DELETE', 'PATCH', '*', '$(id)', 'GET'])
const headers = fc.subarray(['Content-Type', 'X-A', 'x-a', 'Authorization', '*', 'DNT', '`x`', 'X-Evil\u00e9'])
const origins = fc.constantFrom(
  null,
  '*',
  ORIGIN,
  OTHER,
  'echo',
  `${ORIGIN}/`,
  'null',
  `${ORIGIN}, ${OTHER}`,
  'http://app.example.com',
  'https://*.example.com',
)

/** A server of any kind: who it lets in, what it lists, with which mistakes. */
const servers = fc
  .record({
    read: origins,
    preflight: origins,
    methods: lists,
    names: headers,
    exposed: headers,
    credentials: fc.constantFrom(null, 'true', 'True'),
    age: fc.constantFrom(null, '0', '86400', '-1', 'x'),
    status: fc.constantFrom(200, 204, 401, 404),
  })
  .map(({ read, preflight, methods, names, exposed, credentials, age, status }): Handler => {
    return ({ origin, isPreflight }) => {
      const value = isPreflight ? preflight : read
      const allow = value === 'echo' ? (origin ?? null) : value
      return {
        status: isPreflight ? status : 200,
        headers: [
          ...(allow === null ? [] : [acao(allow)]),
          ...(credentials === null ? [] : [['Access-Control-Allow-Credentials', credentials] as const]),
          ...(isPreflight && methods.length > 0 ? [['Access-Control-Allow-Methods', methods.join(',')] as const] : []),
          ...(isPreflight && names.length > 0 ? [['Access-Control-Allow-Headers', names.join(', ')] as const] : []),
          ...(!isPreflight && exposed.length > 0
            ? [['Access-Control-Expose-Headers', exposed.join(', ')] as const]
            : []),
          ...(isPreflight && age !== null ? [['Access-Control-Max-Age', age] as const] : []),
        ],
      }
    }
  })

const requests = fc.record(
  {
    method: fc.constantFrom('GET', 'PUT', 'POST'),
    headers: fc
      .subarray(['X-A', 'Authorization', 'User-Agent', 'X-B'])
      .map((names) => names.map((name): [string, string] => [name, '1'])),
    credentials: fc.constantFrom('include', 'omit'),
    reads: fc.subarray(['X-A', 'ETag']),
    send: fc.boolean(),
  },
  { requiredKeys: [] },
)

async function mayRead(handler: Handler, origin: string, credentials: 'omit' | 'include'): Promise<boolean> {
  for (const browser of ['chromium', 'firefox', 'webkit'] as const) {
    const page = createSimulator({ browser, send: (wire) => answer(handler, wire) }).page(origin)
    if (!(await page.fetch(URL, { credentials })).shared) return false
  }
  return true
}

describe('a proven fix', () => {
  it('ends the failure, is not printed again, takes from nobody, and lets no stranger in', () =>
    holds(
      fc.asyncProperty(servers, requests, async (server, request) => {
        const before = await check(server, request)
        const first = printed(before)
        if (first?.fix.policy == null) return
        const { policy, asks, proof, snippet } = first.fix
        expect(checkPolicy(policy)).toEqual([])
        expect(snippet).not.toMatch(/[`\u00e9]|\$\(id\)/)
        const after = await check(repaired(server, policy), { ...request, ...first.fix.request, send: true })
        expect([proof?.passes, after.conclusion]).toEqual([true, 'allowed'])
        const again = printed(after)
        expect(JSON.stringify([again?.finding.code, again?.fix.policy])).not.toBe(
          JSON.stringify([first.finding.code, policy]),
        )
        for (const credentials of ['omit', 'include'] as const) {
          expect(
            !(await mayRead(repaired(server, policy), STRANGER, credentials)) ||
              (await mayRead(server, STRANGER, credentials)),
          ).toBe(true)
          if (asks.length > 0) continue
          for (const origin of [ORIGIN, OTHER, STRANGER, 'http://app.example.com'])
            expect([
              origin,
              !(await mayRead(server, origin, credentials)) ||
                (await mayRead(repaired(server, policy), origin, credentials)),
            ]).toEqual([origin, true])
        }
      }),
      { numRuns: 200 },
    ))
})

/** Policies that the old fixes made: the law must tell them from what is right. */
const NARROW: readonly (readonly [string, CorsPolicy])[] = [
  ['one origin in the place of *', { origins: [ORIGIN], methods: ['PUT'] }],
  ['everybody in the place of one', { origins: '*', methods: ['PUT'] }],
]

describe('the law of proofs', () => {
  it.each(NARROW)('is broken by a planted fault: %s', async (_, policy) => {
    const server = policy.origins === '*' ? says([acao(ORIGIN)]) : says([acao('*')])
    const had = await mayRead(server, STRANGER, 'omit')
    expect(await mayRead(repaired(server, policy), STRANGER, 'omit')).not.toBe(had)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ExplainedRequest, explain } from '../../../src/diagnose.ts'
import { type CorsPolicy, checkPolicy, createCors } from '../../../src/index.ts'
import { holds } from '../../support/property.ts'
import { breach, isShared } from './law.ts'

const ORIGIN = 'https://app.example.com'
const API = 'https://api.example.com/v1'

const origins = fc.constantFrom(
  ORIGIN,
  'https://b.example.com',
  'http://intranet.example.com',
  'http://localhost:5173',
  'capacitor://localhost',
)
const entries = fc.oneof(
  origins,
  fc.constantFrom('https://*.example.com', 'http://localhost:*', 'https://app-*.example.org'),
)
const methods = fc.constantFrom('PUT', 'PATCH', 'DELETE', 'patch', 'PROPFIND', 'GET', 'OPTIONS')
const names = fc.constantFrom(
  'Content-Type',
  'content-type',
  'Authorization',
  'User-Agent',
  'X-Tenant',
  'X-Stainless-Lang',
  'X-Stainless-OS',
  'X-Stainless-Arch',
  'X-Stainless-Runtime',
  'Anthropic-Version',
  'X-Api-Key',
  'Range',
  'DNT',
  'Accept-Language',
  'If-None-Match',
  'X-A',
  'X-B',
  'X-C',
  'X-D',
  'X-E',
)
const exposed = fc.constantFrom('X-Total', 'x-total', 'ETag', 'Link', 'Content-Type', 'Retry-After')
const listOf = <T>(each: fc.Arbitrary<T>) => fc.array(each, { maxLength: 4 })
const starOr = <T>(each: fc.Arbitrary<T>, star: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 3, arbitrary: listOf(each) }, { weight: 1, arbitrary: star })

const policies = fc
  .record(
    {
      origins: fc.oneof(
        { weight: 4, arbitrary: fc.array(entries, { minLength: 1, maxLength: 4 }) },
        { weight: 1, arbitrary: fc.constantFrom('*', ['*']) },
      ),
      credentials: fc.boolean(),
      methods: starOr(methods, fc.constantFrom('*', ['*'])),
      requestHeaders: starOr(
        fc.oneof(names, fc.constant('X-Stainless-*')),
        fc.constantFrom('*', ['*', 'Authorization']),
      ),
      exposedHeaders: starOr(fc.oneof(exposed, fc.constant('X-*')), fc.constantFrom('*', ['*'])),
      maxAge: fc.constantFrom(0, 600),
      preflightStatus: fc.constantFrom(200, 204),
      refused: fc.constantFrom('pass', 'forbid'),
      dangerouslyAllowInsecureOrigins: fc.boolean(),
    },
    { requiredKeys: ['origins'] },
  )
  .filter((policy) => !checkPolicy(policy).some(({ severity }) => severity === 'error'))
  .map((policy) => policy as CorsPolicy)

const requests = fc
  .record(
    {
      origin: origins,
      method: fc.constantFrom('GET', 'POST', 'PUT', 'patch', 'PATCH', 'PROPFIND', 'OPTIONS'),
      headers: fc.array(fc.tuple(names, fc.constantFrom('1', 'application/json', 'a'.repeat(150))), { maxLength: 16 }),
      credentials: fc.constantFrom('omit', 'same-origin', 'include'),
      initiator: fc.constantFrom('fetch', 'xhr'),
      uploadListener: fc.boolean(),
      reads: fc.array(exposed, { maxLength: 3 }),
    },
    { requiredKeys: ['origin'] },
  )
  .map((request) => ({ url: API, ...request }) as ExplainedRequest)

/** What grants this page everything that a policy can grant. */
const most = ({ origin, method, headers, reads }: ExplainedRequest): CorsPolicy => ({
  origins: [origin],
  credentials: true,
  methods: [method?.toUpperCase() === 'PUT' ? 'PUT' : (method ?? 'GET')],
  requestHeaders:
    (headers as [string, string][] | undefined)?.map(([name]) => name).filter((name) => name !== 'DNT') ?? [],
  exposedHeaders: reads ?? [],
  dangerouslyAllowInsecureOrigins: true,
})

describe('explain().edit', () => {
  it('shares the request in every browser, without a duplicate and without anything superfluous', () =>
    holds(
      fc.asyncProperty(policies, requests, async (policy, request) => {
        const { edit, alternative, asks } = await explain(createCors(policy), request)
        if (edit === null) {
          const isDone = await isShared(policy, request)
          expect(isDone || !(await isShared(most(request), request))).toBe(true)
          return
        }
        expect(await breach(policy, edit, request, asks)).toBeNull()
        if (alternative !== null) expect(await isShared(alternative, request)).toBe(true)
        const again = await explain(createCors(edit), request)
        expect([again.shared, again.edit]).toEqual([true, null])
      }),
      { numRuns: 300 },
    ))
})

/** What a client library of an AI service sends. */
const SDK = [
  'Anthropic-Version',
  'Anthropic-Dangerous-Direct-Browser-Access',
  'X-Api-Key',
  'Content-Type',
  'X-Stainless-Lang',
  'X-Stainless-Package-Version',
  'X-Stainless-OS',
  'X-Stainless-Arch',
  'X-Stainless-Runtime',
  'X-Stainless-Runtime-Version',
  'X-Stainless-Retry-Count',
  'X-Stainless-Timeout',
  'User-Agent',
] as const
const CALL: ExplainedRequest = {
  url: API,
  origin: ORIGIN,
  method: 'POST',
  headers: SDK.map((name) => [name, name === 'Content-Type' ? 'application/json' : '1'] as const),
}

describe('the change', () => {
  it('lists every name of a long request, and offers the pattern of the family', async () => {
    const { edit, alternative } = await explain(createCors({ origins: [ORIGIN] }), CALL)
    expect(new Set(edit?.requestHeaders)).toEqual(new Set(SDK))
    const patterned = SDK.filter((name) => !name.startsWith('X-Stainless'))
    expect(new Set(alternative?.requestHeaders)).toEqual(new Set([...patterned, 'X-Stainless-*']))
    expect(checkPolicy(alternative)).toEqual([])
  })

  it('adds nothing that a pattern, a wildcard or another spelling covers', async () => {
    const cors = createCors({ origins: ['https://*.example.com'], requestHeaders: ['x-stainless-*', 'x-api-key'] })
    const { edit } = await explain(cors, CALL)
    expect(edit?.origins).toEqual(['https://*.example.com'])
    const others = SDK.filter((name) => !/stainless|api-key/i.test(name))
    expect(new Set(edit?.requestHeaders)).toEqual(new Set(['x-stainless-*', 'x-api-key', ...others]))
    const open = await explain(createCors({ origins: '*', requestHeaders: '*', methods: '*', exposedHeaders: '*' }), {
      ...CALL,
      reads: ['X-A'],
    })
    expect([open.shared, open.edit]).toEqual([true, null])
  })

  it('names a header that only some browsers let pages set', async () => {
    const request = { url: API, origin: ORIGIN, headers: { 'User-Agent': 'x' } }
    const { shared, edit } = await explain(createCors({ origins: [ORIGIN] }), request)
    expect([shared, edit]).toEqual([false, { origins: [ORIGIN], requestHeaders: ['User-Agent'] }])
  })

  it('says what it takes away, and from whom', async () => {
    const open = { origins: '*', exposedHeaders: '*' } as const
    const { edit, asks } = await explain(createCors(open), {
      url: API,
      origin: ORIGIN,
      credentials: 'include',
      reads: ['X-Total'],
    })
    expect(edit).toEqual({ origins: [ORIGIN], credentials: true, exposedHeaders: ['X-Total'] })
    expect(asks).toEqual([
      expect.stringContaining('add the origins of your other pages'),
      expect.stringContaining('"*" exposes nothing'),
    ])
  })

  it('says that everybody on the list gets the cookies, too', async () => {
    const listed = { origins: ['https://b.example.com', ORIGIN] }
    const { asks } = await explain(createCors(listed), { url: API, origin: ORIGIN, credentials: 'include' })
    expect(asks).toEqual([expect.stringContaining('every origin of the policy may read')])
  })

  it('is not made where a predicate decides, and keeps the predicate elsewhere', async () => {
    const isOurs = (origin: string) => origin === 'https://b.example.com'
    expect((await explain(createCors({ origins: isOurs }), { url: API, origin: ORIGIN })).edit).toBeNull()
    const other = { url: API, origin: 'https://b.example.com', method: 'PUT' }
    expect((await explain(createCors({ origins: isOurs }), other)).edit).toEqual({ origins: isOurs, methods: ['PUT'] })
  })

  it('is not made where browsers block the page for another reason', async () => {
    const cors = createCors({ origins: ['https://b.example.com'] })
    expect((await explain(cors, { url: 'http://api.example.com/', origin: ORIGIN })).edit).toBeNull()
    expect((await explain(cors, { url: 'http://127.0.0.1:9000/', origin: ORIGIN })).edit?.origins).toContain(ORIGIN)
  })

  it('drops duplicates of a policy only where it has something to add', async () => {
    const twice = createCors({ origins: [ORIGIN], requestHeaders: ['X-A', 'x-a'] })
    expect((await explain(twice, { url: API, origin: ORIGIN })).edit).toBeNull()
    const { edit } = await explain(twice, { url: API, origin: ORIGIN, method: 'PUT' })
    expect(edit).toEqual({ origins: [ORIGIN], requestHeaders: ['X-A'], methods: ['PUT'] })
  })
})

describe('the law', () => {
  const before = { origins: [ORIGIN] }
  const faults: readonly (readonly [string, CorsPolicy])[] = [
    ['not shared in every browser', { origins: [ORIGIN], requestHeaders: SDK.slice(0, 10) }],
    ['not shared in every browser', { origins: [ORIGIN], requestHeaders: SDK.filter((name) => name !== 'User-Agent') }],
    ['holds a duplicate', { origins: [ORIGIN], requestHeaders: [...SDK, 'user-agent'] }],
    ['is superfluous', { origins: [ORIGIN], requestHeaders: [...SDK, 'X-Own'] }],
    ['is superfluous', { origins: [ORIGIN, 'https://b.example.com'], requestHeaders: SDK }],
    ['is superfluous', { origins: [ORIGIN], requestHeaders: SDK, methods: ['PUT'] }],
    ['credentials is superfluous', { origins: [ORIGIN], requestHeaders: SDK, credentials: true }],
    ['without a word', { origins: '*', requestHeaders: SDK }],
    ['maxAge was changed', { origins: [ORIGIN], requestHeaders: SDK, maxAge: 0 }],
  ]

  it.each(faults)('is broken by a planted fault: %s', async (said, edit) => {
    expect(await breach(before, edit, CALL, [])).toContain(said)
  })

  it('is kept by what is right', async () => {
    expect(await breach(before, { origins: [ORIGIN], requestHeaders: SDK }, CALL, [])).toBeNull()
  })
})

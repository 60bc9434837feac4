import { describe, expect, it } from 'vitest'
import { planFix } from '../../../src/diagnose/fixes/plan-fix.ts'
import { planned } from '../../../src/diagnose/fixes/planned.ts'
import type { Plan, Proof } from '../../../src/diagnose/plan.ts'
import { type Exchange, evidenceOf, PAGE, preflight, seen, URL_ } from './exchange.ts'

const PROOF: Proof = {
  holds: true,
  passes: true,
  remains: null,
  passed: 1,
  kept: 1,
  lost: [],
  strangers: 1,
  gained: [],
  unproven: [],
}
const PLAN: Plan = {
  policy: { origins: [PAGE] },
  alternative: { origins: [PAGE], requestHeaders: ['X-*'] },
  note: 'note',
  asks: ['ask'],
  proof: PROOF,
}
const NOTHING = { policy: null, alternative: null, note: null, asks: [], proof: null, rest: '' }
const given = (proof: Partial<Proof> | null, isPolicy = true) =>
  planned(isPolicy, evidenceOf([], { plan: { ...PLAN, proof: proof && { ...PROOF, ...proof } } }))

describe('planned()', () => {
  it('gives the plan where a policy repairs the finding', () => {
    expect(given({})).toEqual({ ...PLAN, rest: '' })
    expect(given(null)).toEqual({ ...PLAN, proof: null, rest: '' })
    // It depends on an answer that was not seen, or takes from others: the proof says so.
    for (const proof of [{ passes: null }, { lost: ['GET'], holds: false }])
      expect(given(proof)).toEqual({ ...PLAN, proof: { ...PROOF, ...proof }, rest: '' })
  })

  it('gives nothing where none does, or there is no plan', () => {
    expect(given({}, false)).toEqual(NOTHING)
    expect(planned(true, evidenceOf([]))).toEqual(NOTHING)
  })

  it.each<readonly [Partial<Proof>, string]>([
    [
      { passes: false, remains: { code: 'preflight-status', value: '404', url: URL_ } },
      ` No policy on this server is enough: preflight-status (404) remains, at ${URL_}.`,
    ],
    [
      { passes: false, remains: { code: 'allow-origin-missing', value: '', url: URL_ } },
      ` No policy on this server is enough: allow-origin-missing remains, at ${URL_}.`,
    ],
    [
      { passes: false, remains: { code: 'allow-origin-mismatch', value: `\u001b[1m${'a'.repeat(200)}`, url: URL_ } },
      ` No policy on this server is enough: allow-origin-mismatch (\\x1b[1m${'a'.repeat(156)}… (44 more characters)) remains, at ${URL_}.`,
    ],
    [{ passes: false }, ' A policy alone is not enough.'],
    [{ gained: ['GET from a', 'GET from b'] }, ' A policy would let strangers in: GET from a; GET from b.'],
    [{ passes: null, gained: ['GET from a'] }, ' A policy would let strangers in: GET from a.'],
  ])('gives no policy that is not enough, and says what remains: %o', (proof, rest) => {
    expect(given(proof)).toEqual({ ...NOTHING, proof: { ...PROOF, ...proof }, rest })
  })
})

describe('planFix()', () => {
  const plan = (observations: readonly Exchange[], rest: Parameters<typeof evidenceOf>[1] = {}) =>
    planFix(
      evidenceOf(
        observations.map((each) => (each.method === 'OPTIONS' ? preflight(each) : seen(each))),
        rest,
      ),
    )

  it('lets the page in, and gives a preflight its time to live', async () => {
    expect(await plan([{}])).toEqual({
      policy: { origins: [PAGE] },
      alternative: null,
      note: null,
      asks: [],
      proof: expect.objectContaining({ holds: true, passes: true, passed: 0, lost: [], gained: [] }),
    })
    const policyOf = async (request: object) => (await plan([{}], { request }))?.policy
    expect(await policyOf({ method: 'PUT' })).toEqual({ origins: [PAGE], methods: ['PUT'], maxAge: 600 })
    expect(await policyOf({ headers: { 'X-A': '1' } })).toEqual({
      origins: [PAGE],
      requestHeaders: ['X-A'],
      maxAge: 600,
    })
  })

  it('keeps the time to live that the server gives', async () => {
    const granted = [{ method: 'OPTIONS', headers: [['Access-Control-Max-Age', '5']] }, {}] as const
    expect((await plan(granted, { request: { method: 'PUT' } }))?.policy).toMatchObject({ maxAge: 5 })
  })

  it('gives the pattern of a family the same time to live', async () => {
    const headers = Object.fromEntries(['A', 'B', 'C', 'D'].map((tail) => [`Acme-${tail}`, '1']))
    expect((await plan([{}], { request: { headers } }))?.alternative).toEqual({
      origins: [PAGE],
      requestHeaders: ['Acme-*'],
      maxAge: 600,
    })
  })

  it('is made of what a script means, which wants to read', async () => {
    const found = await plan([{}], { request: { mode: 'no-cors' } })
    expect(found?.policy).toEqual({ origins: [PAGE] })
  })

  it.each(['application/grpc-web+proto', 'application/connect+json'])(
    'exposes what a client of gRPC reads: %s',
    async (type) => {
      const of = async (value: string) => (await plan([{ headers: [['Content-Type', value]] }]))?.policy
      expect(await of(type)).toEqual({
        origins: [PAGE],
        exposedHeaders: ['Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin'],
      })
      expect(await of(`text/plain; ${type}`)).toEqual({ origins: [PAGE] })
      const reads = (await plan([{ headers: [['Content-Type', type]] }], { request: { reads: ['X-A'] } }))?.policy
      expect(reads?.exposedHeaders).toEqual(['X-A', 'Grpc-Status', 'Grpc-Message', 'Grpc-Status-Details-Bin'])
    },
  )

  it('asks each question once, those about the server first', async () => {
    const open = [{ headers: [['Access-Control-Allow-Origin', '*']] }, {}] as const
    const found = await plan(open, { request: { credentials: 'include' } })
    expect(found?.asks).toEqual([expect.stringContaining('Any site may read today')])
    const named = {
      headers: [
        ['Access-Control-Allow-Origin', 'https://b.example.com'],
        ['Access-Control-Allow-Credentials', 'true'],
      ],
    } as const
    expect((await plan([named, named], { request: { credentials: 'include' } }))?.asks).toEqual([
      `The server answers https://b.example.com with credentials, so the change lets ${PAGE} read with credentials, too.`,
    ])
  })

  it('helps a page without an origin where anyone may read, and never lists null', async () => {
    const policyOf = async (value: string, request: object) => {
      const headers = [['Access-Control-Allow-Origin', value]] as const
      return (await plan([{ method: 'OPTIONS', headers }, { headers }], { request: { origin: 'null', ...request } }))
        ?.policy
    }
    expect(await policyOf('*', { method: 'PUT' })).toEqual({ origins: '*', methods: ['PUT'], maxAge: 600 })
    expect(await policyOf('*', { reads: ['X-A'] })).toEqual({ origins: '*', exposedHeaders: ['X-A'] })
    expect(await policyOf('*', { credentials: 'include' })).toBeUndefined()
    expect(await policyOf('null', { method: 'PUT' })).toBeUndefined()
    expect(await policyOf(PAGE, { method: 'PUT' })).toBeUndefined()
  })

  it('does not follow the redirect of a request whose answer is a redirect to another place', async () => {
    const redirect = { status: 302, headers: [['LOCATION', 'https://c.example.org/']] } as const
    expect((await plan([redirect]))?.policy).toEqual({ origins: [PAGE] })
  })

  it.each([
    ['a page without an origin, which no list may hold', { request: { origin: 'null' } }],
    ['a request of its own origin', { isCrossOrigin: false }],
    ['mixed content', { request: { url: 'http://api.example.com/' } }],
  ])('is none for %s', async (_, rest) => expect(await plan([{}], rest)).toBeNull())
})

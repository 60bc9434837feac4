import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCors, perRequest } from '../../src/index.ts'
import { type Disagreement, shadow, shadowReport } from '../../src/swap.ts'
import { ADMIN, APP, actual, cors, preflight, STRANGER } from '../support/exchanges.ts'
import { candidate, constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

const LIVE = { origins: [APP, ADMIN], methods: ['PUT'] } as const
const NEXT = { origins: [APP, STRANGER], methods: ['PUT', 'DELETE'] } as const

describe('shadow()', () => {
  it('answers by the live policy, and reports what the candidate would do otherwise', async () => {
    const found: Disagreement[] = []
    const policy = shadow(LIVE, NEXT, { onDisagreement: (one) => found.push(one) })
    const fetch = policy.wrap(() => new Response('hello'))
    expect(cors(await fetch(actual(ADMIN)))).toMatchObject({ 'Access-Control-Allow-Origin': ADMIN })
    expect(cors(await fetch(actual(STRANGER)))['Access-Control-Allow-Origin']).toBeUndefined()
    await fetch(actual(APP))
    await fetch(preflight(APP, 'DELETE'))
    await fetch(preflight(ADMIN, 'DELETE'))
    expect(found.map(({ change, origin, code, candidate: other }) => [change, origin, code, other])).toEqual([
      ['stopped', ADMIN, null, 'origin-not-allowed'],
      ['allowed', STRANGER, 'origin-not-allowed', null],
      ['allowed', APP, 'method-not-permitted', null],
      ['other', ADMIN, 'method-not-permitted', 'origin-not-allowed'],
    ])
  })

  it('takes a live policy that is chosen per request', async () => {
    const report = shadowReport()
    const policy = shadow(
      perRequest(() => createCors(LIVE)),
      createCors(NEXT),
      report,
    )
    await policy.wrap(() => new Response('hello'))(actual(STRANGER))
    expect(report.summary()).toMatchObject([{ change: 'allowed', origin: STRANGER, count: 1 }])
  })

  it('finds no disagreement of a policy with itself', () => {
    holds(
      fc.property(
        constructing.chain((policy) =>
          fc.tuple(
            fc.constant(policy),
            policy.origins === '*' ? fc.webUrl() : candidate(policy.origins as string[]),
            fc.constantFrom('PUT', 'DELETE', 'patch'),
          ),
        ),
        ([policy, origin, method]) => {
          const report = shadowReport()
          const headers = new Map([
            ['origin', origin],
            ['access-control-request-method', method],
          ])
          shadow(policy, policy, report).entries({ method: 'OPTIONS', headers })
          expect(report.summary()).toEqual([])
        },
      ),
    )
  })

  it('refuses options without the hook', () => {
    expect(() => shadow(LIVE, NEXT, {} as never)).toThrow('onDisagreement is a function')
  })
})

describe('shadowReport()', () => {
  it('counts by kind and origin, the most frequent first, with an example', () => {
    const report = shadowReport()
    const policy = shadow(LIVE, NEXT, report)
    for (const origin of [ADMIN, STRANGER, STRANGER]) policy.entries(actual(origin))
    expect(report.summary().map(({ origin, count, example }) => [origin, count, example.path])).toEqual([
      [STRANGER, 2, '/users/1'],
      [ADMIN, 1, '/users/1'],
    ])
  })

  it('is bounded, however many origins strangers send', () => {
    const report = shadowReport()
    const policy = shadow({ origins: [APP] }, { origins: '*' }, report)
    for (let i = 0; i < 5_000; i++) policy.entries(actual(`https://s${i}.example`))
    const counts = report.summary()
    expect(counts.length).toBeLessThanOrEqual(1_001)
    expect(counts[0]).toMatchObject({ origin: '(others)' })
    expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(5_000)
  })
})

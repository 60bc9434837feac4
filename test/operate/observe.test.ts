import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCors, perRequest } from '../../src/index.ts'
import { type CorsRecord, type Observer, observe, type RefusalRecord } from '../../src/log.ts'
import { hash } from '../../src/policy.ts'
import { createBrowser } from '../../src/testing.ts'
import { DOORS } from '../support/doors.ts'
import { APP, actual, head, preflight, present, STRANGER } from '../support/exchanges.ts'
import { candidate, constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

const POLICY = { origins: [APP], methods: ['PUT'], requestHeaders: ['X-One'], refused: 'forbid' } as const

/** Keeps what an observer is told. */
function kept() {
  const decisions: CorsRecord[] = []
  const refusals: RefusalRecord[] = []
  const observer: Observer = {
    onDecision: (record) => decisions.push(record),
    onRefusal: (record) => refusals.push(record),
  }
  return { decisions, refusals, observer }
}

describe('a record', () => {
  it.each([
    ['a shared request', actual(APP), { kind: 'cors', code: null, rule: APP, method: 'GET' }],
    ['a shared preflight', preflight(APP, 'PUT', 'x-one'), { kind: 'preflight', code: null, method: 'PUT' }],
    ['a stranger', actual(STRANGER), { kind: 'cors', code: 'origin-not-allowed', origin: STRANGER, rule: null }],
    ["a stranger's preflight", preflight(STRANGER), { kind: 'preflight', code: 'origin-not-allowed' }],
    ['null', actual('null'), { code: 'origin-null' }],
    [
      'a method that is missing',
      preflight(APP, 'DELETE'),
      { code: 'method-not-permitted', missing: { method: 'DELETE', headers: [] } },
    ],
    [
      'headers that are missing',
      preflight(APP, 'PUT', 'authorization,x-one,x-two'),
      { code: 'header-not-permitted', missing: { method: null, headers: ['authorization', 'x-two'] } },
    ],
    [
      'both',
      preflight(APP, 'DELETE', 'x-two'),
      { code: 'method-not-permitted', missing: { method: 'DELETE', headers: ['x-two'] } },
    ],
  ])('tells of %s', async (_, request, expected) => {
    const { observer, decisions, refusals } = kept()
    await observe(createCors(POLICY), observer).wrap(() => new Response('hello'))(request)
    expect(decisions).toEqual([
      expect.objectContaining({ path: '/users/1', tenant: null, policy: hash(POLICY), ...expected }),
    ])
    expect(refusals).toEqual(expected.code === null ? [] : decisions)
  })

  it('is made of no request without Origin', async () => {
    const { decisions, observer } = kept()
    await observe(POLICY, observer).wrap(() => new Response('hello'))(actual(null))
    expect(decisions).toEqual([])
  })

  it('holds short, printable text, whatever a client sends', () => {
    const { decisions, observer } = kept()
    const names = Array.from({ length: 400 }, (_, i) => `x-\u001b[31m${i}${'y'.repeat(300)}`).join(',')
    const fields = {
      origin: APP,
      'access-control-request-method': `DELETE\r\n${'z'.repeat(5000)}`,
      'access-control-request-headers': names,
    }
    observe(POLICY, { ...observer, tenant: () => 't\u202e' }).entries(head('OPTIONS', fields))
    expect(JSON.stringify(decisions).length).toBeLessThan(5000)
    expect(JSON.stringify(decisions)).toMatch(/^[\x20-\x7e…]*$/)
    expect(decisions[0]?.missing.headers).toHaveLength(16)
    expect(decisions[0]?.tenant).toBe('t?')
  })

  it('says that no policy could be had', async () => {
    const { refusals, observer } = kept()
    const none = observe(
      perRequest(() => null),
      observer,
    )
    expect(await none.preflight(preflight(APP))).toMatchObject({ status: 403 })
    expect(refusals).toEqual([expect.objectContaining({ code: 'policy-unavailable', policy: null })])
  })

  it('agrees with the browser: it has a code exactly where the page cannot read the answer', async () => {
    const requests = constructing
      .filter(({ origins }) => origins !== '*')
      .chain((policy) =>
        fc.tuple(
          fc.constant(policy),
          candidate(policy.origins as string[]).filter(
            (text) => /^https?:\/\/[a-z0-9.-]+(:\d+)?$/.test(text) && URL.canParse(text),
          ),
          fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH'),
          fc.subarray(['X-A', 'Authorization', 'X-Long-1', 'X-B']),
        ),
      )
    let blocked = 0
    await holds(
      fc.asyncProperty(requests, async ([policy, text, method, names]) => {
        const origin = new URL(text).origin
        const { decisions, observer } = kept()
        const cors = observe(createCors(policy), observer)
        const browser = createBrowser({ fetch: cors.wrap(() => new Response('hello')) })
        const outcome = await browser.page(origin).request('https://api.example.test/', {
          method,
          headers: names.map((name): [string, string] => [name, '1']),
          ...(policy.credentials === true ? { credentials: 'include' as const } : {}),
        })
        if (!outcome.shared) blocked++
        expect(decisions.every(({ code }) => code === null)).toBe(outcome.shared)
      }),
      { numRuns: 400 },
    )
    expect(blocked).toBeGreaterThan(20)
  })
})

describe('observe()', () => {
  it('answers as the policy does', async () => {
    await holds(
      fc.asyncProperty(
        constructing.chain((policy) =>
          fc.tuple(fc.constant(policy), policy.origins === '*' ? fc.webUrl() : candidate(policy.origins as string[])),
        ),
        fc.boolean(),
        async ([policy, origin], isPreflight) => {
          const plain = createCors(policy)
          const fields = { origin, ...(isPreflight ? { 'access-control-request-method': 'PUT' } : {}) }
          const request = () => head(isPreflight ? 'OPTIONS' : 'GET', fields)
          for (const observed of [observe(plain, {}), observe(policy as never, kept().observer)]) {
            expect(observed.entries(request(), ['X-Rate-1'])).toEqual(plain.entries(request(), ['X-Rate-1']))
            expect(observed.decide(request())).toEqual(plain.decide(request()))
            const seen = (response: Response | null) =>
              response && [response.status, ...[...response.headers].map(String)].join('\n')
            expect(seen(observed.preflight(request()))).toEqual(seen(plain.preflight(request())))
            expect(seen(observed.guard(request()))).toEqual(seen(plain.guard(request())))
            const answer = () => new Response('a', { headers: { 'X-Rate-1': '1' } })
            expect(seen(observed.apply(request(), answer()))).toEqual(seen(plain.apply(request(), answer())))
            expect([...observed.headers(request())]).toEqual([...plain.headers(request())])
            expect(seen(observed.wrap(answer)(request() as Request))).toEqual(
              seen(plain.wrap(answer)(request() as Request)),
            )
          }
        },
      ),
    )
  })

  const sources = {
    'a policy': (observer: Observer) => observe(POLICY, observer),
    'a policy that is chosen': (observer: Observer) =>
      observe(
        perRequest(() => createCors(POLICY)),
        observer,
      ),
    'a function': (observer: Observer) => {
      const cors = observe(POLICY, observer)
      return () => cors
    },
    // Behind a function a "*" varies by Origin: another engine answers, and is observed too.
    'a function that gives *': (observer: Observer) => {
      const cors = observe({ origins: '*' }, observer)
      return () => cors
    },
  }
  for (const [source, make] of Object.entries(sources))
    it.each(Object.entries(DOORS))(`records each request once: ${source}, by %s`, async (_, door) => {
      const { decisions, observer } = kept()
      const fetch = door(make(observer), () => new Response('hello'))
      for (const request of [actual(APP), preflight(APP, 'POST'), actual(STRANGER), actual(null)]) await fetch(request)
      const everyone = source.endsWith('*')
      expect(decisions.map(({ kind, code }) => [kind, code])).toEqual([
        ['cors', null],
        ['preflight', null],
        ['cors', everyone ? null : 'origin-not-allowed'],
      ])
    })

  it('lets no hook change an answer', async () => {
    const hooks = {
      onDecision: () => Promise.reject(new Error('full')),
      onRefusal: () => {
        throw new Error('gone')
      },
    }
    const answer = await observe(POLICY, hooks).wrap(() => new Response('hello'))(actual(STRANGER))
    expect(answer.status).toBe(403)
    const silent = observe(POLICY, { ...hooks, tenant: () => present(null as string | null) })
    expect(silent.wrap(() => new Response('hello'))(actual(APP)).status).toBe(200)
  })

  it('records a share of the requests', () => {
    const { decisions, observer } = kept()
    const none = observe(POLICY, { ...observer, sample: 0 })
    for (let i = 0; i < 50; i++) none.entries(actual(APP))
    expect(decisions).toHaveLength(0)
    const some = observe(POLICY, { ...observer, sample: 0.5 })
    for (let i = 0; i < 400; i++) some.entries(actual(APP))
    expect(decisions.length).toBeGreaterThan(100)
    expect(decisions.length).toBeLessThan(300)
  })

  it.each([
    [{ onRefused: () => {} }, 'observe: there is no option "onRefused"'],
    [{ onRefusal: 'log' }, 'observe: onRefusal is a function'],
    [{ sample: 2 }, 'observe: sample is a number from 0 to 1'],
    [{ sample: Number.NaN }, 'observe: sample is a number from 0 to 1'],
  ])('refuses the options %j', (options, message) => {
    expect(() => observe(createCors(POLICY), options as Observer)).toThrow(message)
  })

  it('refuses a wrong policy with its sentence', () => {
    expect(() => observe({ origins: ['https://app.example.com/'] as never }, {})).toThrow(
      'an origin has no trailing slash',
    )
  })
})

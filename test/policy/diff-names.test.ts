// What each change is called: the option, the value and the sentence, one by one.
import { describe, expect, it } from 'vitest'
import type { CorsPolicy } from '../../src/index.ts'
import { diffPolicies } from '../../src/policy.ts'

const base: CorsPolicy = { origins: ['https://a.com'] }
type Change = Omit<CorsPolicy, 'origins'>

/** What becomes allowed by one change, what stops by taking it back, and what else there is. */
function changes(before: Change, after: Change) {
  const say = (list: ReturnType<typeof diffPolicies>['allowed']) =>
    list.map(({ option, value }) => `${option} ${value}`)
  const { allowed, stopped, other } = diffPolicies({ ...base, ...before }, { ...base, ...after })
  return { allowed: say(allowed), stopped: say(stopped), other: say(other) }
}
const allowed = (before: Change, after: Change) => changes(before, after).allowed

describe('diffPolicies()', () => {
  it.each<[CorsPolicy, CorsPolicy, object[], object[], object[]]>([
    [
      base,
      { ...base, credentials: true },
      [
        {
          option: 'credentials',
          value: true,
          sentence: 'pages may send cookies and read the answers to them',
          isCertain: true,
        },
      ],
      [],
      [],
    ],
    [
      { ...base, timingAllowOrigin: true },
      base,
      [],
      [
        {
          option: 'timingAllowOrigin',
          value: true,
          sentence: 'pages may no longer read resource timing in detail',
          isCertain: true,
        },
      ],
      [],
    ],
    [
      { ...base, refused: 'forbid' },
      base,
      [
        {
          option: 'refused',
          value: 'pass',
          sentence: 'requests from refused origins may reach the handler',
          isCertain: true,
        },
      ],
      [],
      [],
    ],
    [
      base,
      { origins: '*' },
      [{ option: 'origins', value: '*', sentence: 'every origin may read answers', isCertain: true }],
      [],
      [],
    ],
    [
      { origins: '*' },
      base,
      [],
      [{ option: 'origins', value: '*', sentence: 'every origin may no longer read answers', isCertain: true }],
      [],
    ],
    [
      base,
      { origins: () => false },
      [
        {
          option: 'origins',
          value: 'predicate',
          sentence: 'origins that the predicate allows may read answers, as far as the predicate does not refuse',
          isCertain: false,
        },
      ],
      [
        {
          option: 'origins',
          value: 'https://a.com',
          sentence: '"https://a.com" may no longer read answers',
          isCertain: true,
        },
      ],
      [],
    ],
    [
      { ...base, maxAge: 600 },
      base,
      [],
      [],
      [
        {
          option: 'maxAge',
          value: null,
          sentence: 'browsers keep a preflight answer for 5 seconds instead of 600 seconds',
          isCertain: true,
        },
      ],
    ],
    [
      base,
      { ...base, maxAge: 0 },
      [],
      [],
      [
        {
          option: 'maxAge',
          value: 0,
          sentence: 'browsers keep a preflight answer for 0 seconds instead of 5 seconds',
          isCertain: true,
        },
      ],
    ],
    [
      { ...base, preflightStatus: 200 },
      base,
      [],
      [],
      [{ option: 'preflightStatus', value: 204, sentence: 'preflights are answered with 204', isCertain: true }],
    ],
    [
      base,
      { ...base, preflightStatus: 200 },
      [],
      [],
      [{ option: 'preflightStatus', value: 200, sentence: 'preflights are answered with 200', isCertain: true }],
    ],
    [
      base,
      { ...base, methods: ['GET'] },
      [],
      [],
      [
        {
          option: 'methods',
          value: 'GET',
          sentence: 'answers name "GET", which pages may send all the same',
          isCertain: true,
        },
      ],
    ],
    [
      { ...base, exposedHeaders: ['Content-Type'] },
      base,
      [],
      [],
      [
        {
          option: 'exposedHeaders',
          value: 'content-type',
          sentence: 'answers no longer name "content-type", which pages may read all the same',
          isCertain: true,
        },
      ],
    ],
    [
      base,
      { ...base, methods: '*', requestHeaders: '*', exposedHeaders: '*' },
      [
        { option: 'methods', value: '*', sentence: 'pages may send any method', isCertain: true },
        {
          option: 'requestHeaders',
          value: '*',
          sentence: 'pages may send any request header but Authorization',
          isCertain: true,
        },
        { option: 'exposedHeaders', value: '*', sentence: 'pages may read any response header', isCertain: true },
      ],
      [],
      [],
    ],
    [
      base,
      { ...base, requestHeaders: ['Content-Type', 'X-A-*'] },
      [
        {
          option: 'requestHeaders',
          value: 'content-type',
          sentence: 'pages may send the header "content-type"',
          isCertain: true,
        },
        {
          option: 'requestHeaders',
          value: 'x-a-*',
          sentence: 'pages may send headers whose names begin with "x-a-"',
          isCertain: true,
        },
      ],
      [],
      [],
    ],
    [{ ...base, preflightStatus: 204, maxAge: 5 }, { ...base, maxAge: 5 }, [], [], []],
  ])('says what changes: case %#', (before, after, ...expected) => {
    const { allowed, stopped, other } = diffPolicies(before, after)
    expect([allowed, stopped, other]).toEqual(expected)
  })

  it('takes a predicate that throws for one that refuses', () => {
    const throwing: CorsPolicy = {
      origins: () => {
        throw new Error('not ready')
      },
    }
    expect(diffPolicies(throwing, base).allowed).toMatchObject([{ value: 'https://a.com', isCertain: true }])
    expect(diffPolicies(base, throwing).stopped).toMatchObject([{ value: 'https://a.com', isCertain: true }])
  })

  it('knows no difference between a predicate and itself, and asks another about whole origins alone', () => {
    const origins = (origin: string) => origin === 'https://a.com'
    const none = { allowed: [], stopped: [], other: [] }
    expect(diffPolicies({ origins }, { origins })).toEqual(none)
    const asked: string[] = []
    const noting = (origin: string) => {
      asked.push(origin)
      return true
    }
    const list = ['https://a.com', 'https://a_b.com', 'https://*.a.com', 'http://localhost:*']
    const { allowed } = diffPolicies({ origins: noting }, { origins: list })
    expect(allowed.map(({ value, isCertain }) => [value, isCertain])).toEqual(
      [
        ['https://a_b.com', true],
        ['https://*.a.com', false],
        ['http://localhost:*', false],
      ].filter(([value]) => value !== 'https://a_b.com' || !asked.includes('https://a_b.com')),
    )
    expect(asked).toContain('https://a.com')
    expect(asked.some((origin) => origin.includes('*'))).toBe(false)
  })

  it('takes one refusal for none, and one answer of two truthy ones', () => {
    const truthy = (() => 'yes') as never
    expect(diffPolicies({ origins: truthy }, base).allowed).toMatchObject([{ value: 'https://a.com' }])
    const forbid: CorsPolicy = { ...base, refused: 'forbid', credentials: true, timingAllowOrigin: true }
    expect(diffPolicies(forbid, forbid)).toEqual({ allowed: [], stopped: [], other: [] })
  })

  it('finds no widening below an outer "*"', () => {
    expect(diffPolicies({ origins: '*' }, { origins: ['https://a.com'] }).allowed).toEqual([])
    expect(diffPolicies({ origins: '*' }, { origins: () => true }).allowed).toEqual([])
  })
})

describe('a name pattern of a header', () => {
  it('covers what is longer than its text, and begins with it', () => {
    expect(allowed({ requestHeaders: ['X-A-*'] }, { requestHeaders: ['x-a-b'] })).toEqual([])
    expect(allowed({ requestHeaders: ['X-A-*'] }, { requestHeaders: ['x-a-'] })).toEqual(['requestHeaders x-a-'])
    expect(allowed({ requestHeaders: ['X-A-*'] }, { requestHeaders: ['x-bcd'] })).toEqual(['requestHeaders x-bcd'])
    expect(allowed({ requestHeaders: ['X-A-*'] }, { requestHeaders: ['x-bcdefgh'] })).toEqual([
      'requestHeaders x-bcdefgh',
    ])
    expect(allowed({ requestHeaders: ['X-Ab'] }, { requestHeaders: ['x-ab', 'x-acd'] })).toEqual([
      'requestHeaders x-acd',
    ])
  })

  it('covers a pattern that is narrower, and none that is wider', () => {
    expect(allowed({ requestHeaders: ['X-*'] }, { requestHeaders: ['X-A-*'] })).toEqual([])
    expect(allowed({ requestHeaders: ['X-A-*'] }, { requestHeaders: ['X-*'] })).toEqual(['requestHeaders x-*'])
    expect(allowed({ requestHeaders: ['X-A-*'] }, { requestHeaders: ['X-A-*', 'X-B-*'] })).toEqual([
      'requestHeaders x-b-*',
    ])
    expect(allowed({ exposedHeaders: ['X-*', 'Acc*'] }, { exposedHeaders: ['X-A-*', 'Access-*'] })).toEqual([])
  })

  it('of exposed headers covers no header of the protocol', () => {
    const after: Change = { exposedHeaders: ['Access-*', 'Access-Control-X'] }
    expect(allowed({ exposedHeaders: ['Access-*'] }, after)).toEqual(['exposedHeaders access-control-x'])
    expect(allowed({ exposedHeaders: ['Access-*'] }, { exposedHeaders: ['Accessory', 'Access-X'] })).toEqual([
      'exposedHeaders accessory',
    ])
    expect(allowed({ requestHeaders: ['Access-*'] }, { requestHeaders: ['Access-Control-X'] })).toEqual([])
  })

  it('is nothing of the kind in a method', () => {
    expect(allowed({ methods: ['X*'] }, { methods: ['X*', 'XDELETE'] })).toEqual(['methods XDELETE'])
  })
})

describe('"*"', () => {
  it('stands for every method and exposed header, and for every request header but Authorization', () => {
    expect(allowed({ methods: '*' }, { methods: ['PUT'] })).toEqual([])
    expect(allowed({ exposedHeaders: '*' }, { exposedHeaders: ['Authorization', 'X-*'] })).toEqual([])
    expect(allowed({ requestHeaders: '*' }, { requestHeaders: ['X-A', 'Bo*'] })).toEqual([])
    expect(allowed({ requestHeaders: '*' }, { requestHeaders: ['Authorization'] })).toEqual([
      'requestHeaders authorization',
    ])
    expect(allowed({ requestHeaders: '*' }, { requestHeaders: ['Au*', 'Authorization-*'] })).toEqual([
      'requestHeaders au*',
    ])
    expect(allowed({ requestHeaders: ['*', 'Authorization'] }, { requestHeaders: ['Auth*', 'Authorization'] })).toEqual(
      [],
    )
  })

  it('is covered by nothing but itself', () => {
    expect(allowed({ methods: ['PUT'] }, { methods: '*' })).toEqual(['methods *'])
    expect(allowed({ requestHeaders: ['X-*'] }, { requestHeaders: '*' })).toEqual(['requestHeaders *'])
    expect(changes({ exposedHeaders: '*' }, { exposedHeaders: ['*'] })).toEqual({ allowed: [], stopped: [], other: [] })
  })
})

describe('what needs no permission', () => {
  it('is no widening', () => {
    expect(allowed({}, { methods: ['GET', 'HEAD', 'POST'] })).toEqual([])
    expect(allowed({}, { exposedHeaders: ['Content-Type', 'Expires'] })).toEqual([])
    expect(allowed({}, { methods: ['get-it'] })).toEqual(['methods get-it'])
    expect(allowed({}, { requestHeaders: ['Content-Type'] })).toEqual(['requestHeaders content-type'])
  })

  it('is named no more than once, and not beside what is one', () => {
    expect(changes({}, { methods: ['GET', 'PUT', 'GET'] })).toEqual({
      allowed: ['methods PUT'],
      stopped: [],
      other: [],
    })
    expect(changes({ requestHeaders: ['X-*'] }, { requestHeaders: ['X-*', 'X-A', 'x-a'] }).other).toEqual([
      'requestHeaders x-a',
    ])
    expect(changes({}, { credentials: true, methods: ['GET'] })).toEqual({
      allowed: ['credentials true'],
      stopped: [],
      other: ['methods GET'],
    })
    expect(changes({ exposedHeaders: ['X-*', 'X-A'] }, { exposedHeaders: ['X-*'] }).other).toEqual([
      'exposedHeaders x-a',
    ])
  })
})

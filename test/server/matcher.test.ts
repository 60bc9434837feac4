// P4 and P5: the matcher is what its entries mean, and costs the same for one entry and for a hundred thousand.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { checkPolicy, createCors } from '../../src/index.ts'
import { countMembersOf } from '../support/counting.ts'
import { actual, cors, head } from '../support/exchanges.ts'
import { allows, candidate, entries, exactOrigin, means, SUFFIXES } from '../support/policies.ts'
import { holds } from '../support/property.ts'

// Many runs, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

const constructs = (origins: readonly string[]) =>
  checkPolicy({ origins }).every(({ severity }) => severity !== 'error')
const shares = (origins: readonly string[], origin: string) => createCors({ origins }).decide(head('GET', { origin }))

describe('decide() of a list', () => {
  it('P4 agrees with what the entries mean, for members, concatenations and neighbours by one character', () => {
    const lists = entries.filter(constructs).chain((list) => fc.tuple(fc.constant(list), candidate(list)))
    holds(
      fc.property(lists, ([list, origin]) => {
        const decision = shares(list, origin)
        expect(decision.shared).toBe(allows(list, origin))
        if (decision.shared) expect(means(decision.rule ?? '', origin)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('P4 finds both answers often enough for the agreement to mean something', () => {
    const lists = entries.filter(constructs).chain((list) => fc.tuple(fc.constant(list), candidate(list)))
    const answers = fc.sample(lists, { numRuns: 1_000, seed: 1 }).map(([list, origin]) => shares(list, origin).shared)
    expect(answers.filter((shared) => shared).length).toBeGreaterThan(100)
    expect(answers.filter((shared) => !shared).length).toBeGreaterThan(100)
  })

  it('P4 does not join two members: foo.com and bar.com allow no barfoo.com', () => {
    const list = ['https://foo.com', 'https://bar.com', 'https://*.baz.com']
    expect(shares(list, 'https://barfoo.com').shared).toBe(false)
    expect(shares(list, 'https://foo.comhttps://bar.com').shared).toBe(false)
    expect(shares(list, 'https://foo.baz.com').shared).toBe(true)
    expect(shares(list, 'https://foobaz.com').shared).toBe(false)
  })

  it('P5 refuses every accepted origin with more behind it', () => {
    const lists = entries.filter(constructs).chain((list) => fc.tuple(fc.constant(list), candidate(list)))
    holds(
      fc.property(lists, fc.constantFrom(...SUFFIXES), ([list, origin], suffix) => {
        const { shared, rule } = shares(list, origin)
        fc.pre(shared && !/:(?:\/\/)?\*$/.test(rule ?? ''))
        expect(shares([rule ?? ''], origin + suffix).shared).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a pattern', () => {
  const rule = (pattern: string, origin: string) => shares([pattern], origin).rule

  it('of whole labels matches one or more of them, and not the apex', () => {
    const pattern = 'https://*.a.com'
    expect(rule(pattern, 'https://x.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://x.y.z.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://a.com')).toBeNull()
    expect(rule(pattern, 'https://.a.com')).toBeNull()
    expect(rule(pattern, 'https://x..a.com')).toBeNull()
    expect(rule(pattern, 'https://-x.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://x-.y_.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://-.a.com')).toBeNull()
    expect(rule(pattern, 'https://x._.a.com')).toBeNull()
    expect(rule(pattern, 'https://X.a.com')).toBeNull()
    expect(rule(pattern, 'https://x.a.com:8443')).toBeNull()
    expect(rule(pattern, 'http://x.a.com')).toBeNull()
    expect(rule(pattern, 'https://*.a.com')).toBeNull()
  })

  it('within a label matches one or more characters of that label', () => {
    const pattern = 'https://app-*.a.com'
    expect(rule(pattern, 'https://app-1.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://app-a-b.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://app-.a.com')).toBeNull()
    expect(rule(pattern, 'https://app-1-.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://app-1.b.a.com')).toBeNull()
    expect(rule(pattern, 'https://x.app-1.a.com')).toBeNull()
    expect(rule(pattern, 'https://app-_.a.com')).toBe(pattern)
    expect(rule(pattern, 'https://app-*.a.com')).toBeNull()
  })

  it('matches labels of 63 and hosts of 253 characters, and no longer ones', () => {
    const labels = (length: number) =>
      `${`${'a'.repeat(49)}.`.repeat(Math.floor(length / 50))}${'b'.repeat(length % 50)}`
    expect(rule('https://*.a.com', `https://${'a'.repeat(63)}.a.com`)).not.toBeNull()
    expect(rule('https://*.a.com', `https://${'a'.repeat(64)}.a.com`)).toBeNull()
    expect(rule('https://x*.a.com', `https://x${'a'.repeat(62)}.a.com`)).not.toBeNull()
    expect(rule('https://x*.a.com', `https://x${'a'.repeat(63)}.a.com`)).toBeNull()
    expect(rule('https://*.a.com', `https://${labels(247)}.a.com`)).not.toBeNull()
    expect(rule('https://*.a.com', `https://${labels(248)}.a.com`)).toBeNull()
  })

  it('of any port matches loopback without a port and with one that browsers write', () => {
    const pattern = 'http://localhost:*'
    expect(rule(pattern, 'http://localhost')).toBe(pattern)
    expect(rule(pattern, 'http://localhost:5173')).toBe(pattern)
    expect(rule(pattern, 'http://localhost:65535')).toBe(pattern)
    expect(rule(pattern, 'http://localhost:65536')).toBeNull()
    expect(rule(pattern, 'http://localhost:80')).toBeNull()
    expect(rule(pattern, 'http://localhost:080')).toBeNull()
    expect(rule(pattern, 'http://localhost:0')).toBeNull()
    expect(rule(pattern, 'http://localhost:')).toBeNull()
    expect(rule(pattern, 'http://localhost:1:2')).toBeNull()
    expect(rule(pattern, 'http://localhost:5e3')).toBeNull()
    expect(rule(pattern, 'https://localhost:5173')).toBeNull()
    expect(rule(pattern, 'http://localhost.evil.test:1')).toBeNull()
    expect(rule('http://[::1]:*', 'http://[::1]:3000')).toBe('http://[::1]:*')
    expect(rule('http://[::1]:*', 'http://[::1]')).toBe('http://[::1]:*')
  })
})

describe('the cost of a look-up', () => {
  const MEMBERS = [
    'Map.get',
    'Map.has',
    'Set.has',
    'String.slice',
    'String.indexOf',
    'String.charCodeAt',
    'String.startsWith',
    'String.endsWith',
  ]
  const total = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0)
  const cost = (origins: readonly string[], origin: string) => {
    const policy = createCors({ origins })
    const request = head('GET', { origin })
    return total(countMembersOf(MEMBERS, () => policy.entries(request)))
  }
  const exact = (count: number) =>
    Array.from({ length: count }, (_, i) => `https://t${String(i).padStart(6, '0')}.example.com`)
  const patterns = (count: number) => exact(count).map((origin) => origin.replace('https://', 'https://*.'))

  it('is the same in 100,000 exact origins as in 10, for a hit and for a miss', () => {
    expect(cost(exact(100_000), 'https://t000009.example.com')).toBe(cost(exact(10), 'https://t000009.example.com'))
    expect(cost(exact(100_000), 'https://tx00009.example.com')).toBe(cost(exact(10), 'https://tx00009.example.com'))
  })

  it('is the same in 10,000 patterns as in 10, for a hit and for a miss', () => {
    expect(cost(patterns(10_000), 'https://a.t000009.example.com')).toBe(
      cost(patterns(10), 'https://a.t000009.example.com'),
    )
    expect(cost(patterns(10_000), 'https://a.tx00009.example.com')).toBe(
      cost(patterns(10), 'https://a.tx00009.example.com'),
    )
  })

  it('is bounded in 10,000 patterns of every length, for the worst host there is', () => {
    const lengths = Array.from({ length: 10_000 }, (_, i) => `https://*.${'a'.repeat(1 + (i % 60))}.t${i}.example.com`)
    const nested = Array.from({ length: 120 }, (_, i) => `https://*.${'a.'.repeat(i)}a.example.com`)
    expect(cost([...lengths, ...nested], `https://${'a.'.repeat(120)}example.com`)).toBeLessThan(3_000)
  })

  it('is nothing for an Origin of 16 KB', () => {
    const policy = createCors({ origins: [...exact(1_000), ...patterns(1_000), 'http://localhost:*'] })
    const count = (origin: string) => total(countMembersOf(MEMBERS, () => policy.entries(head('GET', { origin }))))
    expect(count('a'.repeat(16_384))).toBeLessThan(5)
    expect(count(`https://${'a.'.repeat(8_000)}t000001.example.com`)).toBeLessThan(5)
    expect(count(`https://t000001.example.com${' '.repeat(16_384)}`)).toBeLessThan(5)
  })
})

describe('apply() of a list', () => {
  it('answers with the bytes that were received, for every origin that is allowed', () => {
    holds(
      fc.property(fc.uniqueArray(exactOrigin, { minLength: 1, maxLength: 5 }), fc.nat(), (list, at) => {
        const origin = list[at % list.length] ?? ''
        const response = createCors({ origins: list }).apply(actual(origin), new Response('x'))
        expect(cors(response)).toEqual({ 'Access-Control-Allow-Origin': origin, Vary: 'origin' })
      }),
      { numRuns: 200 },
    )
  })
})

// P2: what a client sends is never an exception, and never expensive.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { countMembersOf } from '../support/counting.ts'
import { APP, cors, head, present } from '../support/exchanges.ts'
import { constructing } from '../support/policies.ts'
import { holds } from '../support/property.ts'

// Many runs, on a machine that may be busy with others.
vi.setConfig({ testTimeout: 60_000 })

describe('decide()', () => {
  it('never throws, whatever was sent', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('http://[', 'http://[::', 'a://[]:1', '://', ':', 'x://:'),
    )
    holds(
      fc.property(constructing, anything, anything, anything, (made, verb, origin, name) => {
        const request = head(verb, {
          origin,
          'access-control-request-method': name,
          'access-control-request-headers': name,
        })
        const policies = [createCors(made), createCors({ origins: () => true })]
        for (const each of policies) {
          expect(each.decide(request).origin).toBe(origin)
          each.entries(request)
          each.guard(head(verb, { origin, 'sec-fetch-site': name }))
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('hostile input', () => {
  const WORK = [
    'String.slice',
    'String.split',
    'String.trim',
    'String.toLowerCase',
    'Array.push',
    'Set.add',
    'Set.has',
    'Map.get',
  ]
  const MEGABYTE = 1_048_576
  const echoing: CorsPolicy = { origins: [APP], credentials: true, methods: '*', requestHeaders: '*' }

  function work(made: CorsPolicy, names: string, verb = 'PUT'): number {
    const policy = createCors(made)
    const request = head('OPTIONS', {
      origin: APP,
      'access-control-request-method': verb,
      'access-control-request-headers': names,
    })
    const counts = countMembersOf(WORK, () => policy.entries(request))
    return Object.values(counts).reduce((sum, count) => sum + count, 0)
  }

  it('P2 costs no more with 1 MB of names than with none, in commas, tabs, spaces or one letter', () => {
    const nothing = work(echoing, '')
    expect(work(echoing, ','.repeat(MEGABYTE))).toBeLessThanOrEqual(nothing + 5)
    expect(work(echoing, '\t'.repeat(MEGABYTE))).toBeLessThanOrEqual(nothing + 5)
    expect(work(echoing, ' '.repeat(MEGABYTE))).toBeLessThanOrEqual(nothing + 5)
    expect(work(echoing, 'a'.repeat(MEGABYTE))).toBeLessThanOrEqual(nothing + 5)
    expect(work(echoing, '', 'a'.repeat(MEGABYTE))).toBeLessThanOrEqual(nothing + 5)
  })

  it('P2 costs a bounded amount with 4 KB of names, which is what is read at most', () => {
    expect(work(echoing, ','.repeat(4096))).toBeLessThan(3 * 4096)
    expect(work(echoing, ' ,'.repeat(2048))).toBeLessThan(3 * 4096)
    expect(work(echoing, 'a,'.repeat(2048))).toBeLessThan(3 * 4096)
    expect(work(echoing, ' '.repeat(4096))).toBeLessThan(50)
  })

  it('P2 costs nothing where the policy reads no names', () => {
    const declared: CorsPolicy = { origins: [APP], methods: ['PUT'], requestHeaders: ['X-A', 'X-B'] }
    expect(work(declared, 'x-a,'.repeat(100_000))).toBe(work(declared, ''))
  })

  it('is answered by the policy all the same', () => {
    const request = head('OPTIONS', {
      origin: APP,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': ','.repeat(MEGABYTE),
    })
    expect(cors(present(createCors(echoing).preflight(request)))['Access-Control-Allow-Methods']).toBe('PUT')
    expect(createCors(echoing).decide(head('GET', { origin: 'a'.repeat(16_384) })).refusal).toBe('origin-too-long')
  })
})

// That a request costs the same under a large policy as under a small one: look-ups are counted, so the machine has no say.
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, createCors } from '../../src/index.ts'
import { type Counts, countMembersOf } from '../support/counting.ts'
import { head } from '../support/exchanges.ts'
import { added } from './counted.ts'

/** Everything that can look at a text or search a collection. */
const LOOKS = [
  'Set.has',
  'Set.forEach',
  'Set.@@iterator',
  'Map.get',
  'Map.has',
  'Map.forEach',
  'Map.@@iterator',
  'Array.@@iterator',
  ...['includes', 'indexOf', 'find', 'some', 'every', 'filter', 'map', 'forEach', 'push'].map(
    (name) => `Array.${name}`,
  ),
  ...['slice', 'indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith', 'split'].map((name) => `String.${name}`),
  ...['charCodeAt', 'toLowerCase', 'trim', 'concat', 'substring'].map((name) => `String.${name}`),
]

/** Counts looks, without those that standing in for so many members takes itself. */
function countLooks(run: () => unknown): Counts {
  return added(
    countMembersOf(LOOKS, run),
    countMembersOf(LOOKS, () => undefined),
  )
}

/** What deciding about an origin costs. The first decision is not counted. */
function lookUps(policy: CorsPolicy, origin: string, method = 'GET'): Counts {
  const cors = createCors(policy)
  const request = head(method, {
    origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'x-1',
  })
  const run = () => cors.entries(request)
  run()
  return countLooks(run)
}

const exactly = (count: number): CorsPolicy => ({
  origins: Array.from({ length: count }, (_, i) => `https://tenant-${i}.example.com`),
})
const patterns = (count: number): CorsPolicy => ({
  origins: Array.from({ length: count }, (_, i) => `https://*.tenant-${String(i).padStart(6, '0')}.com`),
})
const names = (count: number): CorsPolicy => ({
  origins: ['https://tenant-0.example.com'],
  requestHeaders: Array.from({ length: count }, (_, i) => `X-${i}`),
  exposedHeaders: Array.from({ length: count }, (_, i) => `Y-${i}`),
})

describe('the cost of a request does not grow with', () => {
  it('the number of origins, for hits', () => {
    // A single origin is compared, and none is looked up.
    expect(lookUps(exactly(1), 'https://tenant-0.example.com')['Set.has']).toBeUndefined()
    const one = lookUps(exactly(2), 'https://tenant-0.example.com')
    expect(one['Set.has']).toBe(1)
    for (const count of [10, 1000, 100_000])
      expect(lookUps(exactly(count), 'https://tenant-0.example.com')).toEqual(one)
  })

  it('the number of origins, for misses', () => {
    const one = lookUps(exactly(10), 'https://tenant-x.example.com')
    for (const count of [1000, 100_000]) expect(lookUps(exactly(count), 'https://tenant-x.example.com')).toEqual(one)
  })

  it('the number of patterns', () => {
    const hit = lookUps(patterns(1), 'https://app.tenant-000000.com')
    const miss = lookUps(patterns(1), 'https://app.tenant-x00000.com')
    for (const count of [100, 10_000]) {
      expect(lookUps(patterns(count), 'https://app.tenant-000000.com')).toEqual(hit)
      expect(lookUps(patterns(count), 'https://app.tenant-x00000.com')).toEqual(miss)
    }
  })

  it('the number of allowed and exposed names', () => {
    for (const method of ['GET', 'OPTIONS']) {
      const one = lookUps(names(1), 'https://tenant-0.example.com', method)
      expect(lookUps(names(1000), 'https://tenant-0.example.com', method)).toEqual(one)
    }
  })
})

describe('a hostile request', () => {
  const total = (counts: Counts) => Object.values(counts).reduce((sum, count) => sum + count, 0)

  it('with an Origin that is too long is refused before it is looked at', () => {
    const policy = { origins: ['https://*.example.com', 'https://pr-*.example.com', 'http://localhost:*'] }
    const short = lookUps(policy, 'https://app.example.com')
    for (const hostile of [`https://${'a.'.repeat(8000)}example.com`, 'h'.repeat(16_384), ','.repeat(16_384)])
      expect(total(lookUps(policy, hostile))).toBeLessThan(total(short))
  })

  it('with a million bytes of names makes none of them be read, unless they are to be echoed, and then none beyond 4 KB', () => {
    const asked = (value: string) =>
      head('OPTIONS', {
        origin: 'https://a.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': value,
      })
    const count = (policy: CorsPolicy, value: string) => {
      const cors = createCors(policy)
      return total(countLooks(() => cors.entries(asked(value))))
    }
    const listed: CorsPolicy = { origins: ['https://a.example'], requestHeaders: ['X-A'] }
    const echoing: CorsPolicy = { origins: ['https://a.example'], requestHeaders: ['X-*'] }
    for (const hostile of ['x-a,'.repeat(250_000), ','.repeat(1_000_000), 'x'.repeat(1_000_000)]) {
      expect(count(listed, hostile)).toBe(count(listed, 'x-a'))
      expect(count(echoing, hostile)).toBeLessThan(count(echoing, 'x-a'))
    }
    // 4 KB of nothing but commas is split once, and no element is left of it.
    expect(count(echoing, ','.repeat(4096))).toBeLessThan(30_000)
  })

  it('with the longest legal host costs a step per character, and no more', () => {
    const labels = `https://${'a.'.repeat(120)}example.com`
    const suffixes = Array.from({ length: 200 }, (_, i) => `https://*.${'b'.repeat((i % 60) + 1)}.c${i}.com`)
    expect(total(lookUps({ origins: suffixes }, labels))).toBeLessThan(2000)
  })
})

// Whatever patterns are chosen: the matcher says what they mean, and a look-up costs the same number of steps.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCors } from '../../src/index.ts'
import { entriesOf } from '../../src/policy/check/origin-entry.ts'
import { createMatcher, patternCover } from '../../src/policy/patterns.ts'
import { countMembersOf } from '../support/counting.ts'
import { head } from '../support/exchanges.ts'
import { means } from '../support/policies.ts'
import { holds } from '../support/property.ts'

/** Texts that a hash with a multiplier of 31 or 33 does not tell apart, forwards or backwards. */
const COLLIDING = ['na', '0c', 'c0', 'an', 'aa', 'b0', 'bb', 'cc', '1a', '0b']

/** Labels that are chosen to collide, to nest, and to be each other's ends. */
const label = fc
  .array(fc.constantFrom(...COLLIDING, 'a', 'x'), { minLength: 1, maxLength: 6 })
  .map((pieces) => pieces.join(''))
const host = fc.array(label, { minLength: 1, maxLength: 5 }).map((labels) => `${labels.join('.')}.ac.example.com`)
const scheme = fc.constantFrom('https://', 'http://')
const port = fc.constantFrom('', '', ':8443')
const pattern = fc
  .tuple(scheme, fc.constantFrom('*', '*', 'a-*', 'na*', '*-x', '*0c', '0c-*-na', 'n*a'), host, port)
  .map(([start, first, rest, end]) => `${start}${first}.${rest}${end}`)
const filling = fc.constantFrom('a', '0c', 'na.na', 'x.y.z', 'a-1', '', '-', 'a_b', '.', 'a.', '*', 'a:1', 'a.na')

/** An origin that one of the patterns may match, or another that ends alike. */
const asked = (list: readonly string[]) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...list), filling).map(([one, text]) => one.replace('*', text)),
    fc.tuple(fc.constantFrom(...list), filling, label).map(([one, text, more]) => one.replace('*', `${more}.${text}`)),
    fc.tuple(scheme, filling, host, port).map((parts) => parts.join('')),
  )

const MEMBERS =
  'Map.get Map.has Set.has String.slice String.indexOf String.charCodeAt String.endsWith String.includes Array.includes'

function cost(origins: readonly string[], origin: string): number {
  const policy = createCors({ origins })
  const request = head('GET', { origin })
  const counts = countMembersOf(MEMBERS.split(' '), () => policy.decide(request))
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

/** 2 ** size texts of which a hash with a multiplier of 31 makes one. */
function alike(size: number): string[] {
  return Array.from({ length: 2 ** size }, (_, i) =>
    Array.from({ length: size }, (__, bit) => ((i >> bit) & 1 ? 'na' : '0c')).join(''),
  )
}

describe('patterns that were chosen to be confused', () => {
  it('mean what they mean one by one', () => {
    const cases = fc
      .uniqueArray(pattern, { minLength: 1, maxLength: 12 })
      .chain((list) => fc.tuple(fc.constant(list), fc.array(asked(list), { minLength: 1, maxLength: 8 })))
    let shared = 0
    let refused = 0
    holds(
      fc.property(cases, ([list, origins]) => {
        const cors = createCors({ origins: list })
        for (const origin of origins) {
          const decision = cors.decide(head('GET', { origin }))
          const rules = list.filter((one) => means(one, origin))
          expect(decision.shared, `${origin} by ${list.join(' ')}`).toBe(rules.length > 0)
          if (decision.rule !== null) expect(rules).toContain(decision.rule)
          if (decision.shared) shared += 1
          else refused += 1
        }
      }),
      { numRuns: 3_000 },
    )
    expect(shared).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(100)
  })

  it('are told apart where one hash would meet the other', () => {
    const rule = (list: readonly string[], origin: string) =>
      createCors({ origins: list }).decide(head('GET', { origin })).rule
    expect(rule(['https://*.x0c.com'], 'https://evil.xna.com')).toBeNull()
    const both = ['https://*.x0c.com', 'http://*.xna.com']
    expect(rule(both, 'https://a.x0c.com')).toBe('https://*.x0c.com')
    expect(rule(both, 'http://a.xna.com')).toBe('http://*.xna.com')
    expect(rule(both, 'https://a.xna.com')).toBeNull()
    expect(rule(both, 'http://a.x0c.com')).toBeNull()
  })
})

describe('what a pattern is not', () => {
  const matcher = (list: readonly string[]) => createMatcher(new Set(), entriesOf(list))

  it('its own text, nor the beginning of it', () => {
    const match = matcher(['https://*.a.com', 'https://app-*.a.com'])
    for (const origin of [
      'https://*.a.com',
      'https://*.a.c',
      'https://*.a.c:1',
      'https://app-*.a.com',
      'https://app-*.a.c',
    ])
      expect(match(origin), origin).toBeNull()
  })

  it('longer than an origin can be, a host without labels, or a port of its own', () => {
    const host = `${'a.'.repeat(120)}a.com`
    expect(matcher(['https://*.a.com'])(`https://${host}`)).toBe('https://*.a.com')
    for (const origin of ['https://x.a.com:8443', 'https://x.b:1.a.com', 'x.a.com', '://x.a.com', 'https://.a.com'])
      expect(matcher(['https://*.a.com', 'https://x*.a.com'])(origin), origin).toBeNull()
    expect(createMatcher(new Set(), entriesOf(['http://localhost:*']))('http://other:3000')).toBeNull()
  })

  it('wider than another that covers it', () => {
    const covers = (outer: string, inner: string) => patternCover(entriesOf([outer, inner]))(inner)
    expect(covers('https://app-*.a.com', 'https://app-x*.a.com')).toBe(true)
    expect(covers('https://*-x.a.com', 'https://*-y-x.a.com')).toBe(true)
    expect(covers('https://*.a.com', 'https://app-*.a.com')).toBe(true)
    expect(covers('https://*.a.com', 'https://*.b.a.com')).toBe(true)
    expect(covers('https://app-x*.a.com', 'https://app-*.a.com')).toBe(false)
    expect(covers('https://app-*.a.com', 'https://*.a.com')).toBe(false)
    expect(covers('https://app-*.a.com', 'https://app-*.b.a.com')).toBe(false)
    expect(covers('http://*.a.com', 'https://*.b.a.com')).toBe(false)
  })
})

describe('the steps of a look-up', () => {
  it.each([
    ['whole labels', (text: string) => `https://*.a${text}z.com`, (text: string) => `https://evil.a${text}z.com`],
    ['the end of a label', (text: string) => `https://*-${text}.a.com`, (text: string) => `https://evil-${text}.a.com`],
    [
      'the start of a label',
      (text: string) => `https://${text}-*.a.com`,
      (text: string) => `https://${text}-evil.a.com`,
    ],
    ['what follows a label', (text: string) => `https://a-*.${text}.com`, (text: string) => `https://a-1.${text}.com`],
  ])('are as many in 4,096 patterns that collide as in 4: %s', (_, list, origin) => {
    const [few, many] = [alike(12).slice(0, 4), alike(12)]
    for (const text of ['0c'.repeat(12), 'na'.repeat(12), '0c'.repeat(11).concat('nb')]) {
      expect(cost(many.map(list), origin(text))).toBeLessThanOrEqual(cost(few.map(list), origin(text)) + 2)
      expect(cost(many.map(list), origin(text))).toBeLessThan(150)
    }
  })

  it('are bounded for lists that were chosen against one origin', () => {
    const lists = fc.tuple(
      fc.uniqueArray(pattern, { minLength: 1, maxLength: 60 }),
      fc.array(label, { minLength: 1, maxLength: 40 }).map((labels) => labels.join('.').slice(0, 200)),
    )
    holds(
      fc.property(lists, scheme, ([list, deep], start) => {
        expect(cost(list, `${start}${deep}.ac.example.com`)).toBeLessThan(1_000)
      }),
      { numRuns: 300 },
    )
  })

  it('are bounded for patterns of every length within a label and below it', () => {
    const label = 'a'.repeat(62)
    const parts = Array.from({ length: 61 }, (_, i) =>
      Array.from({ length: 61 - i }, (__, j) => `https://${label.slice(0, i)}*${label.slice(0, j)}.a.com`),
    )
    const deep = Array.from({ length: 120 }, (_, i) => `https://*.${'a.'.repeat(i)}a.com`)
    const list = [...parts.flat().filter((one) => !one.includes('//*.')), ...deep]
    expect(list.length).toBeGreaterThan(1_500)
    expect(cost(list, `https://${label}.a.com`)).toBeLessThan(500)
    expect(cost(list, `https://${label}_.a.com`)).toBeLessThan(500)
    expect(cost(list, `https://b${label.slice(1, -1)}b.a.com`)).toBeLessThan(500)
    expect(cost(list, `http://${'a.'.repeat(120)}com`)).toBeLessThan(3_000)
  })
})

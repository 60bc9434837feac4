import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BASE, CREDENTIALS, MODES, type Scenario } from '../../examples/playground/src/scenario.ts'
import { fromHash, isShared, LONGEST_HASH, toHash } from '../../examples/playground/src/share.ts'
import { holds } from '../support/property.ts'

const text = () => fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constant('<img src=x onerror=alert(1)>'))
const scenarios: fc.Arbitrary<Scenario> = fc.record({
  policy: text(),
  origin: text(),
  url: text(),
  method: text(),
  headers: text(),
  credentials: fc.constantFrom(...CREDENTIALS),
  mode: fc.constantFrom(...MODES),
  reads: text(),
  status: text(),
  answer: text(),
})
const hashOf = (value: unknown) => `#1.${Buffer.from(JSON.stringify(value)).toString('base64url')}`

describe('toHash() and fromHash()', () => {
  it('give back every scenario, in characters that no URL escapes', () => {
    holds(
      fc.property(scenarios, (scenario) => {
        const hash = toHash(scenario) ?? ''
        expect(hash).toMatch(/^#1\.[\w-]+$/)
        expect(new URL(hash, 'https://example.com/').hash).toBe(hash)
        expect(fromHash(hash)).toEqual(scenario)
      }),
    )
  })

  it('write what differs from the base alone', () => {
    expect(fromHash(toHash(BASE) ?? '')).toEqual(BASE)
    expect(toHash(BASE)).toHaveLength(6)
  })

  it('make no link that is too long', () => {
    expect(toHash({ ...BASE, answer: 'x'.repeat(LONGEST_HASH) })).toBeNull()
    expect(() => fromHash(`#1.${'e'.repeat(LONGEST_HASH)}`)).toThrow('longer than any')
  })

  it.each([
    ['#2.e30', 'this link is of version 2, which this page does not read'],
    [`#${'9'.repeat(99)}.e30`, 'this link is of version 99999999…, which this page does not read'],
    ['#1.', 'this link is damaged: copy it whole'],
    ['#1.%%%', 'this link is damaged: copy it whole'],
    ['#1.gICA', 'this link is damaged: copy it whole'],
    [hashOf([]), 'this link holds no scenario'],
    [hashOf(null), 'this link holds no scenario'],
    [hashOf('x'), 'this link holds no scenario'],
    [hashOf({ url: 1 }), 'this link holds a url that is no text'],
    [hashOf({ url: { toString: 1 } }), 'this link holds a url that is no text'],
    [hashOf({ evil: 'x' }), 'this link holds "evil", which is no field'],
    [hashOf({ credentials: 'all' }), 'this link holds a mode that no request has'],
    [hashOf({ mode: 'navigate' }), 'this link holds a mode that no request has'],
    [
      `#1.${Buffer.from('{"__proto__":{"url":"x"}}').toString('base64url')}`,
      'this link holds "__proto__", which is no field',
    ],
  ])('refuse %s in one sentence', (hash, sentence) => {
    expect(() => fromHash(hash)).toThrow(new TypeError(sentence))
  })

  it('throw a TypeError for whatever is no link', () => {
    holds(
      fc.property(fc.string(), (data) => {
        try {
          fromHash(`#1.${data}`)
        } catch (error) {
          expect(error).toBeInstanceOf(TypeError)
        }
      }),
    )
  })
})

describe('isShared()', () => {
  it('leaves anchors alone', () => {
    expect(['', '#verdict', '#1', '#x.1'].filter(isShared)).toEqual([])
    expect(['#1.e30', '#7.x'].filter(isShared)).toHaveLength(2)
  })
})

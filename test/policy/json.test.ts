import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type CorsPolicy, CorsPolicyError } from '../../src/index.ts'
import { diffPolicies, hash, policyFromJson, serialise } from '../../src/policy.ts'
import { holds } from '../support/property.ts'
import { soundPolicy } from './arbitraries.ts'

// Many runs, or a compiler's: slower on a busy machine than a unit test may be.
vi.setConfig({ testTimeout: 60_000 })

describe('serialise()', () => {
  it('writes the same text for the same meaning', () => {
    expect(
      serialise({
        methods: ['PUT', 'DELETE'],
        origins: ['https://b.com', 'https://a.com', 'https://b.com'],
        credentials: false,
        requestHeaders: ['X-A', 'x-a'],
        exposedHeaders: [],
      }),
    ).toBe('{"origins":["https://a.com","https://b.com"],"methods":["DELETE","PUT"],"requestHeaders":["x-a"]}')
  })

  it('writes a policy that allows the same', () => {
    holds(
      fc.property(soundPolicy, (value) => {
        const policy = value as unknown as CorsPolicy
        const text = serialise(policy)
        expect(diffPolicies(policy, policyFromJson(text))).toEqual({ allowed: [], stopped: [], other: [] })
        expect(serialise(policyFromJson(text))).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })

  it('writes a predicate as what is no policy', () => {
    const text = serialise({ origins: () => false })
    expect(text).toBe('{"origins":"predicate"}')
    expect(() => policyFromJson(text)).toThrow(CorsPolicyError)
  })
})

describe('hash()', () => {
  it('is 16 hexadecimal digits, the same on every run', () => {
    expect(hash({ origins: ['https://a.com'] })).toBe(hash({ origins: ['https://a.com'], credentials: false }))
    expect(hash({ origins: ['https://a.com'] })).toMatch(/^[0-9a-f]{16}$/)
    expect(hash({ origins: ['https://a.com'] })).toBe('a02854491c0d946f')
  })

  it('differs where policies differ', () => {
    holds(
      fc.property(soundPolicy, soundPolicy, (a, b) => {
        const first = a as unknown as CorsPolicy
        const second = b as unknown as CorsPolicy
        expect(hash(first) === hash(second)).toBe(serialise(first) === serialise(second))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('policyFromJson()', () => {
  it('reads a policy', () => {
    expect(policyFromJson('{ "origins": ["https://a.com"], "maxAge": 600 }')).toEqual({
      origins: ['https://a.com'],
      maxAge: 600,
    })
  })

  it('names every defect', () => {
    expect(() => policyFromJson({ origins: ['https://a.com/'], maxAge: '600' })).toThrow(/2 defects/)
  })

  it('says that a text is no JSON', () => {
    expect(() => policyFromJson('{ origins: [] }')).toThrow(/this text cannot be read as JSON/)
  })

  it('refuses a function, which JSON cannot hold', () => {
    expect(() => policyFromJson({ origins: () => true })).toThrow(CorsPolicyError)
  })

  it('does not take __proto__ for a policy', () => {
    expect(() => policyFromJson('{ "__proto__": { "origins": "*" } }')).toThrow(/__proto__/)
  })
})

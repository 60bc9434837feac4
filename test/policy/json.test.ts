import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { type CorsPolicy, CorsPolicyError, checkPolicy, createCors } from '../../src/index.ts'
import { duplicateKeys } from '../../src/policy/data/json.ts'
import { diffPolicies, hash, policyFromJson, serialize } from '../../src/policy.ts'
import { holds } from '../support/property.ts'
import { soundPolicy } from './arbitraries.ts'

// Many runs, or a compiler's: slower on a busy machine than a unit test may be.
vi.setConfig({ testTimeout: 60_000 })

describe('serialize()', () => {
  it('writes the same text for the same meaning', () => {
    expect(
      serialize({
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
        const text = serialize(policy)
        expect(diffPolicies(policy, policyFromJson(text))).toEqual({ allowed: [], stopped: [], other: [] })
        expect(serialize(policyFromJson(text))).toBe(text)
      }),
      { numRuns: 1_000 },
    )
  })

  it('writes a predicate as what is no policy', () => {
    const text = serialize({ origins: () => false })
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
        expect(hash(first) === hash(second)).toBe(serialize(first) === serialize(second))
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

describe('a key that stands twice in a JSON text', () => {
  it('takes no longer the deeper it lies', () => {
    const deep = `${'{"a":[],"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const started = performance.now()
    // What lies deeper is in no policy, and is a defect by itself.
    expect(duplicateKeys(deep)).toHaveLength(32)
    expect(duplicateKeys(`{"a":${'['.repeat(100)}${']'.repeat(100)},"a":1}`)).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  const issuesOf = (text: string) => {
    try {
      policyFromJson(text)
    } catch (error) {
      if (error instanceof CorsPolicyError) return error.issues.map(({ code, path }) => `${code} ${path.join('.')}`)
      throw error
    }
    return []
  }

  it.each([
    ['{"origins":["https://a.com"],"origins":"*"}', ['key-twice origins']],
    ['{"origins":["https://a.com"],"maxAge":5,"or\\u0069gins":["https://a.com"]}', ['key-twice origins']],
    [
      '{"origins":["https://a.com"],"credentials":true,"credentials":false,"credentials":true}',
      ['key-twice credentials', 'key-twice credentials'],
    ],
    ['{"origins":["https://a.com"],"__proto__":1,"__proto__":2}', ['key-twice __proto__']],
    ['{"origins":[{"a":1,"a":2}],"x":{"y":{"z":1,"z":2}}}', ['key-twice origins.0.a', 'key-twice x.y.z']],
    ['{"":1,"":2}', ['key-twice ']],
    ['{"origins":["https://a.com",{"b":[1,{"c":1,"c":1}]}]}', ['key-twice origins.1.b.1.c']],
  ])('is a defect: %s', (text, expected) => {
    expect(issuesOf(text)).toEqual(expected)
  })

  it.each([
    '{"origins":["https://a.com"],"requestHeaders":["origins","X-A","X-A"]}',
    '{"origins":["origins","https://a.com\\",\\"origins"]}',
    '{"methods":["PUT"],"origins":["https://a.com"]}',
    '[{"origins":1},{"origins":2}]',
    '"{\\"a\\":1,\\"a\\":2}"',
  ])('is none where a key of another object, or a text, says the same: %s', (text) => {
    expect(issuesOf(text).filter((found) => found.startsWith('key-twice'))).toEqual([])
  })

  it('is found in every JSON text that has one', () => {
    const value = fc.json({ maxDepth: 3 })
    holds(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 5 }), value, fc.nat(), (keys, text, at) => {
        const pairs = keys.map((key) => `${JSON.stringify(key)}:${text}`)
        const twice = `{${[...pairs, `${JSON.stringify(keys[at % keys.length])} : ${text}`].join(', ')}}`
        expect(duplicateKeys(`{${pairs.join(', ')}}`)).toEqual([])
        expect(duplicateKeys(twice).map(({ path }) => path)).toEqual([[keys[at % keys.length]]])
      }),
      { numRuns: 500 },
    )
  })
})

describe('$schema', () => {
  const $schema = './node_modules/corsmith/docs/policy.schema.json'

  it('is passed over in a text, in what was parsed of one, and in a policy', () => {
    const json = { $schema, origins: ['https://a.com'] }
    expect(policyFromJson(JSON.stringify(json))).toEqual({ origins: ['https://a.com'] })
    expect(policyFromJson(json)).toEqual({ origins: ['https://a.com'] })
    expect(createCors({ $schema, origins: ['https://a.com'] }).policy).toEqual({ origins: ['https://a.com'] })
    expect(serialize(json)).toBe('{"origins":["https://a.com"]}')
  })

  it('is a key like any other where it is no text', () => {
    expect(checkPolicy({ $schema: 1, origins: ['https://a.com'] })).toMatchObject([{ code: 'unknown-key' }])
  })
})

describe('what is no JSON form', () => {
  it('is named with its place', () => {
    expect(catchIssues(() => policyFromJson('{'))).toMatchObject([{ code: 'policy-not-json', path: [] }])
    expect(catchIssues(() => policyFromJson({ origins: () => true }))).toMatchObject([
      { code: 'origins-not-a-list', path: ['origins'] },
    ])
  })

  function catchIssues(run: () => unknown): unknown {
    try {
      return run()
    } catch (error) {
      return error instanceof CorsPolicyError ? error.issues : error
    }
  }
})

describe('serialize() of lists', () => {
  it('keeps what stands beside "*", and writes "*" alone as one', () => {
    const origins = ['https://a.com']
    expect(serialize({ origins, methods: ['*'] })).toBe(serialize({ origins, methods: '*' }))
    expect(serialize({ origins, methods: '*' })).toBe('{"origins":["https://a.com"],"methods":"*"}')
    expect(serialize({ origins, requestHeaders: ['*', 'Authorization'] })).toBe(
      '{"origins":["https://a.com"],"requestHeaders":["*","authorization"]}',
    )
    expect(serialize({ origins, methods: ['PUT'] })).toBe('{"origins":["https://a.com"],"methods":["PUT"]}')
  })
})

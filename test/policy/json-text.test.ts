// The text of a policy and its hash: one for what means the same, another for what does not.
import { describe, expect, it } from 'vitest'
import { type CorsPolicy, CorsPolicyError } from '../../src/index.ts'
import { hash, policyFromJson, serialize } from '../../src/policy.ts'

const base: CorsPolicy = { origins: ['https://a.com'] }

function issuesOf(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof CorsPolicyError) return error.issues.map(({ code, path }) => ({ code, path }))
    throw error
  }
  return []
}

describe('serialize()', () => {
  it('keeps Authorization beside "*"', () => {
    expect(serialize({ ...base, requestHeaders: ['*', 'Authorization'] })).toBe(
      '{"origins":["https://a.com"],"requestHeaders":["*","authorization"]}',
    )
    expect(serialize({ ...base, requestHeaders: ['*'] })).toBe('{"origins":["https://a.com"],"requestHeaders":"*"}')
    expect(serialize({ ...base, requestHeaders: '*' })).toBe('{"origins":["https://a.com"],"requestHeaders":"*"}')
    expect(serialize({ origins: ['*'] as never })).toBe('{"origins":"*"}')
    expect(serialize({ ...base, methods: ['X*'] })).toBe('{"origins":["https://a.com"],"methods":["X*"]}')
  })

  it('keeps the case of methods and drops that of header names', () => {
    expect(
      serialize({ ...base, methods: ['x-a', 'X-A'], requestHeaders: ['X-A'], exposedHeaders: ['ETag', 'etag'] }),
    ).toBe('{"origins":["https://a.com"],"methods":["X-A","x-a"],"requestHeaders":["x-a"],"exposedHeaders":["etag"]}')
  })

  it('writes every option that is not its default, in one order', () => {
    const whole: CorsPolicy = {
      dangerouslyAllowPublicSuffixes: true,
      dangerouslyAllowInsecureOrigins: true,
      timingAllowOrigin: true,
      refused: 'forbid',
      preflightStatus: 200,
      maxAge: 0,
      credentials: true,
      origins: ['https://a.com'],
    }
    expect(serialize(whole)).toBe(
      '{"origins":["https://a.com"],"credentials":true,"maxAge":0,"preflightStatus":200,"refused":"forbid","timingAllowOrigin":true,"dangerouslyAllowInsecureOrigins":true,"dangerouslyAllowPublicSuffixes":true}',
    )
    const defaults: CorsPolicy = {
      ...base,
      credentials: false,
      methods: [],
      requestHeaders: [],
      exposedHeaders: [],
      preflightStatus: 204,
      refused: 'pass',
      timingAllowOrigin: false,
      dangerouslyAllowInsecureOrigins: false,
      dangerouslyAllowPublicSuffixes: false,
    }
    expect(serialize(defaults)).toBe('{"origins":["https://a.com"]}')
  })
})

describe('hash()', () => {
  it('is known for known texts', () => {
    expect(hash(base)).toBe('a02854491c0d946f')
    expect(hash({ origins: '*' })).toMatch(/^[0-9a-f]{16}$/)
  })

  it('differs for each option that differs', () => {
    const variants: CorsPolicy[] = [
      base,
      { origins: '*' },
      { origins: ['https://b.com'] },
      { origins: ['https://a.com', 'https://b.com'] },
      { origins: () => false },
      { ...base, credentials: true },
      { ...base, methods: ['PUT'] },
      { ...base, methods: ['put-x'] },
      { ...base, methods: '*' },
      { ...base, requestHeaders: '*' },
      { ...base, requestHeaders: ['*', 'Authorization'] },
      { ...base, requestHeaders: ['X-A'] },
      { ...base, exposedHeaders: ['X-A'] },
      { ...base, maxAge: 0 },
      { ...base, maxAge: 5 },
      { ...base, preflightStatus: 200 },
      { ...base, refused: 'forbid' },
      { ...base, timingAllowOrigin: true },
    ]
    expect(new Set(variants.map(hash)).size).toBe(variants.length)
  })

  it('has its leading zeros', () => {
    const hashes = Array.from({ length: 400 }, (_, i) => hash({ origins: [`https://t${i}.com`] }))
    expect(hashes.filter((text) => !/^[0-9a-f]{16}$/.test(text))).toEqual([])
    expect(hashes.some((text) => text.startsWith('0') || text.charAt(8) === '0')).toBe(true)
    expect(new Set(hashes).size).toBe(400)
  })
})

describe('policyFromJson()', () => {
  it('says where a defect is', () => {
    expect(issuesOf(() => policyFromJson({ origins: () => false }))).toEqual([
      { code: 'origins-not-a-list', path: ['origins'] },
    ])
    expect(issuesOf(() => policyFromJson('{'))).toEqual([{ code: 'policy-not-json', path: [] }])
    expect(issuesOf(() => policyFromJson('{"origins":["https://a.com/"]}'))).toEqual([
      { code: 'origin-trailing-slash', path: ['origins', 0] },
    ])
  })

  it('gives a frozen policy that holds what the text says', () => {
    const policy = policyFromJson('{"origins":["https://a.com"]}')
    expect(Object.isFrozen(policy)).toBe(true)
    expect(Object.isFrozen(policy.origins)).toBe(true)
  })
})

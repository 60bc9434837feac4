import { describe, expect, it } from 'vitest'
import { CorsPolicyError, checkPolicy, createCors, type PolicyIssue } from '../../src/index.ts'
import { show } from '../../src/policy/values.ts'
import { pageOf, policyFromJson } from '../../src/policy.ts'

function errorOf(policy: unknown): CorsPolicyError {
  try {
    createCors(policy as never)
  } catch (error) {
    if (error instanceof CorsPolicyError) return error
  }
  throw new Error('this policy constructs')
}

describe('CorsPolicyError', () => {
  it('prints place and value, rule and correction, and the words of the standard', () => {
    const error = errorOf({
      origins: ['https://a.com', 'https://app.example.com/'],
      exposedHeaders: '*',
      credentials: true,
    })
    expect(String(error)).toBe(`CorsPolicyError: this policy has 2 defects
  origins[1]: "https://app.example.com/"
    an origin has no trailing slash: write "https://app.example.com"
    https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
  exposedHeaders: "*"
    with credentials: true, browsers read "*" as a header named "*"; list the names
    https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
  more: npx corsmith why origin-trailing-slash exposed-wildcard-credentials`)
  })

  it('is a TypeError with a code and every defect, and no warning', () => {
    const error = errorOf({ origins: ['https://a.com/', 'https://b.com', 'https://b.com'], maxAge: 7200, orgin: 1 })
    expect(error).toBeInstanceOf(TypeError)
    expect(error.name).toBe('CorsPolicyError')
    expect(error.code).toBe('ERR_CORS_POLICY')
    expect(error.issues.map(({ code }) => code)).toEqual(['origin-trailing-slash', 'unknown-key'])
  })

  it('counts what nobody would read', () => {
    const error = errorOf({ origins: Array.from({ length: 1_000 }, (_, i) => `https://t${i}.com/`) })
    expect(error.issues).toHaveLength(1_000)
    expect(error.message).toContain('… and 975 more')
    expect(error.message.split('\n').length).toBeLessThan(90)
  })
})

describe('the text of an error', () => {
  const messageOf = (...issues: PolicyIssue[]) => new CorsPolicyError(issues as [PolicyIssue]).message

  it('of one defect', () => {
    expect(messageOf(...checkPolicy({ origins: '*', credentials: 'yes' }))).toBe(
      'this policy has 1 defect\n  credentials: "yes"\n    this option is true or false\n  more: npx corsmith why not-a-boolean',
    )
    expect(messageOf(...checkPolicy(5))).toMatch(/^this policy has 1 defect\n {2}policy: 5\n/)
  })

  it('writes places as in code, and cuts long ones', () => {
    const issue = { code: 'unknown-key', severity: 'error', value: 1, message: 'x' } as const
    expect(messageOf({ ...issue, path: ['a', 0, 'b'] })).toContain('\n  a[0].b: 1\n    x\n  more:')
    expect(messageOf({ ...issue, path: ['k'.repeat(201)] })).toContain(`\n  ${'k'.repeat(200)}: 1\n`)
  })

  it.each([
    ['x'.repeat(200), JSON.stringify('x'.repeat(200))],
    ['x'.repeat(201), `${JSON.stringify('x'.repeat(200))}…`],
    [5n, 'a bigint'],
    [() => 1, 'a function'],
    [[], '[]'],
    [['a', [1], {}], '["a", a list, an object]'],
    [[1, 2, 3, 4, 5], '[1, 2, 3, 4, 5]'],
    [[1, 2, 3, 4, 5, 6], '[1, 2, 3, 4, 5, …]'],
    [/a/g, '/a/g'],
    [new RegExp('x'.repeat(300)), `/${'x'.repeat(199)}`],
    [new URL('https://a.com'), 'a URL'],
    [null, 'null'],
    [undefined, 'undefined'],
    [-0, '-0'],
    [0, '0'],
    [true, 'true'],
    [Symbol('y'.repeat(300)), `Symbol(${'y'.repeat(193)}`],
    [Object.create(null), 'an object'],
    [new Proxy({}, { getPrototypeOf: () => expect.fail() }), 'unreadable object'],
  ])('shows a value in one short line: %#', (value, text) => {
    expect(show(value)).toBe(text)
  })
})

describe('instanceof CorsPolicyError', () => {
  class Foreign extends TypeError {
    readonly code = 'ERR_CORS_POLICY'
  }
  class Own extends CorsPolicyError {}

  it('knows the errors of another copy of the package, and no others', () => {
    expect(new Foreign() instanceof CorsPolicyError).toBe(true)
    expect(new TypeError('x') instanceof CorsPolicyError).toBe(false)
    expect(Object.assign(new Error('x'), { code: 'ERR' }) instanceof CorsPolicyError).toBe(false)
    expect(({ code: 'ERR_CORS_POLICY' } as unknown) instanceof CorsPolicyError).toBe(false)
  })

  it('of a class that extends it knows its own alone', () => {
    const own = new Own(checkPolicy({}) as [PolicyIssue])
    expect([own instanceof Own, own instanceof CorsPolicyError]).toEqual([true, true])
    expect(new Foreign() instanceof Own).toBe(false)
    expect(new CorsPolicyError(checkPolicy({}) as [PolicyIssue]) instanceof Own).toBe(false)
  })
})

describe('an issue', () => {
  it('has a suggestion only where there is one, and names its page', () => {
    expect('suggestion' in (checkPolicy({ origins: '*', credentials: 'yes' })[0] ?? {})).toBe(false)
    expect('suggestion' in (checkPolicy({ origins: '*', credentials: null })[0] ?? {})).toBe(true)
    expect(pageOf('origin-null')).toBe('docs/errors/origin-null.md')
  })

  it('of a text that cannot be read is an error', () => {
    const read = () => policyFromJson('{')
    expect(read).toThrow(expect.objectContaining({ issues: [expect.objectContaining({ severity: 'error' })] }))
  })
})

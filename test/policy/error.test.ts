import { describe, expect, it } from 'vitest'
import { CorsPolicyError, createCors } from '../../src/index.ts'

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

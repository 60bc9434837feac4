import { describe, expect, it } from 'vitest'
import { isSameSite, isSchemelesslySameSite, knownRegistrableDomain } from '../../src/spec/sites.ts'
import { registrableDomain as strictDomain } from '../../src/strict.ts'

const DOMAINS: readonly (readonly [host: string, domain: string | null])[] = [
  ['example.com', 'example.com'],
  ['www.example.com', 'example.com'],
  ['a.b.c.example.com', 'example.com'],
  ['www.example.co.uk', 'example.co.uk'],
  ['co.uk', null],
  ['a.github.io', 'a.github.io'],
  ['x.a.github.io', 'a.github.io'],
  ['github.io', null],
  ['localhost', null],
  ['a.localhost', 'a.localhost'],
  ['x.a.localhost', 'a.localhost'],
  ['api.corp', 'api.corp'],
  ['127.0.0.1', null],
  ['10.0.0.1', null],
  ['[::1]', null],
  ['my_app.example.com', 'example.com'],
]

describe('registrableDomain()', () => {
  it.each(DOMAINS)('gives of %s: %s', (host, domain) => {
    expect(knownRegistrableDomain(host)).toBe(domain)
  })

  it.each(DOMAINS)('agrees with the whole list about %s', (host, domain) => {
    expect(strictDomain(host)).toBe(domain)
  })

  it('keeps the dot at the end of a fully qualified name', () => {
    expect(knownRegistrableDomain('www.example.com.')).toBe('example.com.')
    expect(isSchemelesslySameSite('www.example.com.', 'api.example.com.')).toBe(true)
    expect(isSchemelesslySameSite('www.example.com.', 'api.example.com')).toBe(false)
  })
})

describe('isSchemelesslySameSite()', () => {
  it.each([
    ['www.example.com', 'api.example.com', true],
    ['example.com', 'deep.api.example.com', true],
    ['www.example.com', 'www.example.org', false],
    ['a.github.io', 'b.github.io', false],
    ['github.io', 'a.github.io', false],
    ['github.io', 'github.io', true],
    ['localhost', 'localhost', true],
    ['localhost', 'a.localhost', false],
    ['127.0.0.1', '127.0.0.1', true],
    ['1.0.0.1', '2.0.0.1', false],
    ['[::1]', '[::2]', false],
  ])('%s and %s: %s, in both directions', (a, b, expected) => {
    expect(isSchemelesslySameSite(a, b)).toBe(expected)
    expect(isSchemelesslySameSite(b, a)).toBe(expected)
  })

  it('takes another list', () => {
    expect(isSchemelesslySameSite('a.blogsyte.com', 'b.blogsyte.com')).toBe(true)
    expect(isSchemelesslySameSite('x.a.blogsyte.com', 'x.b.blogsyte.com', strictDomain)).toBe(false)
  })
})

describe('isSameSite()', () => {
  it('wants one scheme too', () => {
    const page = new URL('https://www.example.com')
    expect(isSameSite(page, new URL('https://api.example.com:8443/x'))).toBe(true)
    expect(isSameSite(page, new URL('http://www.example.com'))).toBe(false)
    expect(isSameSite(page, new URL('https://example.org'))).toBe(false)
  })
})

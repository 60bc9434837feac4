// An entry of `origins` in its parts, and what is said of an entry with several defects.
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'
import { entriesOf, isExactHttpsOrigin, readEntry } from '../../src/policy/check/origin-entry.ts'

describe('an entry', () => {
  it.each([
    ['http://127.0.0.1:3000', '127.0.0.1'],
    ['https://app.example.com', 'app.example.com'],
    ['https://*.example.com', 'example.com'],
    ['https://app-*.example.com:8443', 'example.com'],
  ])('%s has the host %s', (text, host) => {
    expect(readEntry(text).entry?.host).toBe(host)
  })

  it('with a defect is left out of those that are read', () => {
    expect(entriesOf(['https://a.com/', 'https://a.com', '']).map(({ host }) => host)).toEqual(['a.com'])
  })

  it.each([
    ['*', 'origin-wildcard-in-list'],
    [' * ', 'origin-wildcard-in-list'],
    ['  *', 'origin-wildcard-in-list'],
    ['*  ', 'origin-wildcard-in-list'],
    [' https://a.com', 'origin-white-space'],
    ['https://a.com ', 'origin-white-space'],
    ['https://a.com https://b.com', 'origin-joined'],
    ['https://a.com|https://b.com', 'origin-joined'],
    ['a.com', 'origin-without-scheme'],
    ['a\n://b', 'origin-joined'],
    ['https://user@a.com', 'origin-user'],
    ['https://u:p@a.com', 'origin-user'],
    ['https://@a.com', 'origin-user'],
    ['https://[::1]', undefined],
    ['https://[::1]:8443', undefined],
    ['https://[1:2:3:4:5:6:7:8]', undefined],
    ['https://[::1]x', 'origin-address'],
    ['https://[::1]xy:8443', 'origin-address'],
    ['https://a.com', undefined],
    // A name that ends in a digit is no address.
    ['https://*.host1', undefined],
    ['https://*.1.host1', undefined],
    ['https://*.168.1.20', 'origin-pattern-address'],
    ['https://192.168.*', 'origin-pattern-address'],
    ['https://a.com:8443', undefined],
    ['https://a.com:', 'origin-port'],
    ['https://a.com/', 'origin-trailing-slash'],
    ['https://a.com/abc', 'origin-path'],
    ['https://a.com?a', 'origin-query'],
    ['https://a.com?', 'origin-query'],
    ['https://a.com#a', 'origin-fragment'],
    ['https://a.com:8443#', 'origin-fragment'],
    ['https://a.com#https://b.com', 'origin-fragment'],
    ['a://b://c', 'origin-port origin-path'],
    ['x\\://a.com', 'origin-scheme'],
  ])('%j has the defects %s', (text, codes) => {
    expect(readEntry(text).defects?.join(' ')).toBe(codes)
  })

  it.each([
    ['https://a.b', true],
    ['https://ab', false],
    ['https://a.b:8443', false],
    ['http://a.b', false],
    ['https://a--b.c', false],
    ['https://a.1b', false],
    ['https://a.b/', false],
    ['.https://a', false],
  ])('%s is a plain name of https: %s', (text, expected) => {
    expect(isExactHttpsOrigin(text)).toBe(expected)
  })
})

describe('what cannot be corrected', () => {
  const first = (origin: string) => checkPolicy({ origins: [origin] })[0]

  it('is left, also where it has other defects', () => {
    expect(first('FILE:///x')?.suggestion).toBeNull()
    expect(first('file://')?.suggestion).toBeNull()
  })

  it('is told to be set, where a variable had no value', () => {
    for (const text of ['', 'undefined', 'https://undefined', 'https://undefined/', 'https://undefined:8443/x'])
      expect(first(text)?.message, text).toContain('set it, or leave this entry out')
    expect(first('null')?.message).not.toContain('set it')
  })
})

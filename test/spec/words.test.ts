// The tables of the Fetch Standard, copied from its text and compared with ours.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CORS_RESPONSE_FIELDS, READ } from '../../src/spec/fields.ts'
import { isForbiddenMethod, isSafelistedMethod, normalizeMethod } from '../../src/spec/methods.ts'
import {
  isForbiddenRequestHeader,
  isForbiddenResponseHeaderName,
  isNonWildcardRequestHeaderName,
  isSafelistedResponseHeaderName,
} from '../../src/spec/names.ts'
import { isToken, splitList, trimOws } from '../../src/spec/tokens.ts'
import { holds } from '../support/property.ts'

describe('methods', () => {
  it('isSafelistedMethod() takes GET, HEAD and POST, in upper case', () => {
    expect(['GET', 'HEAD', 'POST'].every(isSafelistedMethod)).toBe(true)
    expect(['get', 'Head', 'PUT', 'OPTIONS', ''].some(isSafelistedMethod)).toBe(false)
  })

  it('isForbiddenMethod() takes CONNECT, TRACE and TRACK, in any case', () => {
    expect(['CONNECT', 'TRACE', 'TRACK', 'trace', 'Connect'].every(isForbiddenMethod)).toBe(true)
    expect(['GET', 'PATCH', 'TRACES', ''].some(isForbiddenMethod)).toBe(false)
  })

  it('normalizeMethod() upper-cases the six, and leaves patch', () => {
    const given = ['delete', 'get', 'Head', 'options', 'pOsT', 'put', 'patch', 'PATCH', 'foo']
    expect(given.map(normalizeMethod)).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'OPTIONS',
      'POST',
      'PUT',
      'patch',
      'PATCH',
      'foo',
    ])
  })
})

describe('header names', () => {
  it('isForbiddenRequestHeader() takes what pages can never set, in any case', () => {
    const names = (
      'Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method Connection Content-Length ' +
      'Cookie Cookie2 Date DNT Expect Host Keep-Alive Origin Referer Set-Cookie TE Trailer Transfer-Encoding Upgrade Via ' +
      'Proxy-Authorization Proxy- Sec-Fetch-Site sec-x'
    ).split(' ')
    expect(names.filter((name) => !isForbiddenRequestHeader(name))).toEqual([])
    const settable = [
      'Content-Type',
      'Authorization',
      'X-Proxy-',
      'Secret',
      'User-Agent',
      'Accept',
      'X-HTTP-Method-Override',
    ]
    expect(settable.filter(isForbiddenRequestHeader)).toEqual([])
  })

  it('isSafelistedResponseHeaderName() takes seven, in any case', () => {
    const names = 'Cache-Control Content-Language Content-Length Content-Type Expires Last-Modified Pragma'.split(' ')
    expect(names.filter((name) => !isSafelistedResponseHeaderName(name.toUpperCase()))).toEqual([])
    expect(['ETag', 'Set-Cookie', 'Location', 'Date'].filter(isSafelistedResponseHeaderName)).toEqual([])
  })

  it('isForbiddenResponseHeaderName() takes Set-Cookie and Set-Cookie2', () => {
    expect(['Set-Cookie', 'set-cookie2'].every(isForbiddenResponseHeaderName)).toBe(true)
    expect(['Cookie', 'Set-Cookie3'].some(isForbiddenResponseHeaderName)).toBe(false)
  })

  it('isNonWildcardRequestHeaderName() takes Authorization', () => {
    expect(['Authorization', 'AUTHORIZATION'].every(isNonWildcardRequestHeaderName)).toBe(true)
    expect(['Proxy-Authorization', '*', 'Cookie'].some(isNonWildcardRequestHeaderName)).toBe(false)
  })
})

describe('fields', () => {
  it('CORS_RESPONSE_FIELDS names every Access-Control-* that a response can hold', () => {
    expect([...CORS_RESPONSE_FIELDS].sort()).toEqual([
      'Access-Control-Allow-Credentials',
      'Access-Control-Allow-Headers',
      'Access-Control-Allow-Methods',
      'Access-Control-Allow-Origin',
      'Access-Control-Allow-Private-Network',
      'Access-Control-Expose-Headers',
      'Access-Control-Max-Age',
    ])
  })

  it('READ is lower-case', () => {
    expect(Object.values(READ).filter((name) => name !== name.toLowerCase())).toEqual([])
  })
})

describe('tokens and lists', () => {
  it('isToken() agrees with the grammar of RFC 9110', () => {
    holds(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (value) => {
        expect(isToken(value)).toBe(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(value) && !value.endsWith('\n'))
      }),
    )
    const ascii = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))
    expect(ascii.filter((char) => isToken(char) !== /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(char))).toEqual([])
  })

  it('trimOws() strips SP and HTAB and nothing else', () => {
    expect(trimOws(' \t a b\t ')).toBe('a b')
    expect(trimOws(' \t')).toBe('')
    expect(trimOws('\u00a0a\u000b')).toBe('\u00a0a\u000b')
    expect(trimOws('\na\r')).toBe('\na\r')
  })

  it('splitList() splits at commas, strips, and drops what is empty', () => {
    expect(splitList('a, b ,,\t c,')).toEqual(['a', 'b', 'c'])
    expect(splitList('')).toEqual([])
    expect(splitList(',,, ,')).toEqual([])
    expect(splitList('a b')).toEqual(['a b'])
  })
})

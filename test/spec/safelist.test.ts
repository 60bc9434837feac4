// Which request headers need no permission, held against the grammar of the Fetch Standard, character by character.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { READ } from '../../src/spec/fields.ts'
import { mimeEssence, trimHttpWhitespace } from '../../src/spec/mime.ts'
import { isBadPort } from '../../src/spec/ports.ts'
import {
  isDigits,
  isForbiddenRequestHeaderValue,
  isNoCorsSafelistedRequestHeader,
  isSafelistedRequestHeader,
  MAX_SAFELISTED_TOTAL,
  MAX_SAFELISTED_VALUE,
  unsafeRequestHeaderNames,
} from '../../src/spec/safelist.ts'
import { isToken, isTokenCode, splitList, trimOws } from '../../src/spec/tokens.ts'
import { holds } from '../support/property.ts'

/** Every byte that a field value may hold, and some beyond. */
const CHARACTERS = Array.from({ length: 0x200 }, (_, code) => String.fromCharCode(code))

/** A CORS-unsafe request-header byte: below 0x20 but for HTAB, DEL, and some marks. */
const isUnsafe = (char: string) => (char < ' ' && char !== '\t') || char === '\u007f' || /["():<>?@[\\\]{}]/.test(char)

describe('isSafelistedRequestHeader()', () => {
  it.each(['Accept', 'accept', 'ACCEPT'])('takes %s without the bytes that are unsafe', (name) => {
    const unsafe = CHARACTERS.filter((char) => !isSafelistedRequestHeader(name, `a${char}b`))
    expect(unsafe.join('')).toBe(CHARACTERS.filter(isUnsafe).join(''))
    expect(isSafelistedRequestHeader(name, '')).toBe(true)
  })

  it.each(['Accept-Language', 'Content-Language'])('takes %s of letters, digits and a few marks', (name) => {
    const safe = CHARACTERS.filter((char) => isSafelistedRequestHeader(name, `e${char}n`))
    expect(safe.join('')).toBe(CHARACTERS.filter((char) => /[0-9A-Za-z *,\-.;=]/.test(char)).join(''))
    expect(isSafelistedRequestHeader(name, 'en-US, en;q=0.5, *')).toBe(true)
    expect(isSafelistedRequestHeader(name, '')).toBe(true)
  })

  it('takes the three types of forms, whatever their parameters', () => {
    const taken = [
      'text/plain',
      'TEXT/PLAIN',
      'text/plain;charset=utf-8',
      'text/plain ; charset=utf-8',
      ' text/plain\t',
      'multipart/form-data; boundary=x',
      'application/x-www-form-urlencoded',
    ]
    expect(taken.filter((value) => !isSafelistedRequestHeader('Content-Type', value))).toEqual([])
    const refused = [
      'application/json',
      'text/html',
      'text',
      '',
      'text/plain, a/b',
      'text/plain; x="y"',
      'text/plain;charset=<',
    ]
    expect(refused.filter((value) => isSafelistedRequestHeader('Content-Type', value))).toEqual([])
  })

  it('takes one simple range', () => {
    const taken = [
      'bytes=0-',
      'bytes=0-0',
      'bytes=1-2',
      'bytes=9-10',
      'bytes=00-1',
      'bytes=18446744073709551616-18446744073709551617',
    ]
    expect(taken.filter((value) => !isSafelistedRequestHeader('Range', value))).toEqual([])
    const refused = [
      'bytes=',
      'bytes=0',
      'bytes=1',
      'bytes=-1',
      'bytes=2-1',
      'bytes=10-9',
      'bytes=0-x',
      'bytes=x-0',
      'bytes=0-1,2-3',
      'bytes= 0-',
      'bytes =0-',
      'byte0=0-',
      'Bytes=0-',
      'bytes=0--1',
      '',
      'bytes=18446744073709551617-18446744073709551616',
    ]
    expect(refused.filter((value) => isSafelistedRequestHeader('Range', value))).toEqual([])
  })

  it('takes values of 128 bytes and no longer ones, and no other name', () => {
    expect([MAX_SAFELISTED_VALUE, MAX_SAFELISTED_TOTAL]).toEqual([128, 1024])
    expect(isSafelistedRequestHeader('Accept', 'a'.repeat(128))).toBe(true)
    expect(isSafelistedRequestHeader('Accept', 'a'.repeat(129))).toBe(false)
    expect(
      ['Authorization', 'X-A', 'DPR', '', 'accept-'].filter((name) => isSafelistedRequestHeader(name, 'a')),
    ).toEqual([])
  })
})

describe('unsafeRequestHeaderNames()', () => {
  it('lists lower-case names in order, each once', () => {
    expect(unsafeRequestHeaderNames([])).toEqual([])
    expect(
      unsafeRequestHeaderNames([
        ['X-C', '1'],
        ['X-a', '1'],
        ['Accept', 'a'],
        ['x-B', '1'],
        ['X-A', '2'],
        ['Content-Type', 'application/json'],
      ]),
    ).toEqual(['content-type', 'x-a', 'x-b', 'x-c'])
    const names = ['x-b', 'x-a', 'x-aa', 'x-', 'a', 'x-a-', 'z', 'x_a']
    expect(unsafeRequestHeaderNames(names.map((name) => [name, ''] as const))).toEqual(names.toSorted())
  })

  it('asks for every safelisted name where their values together are longer than 1024 bytes', () => {
    const eight = Array.from({ length: 8 }, () => ['Accept', 'a'.repeat(128)] as const)
    expect(unsafeRequestHeaderNames(eight)).toEqual([])
    expect(unsafeRequestHeaderNames([...eight, ['Accept-Language', 'e']])).toEqual(['accept', 'accept-language'])
    expect(unsafeRequestHeaderNames([...eight, ['X-A', 'a'.repeat(9)]])).toEqual(['x-a'])
    expect(unsafeRequestHeaderNames([...eight, ['Accept-Language', 'e']], undefined, null)).toEqual([])
    expect(unsafeRequestHeaderNames([['Accept', 'ab']], undefined, 1)).toEqual(['accept'])
  })

  it('takes for safelisted what an engine takes for it', () => {
    expect(
      unsafeRequestHeaderNames(
        [
          ['DPR', '1'],
          ['Accept', 'a'],
        ],
        (name) => name === 'DPR',
      ),
    ).toEqual(['accept'])
  })
})

describe('isForbiddenRequestHeaderValue()', () => {
  it('forbids names whatever their value', () => {
    expect(['Cookie', 'HOST', 'Proxy-X', 'sec-a'].filter((name) => !isForbiddenRequestHeaderValue(name, ''))).toEqual(
      [],
    )
    expect(isForbiddenRequestHeaderValue('Accept', 'TRACE')).toBe(false)
    expect(isForbiddenRequestHeaderValue('X-Other', 'TRACE')).toBe(false)
  })

  it.each(['X-HTTP-Method', 'X-HTTP-Method-Override', 'x-method-override'])(
    'forbids %s where it names a method that is forbidden',
    (name) => {
      expect(
        ['TRACE', 'trace', 'PUT, Track', 'GET,CONNECT '].filter((value) => !isForbiddenRequestHeaderValue(name, value)),
      ).toEqual([])
      expect(
        ['PUT', '', 'TRACES', 'GET, PATCH', 'TRACE PUT'].filter((value) => isForbiddenRequestHeaderValue(name, value)),
      ).toEqual([])
    },
  )
})

describe('isNoCorsSafelistedRequestHeader()', () => {
  it('is the safelist without Range', () => {
    expect(isNoCorsSafelistedRequestHeader('Range', 'bytes=0-')).toBe(false)
    expect(isNoCorsSafelistedRequestHeader('RANGE', 'bytes=0-')).toBe(false)
    expect(isNoCorsSafelistedRequestHeader('Accept', 'a')).toBe(true)
    expect(isNoCorsSafelistedRequestHeader('Accept', '<')).toBe(false)
    expect(isNoCorsSafelistedRequestHeader('X-A', 'a')).toBe(false)
  })
})

describe('isDigits()', () => {
  it('takes decimal digits, one at least', () => {
    expect(CHARACTERS.filter(isDigits).join('')).toBe('0123456789')
    expect(isDigits('')).toBe(false)
    expect(isDigits('0a')).toBe(false)
    expect(isDigits('a0')).toBe(false)
    expect(isDigits('0123456789')).toBe(true)
  })
})

describe('mimeEssence()', () => {
  it.each([
    ['text/plain', 'text/plain'],
    ['TEXT/Plain;charset=x', 'text/plain'],
    [' \t\r\ntext/plain\n\r\t ', 'text/plain'],
    ['text/plain ;a', 'text/plain'],
    ['text/plain \t\r\n;a/b', 'text/plain'],
    ['a/b;c/d;e', 'a/b'],
    ['a;b/c', null],
    ['text /plain', null],
    ['text/ plain', null],
    ['text/', null],
    ['/plain', null],
    ['text', null],
    ['', null],
    [';/', null],
    ['text/pl ain', null],
    ['text/plain,text/html', null],
    ['a/b/c', null],
    ['\u00a0text/plain', null],
    ['text/plain\u000b', null],
  ])('of %j is %j', (value, essence) => {
    expect(mimeEssence(value)).toBe(essence)
  })
})

describe('trimHttpWhitespace() and trimOws()', () => {
  it('strip what the standards say, from both ends and nowhere else', () => {
    const pieces = fc.array(fc.constantFrom(' ', '\t', '\n', '\r', '\u000b', '\u00a0', 'a', 'b c'), { maxLength: 8 })
    holds(
      fc.property(pieces, (parts) => {
        const value = parts.join('')
        expect(trimHttpWhitespace(value)).toBe(value.replaceAll(/^[ \t\r\n]+|[ \t\r\n]+$/g, ''))
        expect(trimOws(value)).toBe(value.replaceAll(/^[ \t]+|[ \t]+$/g, ''))
      }),
      { numRuns: 1_000 },
    )
    expect(CHARACTERS.filter((char) => trimHttpWhitespace(`${char}a${char}`) === 'a').join('')).toBe('\t\n\r ')
    expect(CHARACTERS.filter((char) => trimOws(`${char}a${char}`) === 'a').join('')).toBe('\t ')
    expect(trimHttpWhitespace(' \n')).toBe('')
  })
})

describe('tokens', () => {
  it('hold the characters of RFC 9110 and no look-alike beyond ASCII', () => {
    const codes = Array.from({ length: 0x1_0000 }, (_, code) => code)
    const expected = codes.filter((code) => /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(code)))
    expect(codes.filter(isTokenCode)).toEqual(expected)
    expect(isToken('')).toBe(false)
    expect(isToken('a b')).toBe(false)
    expect(isToken('b\u00e1')).toBe(false)
  })

  it('splitList() keeps the order and what repeats', () => {
    expect(splitList('b,a ,b')).toEqual(['b', 'a', 'b'])
  })
})

describe('isBadPort()', () => {
  it('knows the list of the Fetch Standard', () => {
    const bad = Array.from({ length: 65_536 }, (_, port) => String(port)).filter(isBadPort)
    expect(bad.join(' ')).toBe(
      '0 1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080',
    )
    expect(isBadPort('')).toBe(false)
  })
})

describe('READ', () => {
  it('is the names that are read, as they are looked up', () => {
    expect({ ...READ }).toEqual({
      origin: 'origin',
      requestMethod: 'access-control-request-method',
      requestHeaders: 'access-control-request-headers',
      fetchSite: 'sec-fetch-site',
      upgrade: 'upgrade',
      allowOrigin: 'access-control-allow-origin',
      contentType: 'content-type',
      vary: 'vary',
      timing: 'timing-allow-origin',
      prefix: 'access-control-',
    })
  })
})

// The lists of names, entry by entry: what is refused, and what is written instead.
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/index.ts'

const defectsOf = (option: string, value: unknown, rest: object = {}) =>
  checkPolicy({ origins: ['https://a.com'], ...rest, [option]: value })
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path, message, suggestion }) => ({ code, path: path.join('.'), message, suggestion }))
const codesOf = (option: string, value: unknown, rest: object = {}) =>
  defectsOf(option, value, rest).map(({ code, path }) => `${path} ${code}`)

describe('a name', () => {
  it.each<[string, string, string | null]>([
    ['requestHeaders', 'Cookie', 'request-header-forbidden'],
    ['requestHeaders', 'Cookie*', 'request-header-forbidden'],
    ['requestHeaders', 'Sec-X', 'request-header-forbidden'],
    ['requestHeaders', 'proxy-*', 'request-header-forbidden'],
    ['requestHeaders', 'access-control-allow-origin', 'request-header-of-responses'],
    ['requestHeaders', 'Access-Control-Expose-Headers', 'request-header-of-responses'],
    ['requestHeaders', 'Access-Control-Max-Age', 'request-header-of-responses'],
    ['requestHeaders', 'X-Access-Control-Allow-Origin', null],
    ['requestHeaders', 'Access-Control-Expose-Headers-2', null],
    ['requestHeaders', 'Access-Control-Max-Age-2', null],
    ['exposedHeaders', 'set-cookie', 'exposed-header-forbidden'],
    ['exposedHeaders', 'Set-Cookie*', 'exposed-header-forbidden'],
    ['exposedHeaders', 'origin', 'exposed-header-of-requests'],
    ['exposedHeaders', 'Access-Control-Request-Method', 'exposed-header-of-requests'],
    ['exposedHeaders', 'Access-Control-Request-Headers', 'exposed-header-of-requests'],
    ['exposedHeaders', 'X-Origin', null],
    ['exposedHeaders', 'Origin-Agent-Cluster', null],
    ['exposedHeaders', '*X', 'header-pattern'],
    ['exposedHeaders', 'X*Y', 'header-pattern'],
    ['exposedHeaders', 'X**', 'header-pattern'],
    ['exposedHeaders', '**', 'header-pattern'],
    ['exposedHeaders', 'X*', null],
    ['methods', 'CONNECT', 'method-forbidden'],
    ['methods', 'track', 'method-forbidden'],
    ['methods', 'post', 'method-case'],
    ['methods', 'patch', null],
  ])('of %s, %s: %s', (option, name, code) => {
    const [found] = defectsOf(option, [name])
    expect(found?.code ?? null).toBe(code)
    const suggestion = code === null || code === 'header-pattern' ? undefined : code === 'method-case' ? 'POST' : null
    expect(found?.suggestion).toBe(suggestion)
  })

  it.each<[string, string, string, string | null | undefined]>([
    ['requestHeaders', ' X-A ', 'header-not-a-token', 'X-A'],
    ['requestHeaders', 'X-A:', 'header-not-a-token', 'X-A'],
    ['requestHeaders', 'X:A', 'header-not-a-token', undefined],
    ['requestHeaders', '', 'header-not-a-token', null],
    ['requestHeaders', ' , ', 'header-not-a-token', null],
    ['requestHeaders', 'X(A', 'header-not-a-token', undefined],
    ['requestHeaders', ' X-* ', 'header-not-a-token', undefined],
    ['methods', ' put ', 'method-not-a-token', 'PUT'],
    ['methods', 'PÜT', 'method-not-a-token', undefined],
  ])('of %s, %j, is no token', (option, name, code, suggestion) => {
    expect(defectsOf(option, [name])).toMatchObject([{ code, path: `${option}.0`, suggestion }])
  })

  it.each([
    ['requestHeaders', 'X-A, X-B', 'one entry is one name; list them one by one: write "X-A", "X-B"'],
    ['requestHeaders', 'X-A;\n,X-B', 'one entry is one name; list them one by one: write "X-A", "X-B"'],
    ['methods', 'put delete', 'one entry is one name; list them one by one: write "PUT", "DELETE"'],
    ['methods', 'PUT (X', 'a method is one token, without spaces or commas'],
    ['requestHeaders', 'X-A X-*', 'a header name is one token, without spaces, commas or colons'],
  ])('of %s, %j, that holds several is answered with "%s"', (option, name, message) => {
    expect(defectsOf(option, [name])).toEqual([
      { code: message.startsWith('one') ? 'name-joined' : expect.any(String), path: `${option}.0`, message },
    ])
  })

  it('that holds more than twenty is not written out', () => {
    const names = (count: number) => Array.from({ length: count }, (_, i) => `X-${i}`).join(' ')
    expect(codesOf('requestHeaders', [names(20)])).toEqual(['requestHeaders.0 name-joined'])
    expect(codesOf('requestHeaders', [names(21)])).toEqual(['requestHeaders.0 header-not-a-token'])
  })
})

describe('"*"', () => {
  it.each<[string, unknown, string[]]>([
    ['methods', '*', []],
    ['methods', ['*'], []],
    ['methods', ['*', 'PUT'], ['methods.0 wildcard-not-alone']],
    ['methods', ['PUT', '*'], ['methods.1 wildcard-not-alone']],
    ['methods', ['*', '*'], ['methods.1 wildcard-not-alone']],
    ['methods', ['*', 'Authorization'], ['methods.0 wildcard-not-alone']],
    ['methods', ['*', 5], ['methods.1 name-not-a-string']],
    ['requestHeaders', ['authorization', '*'], []],
    ['requestHeaders', ['*', 'Authorization', '*'], ['requestHeaders.2 wildcard-not-alone']],
    ['requestHeaders', ['*', 'X-A'], ['requestHeaders.0 wildcard-not-alone']],
    ['exposedHeaders', ['*', 'Authorization'], ['exposedHeaders.0 wildcard-not-alone']],
  ])('in %s: %j', (option, value, expected) => {
    expect(codesOf(option, value)).toEqual(expected)
    for (const { code, suggestion } of defectsOf(option, value))
      if (code === 'wildcard-not-alone') expect(suggestion).toBeNull()
  })

  it('exposes nothing next to credentials, in either form', () => {
    for (const value of ['*', ['*']])
      expect(codesOf('exposedHeaders', value, { credentials: true })).toEqual([
        'exposedHeaders exposed-wildcard-credentials',
      ])
    expect(codesOf('exposedHeaders', '*')).toEqual([])
  })
})

describe('what is no list', () => {
  it.each<[unknown, string, null | undefined]>([
    ['X-A, X-B', 'this option is "*" or a list of strings: write ["X-A","X-B"]', undefined],
    ['X-A', 'this option is "*" or a list of strings: write ["X-A"]', undefined],
    [' ', 'this option is "*" or a list of strings', undefined],
    [5, 'this option is "*" or a list of strings', undefined],
    [null, 'this option is "*" or a list of strings: leave it out', null],
    [Array.from({ length: 21 }, (_, i) => `X-${i}`).join(), 'this option is "*" or a list of strings', undefined],
  ])('%j', (value, message, suggestion) => {
    expect(defectsOf('requestHeaders', value)).toEqual([
      { code: 'not-a-list', path: 'requestHeaders', message, suggestion },
    ])
  })

  it('is written out up to twenty names', () => {
    const text = Array.from({ length: 20 }, (_, i) => `X-${i}`).join()
    expect(defectsOf('exposedHeaders', text)[0]?.message).toContain('"X-19"]')
  })
})

describe('origins', () => {
  it.each<[unknown, string, object?]>([
    [undefined, 'origins-missing'],
    [null, 'origins-missing'],
    ['  ', 'origins-missing'],
    [true, 'origins-reflected'],
    [false, 'origins-not-a-list'],
    [[], 'origins-empty'],
    ['*', 'origins-wildcard-forbid', { refused: 'forbid' }],
    [['*'], 'origins-wildcard-credentials', { credentials: true }],
    [['*', 'https://a.com'], 'origin-wildcard-in-list'],
  ])('%j: %s', (origins, code, rest = {}) => {
    expect(checkPolicy({ ...rest, origins }).map((issue) => issue.code)).toEqual([code])
  })

  it('"*" refuses nobody, which is no defect where refused requests pass', () => {
    expect(checkPolicy({ origins: '*', refused: 'pass' })).toEqual([])
    expect(checkPolicy({})).toMatchObject([{ code: 'origins-missing', path: ['origins'] }])
  })

  it.each([
    [5, 'origin-not-a-string', undefined],
    [{}, 'origin-not-a-string', undefined],
    [undefined, 'origin-unset', null],
    [null, 'origin-empty', null],
    [/^https:\/\/a\.com$/, 'origin-regexp', 'https://a.com'],
    [/a|b/, 'origin-regexp', undefined],
    [new URL('https://a.com/x'), 'origin-not-a-string', 'https://a.com'],
  ])('hold texts: %o is %s', (entry, code, suggestion) => {
    const issues = checkPolicy({ origins: [entry] })
    expect(issues).toMatchObject([{ code, path: ['origins', 0], value: entry }])
    expect(issues[0]?.suggestion).toBe(suggestion)
  })
})

describe('a RegExp in a list of names', () => {
  it.each<[RegExp, string | undefined]>([
    [/^X-A$/, 'X-A'],
    [/^X-A/, 'X-A*'],
    [/^X-.*$/, 'X-*'],
    [/^X-.+/, 'X-*'],
    [/^X-[a-z]+$/, 'X-*'],
    [/^X-\w+$/, 'X-*'],
    [/X-(A|B)/, undefined],
    [/^.*$/, undefined],
    [/^X A$/, undefined],
  ])('%s is answered with %j', (name, suggestion) => {
    expect(checkPolicy({ origins: ['https://a.com'], requestHeaders: [name] })).toMatchObject([
      suggestion === undefined ? { code: 'name-regexp' } : { code: 'name-regexp', suggestion, review: true },
    ])
    expect(defectsOf('requestHeaders', [name])[0]?.suggestion).toBe(suggestion)
  })
})

describe('what a policy is read from', () => {
  it('has at most 200,000 entries in a list', () => {
    const codesOf = (exposedHeaders: unknown) =>
      checkPolicy({ origins: ['https://a.com'], exposedHeaders }).map((one) => one.code)
    expect(codesOf(new Array(200_000).fill('X-A'))).not.toContain('list-too-long')
    expect(checkPolicy({ origins: ['https://a.com'], exposedHeaders: new Array(200_001) })).toMatchObject([
      { code: 'list-too-long', path: ['exposedHeaders'], value: 200_001 },
    ])
  })

  it('has origins, even if they are undefined, so that no other key is taken for them', () => {
    const found = checkPolicy({ origins: undefined, allowOrigin: ['https://a.com'] })
    expect(found).toMatchObject([{ code: 'origins-missing' }, { code: 'unknown-key', suggestion: null }])
    expect(checkPolicy({ allowOrigin: ['https://a.com'] })[1]).toMatchObject({ suggestion: 'origins' })
  })
})

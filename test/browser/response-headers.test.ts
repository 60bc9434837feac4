import { describe, expect, it } from 'vitest'
import { readPermission } from '../../src/browser/algorithms/preflight-check.ts'
import { basicFilter, corsFilter, exposedHeaderNames } from '../../src/browser/algorithms/response-fields.ts'
import { maxAge } from '../../src/browser/cache/preflight-cache.ts'
import { rulesOf } from '../../src/browser/rules.ts'
import { getField, type HeaderLine, joinLines, withoutField } from '../../src/browser/wire.ts'
import { age, methods, names } from '../support/simulated.ts'

const BROWSERS = ['spec', 'chromium', 'firefox', 'webkit'] as const

describe('exposedHeaderNames()', () => {
  const exposed = (...values: string[]): HeaderLine[] => [
    ['X-Foo', '1'],
    ['x-foo', '2'],
    ['X-Bar', '1'],
    ...values.map((value): HeaderLine => ['Access-Control-Expose-Headers', value]),
  ]
  const all = ['x-foo', 'x-bar', 'access-control-expose-headers']

  it.each([
    [[], 'omit', []],
    [[''], 'omit', []],
    [['X-FOO'], 'omit', ['x-foo']],
    [['X-FOO', 'x-bar'], 'include', ['x-foo', 'x-bar']],
    [['*'], 'omit', all],
    [['*'], 'same-origin', all],
    [['x-bar, *'], 'omit', all],
    [['*'], 'include', ['*']],
    [['X-Foo, bad token'], 'omit', []],
    [['*, bad token'], 'omit', []],
  ] as const)('of the lines %j with credentials %s: %j', (values, credentials, expected) => {
    expect(exposedHeaderNames(exposed(...values), credentials, rulesOf('spec'))).toEqual(expected)
  })

  it('keeps in Firefox a * before what cannot be read', () => {
    const firefox = rulesOf('firefox')
    expect(exposedHeaderNames(exposed('*, bad token'), 'omit', firefox)).toEqual(all)
    expect(exposedHeaderNames(exposed('X-Foo, bad token'), 'omit', firefox)).toEqual([])
    expect(exposedHeaderNames(exposed('bad token, *'), 'omit', firefox)).toEqual([])
    expect(exposedHeaderNames(exposed('*, bad token'), 'include', firefox)).toEqual([])
    for (const browser of ['chromium', 'webkit'] as const) {
      expect(exposedHeaderNames(exposed('*, bad token'), 'omit', rulesOf(browser))).toEqual([])
    }
  })
})

describe('filters', () => {
  const lines: HeaderLine[] = [
    ['Set-Cookie', 'a=b'],
    ['set-cookie2', 'a=b'],
    ['Content-Type', 'a/b'],
    ['X-Foo', '1'],
  ]

  it('hide Set-Cookie from everybody', () => {
    expect(basicFilter(lines)).toEqual(lines.slice(2))
    expect(corsFilter(lines, ['set-cookie', 'set-cookie2', 'x-foo'])).toEqual(lines.slice(2))
  })

  it('show other origins what is safelisted or exposed', () => {
    expect(corsFilter(lines, [])).toEqual([['Content-Type', 'a/b']])
  })
})

describe('maxAge()', () => {
  const seen = (value: string) => BROWSERS.map((browser) => maxAge([age(value)], rulesOf(browser)))

  // spec, Chromium, Firefox, WebKit
  it.each([
    ['600', [600, 600, 600, 600]],
    ['0', [0, 0, 0, 0]],
    ['', [5, 5, 5, 5]],
    ['x', [5, 5, 0, 5]],
    ['-1', [5, 0, 0, 0]],
    ['+60', [5, 60, 0, 60]],
    ['--1', [5, 5, 0, 5]],
    ['5.5', [5, 5, 0, 5]],
    ['86401', [86401, 7200, 86400, 600]],
    ['9223372036854775807', [2 ** 63, 7200, 86400, 600]],
    ['9223372036854775808', [2 ** 63, 5, 86400, 5]],
    ['0009223372036854775807', [2 ** 63, 7200, 86400, 600]],
    ['0009223372036854775808', [2 ** 63, 5, 86400, 5]],
    ['10000000000000000000', [1e19, 5, 86400, 5]],
    ['0000000000000000000000000', [0, 0, 0, 0]],
    ['000000000000000000000000060', [60, 60, 60, 60]],
  ] as const)('of %j is %j', (value, expected) => {
    expect(seen(value)).toEqual(expected)
  })

  it('is five seconds where the field is absent or stands twice', () => {
    expect(maxAge([], rulesOf('spec'))).toBe(5)
    expect(maxAge([age('600'), age('600')], rulesOf('spec'))).toBe(5)
  })
})

describe('readPermission()', () => {
  const read = (...headers: HeaderLine[]) => readPermission({ status: 200, headers })

  it('reads lists, in lower case where case does not count', () => {
    expect(read(methods('put, PATCH'), names('X-Foo,*'))).toEqual({
      methods: ['put', 'PATCH'],
      headerNames: ['x-foo', '*'],
      authorizationByWildcard: false,
    })
  })

  it('takes a list that is absent or cannot be read for empty', () => {
    const nothing = { methods: [], headerNames: [], authorizationByWildcard: false }
    expect(read()).toEqual(nothing)
    expect(read(methods('bad token'), names('bad token'))).toEqual(nothing)
  })
})

describe('header lines', () => {
  const lines: HeaderLine[] = [
    ['X-Foo', '1'],
    ['X-Bar', '1'],
    ['x-foo', '2'],
    ['X-FOO', '3'],
  ]

  it('are joined by name, at the place of the first', () => {
    expect(joinLines(lines)).toEqual([
      ['X-Foo', '1, 2, 3'],
      ['X-Bar', '1'],
    ])
  })

  it('are read by name, joined, or null', () => {
    expect(getField(lines, 'x-FOO')).toBe('1, 2, 3')
    expect(getField(lines, 'x-none')).toBeNull()
  })

  it('are dropped by name', () => {
    expect(withoutField(lines, 'X-foo')).toEqual([['X-Bar', '1']])
  })
})

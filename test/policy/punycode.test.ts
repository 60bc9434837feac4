import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isReadablePunycode } from '../../src/policy/check/host.ts'
import { holds } from '../support/property.ts'

describe('isReadablePunycode()', () => {
  it.each([
    'xn--mnchen-3ya.de',
    'xn--p1ai',
    'xn--80ak6aa92e.com',
    'a.xn--fiqs8s',
    'xn--ls8h.la',
    'xn--bcher-kva.example.xn--p1ai',
    'example.com',
    'axn--.com',
  ])('reads %s', (host) => {
    expect(isReadablePunycode(host)).toBe(true)
  })

  it.each([
    'xn--',
    'xn--f.com',
    'xn--a.com',
    'xn--mnchen-.de',
    'xn--99999999.com',
    'a.xn--0.com',
    'xn--zzzzzzzzzzzz.com',
  ])('does not read %s', (host) => {
    expect(isReadablePunycode(host)).toBe(false)
  })

  it('reads every name that a runtime writes', () => {
    const letter = fc.constantFrom(...'abcäöüßéñçøåабвгдеёжзиклмнопр中文字日本語한국어ไทยعربي')
    holds(
      fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 12 }), (name) => {
        const host = domainToASCII(`${name}.com`)
        fc.pre(host.startsWith('xn--'))
        return isReadablePunycode(host)
      }),
      { numRuns: 2_000 },
    )
  })
})

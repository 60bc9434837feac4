import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isReadablePunycode } from '../../src/policy/check/punycode.ts'
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
    // The first and the last code points beside those that no name holds: U+00A1, U+D7FF, U+E000, U+10FFFF.
    'xn--7a.com',
    'xn--hb9b.com',
    'xn--0y0c.com',
    'xn--dn32g.com',
    // A code point from which the next one is counted at the very end of a step: 'пa莃ښ한ö'.
    'xn--nda56nmub3u6859b8v4d.com',
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
    // U+0080, U+00A0, U+D800, U+DFFF and U+110000.
    'xn--a.com',
    'xn--6a.com',
    'xn--ib9b.com',
    'xn--zy0c.com',
    'xn--en32g.com',
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
